namespace Sigma.Events.Matching;

/// <summary>An event as a rule set's fields see it. One is used for event after event, by one thread.</summary>
/// <param name="fields">The fields.</param>
internal sealed class EventView(FieldTable fields)
{
    /// <summary>A name with sub-fields only is used if there is no value: <c>EventID</c> is the text of <c>{"#text": 1}</c>.</summary>
    private const int WithoutValue = 32;

    private readonly Slot[] slots = new Slot[fields.Count];
    private int epoch;

    /// <summary>The event.</summary>
    public Event Event { get; private set; } = new();

    /// <summary>The fields.</summary>
    public FieldTable Fields => fields;

    /// <summary>Looks at another event.</summary>
    public void Bind(Event e)
    {
        Event = e;
        epoch++;
        for (int i = 0; i < e.Count; i++)
        {
            foreach (FieldBinding binding in fields.Of(e.PathOf(i)))
            {
                ref Slot slot = ref slots[binding.Slot];
                int rank = RankOf(binding, i);
                if (slot.Epoch != epoch || rank < slot.Rank)
                {
                    slot = new Slot(epoch, rank, i, i);
                }
                else if (rank == slot.Rank)
                {
                    slot.Last = i;
                }
            }
        }
    }

    /// <summary>The place of a field's first value, also one that is null; -1 where the event does not have the field.</summary>
    public int First(int slot) => slots[slot].Epoch == epoch ? slots[slot].First : -1;

    /// <summary>The place of a field's next value; -1 after the last.</summary>
    public int Next(int slot, int index)
    {
        ref Slot found = ref slots[slot];
        while (++index <= found.Last)
        {
            foreach (FieldBinding binding in fields.Of(Event.PathOf(index)))
            {
                if (binding.Slot == slot && RankOf(binding, index) == found.Rank)
                {
                    return index;
                }
            }
        }

        return -1;
    }

    /// <summary>Whether what stands at a place is a value that can be compared.</summary>
    public bool IsValue(int index) => Event.KindOf(index) is not (EventValueKind.Null or EventValueKind.Object);

    private int RankOf(FieldBinding binding, int index) => binding.Rank + (Event.KindOf(index) is EventValueKind.Object ? WithoutValue : 0);

    private record struct Slot(int Epoch, int Rank, int First, int Last);
}
