namespace Sigma.Checks.Conditions;

/// <summary>No condition uses the detection.</summary>
internal sealed class DetectionUnused : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1401", "dangling_detection", CheckGroup.Correctness, Severity.Warning, "no condition uses the detection")
        {
            Hint = "use it in a condition, or remove it",
            Why = """
            What stands in this detection is not searched for. Often the condition has not been changed together with the
            detections.
            """,
            Aliases = ["pysigma:dangling_detection"],
            Wrong = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                filter:
                    User: root
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                filter:
                    User: root
                condition: selection and not filter
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        IReadOnlyList<ConditionNode> searches = ConditionNames.Searches(rule);
        if (searches.Count == 0)
        {
            return;
        }

        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (ConditionNode leaf in searches.SelectMany(ConditionNames.Leaves))
        {
            used.UnionWith(leaf is SelectorCondition selector ? ConditionNames.Selected(rule, selector) : leaf is IdentifierCondition { Name: var name } ? [name] : []);
        }

        foreach (YamlEntry entry in rule.NamedDetections.Where(entry => !used.Contains(entry.Name)))
        {
            report.Add(this, entry.Key.Span, $"no condition uses the detection '{entry.Name}'");
        }
    }
}
