namespace Sigma.RegularExpressions;

/// <summary>
/// Writes for PCRE2 up to 10.42 (grep 3.8) and PCRE 8 (Splunk): the author's text, but for what only Python reads, for raw
/// line breaks, which would end grep's pattern, and for what matches nothing (comments, <c>\Q</c>).
/// </summary>
internal sealed partial class PcreWriter(RegexPattern pattern, int? groupsBefore) : PatternEditor(pattern, groupsBefore)
{
    private const string PythonOnlyOptions = "auL";

    // A part of a larger pattern has groups without names, so these two have nothing to say.
    private const string NamingOptions = "nJ";

    private readonly string droppedOptions = groupsBefore is null ? PythonOnlyOptions : PythonOnlyOptions + NamingOptions;

    protected override bool KeepsVerbs => true;

    protected override void Walk(RegexNode node)
    {
        if (GroupsBefore is { } before)
        {
            EditPart(node, before);
        }

        switch (node)
        {
            case RegexLiteral literal:
                EditLiteral(literal);
                break;
            case RegexRange range:
                Walk(range.First);
                if (range.Last != range.First)
                {
                    Walk(range.Last);
                }

                break;
            case RegexRepeat repeat:
                EditMissingMinimum(repeat);
                break;
            case RegexInlineFlags flags:
                EditOptions(flags, flags.Options, WithoutOptions(flags.Options, droppedOptions));
                break;
            case RegexGroup { Options.Length: > 0 } group:
                EditOptions(group, group.Options, WithoutOptions(group.Options, droppedOptions));
                break;
            case RegexVerb verb when GroupsBefore is null && !verb.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '=' or ':'):
                // A name may be any text, and could leave the quotes that a target's language puts around it.
                Refuse(verb, $"the name in (*{verb.Name}) has other characters than letters, digits and _");
                break;
            case RegexLookaround { Behind: true } behind when !HasFixedBranches(behind):
                Refuse(behind, "PCRE supports only lookbehind of fixed length");
                break;
        }

        WalkChildren(node);
    }

    // pcre2pattern, "Lookbehind assertions": each branch at the top may have a different length, but only one.
    private static bool HasFixedBranches(RegexLookaround behind) => behind.Body is RegexAlternation alternation
        ? alternation.Branches.All(branch => RegexProperties.FixedLength(branch) is not null)
        : RegexProperties.FixedLength(behind.Body) is not null;

    private void EditLiteral(RegexLiteral literal)
    {
        var source = Source(literal);
        if (Guarded(literal, RegexDialect.Pcre) is { } guarded)
        {
            Replace(literal, guarded);
        }
        else if (source is ['\\', 'u' or 'U', ..])
        {
            Replace(literal, $@"\x{{{literal.CodePoint:X}}}");
        }
        else if (source is ['\\', 'c', var key] && !char.IsAsciiLetterOrDigit(key))
        {
            // The character after \c may be the quote or the backslash of a target's language.
            Replace(literal, RegexText.Code(literal.CodePoint, RegexDialect.Pcre));
        }
        else if (IsControl(source))
        {
            Replace(literal, literal.CodePoint == '\n' ? @"\n" : RegexText.Code(literal.CodePoint, RegexDialect.Pcre));
        }
    }
}
