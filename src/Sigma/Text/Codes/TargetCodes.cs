namespace Sigma.Text;

/// <content>SIG06xx: what a target cannot express.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode CannotSay = Refusal(
        "SIG0601",
        "{target} cannot express {condition}: {reason}",
        null,
        """
        The target's language has nothing for this part of the rule. Leaving it out would change what the
        rule means, so there is no query. Try another format or target, or write the rule differently.
        Other targets are not affected.
        """);

    public static readonly DiagnosticCode SelectsMore = Warning(
        "SIG0602",
        "the {target} query selects more events than the rule: {reason}",
        null,
        """
        The target can express this part only approximately, and the query also finds events that the rule
        does not describe: expect false alarms. The message says what is different. Under a `not` a wider
        part makes the query narrower, and the message takes that into account.
        """);

    public static readonly DiagnosticCode SelectsFewer = Warning(
        "SIG0603",
        "the {target} query selects fewer events than the rule: {reason}",
        null,
        """
        The target can express this part only approximately, and the query does not find all events that
        the rule describes: something may be missed. The message says what is different. Use `--strict` to
        treat such rules as failed.
        """);

    public static readonly DiagnosticCode RegexNotExpressible = Refusal(
        "SIG0604",
        "{target} cannot express this regular expression: {reason}",
        null,
        """
        Each target has its own dialect of regular expressions, and this one lacks something that the
        pattern uses, such as lookbehind in Lucene. Write the pattern without it, or use `contains`,
        `startswith` and `endswith` instead of a pattern.
        """);

    public static readonly DiagnosticCode UnresolvedPlaceholder = Error(
        "SIG0605",
        "no pipeline fills the placeholder '%{name}%'",
        @"use a pipeline that replaces it, or write \%{name}\% for the literal text",
        """
        The modifier `expand` makes placeholders of names between percent signs. Their values come from a
        pipeline, for example from `value_placeholders` with a variable. A query with the placeholder
        itself would find nothing.
        """);

    public static readonly DiagnosticCode NoAggregation = Refusal(
        "SIG0606",
        "{target} cannot express this correlation: {reason}",
        null,
        """
        The rule counts events, or correlates those of several rules. The target or format has no way to
        express this type of correlation, or not with these fields; the message names which. `| count()`
        is an event_count or value_count, and `near` is temporal. Other types may be there: the
        correlations page lists which targets have which, and `sigmac list formats` shows them too.
        """);

    public static readonly DiagnosticCode TooManyValues = Warning(
        "SIG0607",
        "the {target} query has {count}; {note}",
        null,
        """
        The query has more values, or logical operators, than the usual settings of the target allow, so
        its server may refuse it. Raise the server's setting, split the rule, or use a lookup instead of a
        list.
        """);

    public static readonly DiagnosticCode SelectsOther = Warning(
        "SIG0608",
        "the {target} query selects other events than the rule: {reason}",
        null,
        """
        The target can express this part only approximately, and the query differs in both directions: it
        may find events that the rule does not describe and miss some that it does. The message says what
        is different.
        """);

    public static readonly DiagnosticCode TargetView = Info(
        "SIG0609",
        "{target}: {note}",
        null,
        """
        This describes how the target sees events, as far as the rule depends on it, once for each rule.
        Nothing is wrong. It is shown with `--verbose` and in records.
        """);

    public static readonly DiagnosticCode FormatFailed = Error(
        "SIG0610",
        "cannot write the format '{format}': {reason}",
        null,
        """
        The template of the format failed for this rule. The place is in the template, not in the rule. If
        you wrote the target, correct the template.
        """);

    public static readonly DiagnosticCode SameObject = Error(
        "SIG0611",
        "the {kind} '{name}' is made twice: by this rule and by {other}; the second would replace the first",
        "give each rule its own id",
        """
        Formats such as saved searches create objects in the target's system, whose name or id is made
        from the id of the rule. Two rules of the run have the same id, so installing both would leave
        only one. Give each rule a new UUID. If the rule itself is converted for two targets whose objects
        have the same ids, such as detection rules in two languages, convert it for one of them.
        """);

    public static readonly DiagnosticCode ObjectRenamed = Warning(
        "SIG0612",
        "the {kind} '{name}' of this rule has the name of that of {other}; it is named '{newName}' instead",
        "give the rule its own title",
        """
        Formats such as saved searches name their objects after the title of the rule, or make their ids
        from it where the rule has no id. Two rules of the run have the same title, so the second gets a
        number. The number can change when other rules are added. Change the title, or give the rules ids
        where the system knows objects by ids, to keep the name stable.
        """);

    public static readonly DiagnosticCode FixedShape = Warning(
        "SIG0613",
        "the {target} query has a form that the specification fixes, and selects other events than the rule: {reason}",
        null,
        """
        In this format the query of such a rule has exactly the form that the project's specification
        prescribes, although a better one exists. The message says what is different and which format
        avoids it.
        """);

    public static readonly DiagnosticCode NameShortened = Warning(
        "SIG0614",
        "the {kind} is named '{newName}': {target} takes names of at most {longest}, and '{name}' is longer",
        "give the rule a shorter title",
        """
        The format names its object after the title of the rule, and the target's system cuts or refuses a
        name of this length. The beginning is kept. The figures at the end are made from the whole name, so
        that no two names become one, and the name stays the same whatever else is converted.
        """);

    public static readonly DiagnosticCode NeverMatches = Warning(
        "SIG0616",
        "the {target} query can never match: {reason}",
        null,
        """
        The target looks for the values of different fields in the same place, such as the whole line. The
        rule asks for one value and excludes another that is part of it, so no event can fulfil both. Use
        a target that knows fields, or change the exclusion.
        """);

    public static readonly DiagnosticCode AboveSetting = Warning(
        "SIG0617",
        "the {target} query has {has}, and {setting} allows {most} unless it is raised",
        "raise the setting where the query runs, or make several rules of this one",
        """
        An engine refuses queries that are too long or too deep. What can be written otherwise without
        changing what the query means has been: chains of alternatives in groups, long lists as several,
        deep brackets as flatter ones. The query is still larger than the engine's default allows.
        """);

    public static readonly DiagnosticCode AboveLimit = Refusal(
        "SIG0618",
        "the {target} query has {has}, and the system takes at most {most}",
        "make several rules of this one",
        """
        The system refuses a query of this size, and no setting allows more. What can be written otherwise
        without changing what the query means has been. Divide the values of the rule's longest list among
        several rules, or use a lookup instead of a list.
        """);

    public static readonly DiagnosticCode TemplateLimit = Error(
        "SIG0623",
        "the template exceeds a limit: {limit}",
        "the page on limits lists what a template may use",
        """
        A template may use only a limited amount of time, memory, output and steps, so that a template
        from somebody else cannot stop the run. Look for loops over loops, or raise the limit.
        """);

    public static readonly DiagnosticCode EmittedTextTooLong = Error(
        "SIG0624",
        "the {target} query is longer than {length} characters",
        "split the rule; a backend that writes an operand twice doubles it with each negation",
        """
        The query exceeds what sigmac writes for one rule. The rule is very large, or the target's
        definition writes a part several times and nested negations multiply it. Split the rule.
        """);

    public static readonly DiagnosticCode NoSuchColumn = Warning(
        "SIG0630",
        "{target}: the table {table} has no column '{field}'",
        null,
        """
        The pipelines name the table in which the rule is searched, and its documented schema has no column
        for this field. The query stays valid: it reads the column if your table has it, and the empty text
        otherwise, so that a test of it finds nothing and its negation everything. Map the field to a column
        in a pipeline, or choose another table.
        """);
}

