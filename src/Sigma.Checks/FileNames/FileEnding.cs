namespace Sigma.Checks.FileNames;

/// <summary>The name of the file does not end in .yml.</summary>
internal sealed class FileEnding : FileCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1820", "file_ending", CheckGroup.Style, Severity.Warning, "the name of the file does not end in .yml")
        {
            Why = "Some tools read .yml only, so a rule in a .yaml is left out without a word.",
            Wrong = "author: Erika",
            Right = "author: Erika",
            WrongPath = "rules/proc_creation_win_example_rule.yaml",
        };

    /// <inheritdoc/>
    public override void Run(FileText file, Report report)
    {
        if (file.HasPath && !file.Name.EndsWith(".yml", StringComparison.Ordinal))
        {
            report.Add(this, file.Start, $"the name '{file.Name}' does not end in .yml");
        }
    }
}
