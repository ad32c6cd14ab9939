using System.Collections.Frozen;
using System.Globalization;

namespace Sigma.Text;

/// <summary>A bound on the cost of an input.</summary>
/// <param name="Name">The name that <c>--limit</c> takes.</param>
/// <param name="Default">The bound if the user does not set another.</param>
/// <param name="Greatest">The greatest bound that can be set.</param>
/// <param name="What">A description of what is counted, for the user.</param>
public sealed record Limit(string Name, long Default, long Greatest, string What);

/// <summary>
/// The bounds of a run. A <see cref="SourceText"/> carries them to the readers, and <c>PipelineSettings</c> to the passes over
/// rules. An input that exceeds one gets a diagnostic with the number and the option that raises it: see <c>Exceeded</c>.
/// docs/limits.md lists them.
/// </summary>
public sealed class Limits
{
    /// <summary>The size of a file, in megabytes. The largest file of a public rule repository has 0.3.</summary>
    public static readonly Limit FileSize = new("file-size", 16, 512, "megabytes of one file");

    /// <summary>How many rule files a run takes.</summary>
    public static readonly Limit Files = new("files", 1_000_000, 100_000_000, "rule files in one run");

    /// <summary>The nesting of YAML. Rules nest about 6 deep. Readers walk it recursively.</summary>
    public static readonly Limit YamlDepth = new("yaml-depth", 64, 256, "levels of nesting in YAML");

    /// <summary>The values of a YAML document with its aliases expanded, and the values that the aliases of one file add.</summary>
    public static readonly Limit YamlValues = new("yaml-values", 2_000_000, 100_000_000, "values in one YAML document, with aliases expanded");

    /// <summary>The tree of a condition: brackets, nots and chains of operators together. Later passes walk it recursively.</summary>
    public static readonly Limit ConditionDepth = new("condition-depth", 1000, 4000, "levels of nesting in one condition");

    /// <summary>How many values one written value may become by modifiers: five dashes in five places.</summary>
    public static readonly Limit ValueForms = new("value-forms", 3125, 1_000_000, "values that modifiers make of one value");

    /// <summary>How many values one written value may become by placeholders. A list of indicators may be long; the product of two lists must not.</summary>
    public static readonly Limit PlaceholderValues = new("placeholder-values", 100_000, 10_000_000, "values that placeholders make of one value");

    /// <summary>
    /// The values of a rule after pipelines, modifiers, filters and its own conditions have multiplied the written values. A value
    /// longer than 64 characters counts as several.
    /// </summary>
    public static readonly Limit RuleValues = new("rule-values", 2_000_000, 100_000_000, "values of one rule after everything is expanded");

    /// <summary>How many values <c>action: global</c> and <c>action: repeat</c> may repeat in one file.</summary>
    public static readonly Limit RepeatedValues = new("repeated-values", 2_000_000, 100_000_000, "values that global and repeat expand to in one file");

    /// <summary>How many values of rules and filters may be repeated by linking: rules into correlations, filters into rules.</summary>
    public static readonly Limit LinkedValues = new("linked-values", 10_000_000, 1_000_000_000, "values that correlations and filters expand to in one run");

    /// <summary>How deep correlations may refer to other correlations. Conversion walks them recursively.</summary>
    public static readonly Limit CorrelationDepth = new("correlation-depth", 16, 128, "levels of correlations that refer to other correlations");

    /// <summary>How many modifiers one field may have.</summary>
    public static readonly Limit Modifiers = new("modifiers", 32, 1000, "modifiers of one field");

    /// <summary>How many comparisons of names with patterns the conditions of a rule may cost.</summary>
    public static readonly Limit NameComparisons = new("name-comparisons", 50_000_000, 10_000_000_000, "comparisons of names with the patterns in one rule's conditions");

    /// <summary>How much work the pipelines may do on a rule: each step costs as much as the rule has values.</summary>
    public static readonly Limit PipelineWork = new("pipeline-work", 1_000_000_000, 1_000_000_000_000, "values that pipeline steps process in one rule");

    /// <summary>How long the steps after a query may make it, in millions of characters.</summary>
    public static readonly Limit QueryLength = new("query-length", 64, 256, "millions of characters of one query after post-processing");

    /// <summary>How many tests that must all match a field may have for samples: the length of a value grows with their number, and each value is tried on each test.</summary>
    public static readonly Limit SampleTests = new("sample-tests", 1_000, 100_000, "tests that one field of a sample must pass at the same time");

    /// <summary>The longest text a template may make, in UTF-16 units; sixteen times as much where it sees all rules of a run.</summary>
    public static readonly Limit TemplateText = new("template-text", 16_777_216, 134_217_728, "characters in one text that a template makes");

