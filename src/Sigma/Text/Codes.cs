namespace Sigma.Text;

/// <summary>
/// Every kind of finding, in one table. Codes are stable and never reused. Each has a line in docs/diagnostics.md and a
/// fixture under tests/Sigma.Tests/Errors.
/// <list type="bullet">
/// <item>SIG01xx reading files and YAML</item>
/// <item>SIG02xx rules and detections</item>
/// <item>SIG03xx conditions</item>
/// <item>SIG04xx pipelines</item>
/// <item>SIG05xx backends</item>
/// <item>SIG06xx what a target cannot say</item>
/// <item>SIG07xx the command line and output</item>
/// <item>SIG08xx samples and tests of rules, and rules evaluated on events</item>
/// <item>SIG09xx documentation, configuration files and coverage</item>
/// </list>
/// </summary>
internal static class Codes
{
    private static readonly List<DiagnosticCode> Registered = [];

#pragma warning disable CS1591 // The sentence of each code is its documentation.

    // Reading files and YAML.
    public static readonly DiagnosticCode CannotRead = Error("SIG0101", "the file cannot be read: {0}");
    public static readonly DiagnosticCode FileTooLarge = Error("SIG0102", "the file has {1} MB; at most {0} MB are read", "split it into several files");
    public static readonly DiagnosticCode InvalidUtf8 = Error("SIG0103", "the byte 0x{0} is no UTF-8", "save the file as UTF-8");
    public static readonly DiagnosticCode InvalidYaml = Error("SIG0104", "the YAML is broken: {0}");
    public static readonly DiagnosticCode TabIndent = Error("SIG0105", "a tab indents this line", "YAML takes blanks only");
    public static readonly DiagnosticCode UnclosedFlow = Error("SIG0106", "this bracket is not closed, or not by its like", "close it, and put commas between the items");
    public static readonly DiagnosticCode DuplicateKey = Error("SIG0107", "the key '{0}' stands here a second time; the first is in line {1}", "merge the two, or put the values in a list");
    public static readonly DiagnosticCode NestedTooDeep = Error("SIG0108", "the nesting is deeper than {0} levels");
    public static readonly DiagnosticCode TooManyNodes = Error("SIG0109", "with its aliases written out the document has more than {0} values");
    public static readonly DiagnosticCode AliasOfItself = Error("SIG0110", "the alias '{0}' stands inside what it names");
    public static readonly DiagnosticCode UnknownAlias = Error("SIG0111", "no anchor '{0}' stands before this alias", "quote the value if it is a text that starts with *");
    public static readonly DiagnosticCode KeyIsNoText = Error("SIG0112", "a key must be a text, and this is {0}");
    public static readonly DiagnosticCode MergeOfNoMap = Error("SIG0113", "<< takes a map, or a list of maps");
    public static readonly DiagnosticCode EmptyFile = Error("SIG0114", "the file has no rule in it");
    public static readonly DiagnosticCode NoRegularFile = Error("SIG0115", "'{0}' is {1}, not a file", "use standard input, or name it below /dev");
    public static readonly DiagnosticCode SpecialLeftOut = Warning("SIG0116", "'{0}' is left out: it is {1}, not a file");
    public static readonly DiagnosticCode LinkLeftOut = Warning("SIG0117", "'{0}' is left out: it is a link that leads out of '{1}'", "name the file itself, or follow links with --follow-links where the command has it");
    public static readonly DiagnosticCode OutsideFolder = Error("SIG0118", "'{0}' does not lie in '{1}', the folder of what names it", "put it there, or name it on the command line");
    public static readonly DiagnosticCode TooManyFiles = Error("SIG0119", "the run has {1} rule files, and takes at most {0}");
    public static readonly DiagnosticCode TooManyRepeated = Error("SIG0120", "the actions global and repeat write out more than {0} values in this file", "split it into several files");

