using System.Globalization;

namespace Sigma.RegularExpressions;

/// <content>What must differ in a pattern that becomes part of a larger one.</content>
internal sealed partial class PcreWriter
{
    private void EditPart(RegexNode node, int before)
    {
        switch (node)
        {
            case RegexGroup { Kind: RegexGroupKind.Capturing, Name: { } name } group:
                // Two parts may have a group of the same name, and a target may make a field of it.
                Edit(group.Offset, Pattern.Text.IndexOf(name, group.Offset, StringComparison.Ordinal) + name.Length + 1 - group.Offset, "(");
                break;
            case RegexGroup { Kind: RegexGroupKind.NonCapturing } group when Pattern.Text[group.Offset + 1] != '?':
                Edit(group.Offset + 1, 0, "?:");
                break;
            case RegexBackreference reference when NumberOf(reference, reference.Number, reference.Name) is { } number:
                Replace(reference, Reference(number + before, reference.End));
                break;
            case RegexSubroutine { Number: 0, Name: null }:
                Refuse(node, "it calls the whole expression, which becomes part of a larger one");
                break;
            case RegexSubroutine call when NumberOf(call, call.Number, call.Name) is { } number:
                Replace(call, string.Create(CultureInfo.InvariantCulture, $"(?{number + before})"));
                break;
            case RegexConditional { Condition: { } condition } conditional:
                EditCondition(conditional, condition, before);
                break;
            case RegexVerb { Name: "UTF" or "UTF8" }:
                // It is read at the start of the whole pattern only, and the target reads UTF-8 anyway.
                Remove(node);
                break;
            case RegexVerb { Name: not ("F" or "FAIL" or "ACCEPT") } verb:
                Refuse(verb, $"(*{verb.Name}) acts on the whole search, and the expression is part of a larger one here");
                break;
            case RegexSpecialEscape { Letter: 'K' }:
                // PCRE2 refuses it in a lookaround. It moves the start of the match, which is never used.
                Replace(node, "(?:)");
                break;
        }
    }

    private void EditCondition(RegexConditional conditional, string condition, int before)
    {
        var name = condition.Trim('<', '>', '\'');
        if (condition[0] is '+' or '-' || condition == "DEFINE")
        {
            return;
        }

        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || (number = Pattern.GroupNames.IndexOf(name) + 1) > 0)
        {
            Edit(conditional.Offset + 3, condition.Length, (number + before).ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            Refuse(conditional, $"the condition ({condition}) refers to the whole expression, which becomes part of a larger one");
        }
    }

    /// <summary>The number of the group that is referred to; null after a report.</summary>
    private int? NumberOf(RegexNode node, int number, string? name)
    {
        if (name is null)
        {
            return number;
        }

        var first = Pattern.GroupNames.IndexOf(name);
        if (Pattern.GroupNames.LastIndexOf(name) != first)
        {
            Refuse(node, $"several groups are named '{name}', and groups lose their names in a larger expression");
            return null;
        }

        return first + 1;
    }

    // A digit that follows must not become part of the number, and from 10 on \10 may be read as an octal code.
    private string Reference(int number, int end) => number >= 10
        ? string.Create(CultureInfo.InvariantCulture, $@"\g{{{number}}}")
        : end < Pattern.Text.Length && char.IsAsciiDigit(Pattern.Text[end])
            ? string.Create(CultureInfo.InvariantCulture, $@"(?:\{number})")
            : string.Create(CultureInfo.InvariantCulture, $@"\{number}");
}
