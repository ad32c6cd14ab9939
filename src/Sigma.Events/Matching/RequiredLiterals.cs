using System.Text;
using Sigma.RegularExpressions;

namespace Sigma.Events.Matching;

/// <summary>
/// Finds literals of which a text must contain at least one to match an expression. ASCII only, and compared ignoring
/// case, so that they fit every expression. The letter k is left out if case is ignored, because .NET reads the Kelvin sign
/// as a k.
/// </summary>
internal static class RequiredLiterals
{
    /// <summary>More alternatives than this are not useful.</summary>
    private const int Most = 64;

    /// <summary>The literals; null if none are known.</summary>
    public static string[]? Of(RegexNode node)
    {
        switch (node)
        {
            case RegexSequence sequence:
                return OfSequence(sequence);
            case RegexAlternation alternation:
                string[]?[] branches = [.. alternation.Branches.Select(Of)];
                return branches.Contains(null) || branches.Sum(branch => branch!.Length) > Most ? null : [.. branches.SelectMany(branch => branch!)];
            case RegexGroup group:
                return Of(group.Body);
            case RegexRepeat { Min: > 0 } repeat:
                return Of(repeat.Body);
            case RegexLiteral literal when IsPlain(literal):
                return [((char)literal.CodePoint).ToString()];
            default:
                return null;
        }
    }

    private static string[]? OfSequence(RegexSequence sequence)
    {
        string[]? best = null;
        var run = new StringBuilder();
        foreach (RegexNode item in sequence.Items)
        {
            if (item is RegexLiteral literal && IsPlain(literal))
            {
                run.Append((char)literal.CodePoint);
                continue;
            }

            // A boundary or an assertion stands between two characters and takes none away.
            if (item is RegexAnchor or RegexLookaround)
            {
                continue;
            }

            best = Better(best, [run.ToString()]);
            run.Clear();
            best = Better(best, Of(item));
        }

        return Better(best, [run.ToString()]);
    }

    private static string[]? Better(string[]? a, string[]? b) =>
        b is null || Array.Exists(b, literal => literal.Length == 0) ? a
        : a is null || b.Min(literal => literal.Length) > a.Min(literal => literal.Length) ? b
        : a;

    private static bool IsPlain(RegexLiteral literal) =>
        literal.CodePoint < 128 && !(literal.Flags.HasFlag(RegexFlags.IgnoreCase) && literal.CodePoint is 'k' or 'K');
}
