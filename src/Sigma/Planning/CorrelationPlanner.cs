using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Planning;

/// <summary>Plans a correlation: its rules as inputs, each with the names that its fields have there, and what is counted over them.</summary>
/// <param name="planner">Plans its rules.</param>
/// <param name="rules">The rules of all files.</param>
/// <param name="diagnostics">Receives the findings.</param>
/// <param name="trace">Keeps what happens; null to keep nothing.</param>
internal sealed class CorrelationPlanner(Planner planner, RuleSet rules, List<Diagnostic> diagnostics, PlanTrace? trace)
{
    private readonly Dictionary<string, string> state = new(StringComparer.Ordinal);
    private readonly HashSet<string> chosen = new(StringComparer.Ordinal);

    /// <summary>Plans a correlation.</summary>
    /// <returns>The plan; null after an error.</returns>
    public CountPlan? Plan(SigmaCorrelation document)
    {
        var inputs = ImmutableArray.CreateBuilder<PlannedInput>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (RuleReference reference in document.Rules)
        {
            string label = labels[reference.Name] = Label(reference, taken);
            if (Input(document, reference, label) is not { } input)
            {
                return null;
            }

            inputs.Add(input);
        }

        if (Mapped(document, inputs, labels) is not { } measure || !Ordered(measure, inputs, out TemporalOrder? order))
        {
            return null;
        }

        var kept = trace is null ? null : new CorrelationTrace(document, measure);
        trace?.Correlations.Add(kept!);
        LogSource[] sources = [.. inputs.SelectMany(input => input.Plan.LogSources)];
        return planner.Run(document, sources, state, chosen, diagnostics, kept?.Pipelines) is not { } run
            ? null
            : new CountPlan(run, measure.Span, measure, inputs.ToImmutable(), document.Metadata.Fields) { Order = order, Columns = Columns(document, inputs[0]) };
    }

    private PlannedInput? Input(SigmaCorrelation document, RuleReference reference, string label) => rules.Find(reference)?.Document switch
    {
        SigmaRule rule => RuleInput(document, reference, label, rule),
        SigmaCorrelation inner => CorrelationInput(document, reference, label, inner),
        _ => null,
    };

    /// <summary>The fields of the correlation go through the pipelines with the rule, so that the same mappings, under the same conditions, rename both.</summary>
    private PlannedInput? RuleInput(SigmaCorrelation document, RuleReference reference, string label, SigmaRule rule)
    {
        Correlation written = document.Correlation;
        HashSet<string> aliasNames = [.. document.Aliases.Select(alias => alias.Name)];

        // Where each rule is asked by itself, an alias that says nothing of the rule is a field there; a query has a column for it anyway.
        string[] fields = [.. FieldsOf(document, reference).Where(field => planner.NamesMayDiffer || !aliasNames.Contains(field))];
        (string Alias, AliasMapping Mapping)[] aliases = [.. AliasesOf(document, reference)];

        // A field to group by may become several; a field that is measured, or has an alias, only one.
        ExtraField[] extra =
        [
            .. fields.Select(field => new ExtraField(field, !planner.NamesMayDiffer && written.Fields.Contains(field), written.Places.GetValueOrDefault(field, written.Span))),
            .. aliases.Select(alias => new ExtraField(alias.Mapping.Field, !planner.NamesMayDiffer, alias.Mapping.FieldSpan)),
        ];
        if (planner.PlanEvents(rules.Filtered(rule) with { ExtraFields = [.. extra] }, diagnostics, trace?.Add(rule, rules)) is not { } events)
        {
            return null;
        }

        foreach ((string key, string value) in events.State)
        {
            // What the user set for any of them comes before what the target's own pipelines set for another.
            if (events.Run.ChosenState.Contains(key) && chosen.Add(key))
            {
                state[key] = value;
            }
            else
            {
                state.TryAdd(key, value);
            }
        }

        ImmutableArray<ExtraField> renamed = events.Rule.ExtraFields;
        string[] used = [.. fields, .. aliases.Select(alias => alias.Alias)];
        Dictionary<string, int> places = used.Index().DistinctBy(field => field.Item).ToDictionary(field => field.Item, field => field.Index, StringComparer.Ordinal);
        return new PlannedInput(label, events, places)
        {
            Document = rules.Find(reference),
            Aliases = [.. aliases.Zip(renamed.Skip(fields.Length), (alias, field) => (alias.Alias, field.Names[0]))],
        };
    }

