using System.Globalization;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Events.Matching;
using Sigma.Events.Samples;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// The samples of rules (<c>sigmac sample</c>) on a target's engine: what matches is found and what nearly matches is not, or
/// the conversion says that its query is no exact one. The events have the names that the target's own pipelines give.
/// </summary>
internal sealed class SampleRun(FidelityTarget target)
{
    private readonly CompilerTarget compilerTarget = target.Target();
    private readonly List<string> faults = [];

    public FidelityTarget Target => target;

    public int Rules { get; private set; }

    /// <summary>Rules without a query; each has an error.</summary>
    public int Refused { get; private set; }

    /// <summary>Rules of which no sample that matches could be made.</summary>
    public int Sampleless { get; private set; }

    public int Found { get; private set; }

    /// <summary>Samples that match and are not found, where the conversion says so.</summary>
    public int MissedAsSaid { get; private set; }

    public int Rejected { get; private set; }

    /// <summary>Near misses that are found, where the conversion says so.</summary>
    public int FoundAsSaid { get; private set; }

    /// <summary>Whatever else came of it.</summary>
    public IReadOnlyList<string> Faults => faults;

    public SampleRun Run(IEnumerable<string> files)
    {
        var sampler = new RuleSampler(new SampleSettings { Count = 6 }, compilerTarget.Pipelines);
        foreach (var file in files)
        {
            var documents = RuleReader.Read(SourceText.Decode(file, File.ReadAllBytes(file), out _));
            if (documents is [{ Document: SigmaRule { Conditions: [{ Aggregation: null }] } rule }])
            {
                Run(sampler, rule, documents);
            }
        }

        return this;
    }

    private void Run(RuleSampler sampler, SigmaRule rule, IReadOnlyList<ReadDocument> documents)
    {
        Rules++;
        var conversion = new Compiler([compilerTarget]).Convert(documents, RuleSet.Empty).Single();
        if (conversion.Query is not { } query)
        {
            Refused++;
            if (!conversion.Diagnostics.Any(d => d.Severity is Severity.Error))
            {
                faults.Add($"{rule.Metadata.Title}: no query and no error");
            }

            return;
        }

        IReadOnlyList<Sample> samples = sampler.Make(rule).Samples;
        if (!samples.Any(sample => sample.Matches))
        {
            Sampleless++;
        }

        if (samples.Count > 0)
        {
            Compare(rule, conversion, [.. samples.Concat(InOtherCase(rule, samples)).Where(sample => sample.Events[0].Fields.All(field => target.CanHold(field.Key, field.Value)))], query);
        }
    }

    /// <summary>The samples with every letter in the other case, and what the product's evaluator says of them.</summary>
    private IEnumerable<Sample> InOtherCase(SigmaRule rule, IReadOnlyList<Sample> samples)
    {
        if (target.KeepsCase is not { } keeps || RuleMatcher.Create(rule, [], compilerTarget.Pipelines) is not { } matcher)
        {
            return [];
        }

        return samples.Select(sample =>
        {
            var e = sample.Events[0];
            var varied = new SampleEvent([.. e.Values.Select(field => KeyValuePair.Create(field.Key, keeps(field.Key) || field.Value.Kind is not FieldKind.Text ? field.Value : FieldValue.OfText(Swapped(field.Value.Text))))], e.Time, e.IsWindows);
            var matches = matcher.Matches(Event.Of(varied.Fields.Select(field => KeyValuePair.Create(field.Key, (string?)field.Value))));
            return new Sample(matches ? SampleKind.Match : SampleKind.ChangedCase, sample.Reason + ", in the other case", sample.Item, sample.Field, [varied]);
        });
    }

    /// <summary>
    /// Letters of ASCII only: whose case others are is the random runs' matter. A time stays: no log writes the T and the Z of one small,
    /// and engines read none that is so written.
    /// </summary>
    private static string Swapped(string text) =>
        IsTime(text) ? text : string.Concat(text.Select(c => char.IsAsciiLetter(c) ? (char)(c ^ 0x20) : c));

    private static bool IsTime(string text) =>
        text is [>= '0' and <= '9', ..] && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private void Compare(SigmaRule rule, Conversion conversion, IReadOnlyList<Sample> samples, string query)
    {
        HashSet<long> found;

        // Where the rule names the log itself, an event without that name is in no log.
        var named = target.LogField is { } log && samples.Any(sample => sample.Events[0].Fields.Any(field => field.Key == log)) ? target.LogField : null;
        try
        {
            found = [.. (target.SearchNames ?? target.Search)([query.TrimEnd('\n')], [.. samples.Select((sample, i) => EventOf(sample.Events[0], i, named))])[0]];
        }
        catch (Exception refusal) when (refusal is not OutOfMemoryException)
        {
            faults.Add($"{rule.Metadata.Title}: {refusal.Message}\n{query}");
            return;
        }

        var direction = Direction.Of(conversion);
        var view = conversion.Diagnostics.Any(d => d.Code.Id == "SIG0609" && !target.IsOfView(d.Message));
        for (var i = 0; i < samples.Count; i++)
        {
            switch (samples[i].Matches, found.Contains(i))
            {
                case (true, true):
                    Found++;
                    break;
                case (false, false):
                    Rejected++;
                    break;
                case (true, false) when direction.Fewer || view:
                    MissedAsSaid++;
                    break;
                case (false, true) when direction.More || view:
                    FoundAsSaid++;
                    break;
                default:
                    faults.Add($"{rule.Metadata.Title}: {(samples[i].Matches ? "missed" : "wrongly found")}, {samples[i].Reason}: "
                        + $"{string.Join(" | ", samples[i].Events[0].Fields.Select(f => $"{f.Key}={f.Value}"))}\n{query}");
                    break;
            }
        }
    }

    private static EngineEvent EventOf(SampleEvent sample, long id, string? log)
    {
        var fields = sample.Fields.GroupBy(field => field.Key).ToDictionary(group => group.Key, group => (string?)group.First().Value);
        var channel = (log is null ? Value("LogName", "Channel") : Value(log)) ?? "";
        return new EngineEvent(id, channel, int.TryParse(Value("EventID"), CultureInfo.InvariantCulture, out var number) ? number : 0, fields, sample.Time.UtcDateTime)
        {
            Provider = channel.Length > 0 ? Value("Provider_Name") : null,
            Computer = Value("MachineName", "ComputerName", "Computer") ?? EngineEvent.Machine,
        };

        string? Value(params string[] names) => names.Select(name => fields.GetValueOrDefault(name)).FirstOrDefault(value => value is not null);
    }
}
