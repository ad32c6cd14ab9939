namespace Sigma.Text;

/// <content>SIG084x and SIG085x: rules evaluated on events.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode BrokenEvent = Warning(
        "SIG0841",
        "skipped an invalid event: {reason}",
        null,
        """
        The line, row or object is not an event that can be read. It is skipped, and the other events are
        read. At most ten of a file are shown, then their number. A rule may match a skipped event, so
        look at the reason.
        """);

    public static readonly DiagnosticCode ExplainsOneRule = Error(
        "SIG0842",
        "--explain needs one rule, not {count}",
        "name one file, or select one with --filter id=…",
        """
        `match --explain` shows test by test why an event matches a rule or does not. That works for one
        rule at a time.
        """);

    public static readonly DiagnosticCode NotALog = Error(
        "SIG0843",
        "cannot read this file: it is {kind}",
        "if it has events, convert it to JSON first",
        """
        The content shows that the file is of a kind that sigmac does not read, such as a database, a
        picture or a program. Read as text it would only give wrong events. If it has events, convert it to
        JSON.
        """);

    public static readonly DiagnosticCode UnknownLog = Error(
        "SIG0844",
        "the file is not a log that sigmac knows: {reason}",
        "if it is a log, say how it is written with --input-format; lines reads each line as an event",
        """
        sigmac recognizes the format of a file by its content, and this one looks like none that it reads:
        JSON, CSV with a header row, or a text log. Reading it as CSV anyway would give events without
        sense.
        """);

    public static readonly DiagnosticCode CutShort = Error(
        "SIG0845",
        "the file is truncated or damaged, and events may be missing: {reason}",
        null,
        """
        The file ends within an event, a list, quotes or its compressed data, or is damaged. The events
        before that place are evaluated, but the result is incomplete, and the exit code says so. Copy the
        file again.
        """);

    public static readonly DiagnosticCode SlowRegex = Warning(
        "SIG0846",
        "a regular expression of the rule '{rule}' takes too long on this event and counts as not found",
        null,
        """
        A pattern that needs backtracking gets 0.1 seconds for one value. It took longer on this event, so
        the test counts as not found, and a match may be missed. Write the pattern without nested
        repetition.
        """);

    public static readonly DiagnosticCode RegexTimeSpent = Warning(
        "SIG0847",
        "regular expressions of the rule '{rule}' count as not found from here on: they have used up their time of {seconds} seconds per rule and {total} per run",
        "allow more with --regex-time",
        """
        Patterns that need backtracking can take very long, so each rule and the whole run have a budget
        for them. It is used up: from this event on, these patterns count as not found, and matches may be
        missed. Rewrite the pattern, or allow more time.
        """);

    public static readonly DiagnosticCode EventFails = Error(
        "SIG0848",
        "internal error on this event: {exception}",
        "this is a bug in sigmac, not a mistake of yours; please report it with the event",
        """
        sigmac failed on this event because of a bug. It continues with the next event, and the exit code
        says that the result is incomplete. Please report it, with the rule and the event.
        """);

    public static readonly DiagnosticCode NoEventFile = Error(
        "SIG0849",
        "there is no log in it, only {files}",
        "name a file to have it read whatever its extension is",
        """
        Folders are searched for files with the usual extensions of logs, and for other files whose content
        is that of a log. This folder or archive has other files only. Name a file yourself if it is a log.
        """);

    public static readonly DiagnosticCode CorrelationForgets = Warning(
        "SIG0850",
        "{correlation} drops its oldest groups and their counts: the memory of correlations is limited to {megabytes} MB",
        "allow more with --correlation-memory",
        """
        A correlation remembers the events of each group until its timespan is over. The limit for all of
        them is reached, so the groups that got no event for the longest time are dropped; a count may
        stay below its bound because of that.
        """);

    public static readonly DiagnosticCode NoEventRead = Error(
        "SIG0851",
        "the file has no valid event",
        null,
        """
        Each event of the file was invalid, so no rule was evaluated on it. The reasons are in the
        warnings before this error. Often the format is another than the recognized one: `--input-format`
        sets it.
        """);

    public static readonly DiagnosticCode NoSuchSource = Warning(
        "SIG0852",
        "no rule has the {key} '{value}'",
        null,
        """
        You said which log source the events are from, and no rule is for such a source. Nothing can
        match. Check the spelling.
        """);

    public static readonly DiagnosticCode PartialOrder = Warning(
        "SIG0855",
        "not all events are in the order of their times: more matched than fit in {megabytes} MB",
        "allow more with --correlation-memory",
        """
        Over several files, and with --sort, matched events wait until all files are read, and are then
        taken in the order of their times. More matched than fit in the memory for that, so the earlier
        half of them was taken before the other files were read. A correlation over several files may be
        missed.
        """);

    public static readonly DiagnosticCode TooManyHits = Error(
        "SIG0856",
        "the rule '{rule}' matches {times}, and --max-hits allows {most}",
        null,
        """
        `--max-hits` bounds how often a rule may match, for example on a day of ordinary events before the
        rule is deployed. This rule matches more often. Make it narrower, or add a filter for what is
        normal.
        """);

    public static readonly DiagnosticCode PassedOver = Info(
        "SIG0854",
        "passed over this file: {reason}",
        null,
        """
        The file was found in a folder or an archive, and it is not a log that can be read. It is counted in
        the last lines, and does not change the exit code as long as other files are logs. Name the file
        itself to make this an error.
        """);

    public static readonly DiagnosticCode DamagedLog = Error(
        "SIG0853",
        "the file was damaged or changed: {reason}",
        null,
        """
        A checksum of a Windows event log does not fit its content. The records are evaluated as far as
        they can be read, but some may be wrong or missing, and the exit code says so. Copy the file again.
        If you do not know why it differs, somebody may have changed it.
        """);
}

