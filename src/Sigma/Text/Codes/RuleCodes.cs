namespace Sigma.Text;

/// <content>SIG02xx: rules as a whole and what they say about themselves.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode NotARule = Error(
        "SIG0201",
        "a rule must be a map with title, logsource and detection, not {found}",
        null,
        """
        A document of a rule file is a map of attributes. This one is something else, often a list: a
        collection of rules is written as several documents, separated by lines with `---`.
        """);

    public static readonly DiagnosticCode MissingAttribute = Error(
        "SIG0202",
        "missing '{attribute}'",
        "add '{attribute}:'",
        """
        The rule has no such attribute, and without it there is no query. A rule needs `logsource` and
        `detection`, and each detection a `condition`; a filter needs `rules` as well.

            detection:
                selection: {Image|endswith: '\whoami.exe'}
                condition: selection
        """);

    public static readonly DiagnosticCode WrongType = Error(
        "SIG0203",
        "'{attribute}' must be {expected}, not {found}",
        null,
        """
        The attribute has a value of the wrong type, so the rule cannot be understood. The message says
        what the specification expects and what is there. Check the indentation first: a map that lost its
        indentation becomes something else.

            logsource: windows               # bad
            logsource: {product: windows}    # good
        """);

    public static readonly DiagnosticCode SeveralKinds = Error(
        "SIG0264",
        "the document has both '{first}' and '{second}'",
        "put each in a document of its own, with a line of three dashes between them",
        """
        A document is a detection rule with `detection`, a correlation with `correlation` or a filter with
        `filter`. With two of them it would be read as one, and the other would be lost. A correlation and
        a filter refer to rules by their names or ids.

            title: Failed logon
            name: failed_logon
            logsource: {product: windows}
            detection:
                selection: {EventID: 4625}
                condition: selection
            ---
            title: Many failed logons
            correlation:
                type: event_count
                rules: failed_logon
                group-by: [TargetUserName]
                timespan: 5m
                condition: {gte: 10}
        """);

    public static readonly DiagnosticCode EmptyLogSource = Error(
        "SIG0204",
        "the log source has no category, product or service",
        null,
        """
        A log source says where the events of a rule come from. It needs at least one of `category`,
        `product` and `service`; only a `definition` is not enough.
        """);

    public static readonly DiagnosticCode UnknownAction = Error(
        "SIG0205",
        "unknown action '{action}'",
        "use global, reset or repeat",
        """
        `action` is an older way to share parts among the documents of a file. It is `global` (the
        document is a template for those that follow), `reset` (there is no template from here on) or
        `repeat` (the previous rule again, with changes).
        """);

    public static readonly DiagnosticCode ResetWithOthers = Error(
        "SIG0265",
        "a document with 'action: reset' has nothing else, and '{key}' is lost",
        "put a line of three dashes after 'action: reset'",
        """
        `action: reset` ends the template of the documents before it. It is a document of its own, and
        other keys in it do not make a rule. Begin the rule in a document of its own.

            action: reset
            ---
            title: Whoami is run
        """);

    public static readonly DiagnosticCode RepeatOfNothing = Error(
        "SIG0206",
        "'action: repeat' has no rule before it",
        null,
        """
        `action: repeat` copies the previous rule of the file and changes some of its parts. There is no
        rule before this document. Move it behind the rule that it changes, or remove the action if this
        is the rule itself.
        """);

    public static readonly DiagnosticCode GlobalWithoutRule = Warning(
        "SIG0207",
        "no rule follows this 'action: global', so it has no effect",
        "remove the action if this is the rule itself",
        """
        `action: global` makes a document a template for the documents after it. No rule follows, so there
        is nothing to convert. Add the rules that the template is for, or remove `action: global`.
        """);

    public static readonly DiagnosticCode InvalidMetadata = Warning(
        "SIG0208",
        "'{attribute}' must be {expected}, but {problem}",
        null,
        """
        An attribute that describes the rule has a value that the specification does not allow. The query
        is the same, but an unknown level, status or date counts as absent, so filters and pages do not
        see it. Correct the value.

            level: hgih    # bad
            level: high    # good
        """);

    public static readonly DiagnosticCode NoDetection = Error(
        "SIG0209",
        "the detection has only a condition",
        null,
        """
        Under `detection:` there is no map, list or keyword that the condition could refer to. Add at
        least one named detection and use its name in the condition.
        """);

    public static readonly DiagnosticCode EmptyDetection = Error(
        "SIG0210",
        "the detection '{name}' is empty",
        null,
        """
        A detection without content says nothing about events, so it could match all of them or none. Give
        it fields or keywords, or remove it and its name in the condition. Often the lines below it lost
        their indentation.
        """);

    public static readonly DiagnosticCode NoTitle = Warning(
        "SIG0229",
        "the rule has no title",
        "add 'title:', a few words that say what the rule detects",
        """
        The specification requires a title. The rule is converted, but records, pages and the objects that
        a format creates have no name that people recognize.
        """);

    public static readonly DiagnosticCode UnusedTimeframe = Warning(
        "SIG0249",
        "'timeframe' has no effect, because no condition counts events",
        "count with | count() > 5, or remove it",
        """
        A timeframe limits the time within which the older aggregations, such as `| count() > 5` after a
        condition, count events. No condition of this rule has one, so each event is judged by itself.
        """);

    public static readonly DiagnosticCode OtherVersion = Error(
        "SIG0250",
        "version {version} of the specification is not supported",
        "this build reads versions 1 and 2, up to {supported}",
        """
        With `sigma-version` a rule says which version of the specification it is written for. This build
        does not know that version, so it could misread the rule. Use a newer sigmac. Remove the attribute
        only if the rule has nothing of the newer version.
        """);

    public static readonly DiagnosticCode UnknownLogSourceKey = Warning(
        "SIG0252",
        "a log source has no '{key}', so it does not limit the rule",
        "use category, product, service or definition",
        """
        A key of the log source is unknown and ignored. If it was meant to be `category`, `product` or
        `service`, the rule applies to more logs than its author wanted. Correct the name.
        """);

    public static readonly DiagnosticCode UnlistedLogSource = Info(
        "SIG0253",
        "the specification does not list the {key} '{value}'",
        null,
        """
        The specification has a list of usual log sources. Others are allowed, and many organizations have
        their own; but a mistyped value means that no pipeline recognizes the log source. Check the
        spelling.
        """);

    public static readonly DiagnosticCode LooksMisspelt = Warning(
        "SIG0254",
        "'{name}' is read as {meaning}",
        null,
        """
        The name differs from a known one by very little, and a rule may have attributes and detections
        with any name. sigmac therefore reads it as your own, although it is probably a typing mistake: an
        attribute `levle` does not set the level.

            levle: high    # bad
            level: high    # good

        In a pipeline, a condition may name an attribute or log source of your own, or an item or a key of
        another pipeline. One that is misspelt never holds, so that its step is left out.

            - {type: logsource, category: proces_creation}     # bad
            - {type: logsource, category: process_creation}    # good
        """);
}

