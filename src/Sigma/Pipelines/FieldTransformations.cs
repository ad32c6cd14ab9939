using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>Renames fields wherever a rule names them: items, field references, <c>fields</c>, aggregations.</summary>
internal abstract class FieldRenaming : Transformation
{
    /// <summary>Whether it has all fields that the events have of which the rule speaks.</summary>
    internal virtual bool IsComplete => false;

    /// <summary>Whether, of several values that must all hold, each may hold in another of several fields.</summary>
    internal virtual bool EachValueInAny => false;

    /// <summary>The new names of a field, or of keywords (null); null if this renaming does not know it.</summary>
    protected abstract ImmutableArray<string>? NamesFor(string? field);

    /// <inheritdoc/>
    internal override bool Renames(string field) => NamesFor(field) is not null;

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item)
    {
        var renamed = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        run.ChangeItems(item, leaf => Rename(run, item, leaf, renamed), ofAnyField: true);
        RenameShownFields(run, item, renamed);
        RenameAggregations(run, item, renamed);
        RenameExtraFields(run, item, renamed);
        run.Rename(renamed, item);
    }

    private Detection Rename(PipelineRun run, PipelineItem item, DetectionItem leaf, Dictionary<string, ImmutableArray<string>> renamed)
    {
        DetectionItem changed = RenameReferences(run, item, leaf, renamed);
        if (!run.FieldSelected(item, leaf.Field) || NamesFor(leaf.Field) is not { } names)
        {
            return changed;
        }

        if (leaf.Field is null)
        {
            return OfKeywords(run, leaf, names);
        }

        renamed[leaf.Field] = names;
        return EachValueInAny ? OfEachValue(run, changed, names) : Copies(run, changed, names);
    }

    private static Detection Copies(PipelineRun run, DetectionItem leaf, ImmutableArray<string> names)
    {
        if (names.Length == 1)
        {
            run.Afford(Math.Max(0, names[0].Length - (leaf.Field?.Length ?? 0)) / ValueCost.Characters);
            return leaf with { Field = names[0] };
        }

        if (!run.Afford((ValueCost.Of(leaf) + (names.Max(name => name.Length) / ValueCost.Characters)) * (names.Length - 1)))
        {
            return leaf;
        }

        ImmutableArray<Detection> copies = [.. names.Select(name => (Detection)(leaf with { Field = name }))];

        // A negated item over several fields means that none of them holds.
        return leaf.Negated ? new AllOfDetection(copies, leaf.Span) : new AnyOfDetection(copies, leaf.Span);
    }

    /// <summary>
    /// A keyword may stand anywhere, so in a field it may stand anywhere too. Where all keywords must be there, each may be in
    /// another of the fields.
    /// </summary>
    private static Detection OfKeywords(PipelineRun run, DetectionItem leaf, ImmutableArray<string> names) =>
        OfEachValue(run, leaf with { Values = [.. leaf.Values.Select(Anywhere)] }, names);

    /// <summary>An item over several fields, each of whose values may be in another of them.</summary>
    private static Detection OfEachValue(PipelineRun run, DetectionItem leaf, ImmutableArray<string> names)
    {
        if (!leaf.All || names.Length == 1 || leaf.Values.Length == 1)
        {
            return Copies(run, leaf, names);
        }

        ImmutableArray<Detection> each = [.. leaf.Values.Select(value => Copies(run, leaf with { Values = [value], All = false }, names))];
        return leaf.Negated ? new AnyOfDetection(each, leaf.Span) : new AllOfDetection(each, leaf.Span);
    }

    private static Value Anywhere(Value value) => value switch
    {
        StringValue text => text with { Text = text.Text.WithWildcards() },
        NumberValue number => new StringValue(SigmaString.OfLiteral(number.Text).WithWildcards(), false, value.Span),
        ExpansionValue expansion => ModifierSite.Each(expansion, Anywhere)!,
        _ => value,
    };

    private DetectionItem RenameReferences(PipelineRun run, PipelineItem item, DetectionItem leaf, Dictionary<string, ImmutableArray<string>> renamed)
    {
        return HasReference(leaf.Values)
            ? leaf with { Values = [.. leaf.Values.Select(Renamed)] }
            : leaf;

        Value Renamed(Value value) => value switch
        {
            ExpansionValue expansion => expansion.Values.Any(v => v is FieldReferenceValue) ? ModifierSite.Each(expansion, Renamed)! : expansion,
            FieldReferenceValue reference when run.FieldSelected(item, reference.Field) && NamesFor(reference.Field) is { } names => AnyOf(reference, names),
            _ => value,
        };

        // Any of the fields, even where the item wants all of its values.
        Value AnyOf(FieldReferenceValue reference, ImmutableArray<string> names)
        {
            renamed[reference.Field] = names;
            return names.Length == 1 || !run.Afford(names.Length - 1)
                ? reference with { Field = names[0] }
                : new ExpansionValue([.. names.Select(name => (Value)(reference with { Field = name }))], reference.Span);
        }
    }

    private static bool HasReference(ImmutableArray<Value> values)
    {
        foreach (Value value in values)
        {
            if (value is FieldReferenceValue || (value is ExpansionValue expansion && HasReference(expansion.Values)))
            {
                return true;
            }
        }

        return false;
    }

    private void RenameShownFields(PipelineRun run, PipelineItem item, Dictionary<string, ImmutableArray<string>> renamed)
    {
        IReadOnlyList<string> shown = run.Rule.Metadata.Fields;
        if (shown.Count > 0 && shown.Any(field => run.FieldSelected(item, field) && NamesFor(field) is not null))
        {
            run.Rule = run.Rule with { Metadata = run.Rule.Metadata with { Fields = [.. shown.SelectMany(field => NamesOf(run, item, field, renamed)).Distinct()] } };
        }
    }

    /// <summary>The new names of a field that is not a part of a detection; its own where this renaming does not act on it.</summary>
    private ImmutableArray<string> NamesOf(PipelineRun run, PipelineItem item, string field, Dictionary<string, ImmutableArray<string>> renamed)
    {
        if (!run.FieldSelected(item, field) || NamesFor(field) is not { } names)
        {
            return [field];
        }

        renamed[field] = names;
        return names.Length == 1 || run.Afford(names.Length - 1) ? names : [names[0]];
    }

    private void RenameAggregations(PipelineRun run, PipelineItem item, Dictionary<string, ImmutableArray<string>> renamed)
    {
        if (!run.Rule.Conditions.Any(static condition => condition.Aggregation is not null))
        {
            return;
        }

        run.Rule = run.Rule with
        {
            Conditions = [.. run.Rule.Conditions.Select(condition => condition.Aggregation is { } aggregation
                ? condition with { Aggregation = Rename(run, item, aggregation, renamed) }
                : condition)],
        };
    }

    private Correlation Rename(PipelineRun run, PipelineItem item, Correlation aggregation, Dictionary<string, ImmutableArray<string>> renamed) => aggregation with
    {
        Fields = [.. aggregation.Fields.Select(field => SingleName(run, item, field, aggregation.Span, renamed))],
        GroupBy = [.. aggregation.GroupBy.Select(field => SingleName(run, item, field, aggregation.Span, renamed))],
    };

    private void RenameExtraFields(PipelineRun run, PipelineItem item, Dictionary<string, ImmutableArray<string>> renamed)
    {
        if (!run.Rule.ExtraFields.IsEmpty)
        {
            run.Rule = run.Rule with
            {
                ExtraFields = [.. run.Rule.ExtraFields.Select(extra => extra with
                {
                    Names = extra.IsSingle
                        ? [SingleName(run, item, extra.Names[0], extra.Span, renamed)]
                        : [.. extra.Names.SelectMany(name => NamesOf(run, item, name, renamed))],
                })],
            };
        }
    }

    private string SingleName(PipelineRun run, PipelineItem item, string field, Span span, Dictionary<string, ImmutableArray<string>> renamed)
    {
        ImmutableArray<string> names = NamesOf(run, item, field, renamed);
        if (names.Length > 1)
        {
            run.Report(Diagnostic.AggregationFieldNotSingle(span, field, string.Join(", ", names), "an aggregation"));
        }

        return names[0];
    }
}

