namespace Sigma.Text;

/// <content>SIG080x and SIG081x: samples and cases of rules.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode NothingMatches = Warning(
        "SIG0801",
        "no event can match this rule: {reason}",
        null,
        """
        Two tests of the rule exclude each other, so the rule never fires. The message names both. Often
        an exclusion is broader than the selection, or a condition has `and` instead of `or`.
        """);

    public static readonly DiagnosticCode NoSample = Warning(
        "SIG0802",
        "found no event that matches: {reason}",
        null,
        """
        `sigmac sample` tried to construct an event and did not succeed. There may still be one: it cannot
        always decide whether regular expressions exclude each other, or tries only a part of the many
        ways in which a condition can hold.
        """);

    public static readonly DiagnosticCode ValueNeverMatches = Info(
        "SIG0803",
        "this value can never match: {reason}",
        null,
        """
        Another test or a filter of the rule excludes this value of a list, so it has no effect. The rest
        of the rule is not affected. Remove the value, or check whether the exclusion is too broad.
        """);

    public static readonly DiagnosticCode NoNearMiss = Warning(
        "SIG0804",
        "found no near miss: the event still matches after every change",
        null,
        """
        A near miss is an event that differs from a matching one in a single thing and does not match. The
        rule matched every changed event, so either it matches everything or its alternatives cover each
        other.
        """);

    public static readonly DiagnosticCode TooManySampleTests = Warning(
        "SIG0805",
        "made no event: a field would have to pass more than {limit} tests at once",
        null,
        """
        A value for the field is built to pass all tests on it, and each candidate is tried on all of
        them. With more tests than the limit this takes too long. Split the rule, or raise the limit.
        """);

    public static readonly DiagnosticCode NoTests = Error(
        "SIG0811",
        "a file of cases must be a map with a list of cases under 'tests'; found {found}",
        null,
        """
        `sigmac test` reads the cases of a rule from a list under `tests`. The file has none at this
        place. The page on testing has an example.

            tests:
                - name: whoami by a service
                  event: {Image: 'C:\Windows\System32\whoami.exe'}
                  matches: true
        """);

    public static readonly DiagnosticCode UnknownCaseKey = Error(
        "SIG0812",
        "{owner} has no key '{key}'",
        null,
        """
        The key is unknown, so the case would not test what you expect. Check the spelling; the hint lists
        the keys that can be used here.
        """);

    public static readonly DiagnosticCode CaseValue = Error(
        "SIG0813",
        "{key} must be {expected}, not {found}",
        null,
        """
        A key of a case has a value of the wrong type, or a number of an event that does not exist.
        Numbers of events start at 1.
        """);

    public static readonly DiagnosticCode CaseEvents = Error(
        "SIG0814",
        "the case '{case}' has {given} 'event', 'events' and 'data'",
        "give one event, a list of events, or a file of events",
        """
        A case needs events, and exactly one source of them: `event` for a single one, `events` for a
        list, or `data` for a file.
        """);

    public static readonly DiagnosticCode CaseData = Error(
        "SIG0815",
        "cannot read the events of '{case}': {reason}",
        null,
        """
        `data` of the case names a file of events that is missing, not readable or not valid. The path is
        relative to the file of cases. Correct it; the other cases are run.
        """);

    public static readonly DiagnosticCode CaseOfNoRule = Error(
        "SIG0816",
        "the file does not say which rule its cases are for, and there is no rule file '{file}' next to it",
        "add rule: with the id of the rule",
        """
        Cases belong to the rule with the same file name: `rule.tests.yml` to `rule.yml`. In another
        place, `rule:` in the file names the id of the rule.
        """);

    public static readonly DiagnosticCode NoCaseFound = Error(
        "SIG0817",
        "no case found for the rules in {inputs}",
        "cases are files such as rule.tests.yml next to rule.yml, or those that --data names",
        """
        `sigmac test` found rules but no test cases for them, so it tested nothing. `sigmac sample -o`
        writes cases for rules that have none.
        """);

    public static readonly DiagnosticCode NoCaseInFile = Info(
        "SIG0818",
        "the file has no case: its list of tests is empty or commented out",
        null,
        """
        The file is a file of cases without cases, perhaps a template that was not filled in. It is
        ignored.
        """);
}

/// <content>The diagnostics of samples and cases of rules.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic NothingMatches(Span? span, string reason) => Codes.NothingMatches.At(span, reason);

    internal static Diagnostic NoSample(Span? span, string reason) => Codes.NoSample.At(span, reason);

    internal static Diagnostic ValueNeverMatches(Span? span, string reason) => Codes.ValueNeverMatches.At(span, reason);

    internal static Diagnostic NoNearMiss(Span? span) => Codes.NoNearMiss.At(span);

    internal static Diagnostic TooManySampleTests(Span? span, long limit) => Codes.TooManySampleTests.At(span, Grouped(limit));

    internal static Diagnostic NoTests(Span? span, string found) => Codes.NoTests.At(span, found);

    internal static Diagnostic UnknownCaseKey(Span? span, string owner, string key) => Codes.UnknownCaseKey.At(span, owner, key);

    internal static Diagnostic CaseValue(Span? span, string key, string expected, string found) => Codes.CaseValue.At(span, key, expected, found);

    internal static Diagnostic CaseEvents(Span? span, string @case, string given) => Codes.CaseEvents.At(span, @case, given);

    internal static Diagnostic CaseData(Span? span, string @case, string reason) => Codes.CaseData.At(span, @case, reason);

    internal static Diagnostic CaseOfNoRule(Span? span, string file) => Codes.CaseOfNoRule.At(span, file);

    internal static Diagnostic NoCaseFound(Span? span, string inputs) => Codes.NoCaseFound.At(span, inputs);

    internal static Diagnostic NoCaseInFile(Span? span) => Codes.NoCaseInFile.At(span);
}
