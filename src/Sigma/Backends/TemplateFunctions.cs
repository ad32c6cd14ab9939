using System.Text;

namespace Sigma.Backends;

/// <summary>The functions that templates have besides Scriban's own.</summary>
internal static class TemplateFunctions
{
    /// <summary><c>{{ text | json }}</c>: the text as a JSON string with its quotes, in ASCII only.</summary>
    public static TextFunction Json { get; } = new(ToJson);

    /// <summary><c>{{ text | slug }}</c>: the text as a file name or identifier: letters, digits, and dashes between them.</summary>
    public static TextFunction Slug { get; } = new(ToSlug);

    /// <summary><c>{{ field | field_name }}</c>: a field's name as it stands in a query, quoted where it needs to be.</summary>
    public static TextFunction FieldName(Dialect dialect) =>
        new(name => name is null ? "" : dialect.FieldText(name));

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

        return output.ToString().TrimEnd('-');
    }
}
