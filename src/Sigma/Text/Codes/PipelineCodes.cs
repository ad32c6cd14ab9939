namespace Sigma.Text;

/// <content>SIG04xx: pipelines.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode UnknownPipeline = Error(
        "SIG0401",
        "unknown pipeline '{name}': neither a built-in name nor a file or folder",
        null,
        """
        A pipeline is given by the name of a built-in one, a file or a folder with files. `sigmac list
        pipelines` lists the built-in ones. Check the spelling and the folder you are in.
        """);

    public static readonly DiagnosticCode UnknownPipelineKey = Error(
        "SIG0402",
        "a pipeline has no key '{key}'",
        null,
        """
        The pipeline's file has a key that does not exist. Ignoring it could lose transformations, so the
        file is refused. Check the spelling, and whether the key belongs one level deeper.
        """);

    public static readonly DiagnosticCode UnknownTransformation = Error(
        "SIG0403",
        "unknown {kind} '{type}'",
        null,
        """
        The `type` of an item is not one that this version knows. Without the step the query would not fit
        your schema, so the pipeline is refused. The pipelines page lists all types.
        """);

    public static readonly DiagnosticCode UnknownPipelineCondition = Error(
        "SIG0405",
        "unknown {kind} condition '{type}'",
        null,
        """
        The `type` of a condition is not one that this version knows. There are three kinds with their own
        types: rule conditions, detection item conditions and field name conditions. Check that the
        condition stands under the right key.
        """);

    public static readonly DiagnosticCode MissingParameter = Error(
        "SIG0407",
        "'{owner}' needs '{parameter}'",
        null,
        """
        The step or condition cannot work without this parameter. Add it next to `type`.

            - {type: set_state, key: index}               # bad
            - {type: set_state, key: index, val: main}    # good
        """);

    public static readonly DiagnosticCode UnknownParameter = Error(
        "SIG0408",
        "'{owner}' has no parameter '{parameter}'",
        null,
        """
        The step or condition does not know this parameter, so it would not do what you expect. Check the
        spelling. Conditions of an item go under `rule_conditions`, `detection_item_conditions` or
        `field_name_conditions`.
        """);

    public static readonly DiagnosticCode PipelineValue = Error(
        "SIG0409",
        "'{key}' must be {expected}, not {found}",
        null,
        """
        A key of the pipeline has a value of the wrong type or one that is not allowed. The message says
        what the step expects.

            priority: high    # bad
            priority: 20      # good
        """);

    public static readonly DiagnosticCode RuleRefusedByPipeline = Refusal(
        "SIG0410",
        "the pipeline refuses this rule: {message}",
        null,
        """
        The author of the pipeline wrote a step that refuses rules such as this one, with this message:
        `rule_failure` or `detection_item_failure`. Usually the data that the rule needs is not collected.
        Leave the rule out, or use another pipeline.
        """);

    public static readonly DiagnosticCode PipelineForOtherTarget = Error(
        "SIG0411",
        "the pipeline '{pipeline}' is for {allowed}, not for {target}",
        null,
        """
        The pipeline limits itself to targets with `allowed_backends`, and none of the targets of this run
        is among them. Choose another pipeline, or add the target to its `allowed_backends` if the field
        names are the right ones.
        """);

    public static readonly DiagnosticCode PipelineEmpties = Warning(
        "SIG0412",
        "the pipeline drops all of '{detection}', so the condition continues without it",
        null,
        """
        A pipeline removed every item of a detection that the condition names. The detection is taken out
        of the condition. Without a part of an `and` the query selects more events than the rule, so look
        at it before you use it.
        """);

    public static readonly DiagnosticCode EverythingDropped = Error(
        "SIG0413",
        "the pipeline drops the whole detection; the query would select every event",
        null,
        """
        Pipelines removed everything that the condition looks at. A query for nothing would select all
        events, so there is none. Check which step drops the items with `sigmac explain`.
        """);

    public static readonly DiagnosticCode AggregationFieldNotSingle = Error(
        "SIG0414",
        "the field '{field}' is mapped to several fields ({names}), but {user} needs one",
        null,
        """
        A pipeline maps the field to a list of names. In a search that means any of them, but a count or a
        group needs a single field. Map the field to one name for this rule.
        """);

    public static readonly DiagnosticCode PipelineExpression = Error(
        "SIG0416",
        "invalid condition expression '{expression}': {reason}",
        null,
        """
        An expression such as `rule_cond_expr` joins the names of conditions with `and`, `or` and `not`.
        It must be complete, and each name must exist among the conditions of the item.
        """);

    public static readonly DiagnosticCode ReachNotAllowed = Error(
        "SIG0417",
        "'{step}' is not allowed to use {source}",
        "allow it with {option} if you trust the pipeline",
        """
        A step of the pipeline reads a file, asks a server or starts a program. Pipelines often come from
        somebody else, so this needs your permission on the command line for each kind. Give it only if
        you know what the step does.
        """);

    public static readonly DiagnosticCode ExternalSource = Error(
        "SIG0418",
        "'{step}' gets no values from {source}: {reason}",
        null,
        """
        A step reads the values of placeholders from a file, a server or a program, and that failed or
        gave nothing. Without the values the rule would mean something else, so it is refused.
        """);

    public static readonly DiagnosticCode UnknownVariable = Error(
        "SIG0419",
        "undefined variable '{name}'",
        "set it with --var {name}=value, or under vars of a pipeline",
        """
        `value_placeholders` replaces the placeholder by the variable of the same name, and nothing
        defines it. Define it under `vars` in a pipeline, or with `--var`.
        """);

    public static readonly DiagnosticCode TransformationInput = Error(
        "SIG0420",
        "'{step}' cannot transform this value: {reason}",
        null,
        """
        The step does not apply to this value of the rule, and leaving the value unchanged would change
        the meaning of the query. Limit the step to certain fields or rules with conditions, or correct
        the rule.
        """);

    public static readonly DiagnosticCode ValueLeftOut = Warning(
        "SIG0421",
        "'{step}' drops this value: {reason}",
        null,
        """
        The step cannot use this value, for example a hash of a kind that your schema does not have. The
        query is made without it, so it selects other events than the rule. If no value remains, the rule
        is refused.
        """);

    public static readonly DiagnosticCode FieldsNotMapped = Error(
        "SIG0422",
        "not mapped by any mapping: {fields}",
        null,
        """
        The pipeline ends with `strict_field_mapping_failure`, which refuses rules with fields that no
        mapping changed. Such a field probably does not exist in your schema. Add it to a mapping, to its
        own name if that is right.
        """);

    public static readonly DiagnosticCode PipelineTemplate = Error(
        "SIG0423",
        "invalid template: {reason}",
        null,
        """
        A template of the pipeline cannot be read, or failed when it was filled. The place and the reason
        are those of the template. Names that do not exist are errors, so that a typing mistake does not
        become an empty text.
        """);

    public static readonly DiagnosticCode JinjaSyntax = Error(
        "SIG0424",
        "'{statement}' is Jinja, but templates are written in Scriban",
        "{instead}",
        """
        Pipelines for the Python implementation have Jinja templates. sigmac uses Scriban: simple
        placeholders are the same in both, statements are not. The hint has the form in Scriban.

            template: '{% if rule.level %}{{ query }}{% endif %}'    # bad
            template: '{{ if rule.level }}{{ query }}{{ end }}'      # good
        """);

    public static readonly DiagnosticCode PatternTooSlow = Error(
        "SIG0425",
        "the pattern of this item takes too long on '{text}'",
        null,
        """
        A regular expression of the pipeline needs more than one second for one text. Patterns with nested
        repetition can take exponentially long. Write the pattern without repetition inside repetition.

            regex: '(a+)+b'    # bad
            regex: 'a+b'       # good
        """);

    public static readonly DiagnosticCode TooManyPlaceholderValues = Error(
        "SIG0426",
        "the placeholders of this value make more than {limit} values",
        null,
        """
        A value with several placeholders stands for every combination of their values. The number exceeds
        the limit. Use one placeholder per value, or shorter lists.
        """);

    public static readonly DiagnosticCode TemplateOutside = Error(
        "SIG0427",
        "the template '{path}' is not in the pipeline's folder",
        null,
        """
        `path` names a template in the folder of the pipeline or below. A pipeline from somebody else must
        not read other files of yours. Move the template there.
        """);

    public static readonly DiagnosticCode ExclusiveParameters = Error(
        "SIG0428",
        "'{owner}' takes '{first}' or '{second}', not both",
        null,
        """
        The two parameters contradict each other. Remove one.
        """);

    public static readonly DiagnosticCode PathExpressionNotSupported = Error(
        "SIG0429",
        "'{part}' is not supported in a jq_expression",
        "use a path such as .items[].name or .items[0]",
        """
        `jq_expression` selects values from a file or an answer. sigmac reads paths only; pipes, filters
        and functions of jq are not supported. Prepare the data so that a path is enough.
        """);

    public static readonly DiagnosticCode TooManyValuesMade = Error(
        "SIG0432",
        "the pipelines make more than {limit} values of this rule",
        null,
        """
        Steps that map a field to several, or a placeholder to a list, multiply the values of a rule. The
        number exceeds the limit. Check which step does it with `sigmac explain`, or raise the limit.
        """);

    public static readonly DiagnosticCode PipelineTooLong = Error(
        "SIG0433",
        "the steps of the pipelines process more than {limit} values of this rule",
        null,
        """
        Each step looks at all values of the rule. Very many steps on a very large rule exceed the limit.
        Use fewer steps, or split the rule.
        """);

    public static readonly DiagnosticCode QueryTooLong = Error(
        "SIG0434",
        "the post-processing makes the query longer than {limit} million characters",
        null,
        """
        A step after the query, such as a replacement, makes the query longer each time. The query exceeds
        the limit. Check the replacements, or raise the limit.
        """);

    public static readonly DiagnosticCode RuleWarnedOfByPipeline = Warning(
        "SIG0439",
        "the pipeline warns of this rule: {message}",
        null,
        """
        The author of the pipeline wrote a step, `rule_warning`, that warns of rules such as this one, with
        this message. Usually the data does not tell something that the log source of the rule says, such
        as the kind of a device, so the query also searches events of others. Use `--strict` to treat such
        rules as failed.
        """);

    public static readonly DiagnosticCode EmptyInAddedCondition = Warning(
        "SIG0440",
        "'{word}' in the condition that the pipeline adds is empty: the rule's log source has no {part}",
        "let the step run only where the log source has one, with 'rule_conditions'",
        """
        A step `add_condition` with `template: true` puts parts of the rule's log source into its values.
        The log source of this rule does not have the part, so nothing stands in its place, and the
        condition finds other events than its author meant.
        """);

    public static readonly DiagnosticCode ConditionsOfWholeRule = Warning(
        "SIG0441",
        "'{type}' acts on the rule as a whole, so '{key}' has no effect",
        "ask with 'rule_conditions', such as contains_field or contains_detection_item",
        """
        Conditions on detection items and field names choose the items of a rule on which a step acts. This
        step has no items to act on: it acts on every rule for which the `rule_conditions` hold, as in the
        public format. The steps in a `nest` have conditions of their own: write them there.
        """);
}

