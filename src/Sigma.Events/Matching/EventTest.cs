using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>What is known of a test before all of an event is known.</summary>
internal enum Certainty
{
    /// <summary>It fails, whatever else the event has.</summary>
    No,

    /// <summary>It depends on what is not known.</summary>
    Open,

    /// <summary>It holds, whatever else the event has.</summary>
    Yes,
}

/// <summary>A node of a rule's expression, ready to be asked about events. It holds no state and serves any thread.</summary>
/// <param name="span">Its position in the rule.</param>
internal abstract class EventTest(Span span)
{
    /// <summary>Its position in the rule.</summary>
    public Span Span => span;

    /// <summary>Whether the event passes.</summary>
    public abstract bool Holds(EventView view);

    /// <summary>About how long it takes, in units of a comparison.</summary>
    public virtual int Cost => 1;

    /// <summary>Operands in the order in which they are best asked: the short ones first.</summary>
    protected static EventTest[] InOrderOfCost(ImmutableArray<EventTest> operands) => [.. operands.OrderBy(operand => operand.Cost)];

    /// <summary>How long several take.</summary>
    protected static int CostOf(ImmutableArray<EventTest> operands)
    {
        int sum = 0;
        foreach (EventTest operand in operands)
        {
            sum += operand.Cost;
        }

        return sum;
    }

    /// <summary>What is certain when nothing but the fields that tell the log source is looked at.</summary>
    /// <param name="view">The event.</param>
    /// <param name="sources">The fields that are looked at.</param>
    /// <param name="missingIsOpen">Whether nothing is certain of one of them that the event does not have.</param>
    public abstract Certainty Judge(EventView view, SourceFields sources, bool missingIsOpen);
}

/// <summary>All operands hold.</summary>
internal sealed class AllTest(ImmutableArray<EventTest> operands, Span span) : EventTest(span)
{
    // Made for the first event, since most rules meet none; another thread may make the same.
    private EventTest[]? asked;
    private int cost = -1;

    /// <summary>The operands in the order of the rule.</summary>
    public ImmutableArray<EventTest> Operands => operands;

    public override int Cost => cost >= 0 ? cost : cost = CostOf(operands);

    public override bool Holds(EventView view)
    {
        foreach (EventTest operand in asked ??= InOrderOfCost(operands))
        {
            if (!operand.Holds(view))
            {
                return false;
            }
        }

        return true;
    }

    public override Certainty Judge(EventView view, SourceFields sources, bool missingIsOpen)
    {
        Certainty least = Certainty.Yes;
        foreach (EventTest operand in operands)
        {
            Certainty one = operand.Judge(view, sources, missingIsOpen);
            least = one < least ? one : least;
        }

        return least;
    }
}

/// <summary>Any operand holds.</summary>
internal sealed class AnyTest(ImmutableArray<EventTest> operands, Span span) : EventTest(span)
{
    // Made for the first event, since most rules meet none; another thread may make the same.
    private EventTest[]? asked;
    private int cost = -1;

    /// <summary>The operands in the order of the rule.</summary>
    public ImmutableArray<EventTest> Operands => operands;

    public override int Cost => cost >= 0 ? cost : cost = CostOf(operands);

    public override bool Holds(EventView view)
    {
        foreach (EventTest operand in asked ??= InOrderOfCost(operands))
        {
            if (operand.Holds(view))
            {
                return true;
            }
        }

        return false;
    }

    public override Certainty Judge(EventView view, SourceFields sources, bool missingIsOpen)
    {
        Certainty most = Certainty.No;
        foreach (EventTest operand in operands)
        {
            Certainty one = operand.Judge(view, sources, missingIsOpen);
            most = one > most ? one : most;
        }

        return most;
    }
}

/// <summary>The operand does not hold.</summary>
internal sealed class NotTest(EventTest operand, Span span) : EventTest(span)
{
    public EventTest Operand => operand;

    public override int Cost => operand.Cost;

    public override bool Holds(EventView view) => !operand.Holds(view);

    public override Certainty Judge(EventView view, SourceFields sources, bool missingIsOpen) => Certainty.Yes - (int)operand.Judge(view, sources, missingIsOpen);
}

