using System.Collections.Immutable;
using Sigma.Events.Matching;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Samples;

/// <summary>
/// Makes series of events that a correlation, or a rule that counts, holds for, and series that it nearly holds for: one event
/// or value too few, too slow, spread over groups, out of order. Each is judged by the matcher.
/// </summary>
/// <param name="sampler">Makes the events of single rules.</param>
/// <param name="counting">What is counted.</param>
/// <param name="document">The correlation, or the rule that counts.</param>
/// <param name="diagnostics">Receives why there are no samples.</param>
internal sealed class SeriesSampler(RuleSampler sampler, CountPlan counting, ReadDocument document, List<Diagnostic> diagnostics)
{
    /// <summary>How many values are tried for each that is needed.</summary>
    private const int TriesPerValue = 20;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Correlation correlation = counting.Measure;
    private readonly List<FieldValue> countedValues = [];
    private readonly Dictionary<string, FieldValue>[] groups = [new(StringComparer.Ordinal), new(StringComparer.Ordinal)];
    private ImmutableArray<SeriesPart> parts = [];
    private SeriesPlan? positive;
    private int nextCandidate;

    /// <summary>How long a series that makes it hold takes.</summary>
    public TimeSpan Length => positive is null ? TimeSpan.Zero : (Spacing(stretched: false) * (positive.Steps.Count - 1)) + parts.Max(part => part.Length);

    /// <summary>Whether its events are of the Windows event log.</summary>
    public bool IsWindows => parts.Any(part => part.IsWindows);

    /// <summary>The value that a field has unless one is chosen.</summary>
    public FieldValue ValueOf(string field) => groups[0].GetValueOrDefault(field, parts.IsEmpty ? FieldValue.Absent : parts[0].ValueOf(field));

    /// <summary>Makes the samples.</summary>
    /// <param name="matcher">Judges them.</param>
    public RuleSamples Make(SeriesMatcher matcher)
    {
        if (!Prepare())
        {
            return new RuleSamples([], [.. diagnostics.Distinct()]);
        }

        var samples = new List<Sample>();
        DateTimeOffset start = sampler.Settings.Start;
        string within = correlation.Timespan is { } span ? $" within {span}" : "";
        Add(SampleKind.Match, positive!.Reason + within, Series(positive, start, null, stretched: false));
        if (samples.Count == 0)
        {
            diagnostics.Add(Diagnostic.NoSample(correlation.Span, "no series of events fulfils the correlation"));
            return new RuleSamples([], [.. diagnostics.Distinct()]);
        }

        var planner = new SeriesPlanner(correlation, [.. parts.Select(part => part.Label)], Counted);
        foreach (SeriesPlan plan in planner.NearMisses(positive))
        {
            Next();
            Add(plan.Kind, plan.Reason + (plan.Kind is SampleKind.Count ? within : ""), Series(plan, start, null, stretched: false));
        }

        if (positive.Steps.Count > 1 && correlation.Timespan is not null)
        {
            Next();
            Add(SampleKind.Time, $"{positive.Reason}, but not{within}", Series(positive, start, null, stretched: true));
        }

        if (samples.Count == 1)
        {
            diagnostics.Add(Diagnostic.NoNearMiss(correlation.Span));
        }

        return new RuleSamples([.. samples.Where((sample, at) => at == 0 || at <= sampler.Settings.Count)], [.. diagnostics.Distinct()]);

        // Each series has a time of its own, further from the others than the correlation looks.
        void Next() => start += Day + (4 * (Timespan + Length));

        void Add(SampleKind kind, string reason, IReadOnlyList<SampleEvent>? series)
        {
            if (series is { Count: > 0 })
            {
                IReadOnlyList<int> held = matcher.Match(series.Select(made => Event.Parse(made.ToJson(sampler.Settings.Shape), out _)!));
                if (kind is SampleKind.Match == held.Count > 0)
                {
                    samples.Add(new Sample(kind, reason, correlation.Span, null, series));
                }
            }
        }
    }

    /// <summary>Makes a series that makes it hold.</summary>
    /// <param name="time">When it begins.</param>
    /// <param name="fields">Chosen values of what it is grouped by.</param>
    /// <returns>The series; null where there is none with these values.</returns>
    public IReadOnlyList<SampleEvent>? SeriesAt(DateTimeOffset time, IReadOnlyDictionary<string, FieldValue> fields) =>
        positive is null ? null : Series(positive, time, fields, stretched: false);

    /// <summary>Makes the parts, the groups and the plan.</summary>
    private bool Prepare()
    {
        var made = ImmutableArray.CreateBuilder<SeriesPart>();
        foreach (PlannedInput input in SeriesPlanner.Needed(counting) ?? [])
        {
            if (PartOf(input) is not { } part)
            {
                return false;
            }

            made.Add(part);
        }

        parts = made.ToImmutable();
        if (!parts.IsEmpty && !ChooseGroups())
        {
            return false;
        }

        positive = parts.IsEmpty ? null : new SeriesPlanner(correlation, [.. parts.Select(part => part.Label)], Counted).Positive();
        if (positive is null)
        {
            diagnostics.Add(Diagnostic.NoSample(correlation.Span, "no series of at most 5,000 events fulfils its condition"));
        }

        return positive is not null;
    }

