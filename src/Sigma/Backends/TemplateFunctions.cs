using System.Text;
using Sigma.Backends.Targets;

namespace Sigma.Backends;

/// <summary>The functions that templates have besides Scriban's own.</summary>
internal static class TemplateFunctions
{
    /// <summary><c>{{ text | json }}</c>: the text as a JSON string with its quotes, in ASCII only; a list or map as it is.</summary>
    public static TemplateJson Json { get; } = new(scalarsAsTexts: true);

    /// <summary><c>{{ value | tojson }}</c>: any value as JSON, as Jinja's function of that name.</summary>
    public static TemplateJson ValueJson { get; } = new(scalarsAsTexts: false);

    /// <summary><c>{{ text | slug }}</c>: the text as a file name or identifier: letters, digits, and dashes between them.</summary>
    public static TextFunction Slug { get; } = new(ToSlug);

    /// <summary>The functions that write a text for a reader outside, by what knows that reader. Each is called once, last.</summary>
    public static IReadOnlyList<(string Name, TextFunction Function)> Quoting { get; } =
    [
        ("shell", new TextFunction(Backends.Quoting.Shell)),
        ("shell_quoted", new TextFunction(Backends.Quoting.ShellQuoted)),
        ("address", new TextFunction(Backends.Quoting.Address)),
        ("conf_line", new TextFunction(Backends.Quoting.Line)),
        ("conf_stanza", new TextFunction(Backends.Quoting.Stanza)),
        ("mustache", new TextFunction(Backends.Quoting.Mustache)),
        ("mustache_path", new TextFunction(text => Backends.Quoting.FitsTag(text) ? text! : "")),
        ("document_id", new TextFunction(text => Backends.Quoting.IsDocumentId(text) ? text! : "")),
        ("powershell", new TextFunction(text => PowerShellText.Quoted(text ?? ""))),
        ("powershell_argument", new TextFunction(text => PowerShellText.Argument(text ?? ""))),
    ];

    /// <summary><c>{{ field | field_name }}</c>: a field's name as it stands in a query, quoted where it needs to be.</summary>
    /// <param name="dialect">The target's language.</param>
    /// <param name="refuse">Takes a name that cannot be written.</param>
    public static TextFunction FieldName(Dialect dialect, Action<string> refuse) =>
        Naming(name => dialect.CanName(name, expression: false), dialect.FieldText, refuse);

    /// <summary><c>{{ field | field_expression }}</c>: a field's name as it stands in an expression of a later stage.</summary>
    /// <param name="dialect">The target's language.</param>
    /// <param name="refuse">Takes a name that cannot be written.</param>
    public static TextFunction FieldExpression(Dialect dialect, Action<string> refuse) =>
        Naming(name => dialect.CanName(name, expression: true), dialect.FieldExpression, refuse);

    private static TextFunction Naming(Func<string, bool> can, Func<string, string> write, Action<string> refuse) =>
        new(name =>
        {
            if (name is not null && !can(name))
            {
                refuse(name);
            }

            return name is null ? "" : write(name);
        });

    /// <summary>Writes a JSON string; null becomes the empty string. Every character outside ASCII is escaped.</summary>
    internal static string ToJson(string? text)
    {
        var output = new StringBuilder((text?.Length ?? 0) + 2).Append('"');
        foreach (char c in text ?? "")
        {
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
