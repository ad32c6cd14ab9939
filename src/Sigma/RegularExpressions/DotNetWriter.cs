using System.Globalization;

namespace Sigma.RegularExpressions;

/// <summary>Writes for .NET, by the pages "Regular Expression Language" and "Backreference Constructs" of its documentation.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="groupsBefore">How many capturing groups stand before it; null if it stands alone.</param>
/// <param name="wholeCharacters">Whether what takes any character, or any but some, takes one beyond U+FFFF whole. To .NET it is two UTF-16 units.</param>
internal sealed partial class DotNetWriter(RegexPattern pattern, int? groupsBefore, bool wholeCharacters = false) : PatternEditor(pattern, groupsBefore)
{
    // U and J do not change what matches; a, u and L are Python's.
    private const string OptionsWithoutEffect = "UJauL";
    private const string VerticalSpace = @"\n-\r\x85\u2028\u2029";

    private bool isWhole = wholeCharacters;

    private readonly bool hasNames = pattern.GroupNames.Any(name => name is not null);

    protected override bool KeepsVerbs => false;

    protected override void Walk(RegexNode node)
    {
        switch (node)
        {
            case RegexLiteral literal:
                EditLiteral(literal, inClass: false);
                break;
            case RegexAnyCharacter any when isWhole || Source(any) is "\\N":
                Replace(any, Except(any.Flags.HasFlag(RegexFlags.DotAll) && Source(any) is not "\\N" ? "" : @"\n"));
                break;
            case RegexCharacterClass set:
                EditClass(set);
                EditHalves(set);
                break;
            case RegexShorthand { Letter: 'h' or 'H' or 'v' or 'V' } shorthand:
                Replace(node, char.IsUpper(shorthand.Letter) ? Except(SpaceClass(shorthand.Letter)) : $"[{SpaceClass(shorthand.Letter)}]");
                break;
            case RegexShorthand { Letter: 'D' or 'W' or 'S' } shorthand when isWhole:
                Replace(node, Except($"\\{char.ToLowerInvariant(shorthand.Letter)}"));
                break;
            case RegexUnicodeProperty property:
                EditProperty(property, inClass: false);
                break;
            case RegexRepeat repeat:
                EditRepeat(repeat);
                break;
            case RegexGroup group:
                EditGroup(group);
                break;
            case RegexInlineFlags flags:
                EditOptions(flags, flags.Options, Options(flags.Options));
                break;
            case RegexConditional conditional:
                EditConditional(conditional);
                WalkChildren(conditional);
                break;
            case RegexBackreference reference when hasNames || Source(reference)[1] is not (>= '1' and <= '9'):
                Replace(reference, $@"\k<{reference.Name ?? GroupName(reference.Number)}>");
                break;
            case RegexSubroutine:
                Refuse(node, ".NET has no recursion");
                break;
            case RegexVerb verb:
                EditVerb(verb);
                break;
            case RegexSpecialEscape escape:
                EditSpecialEscape(escape);
                break;
            default:
                WalkChildren(node);
                break;
        }
    }

    private void EditRepeat(RegexRepeat repeat)
    {
        var isPossessive = repeat.Greed == RegexGreed.Possessive;
        if (isPossessive)
        {
            Edit(repeat.Offset, 0, "(?>");
        }

        // .NET counts UTF-16 units, so a quantifier would apply to the second half of the pair.
        var isPair = repeat.Body is RegexLiteral { CodePoint: > char.MaxValue };
        if (isPair)
        {
            Edit(repeat.Offset, 0, "(?:");
        }

        // As many as there are are the same in halves, since nothing else takes a half; so the usual .* stays what it is.
        var wasWhole = isWhole;
        isWhole = isWhole && !(repeat is { Min: 0, Max: null, Body: RegexAnyCharacter or RegexCharacterClass or RegexShorthand });
        Walk(repeat.Body);
        isWhole = wasWhole;
        if (isPair)
        {
            Edit(repeat.Body.End, 0, ")");
        }

        EditMissingMinimum(repeat);
        if (isPossessive)
        {
            Edit(repeat.End - 1, 1, ")");
        }
    }

    private void EditGroup(RegexGroup group)
    {
        if (group.Kind == RegexGroupKind.BranchReset)
        {
            if (HasCapture(group.Body))
            {
                Refuse(group, ".NET cannot number groups anew in each branch, (?|");
            }

            Edit(group.Offset + 2, 1, ":");
        }
        else if (group.Name is not null && Pattern.Text[group.Offset + 2] == 'P')
        {
            Edit(group.Offset + 2, 1, string.Empty);
        }

        EditOptions(group, group.Options, Options(group.Options));
        WalkChildren(group);
    }

    private static bool HasCapture(RegexNode node) =>
        node is RegexGroup { Kind: RegexGroupKind.Capturing } || RegexProperties.Children(node).Any(HasCapture);

    // (?^i) clears all options first.
    private static string Options(string options)
    {
        var known = WithoutOptions(options, OptionsWithoutEffect);
        return known is ['^', .. var on] ? $"{on}-{string.Concat("imnsx".Except(on))}" : known;
    }

    private void EditConditional(RegexConditional conditional)
    {
        if (conditional.Condition is not { } condition)
        {
            return;
        }

        if (condition[0] is '+' or '-' || condition is "R" or "DEFINE" || condition.StartsWith("R&", StringComparison.Ordinal))
        {
            Refuse(conditional, $".NET has no condition ({condition})");
            return;
        }

        var name = condition.Trim('<', '>', '\'');
        Edit(conditional.Offset + 3, condition.Length, int.TryParse(name, out var number) ? GroupName(number) : name);
    }

    // .NET numbers the unnamed groups first and the named ones after them ("Grouping Constructs").
    private string GroupName(int number) =>
        Pattern.GroupNames[number - 1]
        ?? Pattern.GroupNames.Take(number).Count(name => name is null).ToString(CultureInfo.InvariantCulture);

    private void EditVerb(RegexVerb verb)
    {
        if (verb.Name is "F" or "FAIL")
        {
            Replace(verb, "(?!)");
        }
        else if (verb.Name is "UTF" or "UTF8" or "UCP")
        {
            Remove(verb);
        }
        else
        {
            Refuse(verb, $".NET has no control verbs such as (*{verb.Name})");
        }
    }

    private void EditSpecialEscape(RegexSpecialEscape escape)
    {
        switch (escape.Letter)
        {
            case 'R':
                Replace(escape, $@"(?>\r\n|[{VerticalSpace}])");
                break;
            case 'K':
                // It moves the start of the match, which is never used; whether there is a match stays the same.
                Remove(escape);
                break;
            default:
                Refuse(escape, $@".NET has no \{escape.Letter}");
                break;
        }
    }
}
