using System.Collections.Immutable;
using Sigma.Pipelines;
using Sigma.Rules;

namespace Sigma.Planning;

/// <summary>How a query came to ask for a name.</summary>
internal enum NameOrigin
{
    /// <summary>A pipeline gave it for a name of the rule.</summary>
    Mapped,

    /// <summary>A pipeline added it.</summary>
    Added,

    /// <summary>It is the rule's own, and nothing says that it is wrong.</summary>
    AsWritten,

    /// <summary>It is the rule's own, and a pipeline whose map is complete does not have it.</summary>
    Unmapped,
}

/// <summary>A field or a log that a query asks for.</summary>
/// <param name="IsLog">Whether it is a log.</param>
/// <param name="Name">The field in the query; of a log the conditions that name it, or null for any log.</param>
/// <param name="Written">The names that the rule has for it; a log source as <c>windows/security</c>.</param>
/// <param name="Origin">How it came to be asked for.</param>
internal sealed record AskedName(bool IsLog, string? Name, ImmutableArray<string> Written, NameOrigin Origin)
{
    /// <summary>Lists what a plan asks for; a name may come several times.</summary>
    public static IEnumerable<AskedName> In(Plan plan) => plan switch
    {
        SearchPlan search => [LogOf(search), .. search.Expression.Leaves().SelectMany(FieldsOf).Select(field => FieldOf(search, field))],
        CountPlan count => [.. count.Inputs.SelectMany(input => In(input.Plan).Concat(Aliased(input))), .. Counted(count)],
        _ => throw new System.Diagnostics.UnreachableException(plan.GetType().Name),
    };

    /// <summary>The fields of the count itself; an alias is not one.</summary>
    private static IEnumerable<AskedName> Counted(CountPlan count)
    {
        HashSet<string> aliases = [.. count.Inputs.SelectMany(input => input.Aliases).Select(alias => alias.Alias)];
        return count.Measure.GroupBy.Concat(count.Measure.Fields).Where(field => !aliases.Contains(field)).Select(field => FieldOf(count.Search, field));
    }

    private static IEnumerable<AskedName> Aliased(PlannedInput input) => input.Aliases.Select(alias => FieldOf(input.Plan.Search, alias.Field));

    /// <summary>The fields that a test reads.</summary>
    public static IEnumerable<string> FieldsOf(Queries.MatchExpr test) =>
        [.. test.Field is null ? (string[])[] : [test.Field], .. test.Values.OfType<FieldReferenceValue>().Select(reference => reference.Field)];

    private static AskedName FieldOf(SearchPlan plan, string field)
    {
        PipelineRun run = plan.Run;
        ImmutableArray<string> written = [.. run.Fields.Mappings.Where(mapping => mapping.Value.Contains(field)).Select(mapping => mapping.Key).Order(StringComparer.Ordinal)];
        if (!written.IsEmpty)
        {
            return new AskedName(IsLog: false, field, written, NameOrigin.Mapped);
        }

        bool ofRule = run.UnmappedFields().Concat(run.UnmappedCountedFields()).Any(unmapped => unmapped.Field == field);
        return !ofRule ? new AskedName(IsLog: false, field, [], NameOrigin.Added)
            : new AskedName(IsLog: false, field, [field], run.Mapping.ChecksFields ? NameOrigin.Unmapped : NameOrigin.AsWritten);
    }

    private static AskedName LogOf(SearchPlan plan)
    {
        MappingCheck mapping = plan.Run.Mapping;
        string[] conditions = [.. mapping.LogConditions.Select(detection => string.Join(" and ", detection.Body.Leaves().Select(Text)))];
        string[] index = mapping.IndexNamed && plan.State.TryGetValue(LegacyIndex.Key, out string? names) ? ["index: " + names] : [];
        string name = string.Join(" and ", index.Concat(conditions));
        NameOrigin origin = mapping.LogIsMissing ? NameOrigin.Unmapped : name.Length > 0 ? NameOrigin.Mapped : NameOrigin.AsWritten;
        return new AskedName(IsLog: true, name.Length > 0 ? name : null, [mapping.Asked.ShortName], origin);
    }

    private static string Text(DetectionItem item) =>
        (item.Field is null ? "" : item.Field + ": ") + string.Join(item.All ? " and " : " or ", ItemValues.Of(item).Select(Text));

    private static string Text(Value value) => value switch
    {
        StringValue text => ItemValues.Plain(text.Text.Parts),
        NumberValue number => number.Text,
        _ => "…",
    };
}