    // Rules and detections.
    public static readonly DiagnosticCode NotARule = Error("SIG0201", "a rule is a map of title, logsource, detection …, and this is {0}");
    public static readonly DiagnosticCode MissingAttribute = Error("SIG0202", "the rule has no '{0}'", "add '{0}:'");
    public static readonly DiagnosticCode WrongType = Error("SIG0203", "'{0}' must be {1}, and this is {2}");
    public static readonly DiagnosticCode EmptyLogSource = Error("SIG0204", "the log source says none of category, product and service");
    public static readonly DiagnosticCode UnknownAction = Error("SIG0205", "unknown action '{0}'", "it is one of global, reset, repeat");
    public static readonly DiagnosticCode RepeatOfNothing = Error("SIG0206", "'action: repeat' has no rule before it to repeat");
    public static readonly DiagnosticCode GlobalWithoutRule = Warning("SIG0207", "no rule follows this 'action: global', so nothing is made of it", "remove the action if this is the rule itself");
    public static readonly DiagnosticCode InvalidMetadata = Warning("SIG0208", "'{0}' must be {1}, and {2}");
    public static readonly DiagnosticCode NoDetection = Error("SIG0209", "the detection has nothing in it but a condition");
    public static readonly DiagnosticCode EmptyDetection = Error("SIG0210", "the detection '{0}' is empty");
    public static readonly DiagnosticCode InvalidValue = Error("SIG0211", "{0} cannot be a value here", "{1}");
    public static readonly DiagnosticCode UnknownModifier = Error("SIG0212", "unknown modifier '{0}'");
    public static readonly DiagnosticCode ModifierOrder = Error("SIG0213", "'{0}' must be the first modifier", "only all and neq may precede it");
    public static readonly DiagnosticCode ModifierInput = Error("SIG0214", "'{0}' takes {1}, and this is {2}");
    public static readonly DiagnosticCode ModifierNeedsField = Error("SIG0215", "'{0}' needs a field, and this is a keyword");
    public static readonly DiagnosticCode InvalidRegex = Error("SIG0216", "the regular expression is broken: {0}");
    public static readonly DiagnosticCode InvalidCidr = Error("SIG0217", "'{0}' is no network: {1}", "write 10.0.0.0/8 or 2001:db8::/32");
    public static readonly DiagnosticCode TimePartRange = Warning("SIG0218", "'{0}' goes from {1} to {2}, so this never matches");
    public static readonly DiagnosticCode TooShortForBase64Offset = Error("SIG0219", "the value is too short: no character of its Base64 form is certain");
    public static readonly DiagnosticCode TooManyDashes = Error("SIG0220", "the dashes of this value have more than {0} spellings together", "split the value at its dashes with contains and all");
    public static readonly DiagnosticCode BytesAreNoText = Error("SIG0221", "the encoded value is no text any more", "put base64 or base64offset behind '{0}'");
    public static readonly DiagnosticCode NullAmongValues = Info("SIG0222", "null stands among other values; the specification forbids it, and it is read as one more alternative");
    public static readonly DiagnosticCode EmptyList = Warning("SIG0223", "the list is empty, which is read as null");
    public static readonly DiagnosticCode InvalidTimeframe = Error("SIG0224", "'{0}' is no stretch of time", "write a number and s, m, h or d, such as 15m");
    public static readonly DiagnosticCode YesAndNoAreText = Info("SIG0225", "'{0}' is read as a text; tools that read YAML 1.1 take it for a boolean", "write true or false, or quote it");
    public static readonly DiagnosticCode NumberTooLarge = Error("SIG0227", "'{0}' is no number that can be written out", "quote it if it is a text");
    public static readonly DiagnosticCode KeywordNull = Error("SIG0228", "{0} cannot be a keyword; a keyword is a text or a number");
    public static readonly DiagnosticCode NoTitle = Warning("SIG0229", "the rule has no title", "add 'title:', a few words that say what it detects");

