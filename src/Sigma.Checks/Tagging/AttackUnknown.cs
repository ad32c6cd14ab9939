using Sigma.Attack;
using Sigma.Checks.Facts;

namespace Sigma.Checks.Tagging;

/// <summary>ATT&amp;CK has nothing of this name.</summary>
internal sealed class AttackUnknown : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1104", "attack_unknown", CheckGroup.Tags, Severity.Warning, "ATT&CK has nothing of this name")
        {
            Why = """
            The tag names a tactic, technique, group, software, data source or mitigation that ATT&CK does not have. The program
            carries techniques and tactics of version 19 and the others of version 17.1.
            """,
            Aliases = ["pysigma:attacktag"],
            Wrong = """
            tags:
                - attack.discovery
                - attack.t9999
            """,
            Right = """
            tags:
                - attack.discovery
                - attack.t1033
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in rule.Texts("tags"))
        {
            if (AttackTags.Name(tag.Value) is { } name && !name.Contains('_') && !IsKnown(name))
            {
                report.Add(this, tag.Span, $"ATT&CK {AttackCatalog.BuiltInVersion} has no '{name}'", Suggestion.For(name, AttackCatalog.BuiltIn.Tactics.Select(tactic => tactic.Key)));
            }
        }
    }

    private static bool IsKnown(string name) =>
        AttackCatalog.BuiltIn.FindTechnique(name) is not null || AttackCatalog.BuiltIn.FindTactic(name) is not null || AttackObjects.Has(name);
}