    /// <summary>A correlation of a correlation counts its rows, and a row has no more fields than it is grouped by.</summary>
    private PlannedInput? CorrelationInput(SigmaCorrelation document, RuleReference reference, string label, SigmaCorrelation inner)
    {
        if (Plan(inner) is not { } plan)
        {
            return null;
        }

        var names = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var aliases = new List<(string Alias, string Field)>();
        bool complete = true;
        foreach ((string name, string field) in FieldsOf(document, reference).Select(field => (field, field))
            .Concat(AliasesOf(document, reference).Select(alias => (alias.Alias, alias.Mapping.Field))))
        {
            if (!plan.Columns.TryGetValue(field, out ImmutableArray<string> mapped))
            {
                string kept = plan.Columns.Count == 0 ? "none" : string.Join(", ", plan.Columns.Keys);
                diagnostics.Add(Diagnostic.ChainedField(document.Correlation.Span, reference.Name, field, kept));
                complete = false;
            }
            else
            {
                names[name] = mapped;
                if (document.Aliases.Any(alias => alias.Name == name))
                {
                    aliases.Add((name, mapped[0]));
                }
            }
        }

        return complete ? new PlannedInput(label, plan, names, aliases) { Document = rules.Find(reference) } : null;
    }

    /// <summary>The fields that a correlation uses of one of its rules, by their names there; an alias that says nothing of the rule is a field itself.</summary>
    private IEnumerable<string> FieldsOf(SigmaCorrelation document, RuleReference reference) => document.Correlation.GroupBy
        .Concat(document.Correlation.Fields)
        .Where(field => !AliasesOf(document, reference).Any(alias => alias.Alias == field))
        .Distinct();

    private IEnumerable<(string Alias, AliasMapping Mapping)> AliasesOf(SigmaCorrelation document, RuleReference reference) => document.Aliases
        .SelectMany(alias => alias.Mappings.Where(mapping => rules.Same(mapping.Rule, reference)).Select(mapping => (alias.Name, mapping)));

    /// <summary>A name for a rule that can stand in any query without quotes.</summary>
    private string Label(RuleReference reference, HashSet<string> taken)
    {
        string name = rules.Find(reference)?.Metadata.Name ?? reference.Name;
        string label = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_'));
        string free = label;
        for (int i = 2; !taken.Add(free); i++)
        {
            free = $"{label}_{i}";
        }

        return free;
    }

    /// <summary>The correlation in the field names after the pipelines, on which all rules must agree; where they do not, its author needs an alias.</summary>
    private Correlation? Mapped(SigmaCorrelation document, IReadOnlyList<PlannedInput> inputs, Dictionary<string, string> labels)
    {
        Correlation written = document.Correlation;
        HashSet<string> aliases = [.. document.Aliases.Select(alias => alias.Name)];
        bool agreed = true;
        Correlation mapped = written with
        {
            GroupBy = [.. written.GroupBy.SelectMany(Agreed)],
            Fields = [.. written.Fields.SelectMany(Agreed)],
            Expression = written.Expression is { } expression
                ? expression.Rewrite(leaf => leaf is IdentifierCondition identifier ? identifier with { Name = labels[identifier.Name] } : leaf)
                : null,
        };
        return agreed ? mapped : null;

        IEnumerable<string> Agreed(string field)
        {
            if (planner.NamesMayDiffer || aliases.Contains(field))
            {
                return [field];
            }

            ImmutableArray<string> names = inputs[0].Names[field];
            if (inputs.FirstOrDefault(input => !input.Names[field].SequenceEqual(names)) is { } other)
            {
                agreed = false;
                diagnostics.Add(Diagnostic.CorrelationFieldsDiffer(written.Span, field, string.Join(", ", names), string.Join(", ", other.Names[field])));
            }

            return names;
        }
    }

    private bool Ordered(Correlation measure, IReadOnlyList<PlannedInput> inputs, out TemporalOrder? order)
    {
        order = measure.Type is CorrelationType.TemporalOrdered ? TemporalOrder.Of(measure, [.. inputs.Select(input => input.Label)]) : null;
        if (order is not null || measure.Type is not CorrelationType.TemporalOrdered)
        {
            return true;
        }

        string why = measure.Expression is null ? "here fewer of them suffice" : "this condition can hold in other ways";
        diagnostics.Add(Diagnostic.OrderNotDefined(measure.Expression?.Span ?? measure.Span, why));
        return false;
    }

    /// <summary>The fields of the correlation's rows, for correlations of it.</summary>
    private Dictionary<string, ImmutableArray<string>> Columns(SigmaCorrelation document, PlannedInput first)
    {
        HashSet<string> aliases = [.. document.Aliases.Select(alias => alias.Name)];
        return document.Correlation.GroupBy.Distinct().ToDictionary(
            field => field, field => planner.NamesMayDiffer || aliases.Contains(field) ? [field] : first.Names[field], StringComparer.Ordinal);
    }
}
