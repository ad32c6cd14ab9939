using System.Text;

namespace Sigma.Text;

/// <summary>
/// The texts of diagnostics with placeholders: a name in braces, such as <c>{modifier}</c>. Braces with anything else between
/// them, such as <c>{{ index }}</c>, are text.
/// </summary>
internal static class MessageTemplate
{
    /// <summary>Returns the placeholders of a message and its hint, each once, in the order in which they first appear.</summary>
    /// <param name="message">The message.</param>
    /// <param name="hint">The hint; null where there is none.</param>
    public static IReadOnlyList<string> Placeholders(string message, string? hint)
    {
        var names = new List<string>();
        foreach (string text in (ReadOnlySpan<string>)[message, hint ?? ""])
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (NameAt(text, i) is { } name && !names.Contains(name))
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }

    /// <summary>Fills the placeholders of a text. What is filled in is not looked at again: a user's own braces stay as they are.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">The names of the arguments.</param>
    /// <param name="arguments">The arguments, in the order of their names.</param>
    public static string Fill(string text, IReadOnlyList<string> names, ReadOnlySpan<string> arguments)
    {
        var filled = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (NameAt(text, i) is { } name)
            {
                for (int n = 0; n < names.Count; n++)
                {
                    filled.Append(names[n] == name ? arguments[n] : "");
                }

                i += name.Length + 1;
            }
            else
            {
                filled.Append(text[i]);
            }
        }

        return filled.ToString();
    }

    /// <summary>The name of the placeholder that begins at a place; null where none does.</summary>
    private static string? NameAt(string text, int start)
    {
        if (text[start] != '{')
        {
            return null;
        }

        int end = start + 1;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        return end > start + 1 && end < text.Length && text[end] == '}' ? text[(start + 1)..end] : null;
    }
}
