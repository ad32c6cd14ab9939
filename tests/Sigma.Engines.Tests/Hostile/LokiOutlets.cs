using System.Text.Json;
using Sigma.Engines.Tests.Hostile.Readers;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>A query of Grafana Loki.</summary>
internal sealed class LokiOutlet() : QueryOutlet("logql", "logql", null)
{
    public override int Share => 30;

    public override Reading Read(Output output) => LokiReader.Read(output.Text!);
}

/// <summary>A file of the ruler of Loki or of Grafana's alerting, with a query of LogQL in it.</summary>
internal sealed class LokiObjectOutlet(string format, params string[] options) : QueryOutlet("logql " + format, "logql", format, options)
{
    public override int Share => 20;

    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Title, Place.Title, Place.Id, Place.Description, Place.Description, Place.Tag, Place.Reference, Place.FalsePositive];

    public override Reading Read(Output output)
    {
        using var document = JsonReader.Parse(DetectionObjectOutlet.JsonOf(output.Text!));
        var rule = document.RootElement.GetProperty("groups")[0].GetProperty("rules")[0];
        var query = Format == "ruler" ? JsonReader.Text(rule, "expr")! : rule.GetProperty("data")[0].GetProperty("model").GetProperty("expr").GetString()!;
        var reading = LokiReader.Read(query);
        reading.Structure.UnionWith(JsonReader.Keys(document.RootElement));
        foreach (var note in rule.GetProperty("annotations").EnumerateObject())
        {
            reading.Texts.Add((note.Name, note.Value.ValueKind is JsonValueKind.String ? note.Value.GetString()! : throw new Unreadable("an annotation that is no text")));
        }

        if (reading.Texts.Exists(text => text.Kind is "summary" or "description" && text.Text.Contains("{{", StringComparison.Ordinal)))
        {
            throw new Unreadable("a template in an annotation");
        }

        return reading;
    }

    public override string? Misread(Output output, Reading reading) =>
        output.Rule.Has(Place.Title) && !Meaning.Letters(reading.Of("summary").SingleOrDefault() ?? "").Contains(Meaning.Letters(output.Rule[Place.Title]), StringComparison.Ordinal)
            ? "the summary is " + reading.Of("summary").SingleOrDefault() : null;
}