/// <content>The diagnostics of pipelines.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic ConditionsOfWholeRule(Span? span, string type, string key) => Codes.ConditionsOfWholeRule.At(span, type, key);

    internal static Diagnostic UnknownPipeline(Span? span, string name) => Codes.UnknownPipeline.At(span, name);

    internal static Diagnostic UnknownPipelineKey(Span? span, string key) => Codes.UnknownPipelineKey.At(span, key);

    internal static Diagnostic UnknownTransformation(Span? span, string kind, string type) => Codes.UnknownTransformation.At(span, kind, type);

    internal static Diagnostic UnknownPipelineCondition(Span? span, string kind, string type) => Codes.UnknownPipelineCondition.At(span, kind, type);

    internal static Diagnostic MissingParameter(Span? span, string owner, string parameter) => Codes.MissingParameter.At(span, owner, parameter);

    internal static Diagnostic UnknownParameter(Span? span, string owner, string parameter) => Codes.UnknownParameter.At(span, owner, parameter);

    internal static Diagnostic PipelineValue(Span? span, string key, string expected, string found) =>
        Codes.PipelineValue.At(span, key, expected, found);

    internal static Diagnostic RuleRefusedByPipeline(Span? span, string message) => Codes.RuleRefusedByPipeline.At(span, message);

    internal static Diagnostic EmptyInAddedCondition(Span? span, string word, string part) => Codes.EmptyInAddedCondition.At(span, word, part);

    internal static Diagnostic RuleWarnedOfByPipeline(Span? span, string message) => Codes.RuleWarnedOfByPipeline.At(span, message);

    internal static Diagnostic PipelineForOtherTarget(Span? span, string pipeline, string allowed, string target) =>
        Codes.PipelineForOtherTarget.At(span, pipeline, allowed, target);

    internal static Diagnostic PipelineEmpties(Span? span, string detection) => Codes.PipelineEmpties.At(span, detection);

    internal static Diagnostic EverythingDropped(Span? span) => Codes.EverythingDropped.At(span);

    internal static Diagnostic AggregationFieldNotSingle(Span? span, string field, string names, string user) =>
        Codes.AggregationFieldNotSingle.At(span, field, names, user);

    internal static Diagnostic PipelineExpression(Span? span, string expression, string reason) =>
        Codes.PipelineExpression.At(span, expression, reason);

    internal static Diagnostic ReachNotAllowed(Span? span, string step, string source, string option) =>
        Codes.ReachNotAllowed.At(span, step, source, option);

    internal static Diagnostic ExternalSource(Span? span, string step, string source, string reason) =>
        Codes.ExternalSource.At(span, step, source, reason);

    internal static Diagnostic UnknownVariable(Span? span, string name) => Codes.UnknownVariable.At(span, name);

    internal static Diagnostic TransformationInput(Span? span, string step, string reason) => Codes.TransformationInput.At(span, step, reason);

    internal static Diagnostic ValueLeftOut(Span? span, string step, string reason) => Codes.ValueLeftOut.At(span, step, reason);

    internal static Diagnostic FieldsNotMapped(Span? span, string fields) => Codes.FieldsNotMapped.At(span, fields);

    internal static Diagnostic PipelineTemplate(Span? span, string reason) => Codes.PipelineTemplate.At(span, reason);

    internal static Diagnostic JinjaSyntax(Span? span, string statement, string instead) => Codes.JinjaSyntax.At(span, statement, instead);

    internal static Diagnostic PatternTooSlow(Span? span, string text) => Codes.PatternTooSlow.At(span, text);

    internal static Diagnostic TooManyPlaceholderValues(Span? span, long limit) => Codes.TooManyPlaceholderValues.At(span, Grouped(limit));

    internal static Diagnostic TemplateOutside(Span? span, string path) => Codes.TemplateOutside.At(span, path);

    internal static Diagnostic ExclusiveParameters(Span? span, string owner, string first, string second) =>
        Codes.ExclusiveParameters.At(span, owner, first, second);

    internal static Diagnostic PathExpressionNotSupported(Span? span, string part) => Codes.PathExpressionNotSupported.At(span, part);

    internal static Diagnostic TooManyValuesMade(Span? span, long limit) => Codes.TooManyValuesMade.At(span, Grouped(limit));

    internal static Diagnostic PipelineTooLong(Span? span, long limit) => Codes.PipelineTooLong.At(span, Grouped(limit));

    internal static Diagnostic QueryTooLong(Span? span, long limit) => Codes.QueryTooLong.At(span, Grouped(limit));
}
