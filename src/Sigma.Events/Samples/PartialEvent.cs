using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>What a field was asked to be, and is.</summary>
/// <param name="Literals">The tests it has to pass, in the order they came.</param>
/// <param name="Value">A value that passes them.</param>
internal sealed record Slot(IReadOnlyList<Literal> Literals, FieldValue Value);

/// <summary>Two tests that exclude each other.</summary>
/// <param name="Field">The field they are about.</param>
/// <param name="Test">The test that could not be added.</param>
/// <param name="Against">What stood against it; null where it cannot be met even alone.</param>
/// <param name="IsCertain">Whether there is certainly no value; otherwise none was found.</param>
/// <param name="IsCertainOfLists">Whether that is so however many values the field has.</param>
internal sealed record Conflict(string Field, Literal Test, Literal? Against, bool IsCertain, bool IsCertainOfLists);

/// <summary>
/// An event in the making: each field has the tests it must pass and a value that does. Tests are added one after another and
/// can be taken back, so that a search can try one assignment after another.
/// </summary>
/// <param name="solver">Finds the values.</param>
/// <param name="keywordField">The field that takes keywords.</param>
internal sealed class PartialEvent(FieldSolver solver, string keywordField)
{
    private readonly Dictionary<string, Slot> slots = new(StringComparer.Ordinal);
    private readonly List<(string Field, Slot? Before)> trail = [];
    private readonly List<Literal> keywords = [];

    /// <summary>The last tests that excluded each other; null for none.</summary>
    public Conflict? Conflict { get; private set; }

    /// <summary>The fields so far.</summary>
    public IReadOnlyDictionary<string, Slot> Slots => slots;

    /// <summary>Keywords that may stand nowhere.</summary>
    public IReadOnlyList<Literal> Unwanted => keywords;

    /// <summary>A place to come back to.</summary>
    public (int Trail, int Keywords) Mark => (trail.Count, keywords.Count);

    /// <summary>The value of a field now.</summary>
    public FieldValue ValueOf(string field) => slots.TryGetValue(field, out Slot? slot) ? slot.Value : FieldValue.Absent;

    /// <summary>Takes back all that was added since a place.</summary>
    public void Undo((int Trail, int Keywords) mark)
    {
        for (int i = trail.Count - 1; i >= mark.Trail; i--)
        {
            (string field, Slot? before) = trail[i];
            if (before is null)
            {
                slots.Remove(field);
            }
            else
            {
                slots[field] = before;
            }
        }

        trail.RemoveRange(mark.Trail, trail.Count - mark.Trail);
        keywords.RemoveRange(mark.Keywords, keywords.Count - mark.Keywords);
    }

    /// <summary>Whether a test holds with the values of now.</summary>
    public bool Holds(Literal literal) => literal.Field is { } field
        ? solver.Test.Accepts(literal.Value, ValueOf(field), ValueOf)
        : slots.Values.Any(slot => slot.Value.IsPresent && solver.Test.Accepts(literal.Value, slot.Value, ValueOf, keyword: true));

    /// <summary>Adds tests of one field or keyword, all of them wanted or all not.</summary>
    /// <returns>Whether the event can pass them; if not, nothing is changed.</returns>
    public bool TryAdd(IReadOnlyList<Literal> literals)
    {
        Literal first = literals[0];
        if (first.Field is null && !first.Wanted)
        {
            return TryForbid(literals);
        }

        string field = first.Field ?? keywordField;
        Slot? slot = slots.GetValueOrDefault(field);
        Literal[] all = [.. slot?.Literals ?? [], .. literals];
        FieldValue value = slot?.Value ?? FieldValue.Absent;
        if (solver.Passes(value, literals, [], ValueOf))
        {
            Set(field, slot, new Slot(all, value));
            return true;
        }

        (int, int) mark = Mark;
        if (first is { Wanted: true, Value: FieldReferenceValue wanted } && !ValueOf(wanted.Field).IsPresent)
        {
            Borrow(wanted.Field, value);
        }

        if (solver.Solve(field, all, keywords, ValueOf, out bool certain, Agreement(field)) is { } solved)
        {
            Set(field, slot, new Slot(all, solved));
            if (Repair())
            {
                return true;
            }
        }

        Undo(mark);
        foreach (Literal equal in all.Concat(References()).Where(literal => literal.Wanted).ToArray())
        {
            if (equal.Value is FieldReferenceValue { StartsWith: false, EndsWith: false } reference && (equal.Field == field || reference.Field == field)
                && TryBoth(equal.Field!, reference.Field, field, all))
            {
                return true;
            }
        }

        Conflict = new Conflict(field, first, Opponent(field, slot, literals), certain, certain && solver.HoldsForLists(all, keywords));
        return false;
    }

    /// <summary>Gives a field a value beside the tests, if it passes those it has.</summary>
    public bool TryFill(string field, FieldValue value)
    {
        Slot? slot = slots.GetValueOrDefault(field);
        if (slot?.Value.IsPresent == true || !solver.Passes(value, slot?.Literals ?? [], keywords, ValueOf))
        {
            return false;
        }

        (int, int) mark = Mark;
        Set(field, slot, new Slot(slot?.Literals ?? [], value));
        if (References().All(literal => Holds(literal) == literal.Wanted))
        {
            return true;
        }

        Undo(mark);
        return false;
    }

