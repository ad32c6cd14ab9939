using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

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
            return Seen(view).Any(i => Fits(view, i, set));
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
        LongSet(view) is { } set ? Seen(view).Where(i => Fits(view, i, set)) : Seen(view).Where(i => Fits(view, i));

    /// <summary>The values of the other field where it has many; null otherwise.</summary>
    private ReferencedValues? LongSet(EventView view)
    {
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

        var texts = new List<string>();
        for (int i = view.First(other); i >= 0; i = view.Next(other, i))
        {
            if (view.IsValue(i))
            {
                texts.Add(view.Event.TextOf(i).ToString());
            }
        }

        return ReferencedValues.Of(reference, texts);
    }

    private static bool Fits(EventView view, int index, ReferencedValues set) => view.IsValue(index) && set.Fit(view.Event.TextOf(index));

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
}
