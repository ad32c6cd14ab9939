using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Searches;
using Sigma.Engines.Tests.Engines.Splunk;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// A data model that has every field of the rules on trial, and the number of the event besides, so that each event is a group of its own.
/// </summary>
internal static class SplunkDataModel
{
    public const string Root = "D.";

    private const string Number = "sigma_id";

    public static Pipeline Pipeline { get; } = PipelineReader.Read(
        new SourceText("model.yml", $"""
            name: model
            priority: 10
            transformations:
              - {"{"}id: prefix, type: field_name_prefix, prefix: '{Root}'{"}"}
              - {"{"}id: model, type: set_state, key: data_model_set, val: M.D{"}"}
              - {"{"}id: fields, type: set_state, key: fields, val: [{Root}{Number}]{"}"}
            """),
        "model",
        [])!;

    public static CompilerTarget Target { get; } = new(OwnTarget.Of("splunk", "data_model").Backend, OwnTarget.Of("splunk", "data_model").Format, [Pipeline]);

    /// <summary>The events that each query finds, by the number that it shows of them.</summary>
    public static IReadOnlyList<IReadOnlyList<long>> Search(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events) => Search(queries, events, Root);

    /// <summary>The same over events that have the names of the query.</summary>
    public static IReadOnlyList<IReadOnlyList<long>> SearchNames(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events) => Search(queries, events, "");

    private static IReadOnlyList<IReadOnlyList<long>> Search(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events, string prefix)
    {
        SearchRow[] rows = [.. events.Select(e => InModel(e, prefix))];
        return [.. queries.Select(query => (IReadOnlyList<long>)[.. SplunkEngine.Run(query, rows).Select(row => (long)SearchRow.Number(row[Number])!.Value).Order()])];
    }

    private static SearchRow InModel(EngineEvent e, string prefix)
    {
        var row = SplunkEngine.RowOf(e);
        var model = new SearchRow { ["_time"] = row["_time"], [Root + Number] = (double)e.RecordId };
        foreach (var name in row.Names.Where(name => !name.StartsWith('_')))
        {
            model[prefix + name] = row[name];
        }

        return model;
    }
}
