namespace Sigma.Events.Matching;

/// <summary>Which of a rule set's fields a place in events can be.</summary>
/// <param name="Slot">The field.</param>
/// <param name="Rank">How directly; of several values, those with the least rank are meant.</param>
internal readonly record struct FieldBinding(int Slot, int Rank);

/// <summary>
/// The fields that rules ask for, each with a small number, its slot. Which places in events they can be is worked out once
/// for each place. Filled while rules are compiled, by any thread, and fixed once events are read.
/// </summary>
internal sealed class FieldTable
{
    /// <summary>A name in another letter case is used only if there is none in the rule's letter case.</summary>
    private const int OtherCase = 16;

    /// <summary>A name that differs only in blanks and underscores is used only if no name is equal, even one without a value.</summary>
    private const int OtherBlanks = 64;

    private readonly Dictionary<string, int> slots = new(StringComparer.Ordinal);
    /// <summary>By the name without blanks and underscores, in any case.</summary>
    private readonly Dictionary<string, List<int>> slotsOfAnyCase = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> names = [];
    private readonly Lock growing = new();
    private FieldBinding[]?[] bindings = new FieldBinding[]?[256];

    /// <summary>How many fields there are.</summary>
    public int Count => names.Count;

    /// <summary>The field's name.</summary>
    public string NameOf(int slot) => names[slot];

    /// <summary>The slot of a field, a new one if need be.</summary>
    public int SlotOf(string field) => Share(ref field);

    /// <summary>The slot of a field, a new one if need be, and the one text of its name that all tests of it share.</summary>
    /// <param name="field">The field's name; becomes the shared text.</param>
    /// <returns>The slot.</returns>
    public int Share(ref string field)
    {
        lock (growing)
        {
            int slot = Add(field);
            field = names[slot];
            return slot;
        }
    }

    private int Add(string field)
    {
        if (!slots.TryGetValue(field, out int slot))
        {
            slot = names.Count;
            names.Add(field);
            slots.Add(field, slot);
            string plain = EventNames.Folded(field);
            if (!slotsOfAnyCase.TryGetValue(plain, out List<int>? alike))
            {
                slotsOfAnyCase.Add(plain, alike = []);
            }

            alike.Add(slot);
        }

        return slot;
    }

    /// <summary>How directly a field means a place; null if it does not.</summary>
    public static int? Rank(EventPath path, string field)
    {
        int? best = null;
        foreach (FieldName name in path.Names)
        {
            if (Rank(name, field) is { } rank && (best is null || rank < best))
            {
                best = rank;
            }
        }

        return best;
    }

    private static int? Rank(FieldName name, string field)
    {
        if (name.Name.Equals(field, StringComparison.OrdinalIgnoreCase))
        {
            return name.Tier + (name.Name == field ? 0 : OtherCase);
        }

        string plain = EventNames.Folded(name.Name);
        string wanted = EventNames.Folded(field);
        return plain.Equals(wanted, StringComparison.OrdinalIgnoreCase) ? name.Tier + OtherBlanks + (plain == wanted ? 0 : OtherCase) : null;
    }

    /// <summary>The fields that a place can be.</summary>
    public FieldBinding[] Of(EventPath path)
    {
        FieldBinding[]?[] known = Volatile.Read(ref bindings);
        return path.Id >= 0 && path.Id < known.Length && known[path.Id] is { } before ? before : Bind(path);
    }

    private FieldBinding[] Bind(EventPath path)
    {
        var found = new List<FieldBinding>();
        foreach (int slot in path.Names.SelectMany(name => slotsOfAnyCase.GetValueOrDefault(EventNames.Folded(name.Name), [])).Distinct())
        {
            found.Add(new FieldBinding(slot, Rank(path, names[slot])!.Value));
        }

        FieldBinding[] result = [.. found];
        if (path.Id >= 0)
        {
            lock (growing)
            {
                if (path.Id >= bindings.Length)
                {
                    FieldBinding[]?[] larger = new FieldBinding[]?[Math.Max(path.Id + 1, bindings.Length * 2)];
                    bindings.CopyTo(larger, 0);
                    Volatile.Write(ref bindings, larger);
                }

                bindings[path.Id] = result;
            }
        }

        return result;
    }
}
