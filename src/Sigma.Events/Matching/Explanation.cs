using System.Collections.Immutable;
using System.Text;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>Why an event passes a test, or does not: a node of the rule's expression with what was looked at.</summary>
/// <param name="Text">What is tested: <c>all of</c>, <c>any of</c>, <c>not</c>, or <c>Image = *\cmd.exe</c>.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Span">Its position in the rule or pipeline; null for what stands nowhere.</param>
/// <param name="Seen">The values that were looked at; none for a group, or where the event does not have the field.</param>
/// <param name="Parts">What it is made of.</param>
internal sealed record Explanation(string Text, bool Passed, Span? Span, ImmutableArray<EventValue> Seen, ImmutableArray<Explanation> Parts)
{
    /// <summary>Whether regular expressions took too long on the event, so that they count as not found.</summary>
    public bool IsTooSlow { get; init; }

    /// <summary>Longer lists are cut in explanations.</summary>
    private const int ShownValues = 5;

    private const string Untold = "the event does not tell which log it is from, and the rule is for one";

    /// <summary>Explains a rule.</summary>
    internal static Explanation Of(RuleTest rule, EventView view)
    {
        ImmutableArray<Explanation> parts = [.. rule.Bodies(rule.Applying(view)).Select(body => Of(body, view))];
        return parts switch
        {
            [] => new Explanation(rule.Source.Misses(view) ? Untold : "the event is of another log source", false, null, [], []),
            [var only] => only,
            _ => new Explanation("any of", parts.Any(part => part.Passed), null, [], parts),
        };
    }

    /// <summary>Explains a test.</summary>
    internal static Explanation Of(EventTest test, EventView view) => test switch
    {
        AllTest all => Group("all of", all.Operands, all, view),
        AnyTest any => Group("any of", any.Operands, any, view),
        NotTest not => Group("not", [not.Operand], not, view),
        LeafTest leaf => new Explanation(Describe(leaf.Field, leaf.Wanted), leaf.Holds(view), leaf.Span, [.. Shown(leaf, view)], []),
        _ => throw new System.Diagnostics.UnreachableException(test.GetType().Name),
    };

    /// <summary>The fields and values that made an event pass a test.</summary>
    /// <param name="test">A test that holds.</param>
    /// <param name="view">The event.</param>
    /// <param name="found">Takes them; a field that passes by being absent has no entry.</param>
    internal static void Collect(EventTest test, EventView view, List<(string? Field, int Index)> found) =>
        Collect(test, view, found, [.. found]);

    private static void Collect(EventTest test, EventView view, List<(string? Field, int Index)> found, HashSet<(string? Field, int Index)> known)
    {
        switch (test)
        {
            case AllTest all:
                foreach (EventTest operand in all.Operands)
                {
                    Collect(operand, view, found, known);
                }

                break;
            case AnyTest any:
                foreach (EventTest operand in any.Operands.Where(operand => operand.Holds(view)))
                {
                    Collect(operand, view, found, known);
                }

                break;
            case LeafTest leaf:
                found.AddRange(leaf.Passing(view).Where(index => index >= 0).Select(index => (leaf.Field, index)).Where(known.Add));
                break;
            default:
                break;
        }
    }

    private static Explanation Group(string name, ImmutableArray<EventTest> operands, EventTest test, EventView view) =>
        new(name, test.Holds(view), test.Span, [], [.. operands.Select(operand => Of(operand, view))]);

    private static IEnumerable<EventValue> Shown(LeafTest leaf, EventView view)
    {
        // Keywords look at everything; what is worth showing is where they were found.
        IEnumerable<int> places = leaf.Field is null ? leaf.Passing(view) : leaf.Seen(view);
        return places.Where(index => index >= 0)
            .Select(index => new EventValue(view.Event.PathOf(index).Name, view.Event.KindOf(index), view.Event.TextOf(index).ToString()));
    }

    private static string Describe(string? field, ImmutableArray<Value> wanted)
    {
        var text = new StringBuilder(field ?? "any value");
        string[] values = [.. wanted.Take(ShownValues).Select(Describe)];
        if (field is null)
        {
            text.Append(" contains ");
        }
        else
        {
            text.Append(wanted[0] is StringValue or NumberValue or BooleanValue or NullValue ? " = " : " ");
        }

        text.AppendJoin(" or ", values);
        return (wanted.Length > ShownValues ? text.Append($" or {wanted.Length - ShownValues} more") : text).ToString();
    }

    private static string Describe(Value value) => value switch
    {
        StringValue text => $"'{text.Text}'" + (text.Cased ? " (cased)" : ""),
        NumberValue number => number.Text,
        BooleanValue boolean => boolean.Value ? "true" : "false",
        NullValue => "null",
        RegexValue regex => $"re /{regex.Pattern.Literal}/" + (regex.Flags == RegularExpressions.RegexFlags.None ? "" : $" ({regex.Flags})"),
        CidrValue cidr => $"in {cidr.Network}",
        CompareValue compare => $"{Comparisons.SignOf(compare.Comparison)} {compare.Number}",
        TimePartValue part => $"{part.Part.ToString().ToLowerInvariant()} {Comparisons.SignOf(part.Comparison)} {part.Number}",
        ExistsValue exists => exists.Exists ? "exists" : "does not exist",
        FieldReferenceValue reference => $"{(reference.StartsWith ? reference.EndsWith ? "contains" : "starts with" : reference.EndsWith ? "ends with" : "=")} the value of {reference.Field}",
        _ => throw new System.Diagnostics.UnreachableException(value.GetType().Name),
    };
}
