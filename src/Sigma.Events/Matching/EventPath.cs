using System.Runtime.InteropServices;
using System.Text;

namespace Sigma.Events.Matching;

/// <summary>
/// A place in events: the names on the way to a value, from outside in. Places are kept over the events, since the events of
/// a log have few of them; names with dots and nested names are the same place.
/// </summary>
internal sealed class EventPath
{
    /// <summary>More places, or places with more characters in their names, are not kept, so that events with ever new names cannot fill the memory.</summary>
    private const int Kept = 65_536;
    private const int KeptCharacters = 16 * 1024 * 1024;

    /// <summary>What lies deeper is not taken apart at its dots: no log nests so deep.</summary>
    private const int MostPieces = 128;

    private static readonly Lock Growing = new();
    private static int made;
    private static int characters;

    private readonly string[] segments;
    private readonly byte[] ownName;
    private Children children = Children.None;

    private EventPath(EventPath? parent, string[] segments, int id)
    {
        Parent = parent;
        this.segments = segments;
        ownName = segments is [.., var last] ? Encoding.UTF8.GetBytes(last) : [];
        Id = id;
        Name = string.Join('.', segments);
        Names = EventNames.Of(segments);
        HoldsNamedData = EventNames.HoldsNamedData(segments);
        IsEventData = segments is [.., "EventData" or "event_data" or "UserData"];
        HoldsEvent = IsEventData || EventNames.HoldsEvent(segments);
        IsOfData = EventNames.IsOfData(segments);
        HoldsEventXml = HoldsEvent || (!IsOfData && EventNames.HoldsEventXml(segments));
        MayHoldEvent = EventNames.MayHoldEvent(segments);
        MayBeBytes = segments is ["MESSAGE"];
        MayHoldLine = EventNames.MayHoldLine(segments);
        Hint = EventNames.HintOf(Names);
        Marks = KnownLogs.MarksOf(Names);
        TellsOfWindows = EventNames.TellsOfWindows(Names);
        IsWindowsEventId = EventNames.IsWindowsEventId(Names);
        IsWindowsChannel = EventNames.IsWindowsChannel(Names);
    }

    /// <summary>The names on the way, from outside in.</summary>
    public IReadOnlyList<string> Segments => segments;

    /// <summary>The event itself.</summary>
    public static EventPath Root { get; } = new(null, [], -1);

    /// <summary>The place one step out; null for the event itself.</summary>
    public EventPath? Parent { get; }

    /// <summary>Its own small number; -1 for a place that is not kept.</summary>
    public int Id { get; }

    /// <summary>All names on the way, with dots between them.</summary>
    public string Name { get; }

    /// <summary>The names by which rules may mean this place.</summary>
    public IReadOnlyList<FieldName> Names { get; }

    /// <summary>Whether it is the <c>Data</c> of a Windows event, whose items say their names themselves.</summary>
    public bool HoldsNamedData { get; }

    /// <summary>Whether a text here may be an event, or the data of one, in JSON.</summary>
    public bool HoldsEvent { get; }

    /// <summary>Whether a text here may be an event, or the data of one, in XML, whatever the event around it tells.</summary>
    public bool HoldsEventXml { get; }

    /// <summary>Whether a text here is an event in JSON if the event around it does not tell its log.</summary>
    public bool MayHoldEvent { get; }

    /// <summary>Whether a text here may be a line of a text log.</summary>
    public bool MayHoldLine { get; }

    /// <summary>Whether a list of numbers here may be the bytes of a text, as the journal of systemd has one with characters that cannot be printed.</summary>
    public bool MayBeBytes { get; }

    /// <summary>Whether it is the data of a Windows event, where they may be a text.</summary>
    public bool IsEventData { get; }

    /// <summary>What the value may tell about the event, besides itself.</summary>
    public SourceHint Hint { get; }

    /// <summary>Which marks of known logs the value may be.</summary>
    public int[] Marks { get; }

    /// <summary>Whether it is within the data of a Windows event, which the program that reports it chose.</summary>
    public bool IsOfData { get; }

    /// <summary>Whether it has one of the names by which events of Windows tell their log.</summary>
    public bool TellsOfWindows { get; }

