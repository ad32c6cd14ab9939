namespace Sigma.Checks.FileNames;

/// <summary>The name of the file is shorter than 10 or longer than 90 characters.</summary>
internal sealed class FileNameLength : FileCheck
{
    private static readonly CheckNumber Least = new("filename_length.min_size", 10);
    private static readonly CheckNumber Most = new("filename_length.max_size", 90);

    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1821", "filename_length", CheckGroup.Style, Severity.Info, "the name of the file is shorter than 10 or longer than 90 characters")
        {
            Why = "A short name says nothing, and some systems cannot hold a long one together with its folders.",
            Numbers = [Least, Most],
            Aliases = ["pysigma:filename_length"],
            Wrong = "author: Erika",
            Right = "author: Erika",
            WrongPath = "rules/a.yml",
        };

    /// <inheritdoc/>
    public override void Run(FileText file, Report report)
    {
        int least = file.Number(Least);
        int most = file.Number(Most);
        if (file.HasPath && file.Name.Length is var length && (length < least || length > most))
        {
            report.Add(this, file.Start, $"the name '{file.Name}' has {length} characters; {least} to {most} are usual");
        }
    }
}