    public static readonly DiagnosticCode UnusedTimeframe = Warning("SIG0249", "'timeframe' has no effect: no condition counts anything", "count with | count() > 5, or remove it");
    public static readonly DiagnosticCode OtherVersion = Error("SIG0250", "the rule asks for version {0} of the specification, which this build does not read", "it reads versions 1 and 2, up to {1}");
    public static readonly DiagnosticCode ArraySelector = Error("SIG0251", "the field '{0}' looks into a list, which is no part of version {1} of the specification that this build reads", "name the field itself: a test holds where any value of its list fits");
    public static readonly DiagnosticCode UnknownLogSourceKey = Warning("SIG0252", "a log source has no '{0}', so the rule is not limited by it", "it has category, product, service and definition");
    public static readonly DiagnosticCode UnlistedLogSource = Info("SIG0253", "the specification lists no {0} '{1}'");
    public static readonly DiagnosticCode LooksMisspelt = Warning("SIG0254", "'{0}' is read as {1}");
    public static readonly DiagnosticCode TooManyModifiers = Error("SIG0255", "the field has more than {0} modifiers");
    public static readonly DiagnosticCode TooManyForms = Error("SIG0256", "the modifiers make more than {0} values of this one");
    public static readonly DiagnosticCode TooManyValuesWritten = Error("SIG0248", "the rule has more than {0} values when it is written out: {1}");
    public static readonly DiagnosticCode TooManyComparisons = Error("SIG0257", "the patterns of the conditions are compared with more than {0} names");
    public static readonly DiagnosticCode TooManyLinked = Error("SIG0258", "correlations and filters write out more than {0} values in this run: {1}", "split the run");
    public static readonly DiagnosticCode CorrelationsTooDeep = Error("SIG0259", "more than {0} correlations count each other one above the other");

    // Correlations and filters.
    public static readonly DiagnosticCode UnknownCorrelationType = Error("SIG0230", "unknown correlation type '{0}'");
    public static readonly DiagnosticCode CorrelationNeeds = Error("SIG0231", "{0} needs '{1}'", "add '{1}:'");
    public static readonly DiagnosticCode UnknownCorrelationKey = Error("SIG0232", "{0} has no '{1}'");
    public static readonly DiagnosticCode UnknownRule = Error("SIG0233", "no rule has the id or name '{0}'", "give the file that has it as well");
    public static readonly DiagnosticCode ReferencedRuleBroken = Error("SIG0234", "the rule '{0}' has errors of its own ({1})");
    public static readonly DiagnosticCode CorrelationCycle = Error("SIG0235", "the correlation counts itself: {0}");
    public static readonly DiagnosticCode CorrelationRulesDiffer = Error("SIG0236", "the condition and 'rules' must name the same rules; '{0}' is only in {1}");
    public static readonly DiagnosticCode FilterOfUnknownRule = Warning("SIG0237", "no rule has the id or name '{0}', so the filter does nothing for it");
    public static readonly DiagnosticCode PartOfCorrelation = Info("SIG0238", "the rule makes no query of its own: it is part of '{0}'", "write generate: true in the correlation to have both");
    public static readonly DiagnosticCode FilterApplied = Info("SIG0239", "the filter makes no query of its own; rules it applies to: {0}");
    public static readonly DiagnosticCode AliasOfUnknownRule = Error("SIG0240", "the alias '{0}' names '{1}', which is none of the correlation's rules");
    public static readonly DiagnosticCode CorrelationFieldsDiffer = Error("SIG0241", "'{0}' is {1} in one rule and {2} in another", "give it an alias");
    public static readonly DiagnosticCode PercentileRange = Error("SIG0242", "a percentile goes from 0 to 100, and this is {0}");
    public static readonly DiagnosticCode CorrelationKeyUnused = Warning("SIG0243", "'{0}' means nothing in a correlation of type {1}, and is left out");
    public static readonly DiagnosticCode CorrelationExpression = Error("SIG0244", "'{0}' is no part of a condition over rules", "write their names with and, or, not and brackets");
    public static readonly DiagnosticCode ChainedField = Error("SIG0245", "the correlation '{0}' has no field '{1}': it keeps {2}", "add the field to its group-by");
    public static readonly DiagnosticCode FilterAggregates = Error("SIG0246", "a filter selects events and cannot count them", "remove what stands behind the |");
    public static readonly DiagnosticCode OrderNotDefined = Error("SIG0247", "the order is only defined where every rule, or one of several, must have matched: {0}", "use temporal, or join the rules with and");

    // Conditions.
    public static readonly DiagnosticCode ConditionEnds = Error("SIG0301", "the condition ends where {0} is expected");
    public static readonly DiagnosticCode ConditionUnexpected = Error("SIG0302", "'{0}' stands where {1} is expected");
    public static readonly DiagnosticCode UnclosedBracket = Error("SIG0303", "this bracket is not closed");
    public static readonly DiagnosticCode UnknownDetection = Error("SIG0304", "the rule has no detection '{0}'");
    public static readonly DiagnosticCode EmptySelector = Error("SIG0305", "no detection of the rule fits '{0}'");
    public static readonly DiagnosticCode UnknownAggregation = Error("SIG0306", "unknown aggregation '{0}'");
    public static readonly DiagnosticCode ConditionTooDeep = Error("SIG0307", "the condition is nested deeper than {0} levels", "name alternatives alike and write 1 of name*");
    public static readonly DiagnosticCode SelectorCount = Error("SIG0308", "'{0} of' is no part of the language", "it is 1 of, any of or all of");
    public static readonly DiagnosticCode AggregationNeedsField = Error("SIG0309", "'{0}' needs a field in its brackets");

