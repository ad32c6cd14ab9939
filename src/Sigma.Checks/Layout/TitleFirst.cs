namespace Sigma.Checks.Layout;

/// <summary>The title is not the first key.</summary>
internal sealed class TitleFirst : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1807", "title_first", CheckGroup.Style, Severity.Info, "the title is not the first key")
        {
            Hint = "'sigmac fmt' puts the keys into the usual order",
            Why = "The public rules start with the title, so that it is the first thing that one sees.",
            Wrong = """
            id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
            title: Whoami Is Run
            logsource:
                product: windows
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: selection
            """,
            Right = """
            title: Whoami Is Run
            id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
            logsource:
                product: windows
            detection:
                selection:
                    Image|endswith: '\whoami.exe'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Root.Find("title") is { } title && rule.Root.Entries[0].Name is not ("title" or "action"))
        {
            report.Add(this, title.Key.Span);
        }
    }
}
