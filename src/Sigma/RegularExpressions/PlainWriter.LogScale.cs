namespace Sigma.RegularExpressions;

/// <content>
/// What LogScale needs otherwise. Its engines V1 and V2 differ in shorthands, word characters and the reach of flags, and its pages differ
/// about <c>.</c>, <c>^</c> and <c>$</c>; so none of these is written, but what means the same to both.
/// </content>
internal sealed partial class PlainWriter
{
    /// <summary>Flags reach over the first alternative only in V1, and no expression at all would begin a comment.</summary>
    private string Flagged(string flags, string text) => RegexText.BeforeSlash(
        text.Length == 0 ? "(?:)" : flags.Length > 0 && pattern.Root is RegexAlternation ? $"{flags}(?:{text})" : flags + text);

    private string LogScaleAnchor(RegexAnchor anchor, bool lines)
    {
        if (lines)
        {
            Refuse(anchor, "LogScale's documentation does not settle where a line begins and ends within a value");
        }

        return anchor.Letter is '^' ? @"\A" : @"\n?\z";
    }

    /// <summary>A class as ranges; one with the opposite of something as what it does not have.</summary>
    private void PutSet(RegexCharacterClass set)
    {
        CodePointSet members = CodePointSet.Empty;
        foreach (RegexNode item in set.Items)
        {
            switch (item)
            {
                case RegexRange range:
                    members = members.Union(CodePointSet.Of(range.First.CodePoint, range.Last.CodePoint));
                    break;
                case RegexShorthand shorthand:
                    members = members.Union(CodePointSet.OfShorthand(shorthand.Letter));
                    break;
                case RegexPosixClass posix:
                    CodePointSet named = CodePointSet.OfPosixName(posix.Name)!;
                    members = members.Union(posix.Negated ? named.Complement() : named);
                    break;
                case RegexUnicodeProperty property:
                    Property(property, inClass: true);
                    break;
            }
        }

        bool negated = set.Negated;
        if (members.Contains(CodePointSet.Last))
        {
            members = (set.Flags.HasFlag(RegexFlags.IgnoreCase) ? members.FoldCase() : members).Complement();
            negated = !negated;
        }

        output.Append(members.IsEmpty ? negated ? RegexText.Any(RegexDialect.LogScale) : NoCharacter : $"[{(negated ? "^" : "")}{Ranges(set, members)}]");
    }

    /// <summary>A class that no character is in.</summary>
    private const string NoCharacter = @"[^\d\D]";
}
