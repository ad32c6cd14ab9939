namespace Sigma.Text;

/// <content>SIG02xx: correlations and filters.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode UnknownCorrelationType = Error(
        "SIG0230",
        "unknown correlation type '{type}'",
        null,
        """
        The type says what the correlation counts. It is one of `event_count`, `value_count`, `temporal`,
        `temporal_ordered`, `value_sum`, `value_avg`, `value_percentile` and `value_median`.
        """);

    public static readonly DiagnosticCode CorrelationNeeds = Error(
        "SIG0231",
        "{owner} needs '{key}'",
        "add '{key}:'",
        """
        A correlation cannot be understood without this key. Each one has `type`, `rules` and `timespan`;
        those that count have a `condition` with a bound, and those that look at values have a `field` in
        it.

            correlation:
                type: event_count
                rules: failed_logon
                group-by: User
                timespan: 5m
                condition: {gte: 10}
        """);

    public static readonly DiagnosticCode UnknownCorrelationKey = Error(
        "SIG0232",
        "{owner} has no key '{key}'",
        null,
        """
        The key is unknown, and ignoring it could change what is counted. Check the spelling: names of
        several words have hyphens, such as `group-by`.
        """);

    public static readonly DiagnosticCode UnknownRule = Error(
        "SIG0233",
        "no rule has the id or name '{reference}'",
        "add the file that has it to the run",
        """
        A correlation or a case refers to a rule that is in none of the files of the run. References are
        ids or the attribute `name`, not titles or file names. Give all files that belong together, for
        example their folder.
        """);

    public static readonly DiagnosticCode ReferencedRuleBroken = Error(
        "SIG0234",
        "the rule '{reference}' has errors of its own ({place})",
        null,
        """
        A correlation counts events of this rule, so it needs a rule without errors. Correct the errors
        that are reported for the rule; this one disappears with them.
        """);

    public static readonly DiagnosticCode CorrelationCycle = Error(
        "SIG0235",
        "the correlation counts itself: {cycle}",
        null,
        """
        The correlation counts rules that, directly or through other correlations, are the correlation
        itself. The message has the whole circle. Remove one of the references.
        """);

    public static readonly DiagnosticCode CorrelationRulesDiffer = Error(
        "SIG0236",
        "the condition and 'rules' must name the same rules; '{reference}' is only in {place}",
        null,
        """
        A temporal correlation with a condition over rules lists the rules twice: under `rules` and in the
        condition. Both must name the same ones, otherwise one of them is never looked at. Add the rule to
        the other place or remove it.
        """);

    public static readonly DiagnosticCode FilterOfUnknownRule = Warning(
        "SIG0237",
        "no rule has the id or name '{reference}', so the filter has no effect on it",
        null,
        """
        A filter adds its condition to the rules that it names. This one is not among the rules of the
        run. Check the id, or add the file with the rule; the filter still works on the other rules that
        it names.
        """);

    public static readonly DiagnosticCode FilterWithoutEffect = Warning(
        "SIG0263",
        "the filter has no effect on '{reference}': {reason}",
        null,
        """
        A filter names a rule that is there, and still does not change it. Either the log source of the
        rule is not within that of the filter: each attribute that the filter has must equal the rule's,
        letter by letter. Correct the filter's log source, or leave out the attribute that differs. Or it
        is a correlation, which has no events of its own: name the rules that it counts.
        """);

    public static readonly DiagnosticCode SeveralRulesNamed = Warning(
        "SIG0266",
        "several rules have the id or name '{reference}'; the correlation counts the one in {place}",
        "give each rule an id and a name of its own",
        """
        A correlation counts one rule for each id or name that it lists. Here several rules have it, which
        happens where a rule is copied, or takes its name from `action: global`. The first of them is
        counted, and the others make queries of their own. Name each rule, and list the names of all that
        the correlation is to count.
        """);

    public static readonly DiagnosticCode PartOfCorrelation = Info(
        "SIG0238",
        "the rule has no query of its own: it is part of '{correlation}'",
        "write generate: true in the correlation to have both",
        """
        The rule is counted by a correlation, so only the correlation makes a query. This is what the
        specification says; `generate: true` in the correlation makes a query of the rule as well.
        """);

    public static readonly DiagnosticCode FilterApplied = Info(
        "SIG0239",
        "the filter has no query of its own; it applies to {count} of the rules",
        null,
        """
        A filter changes other rules and makes no query. The number says for how many rules of the run its
        log source and its `rules` match. If it is 0, check both.
        """);

    public static readonly DiagnosticCode AliasOfUnknownRule = Error(
        "SIG0240",
        "the alias '{alias}' names '{reference}', which is not one of the correlation's rules",
        null,
        """
        An alias gives one name to fields that have different names in the rules of a correlation. It maps
        each rule to its field, and this one is not listed under `rules`. Correct the name, or add the
        rule.
        """);

    public static readonly DiagnosticCode CorrelationFieldsDiffer = Error(
        "SIG0241",
        "'{field}' is {names} in one rule and {others} in another",
        "give it an alias",
        """
        The correlation groups or counts by this field, and the pipelines give it different names in
        different rules. Grouping would then never bring their events together. An alias names the field
        of each rule.
        """);

    public static readonly DiagnosticCode PercentileRange = Error(
        "SIG0242",
        "a percentile must be from 0 to 100, not {value}",
        null,
        """
        `percentile` says below which value that percentage of the values lies. Numbers outside 0 to 100
        have no meaning.
        """);

    public static readonly DiagnosticCode CorrelationKeyUnused = Warning(
        "SIG0243",
        "'{key}' has no effect in a correlation of type {type}",
        null,
        """
        The type does not use this key: an `event_count` counts events, whatever values a field has. If
        you want to count different values, the type is `value_count`. Otherwise remove the key.
        """);

    public static readonly DiagnosticCode CorrelationExpression = Error(
        "SIG0244",
        "'{word}' is not allowed in a condition over rules",
        "write the names of the rules with and, or, not and brackets",
        """
        The condition of a temporal correlation says which of its rules must have matched. It consists of
        their names, `and`, `or`, `not` and brackets. `1 of them` and wildcards exist only in conditions
        of rules.
        """);

    public static readonly DiagnosticCode ChainedField = Error(
        "SIG0245",
        "the correlation '{correlation}' has no field '{field}'; its fields: {fields}",
        "add the field to its group-by",
        """
        A correlation of a correlation sees only the fields that the inner one keeps: those it groups by.
        Events themselves are gone at this point. Add the field to the `group-by` of the inner
        correlation.
        """);

    public static readonly DiagnosticCode FilterAggregates = Error(
        "SIG0246",
        "a filter selects events and cannot count them",
        "remove the part from the |",
        """
        The condition of a filter is added to the conditions of other rules with `and`, so it can only say
        which events are left out or kept. Counting needs a correlation.
        """);

    public static readonly DiagnosticCode OrderNotDefined = Error(
        "SIG0247",
        "the order is only defined if every rule must match, or one of several: {reason}",
        "use temporal, or join the rules with and",
        """
        `temporal_ordered` requires that the rules match in the order in which they are listed. If the
        condition leaves open which rules must match, there is no order to check.
        """);

    public static readonly DiagnosticCode RuleNamedTwice = Error(
        "SIG0261",
        "the correlation names the rule '{reference}' twice",
        "remove it; several events of one rule in an order need a condition such as 'a and b and a'",
        """
        The rules of a correlation must differ: a rule is named once, by its id or its name. A second
        mention would not count its events twice, nor ask for a second event. In `temporal_ordered`, a
        condition over rules can name a rule at several places of the order.

            correlation:
                type: temporal_ordered
                timespan: 5m
                condition: logon and logoff and logon
        """);

    public static readonly DiagnosticCode TooManyLinked = Error(
        "SIG0258",
        "correlations and filters copy more than {limit} values in this run: {which}",
        "split the run",
        """
        Correlations copy the rules that they count, and filters are copied into the rules that they
        change. Together they exceed the limit. Convert the rules in several runs, or raise the limit.
        """);

    public static readonly DiagnosticCode CorrelationsTooDeep = Error(
        "SIG0259",
        "more than {limit} levels of correlations that count each other",
        null,
        """
        A correlation may count other correlations. The chain is longer than the limit. Make it flatter,
        or raise the limit.
        """);
}

