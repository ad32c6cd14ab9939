namespace Sigma.Events.Matching;

/// <summary>How a file writes its events.</summary>
public enum EventFormat
{
    /// <summary>By what the file begins with.</summary>
    Auto,

    /// <summary>A JSON object a line.</summary>
    Ndjson,

    /// <summary>A JSON array of objects, or objects one after another, on any number of lines.</summary>
    Json,

    /// <summary>Columns with a row of names; separated by commas, semicolons, tabs or bars.</summary>
    Csv,

    /// <summary>A Windows event log (.evtx).</summary>
    Evtx,

    /// <summary>Windows events in XML.</summary>
    Xml,

    /// <summary>Zeek's columns.</summary>
    Zeek,

    /// <summary>The extended log file format of the W3C, as IIS writes it.</summary>
    W3c,

    /// <summary>The log of auditd.</summary>
    Auditd,

    /// <summary>One event per line: syslog, CEF, LEEF, access logs of web servers, names and values, or any text.</summary>
    Lines,
}

/// <summary>What is wrong with an event of a file.</summary>
/// <param name="Line">The line, from 1; in a Windows event log, the record number; 0 where there is none.</param>
/// <param name="Message">What is wrong.</param>
internal readonly record struct EventProblem(long Line, string Message)
{
    /// <summary>Whether the file ends, or cannot be read on, within it: more than this event may be missing.</summary>
    public bool IsCutShort { get; init; }

    /// <summary>Whether it is not an event, but something that shows that the file was changed or damaged; events may be wrong.</summary>
    public bool IsDamage { get; init; }

    /// <summary>Whether the program itself fails on it; the event may be sound.</summary>
    public bool IsOwnFault { get; init; }
}

/// <summary>A file is not a log that can be read.</summary>
/// <param name="what">What it is, as far as that can be told.</param>
/// <param name="isKnown">Whether that is certain; if not, it may be read in a format that the user names.</param>
public sealed class NotEventsException(string what, bool isKnown) : Exception(what)
{
    /// <summary>Whether it is certain what the file is.</summary>
    public bool IsKnown => isKnown;
}