    // Pipelines.
    public static readonly DiagnosticCode UnknownPipeline = Error("SIG0401", "no pipeline '{0}': neither a built-in name nor a file or folder");
    public static readonly DiagnosticCode UnknownPipelineKey = Error("SIG0402", "a pipeline has no '{0}'");
    public static readonly DiagnosticCode UnknownTransformation = Error("SIG0403", "unknown {0} '{1}'");
    public static readonly DiagnosticCode UnknownPipelineCondition = Error("SIG0405", "unknown {0} condition '{1}'");
    public static readonly DiagnosticCode MissingParameter = Error("SIG0407", "'{0}' needs '{1}'");
    public static readonly DiagnosticCode UnknownParameter = Error("SIG0408", "'{0}' has no parameter '{1}'");
    public static readonly DiagnosticCode PipelineValue = Error("SIG0409", "'{0}' must be {1}, and this is {2}");
    public static readonly DiagnosticCode RuleRefusedByPipeline = Error("SIG0410", "the pipeline refuses this rule: {0}");
    public static readonly DiagnosticCode PipelineForOtherTarget = Error("SIG0411", "the pipeline '{0}' is for {1}, not for {2}");
    public static readonly DiagnosticCode PipelineEmpties = Warning("SIG0412", "the pipeline drops all of '{0}', so the condition goes on without it");
    public static readonly DiagnosticCode EverythingDropped = Error("SIG0413", "the pipeline drops the whole detection; the query would select every event");
    public static readonly DiagnosticCode AggregationFieldNotSingle = Error("SIG0414", "the field '{0}' is mapped to several fields ({1}); {2} needs one");
    public static readonly DiagnosticCode PipelineExpression = Error("SIG0416", "the condition expression '{0}' is broken: {1}");
    public static readonly DiagnosticCode ReachNotAllowed = Error("SIG0417", "'{0}' reads from outside, and that is not allowed: {1}", "allow it with {2} if you trust the pipeline");
    public static readonly DiagnosticCode ExternalSource = Error("SIG0418", "'{0}' has no values from {1}: {2}");
    public static readonly DiagnosticCode UnknownVariable = Error("SIG0419", "nothing sets the variable '{0}'", "set it with --var {0}=value, or under vars of a pipeline");
    public static readonly DiagnosticCode TransformationInput = Error("SIG0420", "'{0}' cannot work on this: {1}");
    public static readonly DiagnosticCode ValueLeftOut = Warning("SIG0421", "'{0}' leaves this value out: {1}");
    public static readonly DiagnosticCode FieldsNotMapped = Error("SIG0422", "no mapping knows {0}");
    public static readonly DiagnosticCode PipelineTemplate = Error("SIG0423", "the template is broken: {0}");
    public static readonly DiagnosticCode JinjaSyntax = Error("SIG0424", "'{0}' is Jinja; templates are Scriban here", "{1}");
    public static readonly DiagnosticCode PatternTooSlow = Error("SIG0425", "the pattern of this item takes too long on '{0}'");
    public static readonly DiagnosticCode TooManyPlaceholderValues = Error("SIG0426", "the placeholders of this value stand for more than {0} values together");
    public static readonly DiagnosticCode TemplateOutside = Error("SIG0427", "the template '{0}' does not lie in the pipeline's folder");
    public static readonly DiagnosticCode ExclusiveParameters = Error("SIG0428", "'{0}' takes '{1}' or '{2}', not both");
    public static readonly DiagnosticCode PathExpressionNotSupported = Error("SIG0429", "'{0}' is not understood in a jq_expression", "it takes paths such as .items[].name and .items[0]");
    public static readonly DiagnosticCode FieldNotMapped = Warning("SIG0430", "no pipeline maps the field '{0}' for {1}", "map it with field_name_mapping; to its own name, if that is the right one");
    public static readonly DiagnosticCode TooManyValuesMade = Error("SIG0432", "the pipeline makes more than {0} values of this rule");
    public static readonly DiagnosticCode PipelineTooLong = Error("SIG0433", "the steps of the pipelines look at more than {0} values of this rule");
    public static readonly DiagnosticCode QueryTooLong = Error("SIG0434", "the post-processing makes the query longer than {0} million characters");
    public static readonly DiagnosticCode FieldMustBeMapped = Error("SIG0431", "no pipeline maps the field '{0}' for {1}, and every field must be mapped here", "map it with field_name_mapping; to its own name, if that is the right one");

