using Sigma.Attack;

namespace Sigma.Checks.Tagging;

/// <summary>The tactic is written with underscores.</summary>
internal sealed class AttackUnderscore : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1106", "attack_underscore", CheckGroup.Tags, Severity.Info, "the tactic is written with underscores")
        {
            Why = "Version 2 of the specification writes the names of tactics with dashes, as in attack.initial-access.",
            Aliases = ["pysigma:attacktag"],
            Fix = FixKind.Safe,
            Wrong = """
            tags:
                - attack.privilege_escalation
            """,
            Right = """
            tags:
                - attack.privilege-escalation
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlScalar tag in rule.Texts("tags"))
        {
            if (AttackTags.Name(tag.Value) is not { } name || !name.Contains('_'))
            {
                continue;
            }

            if (AttackCatalog.BuiltIn.FindTactic(name) is { } tactic)
            {
                report.Add(this, tag.Span, fix: Edits.Safe("write dashes", Edits.Value(tag, $"attack.{tactic.Key}")));
            }
            else
            {
                report.Add(this, tag.Span, $"ATT&CK {AttackCatalog.BuiltInVersion} has no '{name}'");
            }
        }
    }
}
