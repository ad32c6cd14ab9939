namespace Sigma.Checks.Checking;

/// <summary>
/// What the reader of rules reports, in the form of a check: an error of reading is a finding like any other. Each code of
/// reading has one, except notes.
/// </summary>
/// <param name="info">The code's name and group.</param>
internal sealed class ReadingCheck(CheckInfo info) : Check
{
    private static readonly Lazy<Dictionary<string, ReadingCheck>> ByCode = new(() => All().ToDictionary(check => check.Info.Code, StringComparer.Ordinal));

    /// <inheritdoc/>
    public override CheckInfo Info { get; } = info;

    /// <summary>Notes of a conversion on what has no query of its own: nothing is wrong with the rule, so they are no findings.</summary>
    public static IReadOnlyList<string> Notes { get; } = [Codes.PartOfCorrelation.Id, Codes.FilterApplied.Id];

    /// <summary>All of them.</summary>
    public static IEnumerable<ReadingCheck> Known => ByCode.Value.Values;

    /// <summary>Adds a finding of the reader.</summary>
    /// <param name="diagnostic">The finding.</param>
    /// <param name="file">The file.</param>
    /// <param name="rule">The document; null where none could be read.</param>
    public static Finding? FindingOf(Diagnostic diagnostic, FileText file, RuleText? rule)
    {
        if (!ByCode.Value.TryGetValue(diagnostic.Code.Id, out ReadingCheck? check))
        {
            return null;
        }

        Diagnostic placed = diagnostic.Span is null ? diagnostic with { Span = new Span(file.Source, 0, 0) } : diagnostic;
        (IReadOnlyList<string> aliases, bool refused) = Elsewhere.Of(diagnostic, rule);
        return new Finding(check.Info, placed, null, aliases) { Rule = rule, IsRefusedElsewhere = refused || (diagnostic.Severity is Severity.Error && !Elsewhere.IsReadThere(diagnostic.Code.Id)) };
    }

    private static IEnumerable<ReadingCheck> All()
    {
        foreach (string[] row in EmbeddedTable.Read(typeof(ReadingCheck).Assembly, "diagnostics.tsv", 3))
        {
            DiagnosticCode code = Codes.Find(row[0])!;
            yield return new ReadingCheck(new CheckInfo(row[0], row[1], Enum.Parse<CheckGroup>(row[2], ignoreCase: true), code.Severity, code.Message)
            {
                Hint = code.FixedHint,
                Why = code.Explanation,
                Aliases = Elsewhere.All(row[0]),
            });
        }
    }
}