    // Backends.
    public static readonly DiagnosticCode UnknownBackendKey = Error("SIG0501", "'{0}' is no part of a backend");
    public static readonly DiagnosticCode BackendMissing = Error("SIG0502", "the backend has no '{0}'");
    public static readonly DiagnosticCode BackendValue = Error("SIG0503", "'{0}' must be {1}");
    public static readonly DiagnosticCode UnknownPlaceholder = Error("SIG0504", "the template has no '{{0}}' here", "it has {1}");
    public static readonly DiagnosticCode BackendNotFound = Error("SIG0505", "the backend '{0}' that this one extends does not exist");

    // SIG0506 was never reported, and is not used again.
    public static readonly DiagnosticCode UnknownEmitter = Error("SIG0507", "there is no emitter '{0}'");
    public static readonly DiagnosticCode PlaceholderMissing = Error("SIG0508", "the template of '{0}' has no {1}", "without it a part of the rule would be lost");
    public static readonly DiagnosticCode FormatTemplate = Error("SIG0509", "the template is broken: {0}");
    public static readonly DiagnosticCode UnknownTemplateName = Error("SIG0510", "nothing gives '{0}' to this template");
    public static readonly DiagnosticCode UnsafeStyle = Error("SIG0511", "a text in the style '{0}' can leave its quotes: {1}");
    public static readonly DiagnosticCode NoBackendInFolder = Error("SIG0512", "no target was found in '{0}'", "a target is a folder with a backend.yml; give such a folder, or one that has them in it");
    public static readonly DiagnosticCode ReservedName = Error("SIG0513", "{0} cannot be named '{1}', which is {2}", "choose another name");

    // What a target cannot say.
    public static readonly DiagnosticCode CannotSay = Error("SIG0601", "{0} cannot express {1}: {2}");
    public static readonly DiagnosticCode SelectsMore = Warning("SIG0602", "the {0} query selects more events than the rule: {1}");
    public static readonly DiagnosticCode SelectsFewer = Warning("SIG0603", "the {0} query selects fewer events than the rule: {1}");
    public static readonly DiagnosticCode RegexNotExpressible = Error("SIG0604", "{0} cannot express this regular expression: {1}");
    public static readonly DiagnosticCode UnresolvedPlaceholder = Error("SIG0605", "no pipeline fills the placeholder '%{0}%'", @"give a pipeline that replaces it, or write \%{0}\% for the plain text");
    public static readonly DiagnosticCode NoAggregation = Error("SIG0606", "{0} cannot count over events: {1}");
    public static readonly DiagnosticCode TooManyValues = Warning("SIG0607", "the {0} query has {1} values in one list; {2}");
    public static readonly DiagnosticCode SelectsOther = Warning("SIG0608", "the {0} query selects other events than the rule: {1}");
    public static readonly DiagnosticCode TargetView = Info("SIG0609", "{0}: {1}");
    public static readonly DiagnosticCode NeverMatches = Warning("SIG0616", "the {0} query can never match: {1}");
    public static readonly DiagnosticCode FormatFailed = Error("SIG0610", "the format '{0}' cannot be made: {1}");
    public static readonly DiagnosticCode SameObject = Error("SIG0611", "the {0} '{1}' is made by two rules: by this one and by {2}; the second would replace the first", "give each rule an id of its own");
    public static readonly DiagnosticCode ObjectRenamed = Warning("SIG0612", "the {0} of this rule would be called '{1}', as that of {2}; it is called '{3}'", "give the rule a title of its own");
    public static readonly DiagnosticCode FixedShape = Warning("SIG0613", "the {0} query has a shape that the specification fixes, and selects other events than the rule: {1}");

