using Sigma.Checks.Facts;

namespace Sigma.Checks.Headers;

/// <summary>The licence is no identifier of the SPDX list.</summary>
internal sealed class LicenseUnknown : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1029", "license_unknown", CheckGroup.Metadata, Severity.Info, "the licence is no identifier of the SPDX list")
        {
            Hint = "write an identifier such as DRL-1.1, or LicenseRef- and a name of your own",
            Why = """
            The specification asks for an identifier of the SPDX list, which programs can tell apart. The program carries the
            list.
            """,
            Wrong = "license: free for all",
            Right = "license: DRL-1.1",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Text("license") is { } license && !license.Value.Split([' ', '(', ')'], StringSplitOptions.RemoveEmptyEntries).All(IsKnown))
        {
            report.Add(this, license.Span, $"'{license.Value}' is no identifier of the SPDX list");
        }
    }

    private static bool IsKnown(string word) =>
        word is "AND" or "OR" or "WITH" || word.StartsWith("LicenseRef-", StringComparison.Ordinal) || word.EndsWith("-exception", StringComparison.Ordinal) || Licenses.Has(word.TrimEnd('+'));
}
