using System.Text;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Backends.Targets;

/// <summary>Writes texts for PowerShell: as .NET expressions, and in PowerShell's quotes.</summary>
internal static class PowerShellText
{
    /// <summary>
    /// A text as a .NET expression in ASCII. PowerShell takes several Unicode characters for quotes, so what is not ASCII is
    /// written by its code.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="pairs">Whether a <c>?</c> takes a character of two UTF-16 units as one; .NET's dot takes half of it.</param>
    public static string Pattern(SigmaString text, bool pairs = false)
    {
        var output = new StringBuilder();
        foreach (StringPart part in text.Parts)
        {
            output.Append(part.Kind switch
            {
                PartKind.Many => ".*",
                PartKind.One => pairs ? @"(?>[\ud800-\udbff][\udc00-\udfff]|.)" : ".",
                _ => Literal(part.Text),
            });
        }

        return output.ToString();
    }

    /// <summary>A literal text as a .NET expression in ASCII.</summary>
    public static string Literal(string text) => Ascii(RegexText.Escape(text, RegexDialect.DotNet));

    /// <summary>An expression with every character that is not printable ASCII written by its code.</summary>
    public static string Ascii(string pattern)
    {
        if (!pattern.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return pattern;
        }

        var output = new StringBuilder(pattern.Length + 16);
        foreach (char c in pattern)
        {
            if (c is >= ' ' and <= '~')
            {
                output.Append(c);
            }
            else
            {
                output.Append("\\u").Append(((int)c).ToString("x4"));
            }
        }

        return output.ToString();
    }

    /// <summary>An expression in double quotes: the backtick escapes itself, the quote and the dollar sign.</summary>
    public static string DoubleQuoted(string pattern) =>
        "\"" + pattern.Replace("`", "``", StringComparison.Ordinal).Replace("\"", "`\"", StringComparison.Ordinal).Replace("$", "`$", StringComparison.Ordinal) + "\"";

    /// <summary>
    /// A text as one word of a command or expression, in printable ASCII: in single quotes, or in double quotes where a
    /// character has to be written by its code. That is every control character, and every one beyond ASCII: PowerShell takes
    /// several of those for quotes, and Windows PowerShell, which reads a script in the machine's code page, the last byte of
    /// many others too.
    /// </summary>
    public static string Quoted(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
        }

        var output = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is < ' ' or > '~')
            {
                output.Append("$([char]").Append((int)c).Append(')');
                continue;
            }

            output.Append(c is '"' or '`' or '$' ? "`" : "").Append(c);
        }

        return output.Append('"').ToString();
    }

    /// <summary>
    /// A text as an argument: bare where it is a word that PowerShell takes as it is. It reads a first dash as a parameter's
    /// name and digits as a number.
    /// </summary>
    public static string Argument(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '/' or '_' or '.') ? text : Quoted(text);
}