/// <summary><c>field_name_mapping</c>: a field becomes another, or any of several.</summary>
/// <param name="mapping">Names with their new names.</param>
/// <param name="keywords">The fields that keywords are looked for in; null to leave them keywords.</param>
internal sealed class FieldNameMapping(IReadOnlyDictionary<string, ImmutableArray<string>> mapping, ImmutableArray<string>? keywords) : FieldRenaming
{
    private bool isComplete;
    private bool eachValueInAny;

    /// <inheritdoc/>
    internal override bool IsComplete => isComplete;

    /// <inheritdoc/>
    internal override bool EachValueInAny => eachValueInAny;

    /// <summary>
    /// Reads <c>mapping: {field: field or list}</c>, where the key null stands for keywords, <c>complete</c> (false): whether the rules it acts
    /// on have no other fields, and <c>each_value</c> (false): whether each of the values of <c>all</c> may be in another field of a list.
    /// </summary>
    public static Transformation Read(Parameters parameters) =>
        new FieldNameMapping(ReadMapping(parameters, out ImmutableArray<string>? keywords), keywords)
        {
            isComplete = parameters.Flag("complete"),
            eachValueInAny = parameters.Flag("each_value"),
        };

    /// <summary>Reads a map of names to one or several names.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="keywords">What the key null has; null if it is not there.</param>
    public static Dictionary<string, ImmutableArray<string>> ReadMapping(Parameters parameters, out ImmutableArray<string>? keywords)
    {
        keywords = null;
        var mapping = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (YamlEntry entry in parameters.Map("mapping").Entries)
        {
            IReadOnlyList<string> names = parameters.TextsOf("mapping", entry.Value);
            if (names.Contains(""))
            {
                parameters.Diagnostics.Add(Diagnostic.PipelineValue(entry.Value.Span, entry.Name, "a field or a list of fields", "an empty name"));
            }
            else if (names.Count == 0)
            {
                if (entry.Value is YamlSequence)
                {
                    parameters.Diagnostics.Add(Diagnostic.PipelineValue(entry.Value.Span, entry.Name, "a field or a list of fields", "an empty list"));
                }
            }
            else if (ScalarType.Of(entry.Key) is ScalarType.Null)
            {
                keywords = [.. names];
            }
            else
            {
                mapping[entry.Name] = [.. names];
            }
        }

        return mapping;
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> KnownFields => mapping.Keys;

    /// <inheritdoc/>
    protected override ImmutableArray<string>? NamesFor(string? field) =>
        field is null ? keywords
        : mapping.TryGetValue(field, out ImmutableArray<string> names) ? names : null;
}

/// <summary><c>field_name_prefix_mapping</c>: the leading part of a field becomes another; the first that fits counts.</summary>
internal sealed class FieldNamePrefixMapping(IReadOnlyList<KeyValuePair<string, ImmutableArray<string>>> mapping) : FieldRenaming
{
    /// <summary>Reads <c>mapping: {prefix: prefix or list}</c>.</summary>
    public static Transformation Read(Parameters parameters)
    {
        KeyValuePair<string, ImmutableArray<string>>[] mapping = [.. FieldNameMapping.ReadMapping(parameters, out ImmutableArray<string>? keywords)];
        if (keywords is not null)
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(parameters.Node("mapping")!.Span, "mapping", "a map of prefixes", "a map with null"));
        }

        return new FieldNamePrefixMapping(mapping);
    }

    /// <inheritdoc/>
    protected override ImmutableArray<string>? NamesFor(string? field)
    {
        if (field is null)
        {
            return null;
        }

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
