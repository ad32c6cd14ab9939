using Sigma.Text;

namespace Sigma.Rules;

/// <summary>The fields that a rule names, each as often as it stands there.</summary>
internal static class RuleFields
{
    /// <summary>The fields of the detections, also those that values refer to; not of what a pipeline added.</summary>
    public static IEnumerable<(string Field, Span Span)> OfDetections(SigmaRule rule)
    {
        foreach (DetectionItem leaf in rule.Detections.Where(detection => !detection.IsAdded).SelectMany(detection => detection.Body.Leaves()))
        {
            if (leaf.Field is { } field)
            {
                yield return (field, leaf.FieldSpan);
            }

            foreach (FieldReferenceValue reference in leaf.Values.SelectMany(value => value is ExpansionValue expansion ? expansion.Values : [value]).OfType<FieldReferenceValue>())
            {
                yield return (reference.Field, reference.Span);
            }
        }
    }

    /// <summary>The fields that counts measure or group by: those of the rule's own conditions, then those that a correlation uses of it.</summary>
    public static IEnumerable<(string Field, Span Span)> OfCounts(SigmaRule rule) =>
        (from condition in rule.Conditions
         let counted = condition.Aggregation
         where counted is not null
         from field in counted.Fields.Concat(counted.GroupBy)
         select (field, counted.Places.GetValueOrDefault(field, counted.Span)))
        .Concat(rule.ExtraFields.SelectMany(extra => extra.Names.Select(name => (name, extra.Span))));
}