    public static readonly DiagnosticCode TemplateLimit = Error("SIG0623", "the template needs more than it may have: {0}", "the page on limits lists what a template may use");
    public static readonly DiagnosticCode EmittedTextTooLong = Error("SIG0624", "the {0} query gets longer than {1} characters", "split the rule; a backend that writes an operand twice doubles it with each negation");

    // The command line and output.
    public static readonly DiagnosticCode NoSuchInput = Error("SIG0701", "there is no file or folder '{0}'");
    public static readonly DiagnosticCode NoRuleFound = Error("SIG0702", "no rule was found in {0}", "rules are files that end in .yml or .yaml");
    public static readonly DiagnosticCode UnknownTarget = Error("SIG0703", "there is no target '{0}'");
    public static readonly DiagnosticCode UnknownFormat = Error("SIG0704", "the target '{0}' has no format '{1}'");
    public static readonly DiagnosticCode UnknownOption = Error("SIG0705", "the target '{0}' has no option '{1}'");
    public static readonly DiagnosticCode OptionValue = Error("SIG0706", "the option '{0}' takes {1}, not '{2}'");
    public static readonly DiagnosticCode CannotWrite = Error("SIG0707", "'{0}' cannot be written: {1}");
    public static readonly DiagnosticCode InvalidFilter = Error("SIG0708", "the filter '{0}' is not understood: {1}");
    public static readonly DiagnosticCode OutputCollision = Error("SIG0709", "'{0}' would be written for two rules; the second is from {1}", "use --output-template with {{ rule.id }} or {{ index }} in it");
    public static readonly DiagnosticCode OutputOutside = Error("SIG0710", "the output template leads outside the output folder: '{0}'");
    public static readonly DiagnosticCode OutputTemplate = Error("SIG0711", "the output template is broken: {0}");
    public static readonly DiagnosticCode InternalFailure = Error("SIG0712", "sigmac itself fails here: {0}", "this is a mistake of sigmac, not yours; please report it with the rule");
    public static readonly DiagnosticCode NoFilterFound = Error("SIG0713", "no filter was found in {0}", "filters are documents with 'filter:' in files that end in .yml or .yaml");
    public static readonly DiagnosticCode NotAFilter = Warning("SIG0714", "this is no filter, and --filter-file takes nothing else", "give rules without --filter-file");
    public static readonly DiagnosticCode SiteTemplate = Error("SIG0718", "the template '{0}' is broken: {1}");
    public static readonly DiagnosticCode UnknownSiteTemplate = Error("SIG0719", "the site has no page for the template '{0}'");

    // Samples and tests of rules.
    public static readonly DiagnosticCode NothingMatches = Warning("SIG0801", "no event can match this rule: {0}");
    public static readonly DiagnosticCode NoSample = Warning("SIG0802", "no event that matches was found: {0}");
    public static readonly DiagnosticCode ValueNeverMatches = Info("SIG0803", "no event can match through this value: {0}");
    public static readonly DiagnosticCode NoNearMiss = Warning("SIG0804", "no near miss was found: all that was changed in a matching event left it matching");
    public static readonly DiagnosticCode TooManySampleTests = Warning("SIG0805", "no event was made: a field would have to pass more than {0} tests at once");
    public static readonly DiagnosticCode NoTests = Error("SIG0811", "a file of cases is a map whose 'tests' is a list of cases, and this is {0}");
    public static readonly DiagnosticCode UnknownCaseKey = Error("SIG0812", "{0} has no '{1}'");
    public static readonly DiagnosticCode CaseValue = Error("SIG0813", "{0} must be {1}, and this is {2}");
    public static readonly DiagnosticCode CaseEvents = Error("SIG0814", "the case '{0}' has {1} 'event', 'events' and 'data'", "give the one event, a list of events, or a file of them");
    public static readonly DiagnosticCode CaseData = Error("SIG0815", "the events of '{0}' cannot be read: {1}");
    public static readonly DiagnosticCode CaseOfNoRule = Error("SIG0816", "the file does not say which rule its cases are for, and no rule file '{0}' stands beside it", "write rule: and the id of the rule");
    public static readonly DiagnosticCode NoCaseFound = Error("SIG0817", "no case was found for the rules in {0}", "cases are files such as rule.tests.yml beside rule.yml, or what --data names");
    public static readonly DiagnosticCode NoCaseInFile = Info("SIG0818", "the file has no case: its list of tests is empty, or commented out");

