using Sigma.Attack;

namespace Sigma.Checks.Tagging;

/// <summary>ATT&amp;CK has retired what the tag names.</summary>
internal sealed class AttackRetired : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1105", "attack_retired", CheckGroup.Tags, Severity.Warning, "ATT&CK has retired what the tag names")
        {
            Why = """
            ATT&CK gives techniques and tactics other numbers and names from time to time, and tools that show the present matrix
            leave a retired one out. Where it has a successor, --fix writes that.
            """,
            Aliases = ["pysigma:attacktag"],
            Fix = FixKind.Safe,
            Wrong = """
            tags:
                - attack.execution
                - attack.t1086
            """,
            Right = """
            tags:
                - attack.execution
                - attack.t1059.001
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in rule.Texts("tags"))
        {
            if (AttackTags.Name(tag.Value) is not { } name)
            {
                continue;
            }

            if (AttackCatalog.BuiltIn.FindTechnique(name) is { IsRetired: true } technique)
            {
                string? successor = AttackCatalog.BuiltIn.Current(technique)?.Id.ToLowerInvariant();
                report.Add(
                    this, tag.Span, $"ATT&CK {AttackCatalog.BuiltInVersion} has retired {technique.Id}", successor is null ? "it has no successor" : $"write attack.{successor}",
                    successor is null || rule.Texts("tags").Any(other => other.Value == $"attack.{successor}") ? null : Edits.Safe("write the successor", Edits.Value(tag, $"attack.{successor}")));
            }
            else if (AttackCatalog.BuiltIn.FindTactic(name) is { IsRetired: true } tactic)
            {
                report.Add(this, tag.Span, $"ATT&CK {AttackCatalog.BuiltInVersion} has no tactic '{tactic.Key}' any more", "its techniques went to stealth and defense-impairment");
            }
        }
    }
}
