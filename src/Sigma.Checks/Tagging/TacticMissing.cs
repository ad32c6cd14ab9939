using Sigma.Attack;

namespace Sigma.Checks.Tagging;

/// <summary>A tactic of a technique is not among the tags.</summary>
internal sealed class TacticMissing : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1107", "tactic_missing", CheckGroup.Tags, Severity.Info, "a tactic of a technique is not among the tags")
        {
            Why = """
            Tools that show rules by tactic need the tactic as a tag. A technique may belong to several; --fix adds those that are
            missing.
            """,
            Aliases = ["sigmahq:sigmahq_tags_techniques_without_tactics"],
            Fix = FixKind.Safe,
            Wrong = """
            tags:
                - attack.t1033
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
        IReadOnlyList<YamlScalar> tags = rule.Texts("tags");
        var present = new HashSet<string>(tags.Select(tag => tag.Value.Replace('_', '-')), StringComparer.OrdinalIgnoreCase);
        foreach (YamlScalar tag in tags)
        {
            if (AttackTags.Name(tag.Value) is not { } name || AttackCatalog.BuiltIn.FindTechnique(name) is not { IsRetired: false } technique)
            {
                continue;
            }

            string[] missing = [.. technique.Tactics.Where(tactic => present.Add("attack." + tactic))];
            if (missing.Length > 0)
            {
                Fix? fix = Edits.Safe("add it", Edits.ItemsAfter(rule.Root["tags"], tag, missing.Select(tactic => "attack." + tactic)));
                report.Add(this, tag.Span, $"{technique.Id} belongs to {string.Join(", ", missing)}, which {(missing.Length == 1 ? "is" : "are")} not among the tags", fix: fix);
            }
        }
    }
}
