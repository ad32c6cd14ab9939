namespace Sigma.Checks.Tagging;

/// <summary>The tag of the kind of rule that the folder is for is missing.</summary>
internal sealed class FolderTag : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1119", "folder_tag", CheckGroup.Tags, Severity.Info, "the tag of the kind of rule that the folder is for is missing")
        {
            Why = """
            The public rules keep rules for incident response, emerging threats and hunting in folders of their own, and tag them
            so that they can be told apart without the folder.
            """,
            Aliases = ["sigmahq:sigmahq_tags_detection"],
            Fix = FixKind.Safe,
            Wrong = """
            tags:
                - attack.discovery
                - attack.t1033
            """,
            Right = """
            tags:
                - attack.discovery
                - attack.t1033
                - detection.threat-hunting
            """,
            WrongPath = "rules-threat-hunting/proc_creation_win_example_rule.yml",
            RightPath = "rules-threat-hunting/proc_creation_win_example_rule.yml",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        string? kind = rule.File.Path.Split('/').Select(folder => folder switch
        {
            "rules-dfir" => "dfir",
            "rules-emerging-threats" => "emerging-threats",
            "rules-threat-hunting" => "threat-hunting",
            _ => null,
        }).FirstOrDefault(found => found is not null);
        IReadOnlyList<YamlScalar> tags = rule.Texts("tags");
        if (kind is null || tags.Any(tag => tag.Value == $"detection.{kind}"))
        {
            return;
        }

        YamlScalar? last = tags.Count > 0 ? tags[^1] : null;
        TextEdit? added = last is null ? null : Edits.ItemsAfter(rule.Root["tags"], last, $"detection.{kind}");
        report.Add(
            this, last?.Span ?? rule.Place, $"rules of this folder have the tag detection.{kind}",
            fix: Edits.Safe("add it", added));
    }
}