    // Evaluating rules on events.
    public static readonly DiagnosticCode BrokenEvent = Warning("SIG0841", "the event is left out: {0}");
    public static readonly DiagnosticCode ExplainsOneRule = Error("SIG0842", "--explain takes one rule, and this is {0}", "name one file, or choose one with --filter id=…");
    public static readonly DiagnosticCode NotALog = Error("SIG0843", "the file is not read: it is {0}", "convert it to JSON first");
    public static readonly DiagnosticCode UnknownLog = Error("SIG0844", "the file is not read: it is neither JSON nor columns with a row of names; {0}", "if it is one of them all the same, say so with --input-format json, ndjson or csv");
    public static readonly DiagnosticCode CutShort = Error("SIG0845", "the file is cut short or broken, and events may be missing: {0}");
    public static readonly DiagnosticCode SlowRegex = Warning("SIG0846", "a regular expression of the rule '{0}' takes too long on this event, and counts as not found");
    public static readonly DiagnosticCode RegexTimeSpent = Warning("SIG0847", "regular expressions of the rule '{0}' count as not found from here on: the time for them, {1} seconds a rule and {2} a run, is used up", "give them more with --regex-time");
    public static readonly DiagnosticCode EventFails = Error("SIG0848", "sigmac itself fails on this event: {0}", "this is a mistake of sigmac, not yours; please report it with the event");
    public static readonly DiagnosticCode NoEventFile = Error("SIG0849", "the folder has no file of events, only {0}", "convert them to JSON, or name a file to have it read whatever its ending is");
    public static readonly DiagnosticCode CorrelationForgets = Warning("SIG0850", "{0} forgets the groups that nothing came to for longest, with what it had counted for them: correlations remember {1} MB", "give them more with --correlation-memory");
    public static readonly DiagnosticCode NoEventRead = Error("SIG0851", "not one event of the file could be read");
    public static readonly DiagnosticCode NoSuchSource = Warning("SIG0852", "none of the rules has the {0} '{1}'");

    // Documentation, configuration files and coverage.
    public static readonly DiagnosticCode CatalogFile = Error("SIG0902", "'{0}' is no {1}: {2}");
    public static readonly DiagnosticCode UnknownSetting = Error("SIG0903", "there is no setting '{0}' here");
    public static readonly DiagnosticCode SettingValue = Error("SIG0904", "'{0}' must be {1}, and this is {2}");
    public static readonly DiagnosticCode PermissionInFile = Error("SIG0905", "a configuration file cannot grant '{0}'", "give {1} on the command line if you trust the pipelines");
    public static readonly DiagnosticCode CannotCompare = Error("SIG0906", "'{0}' is nothing to compare with: {1}", "give a folder of rules, or what sigmac coverage -f json or -f navigator wrote");
    public static readonly DiagnosticCode UnknownTechnique = Warning("SIG0907", "ATT&CK {0} has no technique '{1}'", "read the names of another version with --attack");
    public static readonly DiagnosticCode RetiredTechnique = Info("SIG0908", "{0} ({1}) is retired, and counted as {2}");
    public static readonly DiagnosticCode RetiredWithoutSuccessor = Warning("SIG0909", "{0} ({1}) is retired, and nothing took its place");
    public static readonly DiagnosticCode NeedsFolder = Error("SIG0910", "this makes several files, and standard output is one place", "give a folder with --output");
    public static readonly DiagnosticCode NoTarget = Error("SIG0911", "no target is given", "give one with --target, or under targets in a .sigmac.yml; see 'sigmac list targets'");

#pragma warning restore CS1591

    /// <summary>All codes, sorted by code.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; } = Registered.OrderBy(c => c.Id, StringComparer.Ordinal).ToArray();

    private static DiagnosticCode Error(string id, string message, string? hint = null) => Register(id, Severity.Error, message, hint);

    private static DiagnosticCode Warning(string id, string message, string? hint = null) => Register(id, Severity.Warning, message, hint);

    private static DiagnosticCode Info(string id, string message, string? hint = null) => Register(id, Severity.Info, message, hint);

    private static DiagnosticCode Register(string id, Severity severity, string message, string? hint)
    {
        var code = new DiagnosticCode(id, severity, message, hint);
        Registered.Add(code);
        return code;
    }
}