    /// <summary>What an input has in a series. What a rule counts of itself is called by its search, since it has no name.</summary>
    private SeriesPart? PartOf(PlannedInput input)
    {
        ReadDocument counted = input.Document ?? document;
        if (input.Plan is CountPlan plan)
        {
            var inner = new SeriesSampler(sampler, plan, counted, diagnostics);
            return inner.Prepare() ? new CorrelationPart(inner, input.Names) { Label = input.Label } : null;
        }

        var events = (SearchPlan)input.Plan;
        return sampler.Events((SigmaRule)counted.Document!, events, diagnostics) is { } made
            ? new RulePart(made, input.ExtraFields) { Label = input.Document is null ? events.Searches[0].Span.Characters.ToString() : input.Label }
            : null;
    }

    private TimeSpan Timespan => correlation.Timespan is { } span && span.Seconds < TimeSpan.MaxValue.TotalSeconds / 100 ? TimeSpan.FromSeconds(span.Seconds) : Day;

    /// <summary>The time from one step to the next.</summary>
    private TimeSpan Spacing(bool stretched)
    {
        int gaps = Math.Max(1, positive!.Steps.Count - 1);
        return stretched ? Timespan * 1.1 / gaps : Timespan * 0.5 / gaps;
    }

    private List<SampleEvent>? Series(SeriesPlan plan, DateTimeOffset start, IReadOnlyDictionary<string, FieldValue>? chosen, bool stretched)
    {
        var series = new List<SampleEvent>();
        TimeSpan spacing = Spacing(stretched);
        TimeSpan longest = parts.Max(part => part.Length);
        for (int i = 0; i < plan.Steps.Count; i++)
        {
            SeriesStep step = plan.Steps[i];
            var fields = new Dictionary<string, FieldValue>(groups[step.Group], StringComparer.Ordinal);
            foreach ((string name, FieldValue value) in chosen ?? groups[step.Group])
            {
                fields[name] = value;
            }

            if (step.Value is { } counted && correlation.Field is { } field)
            {
                fields[field] = counted;
            }

            foreach (string other in correlation.Fields.Skip(1))
            {
                fields.TryAdd(other, parts[step.Part].ValueOf(other) is { IsPresent: true } known ? known : FieldValue.OfText("x"));
            }

            if (parts[step.Part].At(start + (spacing * i) + (longest * i), fields) is not { } events)
            {
                return null;
            }

            series.AddRange(events);
        }

        return [.. series.OrderBy(made => made.Time)];
    }

    /// <summary>Chooses values of what is grouped by that all parts can have, and, for another group, others.</summary>
    private bool ChooseGroups()
    {
        foreach (string field in correlation.GroupBy.Distinct())
        {
            FieldValue[] fitting = [.. Candidates(field, 40).Where(value => parts.All(part => Fits(part, field, value))).Take(2)];
            if (fitting.Length == 0)
            {
                diagnostics.Add(Diagnostic.NoSample(correlation.Span, $"no value of {field} matches all of its rules"));
                return false;
            }

            groups[0][field] = fitting[0];
            groups[1][field] = fitting[^1];
        }

        return true;
    }

    private bool Fits(SeriesPart part, string field, FieldValue value) =>
        part.At(sampler.Settings.Start, new Dictionary<string, FieldValue>(groups[0], StringComparer.Ordinal) { [field] = value }) is not null;

    /// <summary>The n-th of different values of the counted field that all parts can have.</summary>
    private FieldValue? Counted(int number)
    {
        string field = correlation.Field ?? "";
        while (countedValues.Count <= number)
        {
            int most = (number + 1) * TriesPerValue;
            if (nextCandidate >= most)
            {
                return null;
            }

            FieldValue value = Candidates(field, most).ElementAtOrDefault(nextCandidate++);
            if (value.IsPresent && !countedValues.Contains(value) && parts.All(part => Fits(part, field, value)))
            {
                countedValues.Add(value);
            }
        }

        return countedValues[number];
    }

    /// <summary>Values of a field: those that the rules ask for, then as many of its kind as one likes.</summary>
    private IEnumerable<FieldValue> Candidates(string field, int most)
    {
        FieldValue[] own = [.. parts.Select(part => part.ValueOf(field)).Where(value => value.IsPresent).Distinct()];
        foreach (FieldValue value in own)
        {
            yield return value;
        }

        TextKind kind = SampleVocabulary.KindOf(field, IsWindows);
        for (int i = 1; i < most; i++)
        {
            yield return SampleVocabulary.Numbered(kind, i);
            if (own.Length > 0 && own[0].Kind is FieldKind.Text)
            {
                yield return FieldValue.OfText(own[0].Text + i);
                yield return FieldValue.OfText(i + own[0].Text);
            }
        }
    }
}
