using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Matching;

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
/// <param name="span">Where it stands in the rule.</param>
internal abstract class EventTest(Span span)
{
    /// <summary>Where it stands in the rule.</summary>
    public Span Span => span;

    /// <summary>Whether the event passes.</summary>
    public abstract bool Holds(EventView view);

    /// <summary>What is certain when nothing but the fields that tell the log source is looked at.</summary>
    /// <param name="view">The event.</param>
    /// <param name="sources">The fields that are looked at.</param>
    /// <param name="missingIsOpen">Whether nothing is certain of one of them that the event does not have.</param>
    public abstract Certainty Judge(EventView view, SourceFields sources, bool missingIsOpen);
}

/// <summary>All operands hold.</summary>
internal sealed class AllTest(ImmutableArray<EventTest> operands, Span span) : EventTest(span)
{
    public ImmutableArray<EventTest> Operands => operands;

    public override bool Holds(EventView view)
    {
        foreach (EventTest operand in operands)
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
    public ImmutableArray<EventTest> Operands => operands;

    public override bool Holds(EventView view)
    {
        foreach (EventTest operand in operands)
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

    public override bool Holds(EventView view) => !operand.Holds(view);

    public override Certainty Judge(EventView view, SourceFields sources, bool missingIsOpen) => Certainty.Yes - (int)operand.Judge(view, sources, missingIsOpen);
}

/// <summary>A test of one field, or of all.</summary>
/// <param name="name">The field's name in the rule; null for keywords.</param>
/// <param name="wanted">What it is tested for.</param>
/// <param name="span">Where it stands.</param>
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

/// <summary><c>field|fieldref: other</c>: some value of the field equals, or contains, some value of the other.</summary>
internal sealed class FieldReferenceTest(int slot, int other, string field, FieldReferenceValue reference, Span span)
    : FieldTest(slot, field, [reference], span)
{
    /// <summary>Of longer lists not each value is compared with each.</summary>
    private const int LongList = 64;

    public override bool Holds(EventView view)
    {
        if (LongSet(view) is { } set)
        {
            return Seen(view).Any(i => set.Contains(view, i));
        }

        for (int i = view.First(Slot); i >= 0; i = view.Next(Slot, i))
        {
            if (Fits(view, i))
            {
                return true;
            }
        }

        return false;
    }

    public override Certainty Judge(EventView view, SourceFields sources, bool missingIsOpen) => Certainty.Open;

    public override IEnumerable<int> Passing(EventView view) =>
        LongSet(view) is { } set ? Seen(view).Where(i => set.Contains(view, i)) : Seen(view).Where(i => Fits(view, i));

    /// <summary>The values of the other field where it has many and they are to be equal; null otherwise.</summary>
    private ValueSet? LongSet(EventView view)
    {
        if (reference.StartsWith || reference.EndsWith)
        {
            return null;
        }

        int count = 0;
        for (int i = view.First(other); i >= 0; i = view.Next(other, i))
        {
            if (++count > LongList)
            {
                break;
            }
        }

        if (count <= LongList)
        {
            return null;
        }

        var set = new ValueSet();
        for (int i = view.First(other); i >= 0; i = view.Next(other, i))
        {
            set.Add(view, i);
        }

        return set;
    }

    private bool Fits(EventView view, int index)
    {
        if (!view.IsValue(index))
        {
            return false;
        }

        ReadOnlySpan<char> text = view.Event.TextOf(index);
        for (int i = view.First(other); i >= 0; i = view.Next(other, i))
        {
            if (view.IsValue(i) && Fits(text, view.Event.TextOf(i)))
            {
                return true;
            }
        }

        return false;
    }

    private bool Fits(ReadOnlySpan<char> text, ReadOnlySpan<char> wanted) => reference switch
    {
        { StartsWith: true, EndsWith: true } => text.Contains(wanted, StringComparison.OrdinalIgnoreCase),
        { StartsWith: true } => text.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
        { EndsWith: true } => text.EndsWith(wanted, StringComparison.OrdinalIgnoreCase),
        _ => text.Equals(wanted, StringComparison.OrdinalIgnoreCase) || Number.AreEqual(text, wanted),
    };

    /// <summary>Values, found by their text, case-insensitive, or as numbers.</summary>
    private sealed class ValueSet
    {
        private readonly HashSet<string> texts = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> numbers = new(StringComparer.Ordinal);

        public void Add(EventView view, int index)
        {
            if (view.IsValue(index))
            {
                ReadOnlySpan<char> text = view.Event.TextOf(index);
                texts.Add(text.ToString());
                if (Number.TryParse(text, out Number number))
                {
                    numbers.Add(number.Key);
                }
            }
        }

        public bool Contains(EventView view, int index)
        {
            if (!view.IsValue(index))
            {
                return false;
            }

            ReadOnlySpan<char> text = view.Event.TextOf(index);
            return texts.Contains(text.ToString()) || (Number.TryParse(text, out Number number) && numbers.Contains(number.Key));
        }
    }
}

/// <summary>Keywords: some value of the event contains one.</summary>
internal sealed class KeywordTest(ValueTest test, ImmutableArray<Value> wanted, Span span) : LeafTest(null, wanted, span)
{
    public ValueTest Test => test;

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
