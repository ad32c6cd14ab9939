using Sigma.Engines.Tests.Hostile.Readers;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>A query of LogScale.</summary>
internal sealed class LogScaleOutlet() : QueryOutlet("logscale", "logscale", null, "raw")
{
    public override int Share => 30;

    public override Reading Read(Output output) => LogScaleReader.Read(output.Text!);
}

/// <summary>An alert of LogScale, a resource for Kubernetes.</summary>
internal sealed class LogScaleObjectOutlet() : QueryOutlet("logscale alert", "logscale", "alert", "view", "cluster", "action", "interval")
{
    public override int Share => 20;

    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Title, Place.Title, Place.Id, Place.Description, Place.Description, Place.Tag];

    public override Reading Read(Output output)
    {
        using var document = JsonReader.Parse(DetectionObjectOutlet.JsonOf(output.Text!));
        var spec = document.RootElement.GetProperty("spec");
        var reading = LogScaleReader.Read(JsonReader.Text(spec, "queryString")!);
        reading.Structure.UnionWith(JsonReader.Keys(document.RootElement));
        reading.Texts.Add(("name", JsonReader.Text(spec, "name")!));
        return reading;
    }

    public override string? Misread(Output output, Reading reading) =>
        output.Rule.Has(Place.Title) && !Meaning.Letters(reading.Of("name").Single()).Contains(Meaning.Letters(output.Rule[Place.Title]), StringComparison.Ordinal)
            ? "the name is " + reading.Of("name").Single() : null;
}
