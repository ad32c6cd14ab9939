namespace Sigma.Checks.FileNames;

/// <summary>The name of the file has other characters than small letters, digits and underscores, or no underscore.</summary>
internal sealed partial class FileNameForm : FileCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1822", "filename_form", CheckGroup.Style, Severity.Info, "the name of the file has other characters than small letters, digits and underscores, or no underscore")
        {
            Why = "The public rules have names of small letters, digits and underscores, which every system and shell takes as they are.",
            Aliases = ["sigmahq:sigmahq_filename_convention"],
            IsDefault = false,
            Wrong = "author: Erika",
            Right = "author: Erika",
            WrongPath = "rules/Whoami-Rule-Example.yml",
        };

    /// <inheritdoc/>
    public override void Run(FileText file, Report report)
    {
        if (file.HasPath && (!Form().IsMatch(file.Name) || !file.Name.Contains('_')))
        {
            report.Add(this, file.Start, $"the name '{file.Name}' has other characters than small letters, digits and underscores, or no underscore");
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^[a-z0-9_]{10,90}\.yml")]
    private static partial System.Text.RegularExpressions.Regex Form();
}