    /// <summary>Solves a field anew, now that others are known which its fillers go by.</summary>
    public void Refresh(string field)
    {
        if (slots.TryGetValue(field, out Slot? slot) && slot.Value.IsPresent && !References().Any()
            && solver.Solve(field, slot.Literals, keywords, ValueOf, out _) is { } solved)
        {
            Set(field, slot, slot with { Value = solved });
        }
    }

    /// <summary>Whether every test that was added holds with the values of now.</summary>
    public bool IsSound => slots.All(slot => solver.Passes(slot.Value.Value, slot.Value.Literals, keywords, ValueOf));

    /// <summary>The tests whose outcome depends on another field.</summary>
    private IEnumerable<Literal> References() =>
        slots.Values.SelectMany(slot => slot.Literals).Where(literal => literal.Value is FieldReferenceValue);

    /// <summary>What a value of a field must be because of others; null where nothing refers to another field.</summary>
    private Predicate<FieldValue>? Agreement(string field) => References().Any() ? candidate => Agrees(field, candidate) : null;

    /// <summary>Whether a value of a field keeps what must not be equal unequal.</summary>
    private bool Agrees(string field, FieldValue value)
    {
        foreach (Literal literal in References())
        {
            var reference = (FieldReferenceValue)literal.Value;
            if (!literal.Wanted && reference.Field == field
                && solver.Test.Accepts(reference, ValueOf(literal.Field!), name => name == field ? value : ValueOf(name)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Solves the fields anew that refer to one whose value is another now.</summary>
    private bool Repair()
    {
        foreach (Literal literal in References().Where(literal => literal.Wanted).ToArray())
        {
            if (Holds(literal))
            {
                continue;
            }

            string field = literal.Field!;
            Slot slot = slots[field];
            if (solver.Solve(field, slot.Literals, keywords, ValueOf, out _, Agreement(field)) is not { } solved)
            {
                return false;
            }

            Set(field, slot, slot with { Value = solved });
        }

        return true;
    }

    /// <summary>Gives a field that another refers to a value: that of the other, if it may have it.</summary>
    private void Borrow(string field, FieldValue value)
    {
        Slot? slot = slots.GetValueOrDefault(field);
        foreach (FieldValue candidate in solver.Fillers(field, ValueOf).Prepend(value))
        {
            if (candidate.IsPresent && solver.Passes(candidate, slot?.Literals ?? [], keywords, ValueOf) && Agrees(field, candidate))
            {
                Set(field, slot, new Slot(slot?.Literals ?? [], candidate));
                return;
            }
        }
    }

    /// <summary>Makes two fields equal: a value that passes the tests of both.</summary>
    /// <param name="source">The field that refers to the other.</param>
    /// <param name="target">The other.</param>
    /// <param name="changed">Which of the two has new tests.</param>
    /// <param name="literals">All of that one's tests.</param>
    private bool TryBoth(string source, string target, string changed, Literal[] literals)
    {
        IReadOnlyList<Literal> sources = source == changed ? literals : slots.GetValueOrDefault(source)?.Literals ?? [];
        IReadOnlyList<Literal> targets = target == changed ? literals : slots.GetValueOrDefault(target)?.Literals ?? [];
        Literal[] both = [.. sources.Concat(targets).Where(literal => literal.Value is not FieldReferenceValue)];
        FieldValue? value = solver.Solve(source, both, keywords, ValueOf, out _);
        IEnumerable<FieldValue> candidates = value is { IsPresent: true } found ? [found] : solver.Fillers(source, ValueOf);
        foreach (FieldValue candidate in candidates)
        {
            (int, int) mark = Mark;
            Set(target, slots.GetValueOrDefault(target), new Slot(targets, candidate));
            Set(source, slots.GetValueOrDefault(source), new Slot(sources, candidate));
            if (IsSound)
            {
                return true;
            }

            Undo(mark);
        }

        return false;
    }

    private bool TryForbid(IReadOnlyList<Literal> literals)
    {
        (int, int) mark = Mark;
        keywords.AddRange(literals);
        foreach ((string field, Slot slot) in slots.ToArray())
        {
            if (solver.Passes(slot.Value, [], literals, ValueOf))
            {
                continue;
            }

            if (solver.Solve(field, slot.Literals, keywords, ValueOf, out bool certain) is not { } solved)
            {
                bool lists = certain && solver.HoldsForLists(slot.Literals, keywords);
                Conflict = new Conflict(field, literals[0], Opponent(field, slot, literals), certain, lists);
                Undo(mark);
                return false;
            }

            Set(field, slot, slot with { Value = solved });
        }

        return true;
    }

    /// <summary>Which of the tests so far the new ones cannot stand beside.</summary>
    private Literal? Opponent(string field, Slot? slot, IReadOnlyList<Literal> literals)
    {
        foreach (Literal literal in slot?.Literals ?? [])
        {
            if (solver.Solve(field, [literal, .. literals], [], ValueOf, out _) is null)
            {
                return literal;
            }
        }

        return slot is { Literals: [.., var last] } ? last : null;
    }

    private void Set(string field, Slot? before, Slot after)
    {
        trail.Add((field, before));
        slots[field] = after;
    }
}