/// <content>The diagnostics of correlations and filters.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic UnknownCorrelationType(Span? span, string type) => Codes.UnknownCorrelationType.At(span, type);

    internal static Diagnostic CorrelationNeeds(Span? span, string owner, string key) => Codes.CorrelationNeeds.At(span, owner, key);

    internal static Diagnostic UnknownCorrelationKey(Span? span, string owner, string key) => Codes.UnknownCorrelationKey.At(span, owner, key);

    internal static Diagnostic UnknownRule(Span? span, string reference) => Codes.UnknownRule.At(span, reference);

    internal static Diagnostic ReferencedRuleBroken(Span? span, string reference, string place) =>
        Codes.ReferencedRuleBroken.At(span, reference, place);

    internal static Diagnostic CorrelationCycle(Span? span, string cycle) => Codes.CorrelationCycle.At(span, cycle);

    internal static Diagnostic CorrelationRulesDiffer(Span? span, string reference, string place) =>
        Codes.CorrelationRulesDiffer.At(span, reference, place);

    internal static Diagnostic FilterOfUnknownRule(Span? span, string reference) => Codes.FilterOfUnknownRule.At(span, reference);

    internal static Diagnostic FilterWithoutEffect(Span? span, string reference, string reason) => Codes.FilterWithoutEffect.At(span, reference, reason);

    internal static Diagnostic SeveralRulesNamed(Span? span, string reference, string place) => Codes.SeveralRulesNamed.At(span, reference, place);

    internal static Diagnostic PartOfCorrelation(Span? span, string correlation) => Codes.PartOfCorrelation.At(span, correlation);

    internal static Diagnostic FilterApplied(Span? span, long count) => Codes.FilterApplied.At(span, Plain(count));

    internal static Diagnostic AliasOfUnknownRule(Span? span, string alias, string reference) => Codes.AliasOfUnknownRule.At(span, alias, reference);

    internal static Diagnostic CorrelationFieldsDiffer(Span? span, string field, string names, string others) =>
        Codes.CorrelationFieldsDiffer.At(span, field, names, others);

    internal static Diagnostic PercentileRange(Span? span, string value) => Codes.PercentileRange.At(span, value);

    internal static Diagnostic CorrelationKeyUnused(Span? span, string key, string type) => Codes.CorrelationKeyUnused.At(span, key, type);

    internal static Diagnostic CorrelationExpression(Span? span, string word) => Codes.CorrelationExpression.At(span, word);

    internal static Diagnostic ChainedField(Span? span, string correlation, string field, string fields) =>
        Codes.ChainedField.At(span, correlation, field, fields);

    internal static Diagnostic FilterAggregates(Span? span) => Codes.FilterAggregates.At(span);

    internal static Diagnostic OrderNotDefined(Span? span, string reason) => Codes.OrderNotDefined.At(span, reason);

    internal static Diagnostic RuleNamedTwice(Span? span, string reference) => Codes.RuleNamedTwice.At(span, reference);

    internal static Diagnostic TooManyLinked(Span? span, long limit, string which) => Codes.TooManyLinked.At(span, Grouped(limit), which);

    internal static Diagnostic CorrelationsTooDeep(Span? span, long limit) => Codes.CorrelationsTooDeep.At(span, Grouped(limit));
}
