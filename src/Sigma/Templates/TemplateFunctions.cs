using System.Text;
using Sigma.Text;

namespace Sigma.Templates;

/// <summary>The functions that templates have besides Scriban's own.</summary>
internal static class TemplateFunctions
{
    /// <summary><c>{{ text | json }}</c>: the text as a JSON string with its quotes, in ASCII only; a list or map as it is.</summary>
    public static TemplateJson Json { get; } = new(scalarsAsTexts: true);

    /// <summary>
    /// <c>{{ text | yaml }}</c>: the text in YAML's double quotes, in ASCII only; a list or map in YAML's flow style. JSON's strings are
    /// YAML's too but for characters beyond U+FFFF: half a surrogate pair is no character of YAML's (YAML 1.2.2, 5.7).
    /// </summary>
    public static TemplateJson Yaml { get; } = new(scalarsAsTexts: true, ToYaml);

    /// <summary><c>{{ value | tojson }}</c>: any value as JSON, as Jinja's function of that name.</summary>
    public static TemplateJson ValueJson { get; } = new(scalarsAsTexts: false);

    /// <summary><c>{{ text | slug }}</c>: the text as a file name or identifier: letters, digits, and dashes between them.</summary>
    public static TextFunction Slug { get; } = new(ToSlug);

    /// <summary>The functions that write a text for a reader outside, by what knows that reader. Each is called once, last.</summary>
    public static IReadOnlyList<(string Name, TextFunction Function)> Quoting { get; } =
    [
        ("shell", new TextFunction(Templates.Quoting.Shell)),
        ("shell_quoted", new TextFunction(Templates.Quoting.ShellQuoted)),
        ("address", new TextFunction(Templates.Quoting.Address)),
        ("conf_line", new TextFunction(Templates.Quoting.Line)),
        ("conf_stanza", new TextFunction(Templates.Quoting.Stanza)),
        ("mustache", new TextFunction(Templates.Quoting.Mustache)),
        ("mustache_path", new TextFunction(text => Templates.Quoting.FitsTag(text) ? text! : "")),
        ("document_id", new TextFunction(text => Templates.Quoting.IsDocumentId(text) ? text! : "")),
    ];

    /// <summary>Writes a JSON string; null becomes the empty string. Every character outside ASCII is escaped, and half a surrogate pair becomes U+FFFD.</summary>
    internal static string ToJson(string? text) => Quoted(text, surrogates: true);

    /// <summary>Writes a string in YAML's double quotes: as JSON's, but a character beyond U+FFFF is one escape, <c>\U0001F600</c>.</summary>
    internal static string ToYaml(string? text) => Quoted(text, surrogates: false);

    private static string Quoted(string? text, bool surrogates)
    {
        string whole = text is null ? "" : text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? SurrogatePairs.Whole(text.ToCharArray()) : text;
        var output = new StringBuilder(whole.Length + 2).Append('"');
        for (int i = 0; i < whole.Length; i++)
        {
            char c = whole[i];
            switch (c)
            {
                case '"':
                    output.Append("\\\"");
                    break;
                case '\\':
                    output.Append(@"\\");
                    break;
                case '\n':
                    output.Append("\\n");
                    break;
                case '\r':
                    output.Append("\\r");
                    break;
                case '\t':
                    output.Append("\\t");
                    break;
                case '\b':
                    output.Append("\\b");
                    break;
                case '\f':
                    output.Append("\\f");
                    break;
                case >= '\ud800' and <= '\udbff' when !surrogates:
                    output.Append("\\U").Append(char.ConvertToUtf32(c, whole[++i]).ToString("x8"));
                    break;
                case < ' ' or > '~':
                    output.Append("\\u").Append(((int)c).ToString("x4"));
                    break;
                default:
                    output.Append(c);
                    break;
            }
        }

        return output.Append('"').ToString();
    }

    /// <summary>Writes the letters and digits of a text, with one dash for all that stands between them.</summary>
    internal static string ToSlug(string? text)
    {
        var output = new StringBuilder();
        foreach (char c in text ?? "")
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                output.Append(c);
            }
            else if (output.Length > 0 && output[^1] != '-')
            {
                output.Append('-');
            }
        }

        // A title in another script than ours has nothing of that; its characters' codes tell it from others.
        return output.Length == 0 && text is { Length: > 0 }
            ? "x" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6))
            : output.ToString().TrimEnd('-');
    }
}
