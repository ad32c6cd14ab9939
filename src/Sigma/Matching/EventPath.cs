using System.Text;

namespace Sigma.Matching;

/// <summary>
/// A place in events: the names on the way to a value, from outside in. Places are kept over the events, since the events of
/// a log have few of them; names with dots and nested names are the same place.
/// </summary>
internal sealed class EventPath
{
    /// <summary>More places are not kept, so that events with ever new names cannot fill the memory.</summary>
    private const int Kept = 65_536;

    private static readonly Lock Growing = new();
    private static int made;

    private readonly string[] segments;
    private Children children = Children.None;

    private EventPath(EventPath? parent, string[] segments, int id)
    {
        Parent = parent;
        this.segments = segments;
        Id = id;
        Name = string.Join('.', segments);
        Names = EventNames.Of(segments);
        HoldsNamedData = EventNames.HoldsNamedData(segments);
        Hint = EventNames.HintOf(Names);
    }

    /// <summary>The event itself.</summary>
    public static EventPath Root { get; } = new(null, [], -1);

    /// <summary>The place one step out; null for the event itself.</summary>
    public EventPath? Parent { get; }

    /// <summary>A small number of its own; -1 for a place that is not kept.</summary>
    public int Id { get; }

    /// <summary>All names on the way, with dots between them.</summary>
    public string Name { get; }

    /// <summary>The names by which rules may mean this place.</summary>
    public IReadOnlyList<FieldName> Names { get; }

    /// <summary>Whether it is the <c>Data</c> of a Windows event, whose items say their names themselves.</summary>
    public bool HoldsNamedData { get; }

    /// <summary>What the value may tell about the event, besides itself.</summary>
    public SourceHint Hint { get; }

    /// <summary>The place one or, where the name has dots, several steps further in.</summary>
    /// <param name="name">The name in UTF-8, without escapes.</param>
    public EventPath Child(ReadOnlySpan<byte> name) =>
        Volatile.Read(ref children).Find(name) ?? Add(name);

    /// <summary>The same for a name in UTF-16.</summary>
    public EventPath Child(string name) => Child(Encoding.UTF8.GetBytes(name));

    private EventPath Add(ReadOnlySpan<byte> name)
    {
        string text = Encoding.UTF8.GetString(name);
        int dot = text.IndexOf('.');
        EventPath? child = null;
        if (dot >= 0)
        {
            child = this;
            foreach (string piece in text.Split('.'))
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

            if (made >= Kept)
            {
                return child ?? new EventPath(this, [.. segments, text], -1);
            }

            child ??= new EventPath(this, [.. segments, text], made++);
            Volatile.Write(ref children, children.With(name.ToArray(), child));
            return child;
        }
    }

    /// <summary>The places below one, by name. It does not change, so that it is read without a lock.</summary>
    private sealed class Children
    {
        public static readonly Children None = new([]);

        private readonly (byte[] Name, EventPath Path)[] all;
        private readonly int[] buckets;
        private readonly int[] next;

        private Children((byte[] Name, EventPath Path)[] all)
        {
            this.all = all;
            next = new int[all.Length];
            buckets = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(all.Length * 2) | 1)];
            Array.Fill(buckets, -1);
            for (int i = 0; i < all.Length; i++)
            {
                ref int bucket = ref buckets[Hash(all[i].Name) & (buckets.Length - 1)];
                next[i] = bucket;
                bucket = i;
            }
        }

        public EventPath? Find(ReadOnlySpan<byte> name)
        {
            for (int i = buckets[Hash(name) & (buckets.Length - 1)]; i >= 0; i = next[i])
            {
                if (name.SequenceEqual(all[i].Name))
                {
                    return all[i].Path;
                }
            }

            return null;
        }

        public Children With(byte[] name, EventPath path) => new([.. all, (name, path)]);

        private static int Hash(ReadOnlySpan<byte> name)
        {
            uint hash = (uint)name.Length;
            foreach (byte b in name.Length > 24 ? name[^24..] : name)
            {
                hash = (hash * 31) + b;
            }

            return (int)(hash ^ (hash >> 15));
        }
    }
}
