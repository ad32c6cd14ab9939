using Sigma.Planning;

namespace Sigma.Events.Matching;

/// <content>What the values of an event tell of its log source.</content>
public sealed partial class Event
{
    /// <summary>So many events may lie within each other: what EventBridge sends through SNS to a queue.</summary>
    private const int MostHeld = 3;

    private static readonly EventPath ChannelPath = EventPath.Root.Child(WindowsFields.Channel);
    private static readonly EventPath EventIdPath = EventPath.Root.Child(WindowsFields.EventId);

    private int held = -1;

    /// <summary>Whether it is an event of Windows whose fields are only in the text of a message, which is written for people.</summary>
    internal bool HasOnlyMessage { get; private set; }

    /// <summary>Where the values begin that tell the log: behind those of the wrapping, where there is one.</summary>
    private int inner;

    /// <summary>The first value that may be a line of a text log; -1 for none.</summary>
    internal int LinePlace { get; private set; } = -1;

    /// <summary>Notes that the value that was added last may be a line of a text log.</summary>
    internal void MayBeLine() => LinePlace = LinePlace < 0 ? Count - 1 : LinePlace;

    /// <summary>Notes a value that is an event in JSON if this one does not tell its log.</summary>
    internal void MayHold(int index) => held = held < 0 ? index : held;

    /// <summary>Adds what the values tell of the event's log source by forms of their own, once all values are there.</summary>
    internal void Complete()
    {
        inner = 0;
        TellLog();
        int queued = 0;
        for (int level = 0; level < MostHeld && held >= 0 && !IsOfKnownLog; level++)
        {
            string text = TextOf(held).Trim().ToString();
            EventPath place = entries[held].Path;
            int outer = inner;
            int end = Count;
            held = -1;
            if (EventReader.TryAddHeld(text, place, this))
            {
                queued = IsMessage(outer, end) ? end : queued;
                inner = end;
                TellLog();
            }
        }

        if (inner > 0 && IsOfKnownLog)
        {
            TakeOff(queued);
        }
    }

    /// <summary>Whether values are those of a message in a queue: SQS and SNS number them, and have nothing of the event besides.</summary>
    private bool IsMessage(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (entries[i].Path.Segments is [.., "messageId" or "MessageId"])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Takes the wrapping off an event: all of a message in a queue, whose <c>eventSource</c> is the queue, and of another what has a name that
    /// the event has too.
    /// </summary>
    /// <param name="queued">So many values at the beginning are of messages in queues.</param>
    private void TakeOff(int queued)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int i = inner; i < Count; i++)
        {
            names.UnionWith(entries[i].Path.Names.Select(name => name.Name));
        }

        int kept = 0;
        for (int i = queued; i < Count; i++)
        {
            if (i >= inner || !entries[i].Path.Names.Any(name => names.Contains(name.Name)))
            {
                entries[kept++] = entries[i];
            }
        }

        Count = kept;
        inner = 0;
    }

    /// <summary>Whether it tells its log: by its marks, or by what only Windows calls an event id or a channel.</summary>
    internal bool IsOfKnownLog
    {
        get
        {
            bool isKnown = Log is not null;
            for (int i = 0; i < Count && !isKnown; i++)
            {
                isKnown = (entries[i].Path.IsWindowsEventId || entries[i].Path.IsWindowsChannel)
                    && entries[i].Kind is EventValueKind.Text or EventValueKind.Number && EventNames.Tells(TextOf(i));
            }

            return isKnown;
        }
    }

    private void TellLog()
    {
        int id = -1;
        int source = -1;
        int emptyChannel = -1;
        int dataset = -1;
        SourceHint told = SourceHint.None;
        SourceHint there = SourceHint.None;
        Span<ulong> marks = stackalloc ulong[KnownLogs.Words];
        marks.Clear();
        for (int i = inner, count = Count; i < count; i++)
        {
            SourceHint hint = entries[i].Path.Hint;
            if (hint is SourceHint.None)
            {
                continue;
            }

            bool tells = entries[i].Kind is not (EventValueKind.Null or EventValueKind.Object) && EventNames.Tells(TextOf(i));
            if ((hint & SourceHint.Channel) != SourceHint.None)
            {
                emptyChannel = tells ? emptyChannel : i;
            }

            there |= hint;
            id = (hint & SourceHint.Id) != SourceHint.None ? i : id;
            if (!tells)
            {
                continue;
            }

            told |= hint;
            source = (hint & SourceHint.Source) != SourceHint.None && ChannelIn(TextOf(i)) > 0 ? i : source;
            dataset = (hint & SourceHint.Dataset) != SourceHint.None ? i : dataset;
            if ((hint & SourceHint.Mark) != SourceHint.None)
            {
                KnownLogs.Note(entries[i].Path.Marks, TextOf(i), marks);
            }
        }

        Log ??= (told & SourceHint.Mark) != SourceHint.None ? KnownLogs.Of(marks, this) : null;
        Log ??= dataset >= 0 ? KnownLogs.OfDataset(TextOf(dataset).ToString(), this) : null;
        if (source >= 0 && (told & SourceHint.Channel) == SourceHint.None)
        {
            AddChannel(source, emptyChannel);
        }

        // Get-WinEvent always writes LogName; where it has no value, the provider says whose event the number is.
        bool isOfPowerShell = id >= 0 && (there & SourceHint.LogName) != SourceHint.None && (told & (SourceHint.LogName | SourceHint.Provider)) != SourceHint.None;
        if (isOfPowerShell)
        {
            Alias(EventIdPath, id, 0);
        }

        bool isRendered = isOfPowerShell ? (there & (SourceHint.Properties | SourceHint.Rendered)) != SourceHint.None
            : (there & SourceHint.Rendered) != SourceHint.None && (told & (SourceHint.Channel | SourceHint.Provider)) != SourceHint.None;
        HasOnlyMessage = isRendered && !HasData();
    }

    private bool HasData()
    {
        bool found = false;
        for (int i = 0; i < Count && !found; i++)
        {
            found = entries[i].Path.IsOfData;
        }

        return found;
    }

    /// <summary>Where in Splunk's <c>source</c> the channel begins; 0 where it names none. Forwarded events were written to another.</summary>
    private static int ChannelIn(ReadOnlySpan<char> source)
    {
        int begin = source.StartsWith("WinEventLog:") || source.StartsWith("XmlWinEventLog:") ? source.IndexOf(':') + 1 : 0;
        return source[begin..].Equals("ForwardedEvents", StringComparison.OrdinalIgnoreCase) ? 0 : begin;
    }

    /// <summary>The channel from the source of an event that has none, in place of an empty one if there is one.</summary>
    private void AddChannel(int source, int empty)
    {
        Alias(empty >= 0 ? entries[empty].Path : ChannelPath, source, ChannelIn(TextOf(source)));
        if (empty >= 0)
        {
            entries[empty] = entries[--Count];
        }
    }

    /// <summary>Adds a value that is the rest of another.</summary>
    private void Alias(EventPath path, int index, int skip)
    {
        Entry whole = entries[index];
        Commit(path, whole.Kind, 0);
        entries[Count - 1] = new Entry(path, whole.Kind, whole.Start + skip, whole.Length - skip);
    }
}
