using System.Text;

namespace Sigma.Events.Matching;

/// <summary>What a value of an event is.</summary>
internal enum EventValueKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number, in its canonical decimal form: <c>1e1</c> and <c>10.0</c> are <c>10</c>.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>The field is there and has no value: <c>null</c>, or an empty list.</summary>
    Null,

    /// <summary>The field is there and has further fields, not a value.</summary>
    Object,
}

/// <summary>A value of an event. The items of a list are values of one name.</summary>
/// <param name="Name">The names on the way to it, with dots between them, such as <c>Event.EventData.Image</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; empty for <see cref="EventValueKind.Null"/> and <see cref="EventValueKind.Object"/>.</param>
internal readonly record struct EventValue(string Name, EventValueKind Kind, string Text);

/// <summary>
/// An event: named values, in their order. A rule's field means the value with this full name (<c>process.executable</c>,
/// whether nested or written with dots), or with this name in one of the usual wrappings of a Windows event
/// (<c>Image</c> for <c>Event.EventData.Image</c> or <c>winlog.event_data.Image</c>). The name in the rule's own letter case
/// goes before one in another.
/// </summary>
public sealed partial class Event
{
    private Entry[] entries = new Entry[32];
    private char[] text = new char[1024];
    private int textLength;

    /// <summary>Creates an event without values, to be filled by a reader.</summary>
    internal Event()
    {
    }

    /// <summary>The log that it is from, where that is known and no log of Windows; null otherwise.</summary>
    internal KnownLog? Log { get; set; }

    /// <summary>The field that says when it happened, by the kind of line that it was; null where that is one that has the time in every log.</summary>
    internal string? TimeField { get; set; }

    /// <summary>How many values it has.</summary>
    public int Count { get; private set; }

    /// <summary>Where its fields were in the events that were read into it before.</summary>
    internal PathGuesses Guesses { get; } = new();

    /// <summary>Whether it was found in the unused space of a Windows event log.</summary>
    internal bool IsRecovered { get; set; }

    /// <summary>How many texts that hold events are being read within each other.</summary>
    internal int Embedded { get; set; }

    /// <summary>How many characters its values have together.</summary>
    internal int TextLength => textLength;

    /// <summary>All values in the order of the event.</summary>
    internal IEnumerable<EventValue> Values
    {
        get
        {
            for (int i = 0; i < Count; i++)
            {
                yield return new EventValue(entries[i].Path.Name, entries[i].Kind, TextOf(i).ToString());
            }
        }
    }

    /// <summary>Reads an event that is a JSON object.</summary>
    /// <param name="json">The JSON text, in UTF-8.</param>
    /// <param name="error">Why it is not an event; null if this returns an event.</param>
    public static Event? Parse(ReadOnlySpan<byte> json, out string? error)
    {
        var result = new Event();
        error = EventReader.Read(json, result);
        return error is null ? result : null;
    }

    /// <summary>Reads an event that is a JSON object.</summary>
    /// <param name="json">The JSON text.</param>
    /// <exception cref="FormatException">It is not a JSON object.</exception>
    public static Event Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json), out string? error) ?? throw new FormatException(error);
    }

    /// <summary>Creates an event of names and texts; a text of null is a field without a value.</summary>
    public static Event Of(IEnumerable<KeyValuePair<string, string?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var result = new Event();
        foreach ((string name, string? value) in values)
        {
            result.Add(EventPath.Root.Child(name), value is null ? EventValueKind.Null : EventValueKind.Text, value);
        }

        result.Complete();
        return result;
    }

    /// <summary>Adds a text as a line of a log has it: an empty one is a field without a value.</summary>
    /// <param name="name">The field's name, of the event itself.</param>
    /// <param name="value">The text.</param>
    internal void AddText(string name, string value) => Add(EventPath.Root.Child(name), value.Length == 0 ? EventValueKind.Null : EventValueKind.Text, value);

    /// <summary>Creates an event of names and texts; a text of null is a field without a value.</summary>
    public static Event Of(params (string Name, string? Value)[] values) =>
        Of(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));

    /// <summary>The text of the first value that a rule's field of this name means; null if there is none.</summary>
    public string? Find(string field)
    {
        int best = int.MaxValue;
        int found = -1;
        for (int i = 0; i < Count; i++)
        {
            if (entries[i].Kind is not (EventValueKind.Null or EventValueKind.Object) && FieldTable.Rank(entries[i].Path, field) is { } rank && rank < best)
            {
                best = rank;
                found = i;
            }
        }

        return found < 0 ? null : TextOf(found).ToString();
    }

    /// <summary>The text of the first value with just this name, bare or within its wrapper; null if there is none.</summary>
    internal string? TextNamed(string name)
    {
        for (int i = inner; i < Count; i++)
        {
            foreach (FieldName one in entries[i].Path.Names)
            {
                if (one.Name == name && entries[i].Kind is not (EventValueKind.Null or EventValueKind.Object))
                {
                    return TextOf(i).ToString();
                }
            }
        }

        return null;
    }

    /// <summary>The position of a value.</summary>
    internal EventPath PathOf(int index) => entries[index].Path;

    /// <summary>What a value is.</summary>
    internal EventValueKind KindOf(int index) => entries[index].Kind;

    /// <summary>The text of a value.</summary>
    internal ReadOnlySpan<char> TextOf(int index) => text.AsSpan(entries[index].Start, entries[index].Length);

    /// <summary>The texts of all values, one behind the other.</summary>
    internal ReadOnlySpan<char> AllText => text.AsSpan(0, textLength);

    /// <summary>Takes all values away, to be filled anew.</summary>
    internal void Clear()
    {
        Count = 0;
        textLength = 0;
        Log = null;
        TimeField = null;
        HasOnlyMessage = false;
        IsRecovered = false;
        Embedded = 0;
        held = -1;
        LinePlace = -1;
        inner = 0;
    }

    /// <summary>Takes away the values that were added last.</summary>
    internal void CutBack(int count, int length) =>
        (Count, textLength, held, LinePlace) = (count, length, held < count ? held : -1, LinePlace < count ? LinePlace : -1);

    /// <summary>The same event, to be kept.</summary>
    internal Event Copy() => new() { entries = entries[..Math.Max(1, Count)], text = text[..Math.Max(1, textLength)], textLength = textLength, Count = Count, Log = Log, TimeField = TimeField, IsRecovered = IsRecovered };

    /// <summary>Adds a value.</summary>
    internal void Add(EventPath path, EventValueKind kind, ReadOnlySpan<char> value)
    {
        value.CopyTo(Reserve(value.Length));
        Commit(path, kind, value.Length);
    }

    /// <summary>Room for the text of a value that is added next.</summary>
    internal Span<char> Reserve(int length)
    {
        if (text.Length - textLength < length)
        {
            Array.Resize(ref text, Math.Max(text.Length * 2, textLength + length));
        }

        return text.AsSpan(textLength, length);
    }

    /// <summary>Adds the value whose text was written into the room.</summary>
    internal void Commit(EventPath path, EventValueKind kind, int length)
    {
        if (Count == entries.Length)
        {
            Array.Resize(ref entries, Count * 2);
        }

        entries[Count++] = new Entry(path, kind, textLength, length);
        textLength += length;
    }

    private readonly record struct Entry(EventPath Path, EventValueKind Kind, int Start, int Length);
}
