using Sigma.Checks.Facts;

namespace Sigma.Checks.FileNames;

/// <summary>The name of the file does not begin as those of its log source do.</summary>
internal sealed class FileNamePrefix : FileCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1823", "filename_prefix", CheckGroup.Style, Severity.Info, "the name of the file does not begin as those of its log source do")
        {
            Why = "The public rules start their names with the log source, so that a folder is sorted by it.",
            Aliases = ["sigmahq:sigmahq_filename_prefix"],
            IsDefault = false,
            Wrong = "author: Erika",
            Right = "author: Erika",
            WrongPath = "rules/whoami_example_rule.yml",
        };

    /// <inheritdoc/>
    public override void Run(FileText file, Report report)
    {
        if (!file.HasPath || file.Rules.Count == 0 || (file.Rules.Any(rule => rule.IsRule) && file.Rules.Any(rule => rule.Kind is DocumentKind.Correlation)))
        {
            return;
        }

        if (file.Rules[0] is { IsRule: true } first && LogSourceTable.PrefixOf(first) is { } prefix && !file.Name.StartsWith(prefix, StringComparison.Ordinal))
        {
            report.Add(this, file.Start, $"the name '{file.Name}' does not begin with '{prefix}'");
        }
    }
}