/// <summary>A test of one field, or of all.</summary>
/// <param name="name">The field's name in the rule; null for keywords.</param>
/// <param name="wanted">What it is tested for.</param>
/// <param name="span">Its position.</param>
internal abstract class LeafTest(string? name, ImmutableArray<Value> wanted, Span span) : EventTest(span)
{
    /// <summary>The field's name in the rule; null for keywords.</summary>
    public string? Field => name;

    /// <summary>What it is tested for.</summary>
    public ImmutableArray<Value> Wanted => wanted;

    /// <summary>The places of the values that pass; -1 where the field passes by being absent.</summary>
    public abstract IEnumerable<int> Passing(EventView view);

    /// <summary>The places of the values that are looked at.</summary>
    public abstract IEnumerable<int> Seen(EventView view);
}

/// <summary>A test of one field.</summary>
internal abstract class FieldTest(int slot, string field, ImmutableArray<Value> wanted, Span span) : LeafTest(field, wanted, span)
{
    /// <summary>The field's slot.</summary>
    public int Slot => slot;

    public override Certainty Judge(EventView view, SourceFields sources, bool missingIsOpen) =>
        !sources.Have(slot) || (missingIsOpen && view.First(slot) < 0) ? Certainty.Open : Holds(view) ? Certainty.Yes : Certainty.No;

    public override IEnumerable<int> Seen(EventView view)
    {
        for (int i = view.First(slot); i >= 0; i = view.Next(slot, i))
        {
            yield return i;
        }
    }
}

/// <summary>Some value of the field fits.</summary>
internal sealed class FieldValueTest(int slot, string field, ValueTest test, ImmutableArray<Value> wanted, Span span)
    : FieldTest(slot, field, wanted, span)
{
    public ValueTest Test => test;

    public override int Cost => test.Cost;

    public override bool Holds(EventView view)
    {
        for (int i = view.First(Slot); i >= 0; i = view.Next(Slot, i))
        {
            if (view.IsValue(i) && test.Fits(view.Event.TextOf(i)))
            {
                return true;
            }
        }

        return false;
    }

    public override IEnumerable<int> Passing(EventView view) => Seen(view).Where(i => view.IsValue(i) && test.Fits(view.Event.TextOf(i)));
}

/// <summary><c>field: null</c>: the event does not have the field, or it has no value.</summary>
internal sealed class NullTest(int slot, string field, ImmutableArray<Value> wanted, Span span) : FieldTest(slot, field, wanted, span)
{
    public override bool Holds(EventView view)
    {
        int i = view.First(Slot);
        if (i < 0)
        {
            return true;
        }

        for (; i >= 0; i = view.Next(Slot, i))
        {
            if (view.Event.KindOf(i) is EventValueKind.Null)
            {
                return true;
            }
        }

        return false;
    }

    public override IEnumerable<int> Passing(EventView view) =>
        view.First(Slot) < 0 ? [-1] : Seen(view).Where(i => view.Event.KindOf(i) is EventValueKind.Null);
}

/// <summary><c>field|exists: true</c>: the event has the field at all.</summary>
internal sealed class ExistsTest(int slot, string field, bool wanted, ImmutableArray<Value> values, Span span) : FieldTest(slot, field, values, span)
{
    public override bool Holds(EventView view) => view.First(Slot) >= 0 == wanted;

    public override IEnumerable<int> Passing(EventView view) => !Holds(view) ? [] : wanted ? Seen(view) : [-1];
}

/// <summary>Keywords: some value of the event contains one.</summary>
internal sealed class KeywordTest(ValueTest test, ImmutableArray<Value> wanted, Span span) : LeafTest(null, wanted, span)
{
    public ValueTest Test => test;

    public override int Cost => 20 * test.Cost;

    public override bool Holds(EventView view)
    {
        for (int i = 0; i < view.Event.Count; i++)
        {
            if (view.IsValue(i) && test.Fits(view.Event.TextOf(i)))
            {
                return true;
            }
        }

        return false;
    }

    public override Certainty Judge(EventView view, SourceFields sources, bool missingIsOpen) => Certainty.Open;

    public override IEnumerable<int> Passing(EventView view) => Seen(view).Where(i => test.Fits(view.Event.TextOf(i)));

    public override IEnumerable<int> Seen(EventView view) => Enumerable.Range(0, view.Event.Count).Where(view.IsValue);
}