    /// <summary>Whether it has the name that only Windows gives to the number of an event.</summary>
    public bool IsWindowsEventId { get; }

    /// <summary>Whether it has the name that only Windows gives to a log.</summary>
    public bool IsWindowsChannel { get; }

    /// <summary>Whether its own name, the last on the way, is this one, in UTF-8.</summary>
    public bool IsNamed(ReadOnlySpan<byte> name) => name.SequenceEqual(ownName);

    /// <summary>The place one or, where the name has dots, several steps further in.</summary>
    /// <param name="name">The name in UTF-8, without escapes.</param>
    public EventPath Child(ReadOnlySpan<byte> name) =>
        Volatile.Read(ref children).Find(name) ?? Add(name);

    /// <summary>The same for a name in UTF-16.</summary>
    public EventPath Child(string name) => Child(Encoding.UTF8.GetBytes(name));

    private EventPath Add(ReadOnlySpan<byte> name)
    {
        string text = Encoding.UTF8.GetString(name);
        EventPath? child = null;
        if (text.Contains('.') && segments.Length + 1 < MostPieces)
        {
            child = this;
            foreach (string piece in text.Split('.', MostPieces - segments.Length))
            {
                child = child.Child(piece);
            }
        }

        lock (Growing)
        {
            if (children.Find(name) is { } other)
            {
                return other;
            }

            child ??= Make(text);
            if (child.Id >= 0 && characters < KeptCharacters)
            {
                characters += name.Length;
                if (!children.TryAdd(name, child))
                {
                    Children larger = children.Grown();
                    larger.TryAdd(name, child);
                    Volatile.Write(ref children, larger);
                }
            }

            return child;
        }
    }

    private EventPath Make(string name)
    {
        // Its names are longer than itself by the names on the way, several times.
        bool kept = made < Kept && characters < KeptCharacters && (Id >= 0 || Parent is null);
        var child = new EventPath(this, [.. segments, name], kept ? made++ : -1);
        characters += kept ? child.Name.Length * child.Names.Count : 0;
        return child;
    }

    /// <summary>
    /// The places below one, by name. It is read without a lock while another thread adds to it: what is added stands at the head
    /// of its bucket once it is whole, and nothing moves.
    /// </summary>
    private sealed class Children
    {
        public static readonly Children None = new(0);

        private readonly (byte[] Name, int Hash, EventPath Path)[] all;
        private readonly int[] buckets;
        private readonly int[] next;
        private int count;

        private Children(int capacity)
        {
            all = new (byte[], int, EventPath)[capacity];
            next = new int[capacity];
            buckets = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(capacity * 2) | 1)];
            Array.Fill(buckets, -1);
        }

        public EventPath? Find(ReadOnlySpan<byte> name)
        {
            int hash = Hash(name);
            for (int i = Volatile.Read(ref buckets[hash & (buckets.Length - 1)]); i >= 0; i = next[i])
            {
                if (hash == all[i].Hash && name.SequenceEqual(all[i].Name))
                {
                    return all[i].Path;
                }
            }

            return null;
        }

        /// <summary>Adds a place if there is room.</summary>
        public bool TryAdd(ReadOnlySpan<byte> name, EventPath path)
        {
            if (count == all.Length)
            {
                return false;
            }

            Insert((name.ToArray(), Hash(name), path));
            return true;
        }

        /// <summary>The same with more room.</summary>
        public Children Grown()
        {
            var larger = new Children(Math.Max(all.Length * 2, 4));
            foreach ((byte[], int, EventPath) one in all)
            {
                larger.Insert(one);
            }

            return larger;
        }

        private void Insert((byte[] Name, int Hash, EventPath Path) one)
        {
            ref int bucket = ref buckets[one.Hash & (buckets.Length - 1)];
            all[count] = one;
            next[count] = bucket;
            Volatile.Write(ref bucket, count);
            count++;
        }

        /// <summary>A different number in each run of the program, so that an attacker cannot choose names that collide.</summary>
        private static int Hash(ReadOnlySpan<byte> name)
        {
            int hash = string.GetHashCode(MemoryMarshal.Cast<byte, char>(name), StringComparison.Ordinal);
            return (name.Length & 1) == 0 ? hash : hash ^ (name[^1] * 0x01000193);
        }
    }
}
