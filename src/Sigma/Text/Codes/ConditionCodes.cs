namespace Sigma.Text;

/// <content>SIG03xx: conditions.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode TooManyComparisons = Error(
        "SIG0257",
        "the patterns of the conditions need more than {limit} comparisons with names",
        null,
        """
        A pattern such as `1 of selection*` is compared with the name of each detection. With many
        patterns and many detections the number of comparisons exceeds the limit. Use fewer conditions or
        fewer detections.
        """);

    public static readonly DiagnosticCode ConditionEnds = Error(
        "SIG0301",
        "unexpected end of the condition; expected {expected}",
        null,
        """
        The condition ends where something must follow: after `and`, `or`, `not` or an opening bracket
        comes the name of a detection.

            condition: selection and           # bad
            condition: selection and filter    # good
        """);

    public static readonly DiagnosticCode ConditionUnexpected = Error(
        "SIG0302",
        "unexpected '{word}'; expected {expected}",
        null,
        """
        The condition does not follow the syntax at this place. It consists of names of detections with
        `and`, `or`, `not`, brackets and forms such as `1 of selection*` or `all of them`.

            condition: selection or and other    # bad
            condition: selection or other        # good
        """);

    public static readonly DiagnosticCode UnclosedBracket = Error(
        "SIG0303",
        "unclosed bracket",
        null,
        """
        A bracket of the condition has no closing one. Add it where the group ends; the position decides
        what `not`, `and` and `or` apply to.
        """);

    public static readonly DiagnosticCode UnknownDetection = Error(
        "SIG0304",
        "the rule has no detection '{name}'",
        null,
        """
        The condition names a detection that is not defined under `detection:`. Names are case-sensitive.
        Correct the name, or add the detection.

            selection: {Image|endswith: '\whoami.exe'}
            condition: selction     # bad
            condition: selection    # good
        """);

    public static readonly DiagnosticCode EmptySelector = Error(
        "SIG0305",
        "no detection matches '{pattern}'",
        null,
        """
        A form such as `1 of filter*` stands for all detections whose names match. None does, so the
        condition would be empty. Names that start with `_` match only patterns that start with `_`.
        """);

    public static readonly DiagnosticCode UnknownAggregation = Error(
        "SIG0306",
        "unknown aggregation '{function}'",
        null,
        """
        After `|` a condition counts events, in the form of older rules: `count`, `sum`, `avg`, `min`,
        `max` or `near`. There is none with this name. In new rules, write a correlation instead.
        """);

    public static readonly DiagnosticCode ConditionTooDeep = Error(
        "SIG0307",
        "the condition is nested deeper than {limit} levels",
        "give alternatives similar names and write 1 of name*",
        """
        Brackets, `not` and long chains of `and` and `or` make a deep tree, and its depth has a limit.
        Conditions of this size are usually made by a program. A form such as `1 of name*` says the same
        in one level.
        """);

    public static readonly DiagnosticCode SelectorCount = Error(
        "SIG0308",
        "'{count} of' is not supported",
        "use 1 of, any of or all of",
        """
        The specification knows `1 of`, `any of` and `all of`. A count such as `2 of` has no meaning in
        any version, and other tools refuse it too. Write the combinations out.

            condition: 2 of sel*                      # bad
            condition: (sel1 and sel2) or (sel1 and sel3) or (sel2 and sel3)    # good
        """);

    public static readonly DiagnosticCode AggregationNeedsField = Error(
        "SIG0309",
        "'{function}' needs a field in its brackets",
        null,
        """
        `sum`, `avg`, `min` and `max` calculate with the values of a field. Only `count()` works without
        one.

            condition: selection | sum() > 5         # bad
            condition: selection | sum(Bytes) > 5    # good
        """);
}

/// <content>The diagnostics of conditions.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic TooManyComparisons(Span? span, long limit) => Codes.TooManyComparisons.At(span, Grouped(limit));

    internal static Diagnostic ConditionEnds(Span? span, string expected) => Codes.ConditionEnds.At(span, expected);

    internal static Diagnostic ConditionUnexpected(Span? span, string word, string expected) => Codes.ConditionUnexpected.At(span, word, expected);

    internal static Diagnostic UnclosedBracket(Span? span) => Codes.UnclosedBracket.At(span);

    internal static Diagnostic UnknownDetection(Span? span, string name) => Codes.UnknownDetection.At(span, name);

    internal static Diagnostic EmptySelector(Span? span, string pattern) => Codes.EmptySelector.At(span, pattern);

    internal static Diagnostic UnknownAggregation(Span? span, string function) => Codes.UnknownAggregation.At(span, function);

    internal static Diagnostic ConditionTooDeep(Span? span, long limit) => Codes.ConditionTooDeep.At(span, Grouped(limit));

    internal static Diagnostic SelectorCount(Span? span, string count) => Codes.SelectorCount.At(span, count);

    internal static Diagnostic AggregationNeedsField(Span? span, string function) => Codes.AggregationNeedsField.At(span, function);
}
