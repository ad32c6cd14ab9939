using System.Collections.Immutable;
using Sigma.Backends;
using Sigma.Matching;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma;

/// <summary>How a <see cref="SigmaMatcher"/> evaluates.</summary>
public sealed record SigmaMatcherSettings
{
    /// <summary>Pipelines that give the rules the field names of the events: built-in names, files, or folders of them.</summary>
    public ImmutableArray<string> Pipelines { get; init; } = [];

    /// <summary>The field that says when an event happened; null for the usual ones.</summary>
    public string? TimeField { get; init; }

    /// <summary>What an input may cost.</summary>
    public Limits Limits { get; init; } = Limits.Default;
}

/// <summary>
/// Evaluates Sigma rules on events, correlations among them. It remembers what correlations count, so events are given in the order of
/// their time, and one thread at a time uses it.
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

    /// <summary>How many rules and correlations are evaluated.</summary>
    public int Rules { get; }

    /// <summary>What was found in the rules; a rule with an error is not evaluated.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The rules that could not be judged by the event matched last: a regular expression took too long. They count as not matching.</summary>
    public IReadOnlyList<MatchedRule> NotJudged => [.. matcher.Troubles.Select(trouble => trouble.Rule)];

    /// <summary>How many groups correlations have forgotten, wholly or in part, to stay within their memory; what they had counted is lost.</summary>
    public long Forgotten => run.Forgotten;

    /// <summary>Makes a matcher for the rules of one file.</summary>
    /// <param name="text">The text of the file, one or more YAML documents.</param>
    /// <param name="settings">How it evaluates; null for the usual way.</param>
    /// <exception cref="SetupException">There is no such pipeline, or it is broken.</exception>
    public static SigmaMatcher For(string text, SigmaMatcherSettings? settings = null) => For([new KeyValuePair<string, string>("rule.yml", text)], settings);

    /// <summary>Makes a matcher for the rules of several files.</summary>
    /// <param name="files">The files by their names in diagnostics.</param>
    /// <param name="settings">How it evaluates; null for the usual way.</param>
    /// <exception cref="SetupException">There is no such pipeline, or it is broken.</exception>
    public static SigmaMatcher For(IEnumerable<KeyValuePair<string, string>> files, SigmaMatcherSettings? settings = null)
    {
        settings ??= new SigmaMatcherSettings();
        var diagnostics = new List<Diagnostic>();
        var catalog = new BackendCatalog();
        Pipeline[] pipelines = [.. settings.Pipelines.SelectMany(name => PipelineCatalog.Resolve(name, catalog, diagnostics))];
        if (diagnostics.Exists(d => d.Severity is Severity.Error))
        {
            throw new SetupException(diagnostics);
        }

        (IReadOnlyList<IReadOnlyList<ReadDocument>> read, RuleSet rules) = SigmaText.Read(files, settings.Limits);
        var detectors = new DetectorSettings { Pipelines = pipelines, PipelineSettings = new PipelineSettings { Limits = settings.Limits }, TimeField = settings.TimeField };
        return new SigmaMatcher(Detector.Create(read.SelectMany(documents => documents), rules, detectors, (_, finding) => diagnostics.Add(finding)), diagnostics);
    }

    /// <summary>Matches an event.</summary>
    /// <param name="json">The event, a JSON object, wrapped as shippers wrap it or not.</param>
    /// <returns>The rules that it matches, and the correlations that hold with it and did not before.</returns>
    /// <exception cref="FormatException">It is no JSON object.</exception>
    public IReadOnlyList<RuleMatch> Match(string json) => Match(Event.Parse(json));

    /// <summary>Matches an event.</summary>
    /// <param name="e">The event.</param>
    /// <returns>The rules that it matches, and the correlations that hold with it and did not before.</returns>
    public IReadOnlyList<RuleMatch> Match(Event e) => matcher.Match(e, ++events) is { } matched ? [.. matched.Matches, .. run.Add(matched)] : [];
}
