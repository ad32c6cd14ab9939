using Sigma.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Samples;

/// <summary>What a correlation counts once: an event of a rule, or a series that makes another correlation hold.</summary>
internal abstract class SeriesPart
{
    /// <summary>What the correlation calls it.</summary>
    public required string Label { get; init; }

    /// <summary>How long it takes.</summary>
    public abstract TimeSpan Length { get; }

    /// <summary>Whether its events are of the Windows event log.</summary>
    public abstract bool IsWindows { get; }

    /// <summary>The value that a field has unless one is chosen.</summary>
    /// <param name="field">The field as the correlation calls it.</param>
    public abstract FieldValue ValueOf(string field);

    /// <summary>Makes the events.</summary>
    /// <param name="time">When the first happens.</param>
    /// <param name="fields">Chosen values, by the names that the correlation has for them.</param>
    /// <returns>The events; null where they cannot have these values.</returns>
    public abstract IReadOnlyList<SampleEvent>? At(DateTimeOffset time, IReadOnlyDictionary<string, FieldValue> fields);
}

/// <summary>An event of a rule.</summary>
/// <param name="events">Makes the events.</param>
/// <param name="names">What the correlation's fields are called in them.</param>
internal sealed class RulePart(RuleEvents events, IReadOnlyDictionary<string, string> names) : SeriesPart
{
    public override TimeSpan Length => TimeSpan.Zero;

    public override bool IsWindows => events.IsWindows;

    public override FieldValue ValueOf(string field) => events.ValueOf(names.GetValueOrDefault(field, field));

    public override IReadOnlyList<SampleEvent>? At(DateTimeOffset time, IReadOnlyDictionary<string, FieldValue> fields)
    {
        var named = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach ((string name, FieldValue value) in fields)
        {
            named[names.GetValueOrDefault(name, name)] = value;
        }

        return events.At(time, named) is { } made ? [made] : null;
    }

    /// <summary>Makes the part of a rule.</summary>
    /// <param name="sampler">Makes the events.</param>
    /// <param name="rule">The rule, with its filters.</param>
    /// <param name="label">What the correlation calls it.</param>
    /// <param name="fields">The correlation's fields, each with what it is called in this rule.</param>
    /// <param name="diagnostics">Takes why there are no events.</param>
    public static RulePart? Create(RuleSampler sampler, SigmaRule rule, string label, IReadOnlyList<(string Name, string Field)> fields, List<Diagnostic> diagnostics)
    {
        var compiler = new RuleTestCompiler(
            new FieldTable(),
            sampler.Matching.Pipelines,
            sampler.Matching.PipelineSettings.For(sampler.Matching.Pipelines, "match", "", new Dictionary<string, string>()));
        var ignored = new List<Diagnostic>();
        if (compiler.Plan(rule, [.. fields.Select(field => field.Field)], ignored) is not { } planned || sampler.Events(rule, diagnostics) is not { } events)
        {
            return null;
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < fields.Count; i++)
        {
            names[fields[i].Name] = planned.NamesOf(i)[^1];
        }

        return new RulePart(events, names) { Label = label };
    }
}

/// <summary>A series that makes another correlation hold.</summary>
/// <param name="sampler">Makes the series.</param>
/// <param name="names">What the outer correlation's fields are called in the inner one.</param>
internal sealed class CorrelationPart(SeriesSampler sampler, IReadOnlyDictionary<string, string> names) : SeriesPart
{
    public override TimeSpan Length => sampler.Length;

    public override bool IsWindows => sampler.IsWindows;

    public override FieldValue ValueOf(string field) => sampler.ValueOf(names.GetValueOrDefault(field, field));

    public override IReadOnlyList<SampleEvent>? At(DateTimeOffset time, IReadOnlyDictionary<string, FieldValue> fields)
    {
        var named = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach ((string name, FieldValue value) in fields)
        {
            named[names.GetValueOrDefault(name, name)] = value;
        }

        return sampler.SeriesAt(time, named);
    }
}
