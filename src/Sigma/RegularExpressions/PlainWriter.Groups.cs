namespace Sigma.RegularExpressions;

/// <content>Alternatives, sequences and groups, and the flags within them.</content>
internal sealed partial class PlainWriter
{
    /// <summary>
    /// Alternatives. Flags within one of them hold for the following ones, too; but Joni, which Trino has, takes the bar behind them as
    /// a part of what they hold for: to it <c>a(?i)b|c</c> is <c>a(?i:b|c)</c>. So such flags end with their alternative, and the next
    /// one begins with them.
    /// </summary>
    private void PutAlternation(RegexAlternation alternation)
    {
        string flags = "";
        for (int i = 0; i < alternation.Branches.Length; i++)
        {
            output.Append(i == 0 ? "" : "|").Append(flags);
            flags = "";
            if (alternation.Branches[i] is RegexSequence sequence)
            {
                PutSequence(sequence, i < alternation.Branches.Length - 1, out flags);
            }
            else
            {
                Put(alternation.Branches[i]);
            }
        }
    }

    /// <summary>Writes a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="isFollowed">Whether another alternative follows.</param>
    /// <param name="flags">The flags that the following alternative has to begin with.</param>
    private void PutSequence(RegexSequence sequence, bool isFollowed, out string flags)
    {
        flags = "";
        int groups = 0;
        for (int i = 0; i < sequence.Items.Length; i++)
        {
            if (isFollowed && i > 0 && sequence.Items[i] is RegexInlineFlags inline && Flags(inline) is { Length: > 0 } changed)
            {
                output.Append(changed[..^1]).Append(':');
                flags = changed;
                groups++;
                continue;
            }

            // The line break before the end is written as a part of the match, which must not have to match once more.
            if (sequence.Items[i] is RegexAnchor { Letter: '$' or 'Z' } anchor && !engine.Looks && !anchor.Flags.HasFlag(RegexFlags.Multiline)
                && sequence.Items.Skip(i + 1).Any(item => !RegexProperties.IsNullable(item)))
            {
                Refuse(anchor, $"{engine.Name} has no $ that other characters follow");
            }

            Put(sequence.Items[i]);
        }

        output.Append(')', groups);
    }

    private void PutGroup(RegexGroup group)
    {
        if (group.Kind is RegexGroupKind.Atomic && !engine.Keeps)
        {
            Refuse(group, $"{engine.Name} has no atomic groups");
        }

        if (group.Kind is RegexGroupKind.BranchReset && numbered)
        {
            Refuse(group, $"{engine.Name} cannot number groups anew in each branch, (?|");
        }

        bool ignore = engine.LocalFlags && group.Options.AsSpan().ContainsAny('i', '^');

        output.Append(group.Kind switch
        {
            RegexGroupKind.Atomic => "(?>",
            RegexGroupKind.Capturing when numbered => "(",
            _ => ignore ? IsTurnedOff(group.Options) ? "(?-i:" : $"(?{ignoring}:" : "(?:",
        });
        Put(group.Body);
        output.Append(')');
    }

    /// <summary>Flags for the rest of a group; the letters beside i are on the nodes that they change.</summary>
    private string Flags(RegexInlineFlags flags) =>
        !engine.LocalFlags || !flags.Options.AsSpan().ContainsAny('i', '^') ? "" : IsTurnedOff(flags.Options) ? "(?-i)" : $"(?{ignoring})";

    private static bool IsTurnedOff(string options) =>
        !options.Contains('i') || (options.IndexOf('-') is >= 0 and var minus && options.IndexOf('i') > minus);
}
