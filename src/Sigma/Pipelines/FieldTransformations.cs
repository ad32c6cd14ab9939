using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>Renames fields wherever a rule names them: items, field references, <c>fields</c>, aggregations.</summary>
internal abstract class FieldRenaming : Transformation
{
    /// <summary>The new names of a field; null where this renaming does not know it.</summary>
    protected abstract ImmutableArray<string>? NamesFor(string field);

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item)
    {
        run.ChangeItems(item, leaf => Rename(run, item, leaf), ofAnyField: true);
        RenameShownFields(run, item);
        RenameAggregations(run, item);
    }

    private Detection Rename(PipelineRun run, PipelineItem item, DetectionItem leaf)
    {
        DetectionItem renamed = RenameReferences(run, item, leaf);
        if (renamed.Field is null || !run.FieldSelected(item, renamed.Field) || NamesFor(renamed.Field) is not { } names)
        {
            return renamed;
        }

        if (names.Length == 1)
        {
            return renamed with { Field = names[0] };
        }

        ImmutableArray<Detection> copies = [.. names.Select(name => (Detection)(renamed with { Field = name }))];

        // A negated item over several fields means that none of them holds.
        return renamed.Negated ? new AllOfDetection(copies, renamed.Span) : new AnyOfDetection(copies, renamed.Span);
    }

    private DetectionItem RenameReferences(PipelineRun run, PipelineItem item, DetectionItem leaf)
    {
        return leaf.Values.Any(value => value is FieldReferenceValue or ExpansionValue)
            ? leaf with { Values = [.. leaf.Values.Select(Renamed)] }
            : leaf;

        Value Renamed(Value value) => value switch
        {
            ExpansionValue expansion => expansion.Values.Any(v => v is FieldReferenceValue) ? ModifierSite.Each(expansion, Renamed)! : expansion,
            FieldReferenceValue reference when run.FieldSelected(item, reference.Field) && NamesFor(reference.Field) is { } names =>

                // Any of the fields, even where the item wants all of its values.
                names.Length == 1
                    ? reference with { Field = names[0] }
                    : new ExpansionValue([.. names.Select(name => (Value)(reference with { Field = name }))], reference.Span),
            _ => value,
        };
    }

    private void RenameShownFields(PipelineRun run, PipelineItem item)
    {
        IReadOnlyList<string> shown = run.Rule.Metadata.Fields;
        if (!shown.Any(field => run.FieldSelected(item, field) && NamesFor(field) is not null))
        {
            return;
        }

        IEnumerable<string> renamed = shown.SelectMany(field =>
            run.FieldSelected(item, field) && NamesFor(field) is { } names ? [.. names] : new[] { field });
        run.Rule = run.Rule with { Metadata = run.Rule.Metadata with { Fields = [.. renamed.Distinct()] } };
    }

    private void RenameAggregations(PipelineRun run, PipelineItem item)
    {
        if (run.Rule.Conditions.All(condition => condition.Aggregation is null))
        {
            return;
        }

        run.Rule = run.Rule with
        {
            Conditions = [.. run.Rule.Conditions.Select(condition => condition.Aggregation is { } aggregation
                ? condition with { Aggregation = Rename(run, item, aggregation) }
                : condition)],
        };
    }

    private Correlation Rename(PipelineRun run, PipelineItem item, Correlation aggregation)
    {
        return aggregation with
        {
            Field = aggregation.Field is null ? null : Single(aggregation.Field),
            GroupBy = [.. aggregation.GroupBy.Select(Single)],
        };

        string Single(string field)
        {
            if (!run.FieldSelected(item, field) || NamesFor(field) is not { } names)
            {
                return field;
            }

            if (names.Length > 1)
            {
                run.Report(Codes.AggregationFieldNotSingle.At(aggregation.Span, field, string.Join(", ", names), "an aggregation"));
            }

            return names[0];
        }
    }
}

/// <summary><c>field_name_mapping</c>: a field becomes another, or any of several.</summary>
internal sealed class FieldNameMapping(IReadOnlyDictionary<string, ImmutableArray<string>> mapping) : FieldRenaming
{
    /// <summary>Reads <c>mapping: {field: field or list}</c>.</summary>
    public static Transformation Read(Parameters parameters) => new FieldNameMapping(ReadMapping(parameters));

    /// <summary>Reads a map of names to one or several names.</summary>
    public static Dictionary<string, ImmutableArray<string>> ReadMapping(Parameters parameters)
    {
        var mapping = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (YamlEntry entry in parameters.Map("mapping").Entries)
        {
            IReadOnlyList<string> names = parameters.TextsOf("mapping", entry.Value);
            if (ScalarType.Of(entry.Key) is ScalarType.Null)
            {
                parameters.Diagnostics.Add(Codes.TransformationNotSupported.At(entry.Key.Span, "a mapping of keywords (null)"));
            }
            else if (names.Count > 0)
            {
                mapping[entry.Name] = [.. names];
            }
            else if (entry.Value is YamlSequence)
            {
                parameters.Diagnostics.Add(Codes.PipelineValue.At(entry.Value.Span, entry.Name, "a field or a list of fields", "an empty list"));
            }
        }

        return mapping;
    }

    /// <inheritdoc/>
    protected override ImmutableArray<string>? NamesFor(string field) =>
        mapping.TryGetValue(field, out ImmutableArray<string> names) ? names : null;
}

/// <summary><c>field_name_prefix_mapping</c>: the leading part of a field becomes another; the first that fits counts.</summary>
internal sealed class FieldNamePrefixMapping(IReadOnlyList<KeyValuePair<string, ImmutableArray<string>>> mapping) : FieldRenaming
{
    /// <summary>Reads <c>mapping: {prefix: prefix or list}</c>.</summary>
    public static Transformation Read(Parameters parameters) =>
        new FieldNamePrefixMapping([.. FieldNameMapping.ReadMapping(parameters)]);

    /// <inheritdoc/>
    protected override ImmutableArray<string>? NamesFor(string field)
    {
        foreach ((string prefix, ImmutableArray<string> replacements) in mapping)
        {
            if (field.StartsWith(prefix, StringComparison.Ordinal))
            {
                return [.. replacements.Select(replacement => replacement + field[prefix.Length..])];
            }
        }

        return null;
    }
}
