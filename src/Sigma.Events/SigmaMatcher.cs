using System.Collections.Immutable;
using Sigma.Backends;
using Sigma.Events.Matching;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events;

/// <summary>The settings of a <see cref="SigmaMatcher"/>.</summary>
public sealed record SigmaMatcherSettings
{
    /// <summary>Pipelines that give the rules the field names of the events: built-in names, files, or folders of them.</summary>
    public ImmutableArray<string> Pipelines { get; init; } = [];

    /// <summary>The field with the time of an event; null for the usual names.</summary>
    public string? TimeField { get; init; }

    /// <summary>The limits on the cost of an input.</summary>
    public Limits Limits { get; init; } = Limits.Default;
}

/// <summary>
/// Evaluates Sigma rules and correlations on events. It remembers what correlations count, so pass events in the order of
/// their time, from one thread at a time.
/// </summary>
/// <example>
/// <code>
/// SigmaMatcher matcher = SigmaMatcher.For(File.ReadAllText("rule.yml"));
/// foreach (RuleMatch match in matcher.Match("""{"EventID": 4625, "Channel": "Security"}"""))
/// {
///     Console.WriteLine(match.Rule.Metadata.Title);
/// }
/// </code>
/// </example>
public sealed class SigmaMatcher
{
    private readonly EventMatcher matcher;
    private readonly CorrelationRun run;
    private long events;

    private SigmaMatcher(Detector detector, IReadOnlyList<Diagnostic> diagnostics)
    {
        matcher = detector.NewMatcher();
        run = detector.NewRun();
        Rules = detector.Rules;
        Diagnostics = diagnostics;
    }

    /// <summary>The number of rules and correlations that are evaluated.</summary>
    public int Rules { get; }

    /// <summary>The diagnostics of the rules; a rule with an error is not evaluated.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The rules that could not be evaluated on the last event because a regular expression took too long. They count as not matching.</summary>
    public IReadOnlyList<MatchedRule> NotJudged => [.. matcher.Troubles.Select(trouble => trouble.Rule)];

    /// <summary>The number of groups that correlations discarded, wholly or in part, to stay within their memory; their counts are lost.</summary>
    public long Forgotten => run.Forgotten;

    /// <summary>Creates a matcher for the rules of one file.</summary>
    /// <param name="text">The text of the file, one or more YAML documents.</param>
    /// <param name="settings">The settings; null for the defaults.</param>
    /// <exception cref="SetupException">A pipeline does not exist or is broken.</exception>
    public static SigmaMatcher For(string text, SigmaMatcherSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return For([new KeyValuePair<string, string>("rule.yml", text)], settings);
    }

    /// <summary>Creates a matcher for the rules of several files.</summary>
    /// <param name="files">The files by their names in diagnostics.</param>
    /// <param name="settings">The settings; null for the defaults.</param>
    /// <exception cref="SetupException">A pipeline does not exist or is broken.</exception>
    public static SigmaMatcher For(IEnumerable<KeyValuePair<string, string>> files, SigmaMatcherSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        settings ??= new SigmaMatcherSettings();
        var diagnostics = new List<Diagnostic>();
        var catalog = new BackendCatalog();
        Pipeline[] pipelines = PipelineCatalog.EachOnce((settings.Pipelines.IsDefault ? [] : settings.Pipelines).SelectMany(name => PipelineCatalog.Resolve(name, catalog, diagnostics)));
        if (diagnostics.Exists(d => d.Severity is Severity.Error))
        {
            throw new SetupException(diagnostics);
        }

        (IReadOnlyList<ReadText> read, RuleSet rules) = SigmaText.Read(files, settings.Limits);
        var detectors = new DetectorSettings { Pipelines = pipelines, PipelineSettings = new PipelineSettings { Limits = settings.Limits }, TimeField = settings.TimeField };
        return new SigmaMatcher(Detector.Create(read.SelectMany(file => file.Documents), rules, detectors, (_, finding) => diagnostics.Add(finding)), diagnostics);
    }

    /// <summary>Matches an event.</summary>
    /// <param name="json">The event, a JSON object, with or without the wrapping of log shippers.</param>
    /// <returns>The rules that it matches, and the correlations that fire because of it.</returns>
    /// <exception cref="FormatException">It is not a JSON object.</exception>
    public IReadOnlyList<RuleMatch> Match(string json) => Match(Event.Parse(json));

    /// <summary>Matches an event.</summary>
    /// <param name="e">The event.</param>
    /// <returns>The rules that it matches, and the correlations that fire because of it.</returns>
    public IReadOnlyList<RuleMatch> Match(Event e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return matcher.Match(e, ++events) is { } matched ? [.. matched.Matches, .. run.Add(matched)] : [];
    }
}
