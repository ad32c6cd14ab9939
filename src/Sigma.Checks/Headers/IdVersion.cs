namespace Sigma.Checks.Headers;

/// <summary>The id is not a random UUID (version 4).</summary>
internal sealed class IdVersion : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1007", "id_version", CheckGroup.Metadata, Severity.Info, "the id is not a random UUID (version 4)")
        {
            Why = """
            The specification asks for random UUIDs of version 4. Others may be made from a time or a name, and two tools may make
            the same one.
            """,
            IsDefault = false,
            Wrong = "id: 6f1c2a0e-3b5d-1c8f-9a7e-2d4b6c8e0f13",
            Right = "id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("id") is { } id && Guid.TryParse(id.Value, out Guid read) && read.Version != 4)
        {
            report.Add(this, id.Span, $"the id is a UUID of version {read.Version}, not a random one");
        }
    }
}
