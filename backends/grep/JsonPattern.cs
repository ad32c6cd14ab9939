using Sigma.RegularExpressions;

namespace Sigma.Backends.Targets;

/// <summary>Rewrites a rule's expression over values as one over the JSON strings that hold them.</summary>
internal sealed class JsonPattern(RegexPattern pattern) : PatternEditor(pattern, null)
{
    /// <summary>Whether some part is left as it is though its characters may stand otherwise.</summary>
    public bool IsInexact { get; private set; }

    protected override bool KeepsVerbs => true;

    /// <summary>They stay: the pattern is read again before it is written.</summary>
    protected override void EditTrivia(RegexTrivia trivia)
    {
    }

    protected override void Walk(RegexNode node)
    {
        switch (node)
        {
            case RegexLiteral literal when JsonText.Escaped(literal.CodePoint, literal.Flags.HasFlag(RegexFlags.IgnoreCase)) is { } escaped:
                Replace(literal, IsQuoted(literal.Offset) ? $@"\E(?:{escaped})\Q" : $"(?:{escaped})");
                break;
            case RegexRepeat { Body: RegexAnyCharacter, Max: null }:
                // It may take the halves of an escape just as well.
                break;
            case RegexAnyCharacter any:
                Replace(any, any.Flags.HasFlag(RegexFlags.DotAll) ? JsonText.One : JsonText.OneInLine);
                break;
            case RegexCharacterClass set:
                EditSet(set, LuceneWriter.SetOf(set));
                break;
            case RegexShorthand shorthand:
                EditSet(shorthand, CodePointSet.OfShorthand(shorthand.Letter));
                break;
            case RegexUnicodeProperty or RegexSpecialEscape { Letter: 'R' or 'X' or 'C' }:
                IsInexact = true;
                break;
            default:
                WalkChildren(node);
                break;
        }
    }

    private void EditSet(RegexNode node, CodePointSet? set)
    {
        if (set is null || JsonText.EscapesOf(set) is not { } escapes)
        {
            IsInexact = true;
        }
        else if (escapes.Count > 0)
        {
            Replace(node, $@"(?:(?![\\""]){Source(node)}|{string.Join('|', escapes)})");
        }
    }
}
