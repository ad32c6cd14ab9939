using Sigma.Engines.Tests.Hostile.Readers;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>A search in UDM.</summary>
internal sealed class SecOpsOutlet() : QueryOutlet("secops", "secops", null, "text_lists", "number_fields")
{
    public override int Share => 30;

    public override Reading Read(Output output) => SecOpsReader.ReadSearch(output.Text!);
}

/// <summary>A rule of YARA-L.</summary>
internal sealed class SecOpsRuleOutlet() : QueryOutlet("secops rule", "secops", "rule")
{
    public override int Share => 30;

    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Title, Place.Title, Place.Id, Place.Description, Place.Description, Place.Tag];

    public override Reading Read(Output output) => SecOpsReader.ReadRule(output.Text!);

    public override string? Misread(Output output, Reading reading) =>
        output.Rule.Has(Place.Title) && !Meaning.Letters(reading.Of("rule_name").Single()).Contains(Meaning.Letters(output.Rule[Place.Title]), StringComparison.Ordinal)
            ? "the name is " + reading.Of("rule_name").Single() : null;
}
