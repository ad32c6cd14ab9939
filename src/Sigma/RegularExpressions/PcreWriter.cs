namespace Sigma.RegularExpressions;

/// <summary>
/// Writes for PCRE2 up to 10.42 (grep 3.8) and PCRE 8 (Splunk): the author's text, but for what only Python reads, and for
/// raw line breaks, which would end grep's pattern.
/// </summary>
internal sealed partial class PcreWriter(RegexPattern pattern, int? groupsBefore) : PatternEditor(pattern, groupsBefore)
{
    private const string PythonOnlyOptions = "auL";

    // A part of a larger pattern has groups without names, so these two have nothing to say.
    private const string NamingOptions = "nJ";

    private readonly string _droppedOptions = groupsBefore is null ? PythonOnlyOptions : PythonOnlyOptions + NamingOptions;

    protected override bool KeepsQuotes => true;

    protected override bool KeepsVerbs => true;

    protected override void EditTrivia(RegexTrivia trivia)
    {
        // grep -P refuses a pattern of two lines, and no argument holds a NUL.
        EditComment(trivia);
    }

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
                EditOptions(flags, flags.Options, WithoutOptions(flags.Options, _droppedOptions));
                break;
            case RegexGroup { Options.Length: > 0 } group:
                EditOptions(group, group.Options, WithoutOptions(group.Options, _droppedOptions));
                break;
            case RegexLookaround { Behind: true } behind when !HasFixedBranches(behind):
                Refuse(behind, "PCRE looks behind only for a text of fixed length");
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
        if (source.Length > 1 && source[0] == '\\' && source[1] is 'u' or 'U')
        {
            Replace(literal, $@"\x{{{literal.CodePoint:X}}}");
        }
        else if (IsControl(source))
        {
            var escape = literal.CodePoint == '\n' ? @"\n" : RegexText.Code(literal.CodePoint, RegexDialect.Pcre);
            Replace(literal, IsQuoted(literal.Offset) ? $@"\E{escape}\Q" : escape);
        }
    }
}
