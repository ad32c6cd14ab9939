using System.Text;

namespace Sigma.Tests.Fuzzing;

/// <summary>Any text as a YAML scalar in double quotes. Both test projects write hostile files with it.</summary>
internal static class QuotedScalar
{
    /// <summary>The scalar; what YAML does not take raw is escaped, half a surrogate too.</summary>
    public static string Of(string text)
    {
        var output = new StringBuilder("\"");
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool pair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            output.Append(c switch
            {
                '"' or '\\' => "\\" + c,
                _ when pair => text.Substring(i++, 2),
                < ' ' or (>= '\x7f' and <= '\x9f') or '\u2028' or '\u2029' or (>= '\ud800' and <= '\udfff') or '\ufeff' or >= '\ufffe' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return output.Append('"').ToString();
    }
}