/// <content>The diagnostics of rules as a whole and what they say about themselves.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic NotARule(Span? span, string found) => Codes.NotARule.At(span, found);

    internal static Diagnostic MissingAttribute(Span? span, string attribute) => Codes.MissingAttribute.At(span, attribute);

    internal static Diagnostic WrongType(Span? span, string attribute, string expected, string found) =>
        Codes.WrongType.At(span, attribute, expected, found);

    internal static Diagnostic SeveralKinds(Span? span, string first, string second) => Codes.SeveralKinds.At(span, first, second);

    internal static Diagnostic EmptyLogSource(Span? span) => Codes.EmptyLogSource.At(span);

    internal static Diagnostic UnknownAction(Span? span, string action) => Codes.UnknownAction.At(span, action);

    internal static Diagnostic ResetWithOthers(Span? span, string key) => Codes.ResetWithOthers.At(span, key);

    internal static Diagnostic RepeatOfNothing(Span? span) => Codes.RepeatOfNothing.At(span);

    internal static Diagnostic GlobalWithoutRule(Span? span) => Codes.GlobalWithoutRule.At(span);

    internal static Diagnostic InvalidMetadata(Span? span, string attribute, string expected, string problem) =>
        Codes.InvalidMetadata.At(span, attribute, expected, problem);

    internal static Diagnostic NoDetection(Span? span) => Codes.NoDetection.At(span);

    internal static Diagnostic EmptyDetection(Span? span, string name) => Codes.EmptyDetection.At(span, name);

    internal static Diagnostic NoTitle(Span? span) => Codes.NoTitle.At(span);

    internal static Diagnostic UnusedTimeframe(Span? span) => Codes.UnusedTimeframe.At(span);

    internal static Diagnostic OtherVersion(Span? span, string version, string supported) => Codes.OtherVersion.At(span, version, supported);

    internal static Diagnostic UnknownLogSourceKey(Span? span, string key) => Codes.UnknownLogSourceKey.At(span, key);

    internal static Diagnostic UnlistedLogSource(Span? span, string key, string value) => Codes.UnlistedLogSource.At(span, key, value);

    internal static Diagnostic LooksMisspelt(Span? span, string name, string meaning) => Codes.LooksMisspelt.At(span, name, meaning);
}
