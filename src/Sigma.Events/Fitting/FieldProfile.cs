using Sigma.Events.Matching;

namespace Sigma.Events.Fitting;

/// <summary>What the values of one field of a log are like.</summary>
/// <param name="path">The place of the field.</param>
/// <param name="room">How much may still be kept.</param>
internal sealed class FieldProfile(EventPath path, ValueRoom room)
{
    /// <summary>So many different values are kept.</summary>
    private const int MostKept = 200;

    /// <summary>The forms of longer values are not looked at.</summary>
    private const int LongestTold = 1024;

    private const int LongestExample = 100;

    private readonly Dictionary<string, long> values = [];

    /// <summary>The place of the field.</summary>
    public EventPath Path => path;

    /// <summary>The name by which a rule or a mapping best means it: without the objects around it.</summary>
    public string Name { get; } = path.Names.Count > 1 ? path.Names.Skip(1).MinBy(name => name.Tier).Name : path.Name;

    /// <summary>Whether a schema has it; then it has no values.</summary>
    public bool IsOfSchema { get; private init; }

    /// <summary>How many values it has that are not empty.</summary>
    public long Count { get; private set; }

    /// <summary>The forms of all of them.</summary>
    public ValueForms Forms { get; private set; }

    /// <summary>Different values, the first ones, with how often each came; empty for the field of a schema.</summary>
    public IReadOnlyDictionary<string, long> Values => values;

    /// <summary>The first value; null for the field of a schema.</summary>
    public string? Example { get; private set; }

    /// <summary>The field of a schema.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="forms">The forms of its values.</param>
    public static FieldProfile OfSchema(EventPath path, ValueForms forms) => new(path, new ValueRoom()) { Forms = forms, IsOfSchema = true };

    /// <summary>Adds a value. An empty one, or Windows' <c>-</c>, tells nothing of the others.</summary>
    public void Add(ReadOnlySpan<char> value)
    {
        if (!EventNames.Tells(value))
        {
            return;
        }

        Count++;
        Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> known = values.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(value, out long count))
        {
            known[value] = count + 1;
            return;
        }

        string text = value.ToString();
        Forms |= text.Length > LongestTold ? ValueForms.Text : ValueForm.Of(text);
        Example ??= text.Length > LongestExample ? text[..LongestExample] + "…" : text;
        if (values.Count < MostKept && room.Take(text.Length))
        {
            values.Add(text, 1);
        }
    }
}

/// <summary>How many characters of values may still be kept, of all fields of all logs together.</summary>
internal sealed class ValueRoom
{
    private long left = 32 * 1024 * 1024;

    /// <summary>Takes room for a value.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Take(int length)
    {
        left -= length;
        return left >= 0;
    }
}
