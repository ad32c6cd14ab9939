using System.Buffers;
using System.Text;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>Some events of a file that follow each other, as they were read: cut apart, but not yet understood.</summary>
internal sealed class EventBatch
{
    private readonly List<(int Start, int Length, long Line, LineFormat? Format)> slices = [];
    private readonly List<(Event Event, long Line)> ready = [];

    /// <summary>What could not be cut apart, by its line.</summary>
    public List<EventProblem> Problems { get; } = [];

    /// <summary>How many bytes of the file it took.</summary>
    public long Bytes { get; internal set; }

    /// <summary>The bytes that events are cut from.</summary>
    internal byte[] Buffer { get; set; } = [];

    /// <summary>The chunk of a Windows event log whose bytes they are; null for other formats.</summary>
    internal EvtxChunk? Chunk { get; set; }

    /// <summary>How JSON objects have lists of events in them; null if each is an event.</summary>
    internal JsonWrapping? Wrapping { get; set; }

    /// <summary>How many events there are that were cut apart.</summary>
    public int Count => slices.Count + ready.Count;

    /// <summary>Goes over the events in their order.</summary>
    /// <param name="room">An event to work with; what it holds is valid until the next one.</param>
    /// <param name="each">Is given each event, the line at which it begins, and its JSON text, empty for other formats.</param>
    /// <param name="broken">Is told of what is not an event.</param>
    public void Read(Event room, EventAction each, Action<EventProblem> broken)
    {
        foreach (EventProblem problem in Problems)
        {
            broken(problem);
        }

        foreach ((int start, int length, long line, LineFormat? format) in slices)
        {
            ReadOnlySpan<byte> text = Buffer.AsSpan(start, length);
            if (format is not null)
            {
                ReadLine(room, line, text, format, each, broken);
            }
            else if (Wrapping is { } wrapping && wrapping.Items(text) is { } items)
            {
                foreach (Range item in items)
                {
                    Read(room, line, text[item], each, broken);
                }
            }
            else
            {
                Read(room, line, text, each, broken);
            }
        }

        try
        {
            Chunk?.Read(Buffer, room, (e, line) => Read(e, line, default, each, broken), broken);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or IOException))
        {
            broken(new EventProblem(0, $"{exception.GetType().Name}: {exception.Message}") { IsOwnFault = true });
        }

        foreach ((Event e, long line) in ready)
        {
            Read(e, line, default, each, broken);
        }
    }

    /// <summary>The lines as they are.</summary>
    public IEnumerable<(string Text, long Line)> Texts()
    {
        foreach ((int start, int length, long line, _) in slices)
        {
            yield return (Encoding.UTF8.GetString(Buffer.AsSpan(start, length)), line);
        }
    }

    private static void ReadLine(Event e, long line, ReadOnlySpan<byte> text, LineFormat format, EventAction each, Action<EventProblem> broken)
    {
        try
        {
            e.Clear();
            if (format.Read(Encoding.UTF8.GetString(text), e) is { } error)
            {
                broken(new EventProblem(line, error));
                return;
            }

            e.Complete();
            each(e, line, default);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or IOException))
        {
            broken(new EventProblem(line, $"{exception.GetType().Name}: {exception.Message}") { IsOwnFault = true });
        }
    }

    private static void Read(Event e, long line, ReadOnlySpan<byte> json, EventAction each, Action<EventProblem> broken)
    {
        try
        {
            if (!json.IsEmpty && EventReader.Read(json, e) is { } error)
            {
                broken(new EventProblem(line, error));
            }
            else
            {
                ShippedLine.Add(e);
                each(e, line, json);
            }
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or IOException))
        {
            // One event that trips the program must not hide what the others are.
            broken(new EventProblem(line, $"{exception.GetType().Name}: {exception.Message}") { IsOwnFault = true });
        }
    }

    /// <summary>Gives the bytes back for later batches. The batch must not be read any more.</summary>
    public void Release()
    {
        if (Buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Buffer);
            Buffer = [];
        }
    }

    /// <summary>Adds a JSON event.</summary>
    internal void Add(int start, int length, long line) => slices.Add((start, length, line, null));

    /// <summary>Adds an event that is a line, or another piece of text.</summary>
    internal void Add(int start, int length, long line, LineFormat format) => slices.Add((start, length, line, format));

    /// <summary>Adds an event that is understood already.</summary>
    internal void Add(Event e, long line) => ready.Add((e, line));
}

/// <summary>Is given an event.</summary>
/// <param name="e">The event; valid during the call.</param>
/// <param name="line">The line at which it begins, from 1; in a Windows event log, its record number.</param>
/// <param name="json">Its JSON text in UTF-8; empty if it is from another format.</param>
internal delegate void EventAction(Event e, long line, ReadOnlySpan<byte> json);