    /// <summary>How much a template may write, in UTF-16 units; eight times as much where it sees all rules of a run.</summary>
    public static readonly Limit TemplateOutput = new("template-output", 67_108_864, 268_435_456, "characters that one rendering of a template writes");

    /// <summary>How often the loops of a template may run; twenty times as often where it sees all rules of a run.</summary>
    public static readonly Limit TemplateSteps = new("template-steps", 1_000_000, 100_000_000, "loop iterations in one rendering of a template");

    /// <summary>How much memory a template may ask for; eight times as much where it sees all rules of a run.</summary>
    public static readonly Limit TemplateMemory = new("template-memory", 512, 65_536, "megabytes that one rendering of a template allocates");

    /// <summary>How long a template may take; twelve times as long where it sees all rules of a run.</summary>
    public static readonly Limit TemplateTime = new("template-time", 10, 3_600, "seconds for one rendering of a template");

    /// <summary>How long the regular expressions of a rule that need backtracking may take; those of a run ten times as long.</summary>
    public static readonly Limit RegexTime = new("regex-time", 2, 1_000_000, "seconds for the regular expressions of one rule that need backtracking");

    /// <summary>How much correlations may remember.</summary>
    public static readonly Limit CorrelationMemory = new("correlation-memory", 256, 1_000_000, "megabytes of matches that correlations keep");

    private static readonly Limit[] Known =
    [
        FileSize, Files, YamlDepth, YamlValues, ConditionDepth, ValueForms, PlaceholderValues, RuleValues, RepeatedValues,
        LinkedValues, CorrelationDepth, Modifiers, NameComparisons, PipelineWork, QueryLength,
        SampleTests, TemplateText, TemplateOutput, TemplateSteps, TemplateMemory, TemplateTime, RegexTime, CorrelationMemory,
    ];

    private readonly FrozenDictionary<string, long> changed;

    private Limits(FrozenDictionary<string, long> changed) => this.changed = changed;

    /// <summary>All limits, in the order of docs/limits.md.</summary>
    public static IReadOnlyList<Limit> All => Known;

    /// <summary>The default bounds.</summary>
    public static Limits Default { get; } = new(FrozenDictionary<string, long>.Empty);

    /// <summary>The largest file that is read, in bytes.</summary>
    public long FileBytes => this[FileSize] * 1024 * 1024;

    /// <summary>The bound of a limit.</summary>
    /// <param name="limit">The limit.</param>
    public long this[Limit limit] => changed.Count > 0 && changed.TryGetValue(limit.Name, out long bound) ? bound : limit.Default;

    /// <summary>Finds a limit by its name.</summary>
    /// <param name="name">The name that <c>--limit</c> takes.</param>
    /// <returns>The limit; null if there is none.</returns>
    public static Limit? Find(string name) => Array.Find(Known, limit => limit.Name == name);

    /// <summary>Returns the bounds with another one for a limit.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="bound">The bound, from 1 to <see cref="Limit.Greatest"/>.</param>
    public Limits With(Limit limit, long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bound, limit.Greatest);
        return new Limits(new Dictionary<string, long>(changed) { [limit.Name] = bound }.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Makes the diagnostic that a limit is exceeded, with the number and the option that raises it.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="diagnostic">The factory, which takes the bound.</param>
    /// <param name="span">Where it is exceeded.</param>
    internal Diagnostic Exceeded(Limit limit, Func<Span?, long, Diagnostic> diagnostic, Span? span) =>
        WithRaise(limit, diagnostic(span, this[limit]));

    /// <summary>Makes the diagnostic that a limit is exceeded, of a kind that says something more.</summary>
    /// <typeparam name="T">The type of what it says more.</typeparam>
    /// <param name="limit">The limit.</param>
    /// <param name="diagnostic">The factory, which takes the bound and what is said more.</param>
    /// <param name="span">Where it is exceeded.</param>
    /// <param name="more">What is said more.</param>
    internal Diagnostic Exceeded<T>(Limit limit, Func<Span?, long, T, Diagnostic> diagnostic, Span? span, T more) =>
        WithRaise(limit, diagnostic(span, this[limit], more));

    /// <summary>How the user raises a limit; null if it is the greatest already.</summary>
    internal string? HowToRaise(Limit limit)
    {
        long bound = this[limit];
        long raised = bound > limit.Greatest / 2 ? limit.Greatest : bound * 2;
        return bound >= limit.Greatest ? null : $"raise it with --limit {limit.Name}={raised.ToString(CultureInfo.InvariantCulture)}";
    }

    private Diagnostic WithRaise(Limit limit, Diagnostic finding) =>
        HowToRaise(limit) is { } raise ? finding.WithHint(finding.Hint is { } hint ? $"{hint}, or {raise}" : raise) : finding;
}
