using System.Buffers;
using System.Text;
using Sigma.Engines.Tests.Engines;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// Search languages whose keywords are words: a keyword stands in the message from one border of words to another. One that
/// regards case, and a regular expression, are looked for anywhere.
/// </summary>
internal static class PhraseMeaning
{
    private static readonly ValueTest Exact = SigmaMeaning.Exact(Folding.Ordinal);

    public static bool Test(DetectionItem item, Value value, EngineEvent e) => (item.Field, value) switch
    {
        (null, StringValue { Cased: false } text) => Stands(Folding.Ordinal.Of(text.Text.Literal!), Folding.Ordinal.Of(e.Message)),
        (null, NumberValue number) => Stands(number.Text, e.Message),
        (null, _) => ValueMeaning.Fits(value, e.Message, Folding.None, whole: false),
        _ => Exact(item, value, e),
    };

    private static bool Stands(string phrase, string text)
    {
        var first = phrase.Length > 0 && IsWord(phrase.EnumerateRunes().First());
        var last = phrase.Length > 0 && IsWord(phrase.EnumerateRunes().Last());
        for (var at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal))
        {
            var end = at + phrase.Length;
            if (!(first && EndsInWord(text.AsSpan(0, at))) && !(last && BeginsWithWord(text.AsSpan(end))))
            {
                return true;
            }

            if (at + 1 > text.Length - 1)
            {
                break;
            }
        }

        return false;
    }

    // Letters beyond U+FFFF are two UTF-16 units, and neither is a letter by itself.
    private static bool EndsInWord(ReadOnlySpan<char> text) => Rune.DecodeLastFromUtf16(text, out var rune, out _) is OperationStatus.Done && IsWord(rune);

    private static bool BeginsWithWord(ReadOnlySpan<char> text) => Rune.DecodeFromUtf16(text, out var rune, out _) is OperationStatus.Done && IsWord(rune);

    private static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value == '_';
}