/// <content>The diagnostics of what a target cannot express.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic CannotSay(Span? span, string target, string condition, string reason) =>
        Codes.CannotSay.At(span, target, condition, reason);

    internal static Diagnostic NoSuchColumn(Span? span, string target, string table, string field) => Codes.NoSuchColumn.At(span, target, table, field);

    /// <summary>Whether it tells how a query differs from its rule, and so nothing where there is no query.</summary>
    internal bool IsOfQuery => Code == Codes.SelectsMore || Code == Codes.SelectsFewer || Code == Codes.SelectsOther || Code == Codes.TooManyValues || Code == Codes.TargetView;

    internal static Diagnostic SelectsMore(Span? span, string target, string reason) => Codes.SelectsMore.At(span, target, reason);

    internal static Diagnostic SelectsFewer(Span? span, string target, string reason) => Codes.SelectsFewer.At(span, target, reason);

    internal static Diagnostic RegexNotExpressible(Span? span, string target, string reason) => Codes.RegexNotExpressible.At(span, target, reason);

    internal static Diagnostic UnresolvedPlaceholder(Span? span, string name) => Codes.UnresolvedPlaceholder.At(span, name);

    internal static Diagnostic NoAggregation(Span? span, string target, string reason) => Codes.NoAggregation.At(span, target, reason);

    internal static Diagnostic TooManyValues(Span? span, string target, string count, string note) => Codes.TooManyValues.At(span, target, count, note);

    internal static Diagnostic SelectsOther(Span? span, string target, string reason) => Codes.SelectsOther.At(span, target, reason);

    internal static Diagnostic TargetView(Span? span, string target, string note) => Codes.TargetView.At(span, target, note);

    internal static Diagnostic FormatFailed(Span? span, string format, string reason) => Codes.FormatFailed.At(span, format, reason);

    internal static Diagnostic SameObject(Span? span, string kind, string name, string other) => Codes.SameObject.At(span, kind, name, other);

    internal static Diagnostic ObjectRenamed(Span? span, string kind, string name, string other, string newName) =>
        Codes.ObjectRenamed.At(span, kind, name, other, newName);

    internal static Diagnostic NameShortened(Span? span, string kind, string newName, string target, string longest, string name) =>
        Codes.NameShortened.At(span, kind, newName, target, longest, name);

    internal static Diagnostic FixedShape(Span? span, string target, string reason) => Codes.FixedShape.At(span, target, reason);

    internal static Diagnostic NeverMatches(Span? span, string target, string reason) => Codes.NeverMatches.At(span, target, reason);

    internal static Diagnostic AboveSetting(Span? span, string target, string has, string setting, string most) =>
        Codes.AboveSetting.At(span, target, has, setting, most);

    internal static Diagnostic AboveLimit(Span? span, string target, string has, string most) => Codes.AboveLimit.At(span, target, has, most);

    internal static Diagnostic TemplateLimit(Span? span, string limit) => Codes.TemplateLimit.At(span, limit);

    internal static Diagnostic EmittedTextTooLong(Span? span, string target, long length) =>
        Codes.EmittedTextTooLong.At(span, target, Grouped(length));
}
