using System.Text.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Pages;

/// <summary>
/// What a rule means for a line of text, told from its syntax alone: a line has no fields, so a test of a field is whether
/// the line contains the value, and the lack of a field whether its name is missing. Slow and plain, to judge what the emitters write.
/// </summary>
internal sealed class LineMeaning(SigmaRule rule)
{
    private bool denied;

    public bool Holds(Condition condition, string line) => Holds(condition.Search, line);

    private bool Denies(ConditionNode node, string line)
    {
        denied = !denied;
        var holds = Holds(node, line);
        denied = !denied;
        return !holds;
    }

    private bool Holds(ConditionNode node, string line) => node switch
    {
        AndCondition and => Holds(and.Left, line) && Holds(and.Right, line),
        OrCondition or => Holds(or.Left, line) || Holds(or.Right, line),
        NotCondition not => Denies(not.Operand, line),
        GroupCondition group => Holds(group.Inner, line),
        IdentifierCondition named => Holds(rule.Detections.First(d => d.Name == named.Name).Body, line),
        SelectorCondition { All: true } all => Selected(all.Pattern).All(d => Holds(d.Body, line)),
        SelectorCondition any => Selected(any.Pattern).Any(d => Holds(d.Body, line)),
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    private IEnumerable<NamedDetection> Selected(string? pattern) => rule.Detections.Where(d =>
        pattern is null || Regex.IsMatch(d.Name, "^" + Regex.Escape(pattern).Replace(@"\*", ".*") + "$"));

    private bool Holds(Detection detection, string line) => detection switch
    {
        AllOfDetection all => all.Items.All(item => Holds(item, line)),
        AnyOfDetection any => any.Items.Any(item => Holds(item, line)),
        DetectionItem { All: true } all => all.Values.All(value => Holds(all, value, line)),
        DetectionItem item => item.Values.Any(value => Holds(item, value, line)),
        _ => throw new InvalidOperationException(detection.GetType().Name),
    };

    private bool Holds(DetectionItem item, Value value, string line) => value switch
    {
        StringValue { Text.Parts: [{ Kind: PartKind.Many }] } when denied && item.Field is not null =>
            line.Contains(item.Field, StringComparison.OrdinalIgnoreCase),
        StringValue text => Contains(line, text.Text),
        NumberValue number => line.Contains(number.Text, StringComparison.Ordinal),
        NullValue => !line.Contains(item.Field!, StringComparison.OrdinalIgnoreCase),
        RegexValue regex => Regex.IsMatch(line, regex.Pattern.Literal!),
        ExpansionValue several => several.Values.Any(one => Holds(item, one, line)),
        BooleanValue boolean => line.Contains(boolean.Value.ToString(), StringComparison.OrdinalIgnoreCase),
        _ => throw new InvalidOperationException(value.GetType().Name),
    };

    /// <summary>Whether the text fits somewhere in the line; follows all ways to read its wildcards at once.</summary>
    public static bool Contains(string line, SigmaString text)
    {
        var pattern = text.Parts.SelectMany(part => part.Kind is PartKind.Literal ? part.Text.Select(c => (PartKind.Literal, c)) : [(part.Kind, '\0')]).ToList();
        var open = Skip([0]);
        foreach (var c in line)
        {
            if (open.Contains(pattern.Count))
            {
                return true;
            }

            open = Skip(open.SelectMany(at => Step(at, c)).Append(0));
        }

        return open.Contains(pattern.Count);

        IEnumerable<int> Step(int at, char c) => pattern[at] switch
        {
            (PartKind.Many, _) => [at],
            (PartKind.One, _) => [at + 1],
            var (_, wanted) => char.ToUpperInvariant(wanted) == char.ToUpperInvariant(c) ? [at + 1] : [],
        };

        HashSet<int> Skip(IEnumerable<int> places) => [.. places.SelectMany(at => AndBehindStars(at))];

        IEnumerable<int> AndBehindStars(int at)
        {
            for (; ; at++)
            {
                yield return at;
                if (at == pattern.Count || pattern[at].Item1 is not PartKind.Many)
                {
                    yield break;
                }
            }
        }
    }
}
