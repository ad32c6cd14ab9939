using System.Buffers;

namespace Sigma.Text;

/// <summary>
/// The characters that end a line or a text for some reader, or steer a terminal: C0, DEL, C1, and Unicode's two separators of
/// lines and paragraphs.
/// </summary>
internal static class ControlCharacters
{
    private const int AfterC1 = 0xa0;

    private static readonly SearchValues<char> All = SearchValues.Create(Text);

    /// <summary>Whether a character is one of them.</summary>
    public static bool IsOne(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    /// <summary>Whether a text has one of them.</summary>
    public static bool In(ReadOnlySpan<char> text) => text.ContainsAny(All);

    /// <summary>All of them, for sets of characters.</summary>
    public static string Text => field ??= string.Concat(Enumerable.Range(0, AfterC1).Select(code => (char)code).Where(IsOne)) + "\u2028\u2029";

    /// <summary>The text with a blank for each of them.</summary>
    public static string Blanked(string text) => In(text) ? string.Concat(text.Select(c => IsOne(c) ? ' ' : c)) : text;
}
