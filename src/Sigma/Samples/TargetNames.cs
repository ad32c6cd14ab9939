using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;

namespace Sigma.Samples;

/// <summary>
/// What the user's pipelines call the fields that no rule names: they run over a rule of the same log source that tests them.
/// </summary>
internal sealed class TargetNames
{
    private readonly SigmaRule rule;
    private readonly IReadOnlyList<Pipeline> pipelines;
    private readonly PipelineSettings settings;
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>Prepares for a rule.</summary>
    /// <param name="rule">The rule, before the pipelines.</param>
    /// <param name="pipelines">The pipelines.</param>
    /// <param name="settings">What the pipelines share.</param>
    public TargetNames(SigmaRule rule, IReadOnlyList<Pipeline> pipelines, PipelineSettings settings)
    {
        this.rule = rule;
        this.pipelines = pipelines;
        this.settings = settings;
    }

    /// <summary>The name of a field in the events; of several, the first.</summary>
    /// <param name="field">The name that Sigma gives it.</param>
    public string Of(string field)
    {
        Learn([field]);
        return known[field];
    }

    /// <summary>The fields of a table, under their names in the events.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Of(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (pipelines.Count == 0)
        {
            return fields;
        }

        Learn(fields.Select(field => field.Key));
        return [.. fields.Select(field => KeyValuePair.Create(known[field.Key], field.Value)).DistinctBy(field => field.Key)];
    }

    private void Learn(IEnumerable<string> fields)
    {
        string[] unknown = [.. fields.Where(field => !known.ContainsKey(field)).Distinct()];
        if (unknown.Length == 0)
        {
            return;
        }

        Array.ForEach(unknown, field => known[field] = field);
        if (pipelines.Count > 0)
        {
            // What a pipeline refuses of these is no fault of the rule's; the names stay.
            SigmaRule? piped = Planner.Pipe(rule with { Detections = [.. unknown.Select(Test)] }, pipelines, settings);
            for (int i = 0; piped is not null && i < unknown.Length; i++)
            {
                known[unknown[i]] = piped.Detections[i].Body.Leaves().FirstOrDefault()?.Field ?? unknown[i];
            }
        }
    }

    private NamedDetection Test(string field)
    {
        var item = new DetectionItem(field, [], [new StringValue(SigmaString.Empty, false, rule.Span)], IsList: false, All: false, Negated: false, rule.Span, rule.Span);
        return new NamedDetection(field, new AllOfDetection([item], rule.Span), rule.Span);
    }
}
