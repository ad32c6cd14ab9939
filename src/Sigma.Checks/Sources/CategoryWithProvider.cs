using Sigma.Checks.Facts;

namespace Sigma.Checks.Sources;

/// <summary>The category implies the provider.</summary>
internal sealed class CategoryWithProvider : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1206", "category_provider", CheckGroup.LogSource, Severity.Info, "the category implies the provider")
        {
            Hint = "leave Provider_Name out",
            Why = "The category stands for events of several providers. With one in the rule, the others are not found.",
            Aliases = ["sigmahq:sigmahq_category_windows_provider_name"],
            Wrong = """
            detection:
                selection:
                    Provider_Name: Microsoft-Windows-Sysmon
                    Image|endswith: '\whoami.exe'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        string category = rule.LogSource("category");
        if (!rule.IsRule || rule.LogSource("product") != "windows")
        {
            return;
        }

        foreach (ItemText item in rule.Items.Where(item => item.Field == "Provider_Name"))
        {
            foreach (YamlScalar value in item.Values.Where(value => WindowsCategories.HasProvider(category, value.Value)))
            {
                report.Add(this, value.Span, $"the category {category} implies the provider '{value.Value}'");
            }
        }
    }
}