/// <content>The diagnostics of rules evaluated on events.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic BrokenEvent(Span? span, string reason) => Codes.BrokenEvent.At(span, reason);

    internal static Diagnostic ExplainsOneRule(Span? span, long count) => Codes.ExplainsOneRule.At(span, Plain(count));

    internal static Diagnostic NotALog(Span? span, string kind) => Codes.NotALog.At(span, kind);

    internal static Diagnostic UnknownLog(Span? span, string reason) => Codes.UnknownLog.At(span, reason);

    internal static Diagnostic CutShort(Span? span, string reason) => Codes.CutShort.At(span, reason);

    internal static Diagnostic SlowRegex(Span? span, string rule) => Codes.SlowRegex.At(span, rule);

    internal static Diagnostic RegexTimeSpent(Span? span, string rule, long seconds, long total) =>
        Codes.RegexTimeSpent.At(span, rule, Plain(seconds), Plain(total));

    internal static Diagnostic EventFails(Span? span, string exception) => Codes.EventFails.At(span, exception);

    internal static Diagnostic NoEventFile(Span? span, string files) => Codes.NoEventFile.At(span, files);

    internal static Diagnostic CorrelationForgets(Span? span, string correlation, long megabytes) =>
        Codes.CorrelationForgets.At(span, correlation, Plain(megabytes));

    internal static Diagnostic NoEventRead(Span? span) => Codes.NoEventRead.At(span);

    internal static Diagnostic NoSuchSource(Span? span, string key, string value) => Codes.NoSuchSource.At(span, key, value);

    internal static Diagnostic PartialOrder(Span? span, long megabytes) => Codes.PartialOrder.At(span, Plain(megabytes));

    internal static Diagnostic TooManyHits(Span? span, string rule, string times, long most) => Codes.TooManyHits.At(span, rule, times, Plain(most));

    internal static Diagnostic PassedOver(Span? span, string reason) => Codes.PassedOver.At(span, reason);

    internal static Diagnostic DamagedLog(Span? span, string reason) => Codes.DamagedLog.At(span, reason);
}
