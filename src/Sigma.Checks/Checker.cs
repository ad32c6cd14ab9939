using System.Collections.Concurrent;
using Sigma.Checks.Fixing;
using Sigma.Checks.Proofs;
using Sigma.Queries;

namespace Sigma.Checks;

/// <summary>What was found in a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Findings">The findings by place.</param>
/// <param name="Suppressed">Those that a comment says are meant.</param>
internal sealed record CheckedFile(FileText File, IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> Suppressed)
{
    /// <summary>What is kept to compare rules of all files.</summary>
    public IReadOnlyList<RuleSummary> Rules { get; init; } = [];

    /// <summary>The comments that suppress findings, for findings that come later.</summary>
    public Suppressions Suppressions { get; init; } = new();
}

/// <summary>Checks rules. It keeps nothing from file to file, so several files may be checked at once.</summary>
/// <param name="selection">Which checks run.</param>
/// <param name="settings">What the user said about them.</param>
/// <param name="custom">The checks of the configuration; null for none.</param>
internal sealed class Checker(CheckSelection selection, CheckSettings settings, IReadOnlyList<RuleCheck>? custom = null)
{
    private static readonly UnusedSuppression Unused = new();

    private readonly RuleCheck[] ofRules = [.. CheckCatalog.Own.OfType<RuleCheck>().Concat(custom ?? []).Where(check => selection.Has(check.Info))];
    private readonly FileCheck[] ofFiles = [.. CheckCatalog.Own.OfType<FileCheck>().Where(check => selection.Has(check.Info))];
    private readonly RepositoryCheck[] ofAll = [.. CheckCatalog.Own.OfType<RepositoryCheck>().Where(check => selection.Has(check.Info))];

    private bool KeepsRules => Array.Exists(ofAll, check => check.NeedsRules);

    /// <summary>Checks a file.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="linked">What linking it with other files found, with the number of the document; null for nothing.</param>
    /// <param name="isAllowed">Whether a finding is wanted; null for all.</param>
    public CheckedFile Check(SourceText source, IEnumerable<(int Document, Diagnostic Finding)>? linked = null, Func<Finding, bool>? isAllowed = null)
    {
        FileText file = FileText.Read(source, settings);
        var report = new Report();
        foreach (FileCheck check in ofFiles)
        {
            check.Run(file, report);
        }

        foreach (RuleText rule in file.Rules)
        {
            report.Rule = rule;
            foreach (RuleCheck check in ofRules)
            {
                check.Run(rule, report);
            }
        }

        AddReading(file, linked ?? [], report.Findings);
        var suppressions = Suppressions.Of(file);
        var kept = new List<Finding>();
        var suppressed = new List<Finding>();
        bool IsWanted(Finding finding) => isAllowed?.Invoke(finding) is not false;
        IEnumerable<Finding> wanted = Weighed(WithoutNamesOfRefused(report.Findings)).Where(finding => selection.HasReading(finding.Info) && IsWanted(finding));
        foreach (Finding finding in Once(SaidOnce([.. wanted])))
        {
            (suppressions.Take(finding) ? suppressed : kept).Add(finding);
        }

        if (selection.Has(Unused.Info))
        {
            var late = new Report();
            Unused.Run(suppressions, late, comment => IsKnown(comment, file, IsWanted));
            kept.AddRange(Weighed(late.Findings).Where(IsWanted));
        }

        return new CheckedFile(file, [.. kept.OrderBy(finding => finding.Span.Start).ThenBy(finding => finding.Info.Code, StringComparer.Ordinal)], suppressed)
        {
            Rules = [.. file.Rules.Select(rule => RuleSummary.Of(rule) with { Rule = KeepsRules ? rule.Rule : null })],
            Suppressions = suppressions,
        };
    }

    /// <summary>Checks the rules of all files against each other.</summary>
    /// <param name="rules">What is kept of the rules.</param>
    public IReadOnlyList<Finding> CheckAll(IReadOnlyList<RuleSummary> rules)
    {
        var report = new Report();
        foreach (RepositoryCheck check in ofAll)
        {
            check.Run(rules, report);
        }

        return [.. Once(Weighed(report.Findings)).Select(finding => finding with { IsOfAll = true })];
    }

    /// <summary>Corrects a file.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="findings">What was found in it.</param>
    /// <param name="withUnsafe">Whether corrections are made too that are guesses, or change the query.</param>
    /// <param name="isAllowed">Whether a finding is wanted; null for all.</param>
    public FixedFile Fix(SourceText source, IReadOnlyList<Finding> findings, bool withUnsafe, Func<Finding, bool>? isAllowed = null) =>
        new FixRun(text => Check(text, null, isAllowed).Findings, withUnsafe, Equivalent).Run(source, findings);

    private static bool Equivalent(SigmaRule rule, Expr before, Expr after) =>
        Equivalence.Holds(before, after) || EventSolver.AreEqual(before, after, rule.LogSource.Product is "windows");

    /// <summary>Whether all that a comment may suppress was looked for when its file is done, and is reported where the comment stands.</summary>
    private bool IsKnown(Suppressions.Comment comment, FileText file, Func<Finding, bool> isWanted)
    {
        RuleText? rule = file.Rules.LastOrDefault(rule => rule.Place.Start <= comment.Span.Start) ?? file.Rules.FirstOrDefault();
        return !CheckCatalog.All.Any(check => comment.Words.Count == 0
            ? check is not RepositoryCheck && check.Info.IsDefault && !IsReported(check.Info)
            : comment.Words.Any(word => CheckSelection.Means(word, check.Info)) && (check is RepositoryCheck || !IsReported(check.Info)));

        bool IsReported(CheckInfo info) => selection.Has(info)
            && isWanted(new Finding(info, new Diagnostic(info.Diagnostic, comment.Span, info.Message, info.Hint), null, info.Aliases) { Rule = rule });
    }

    private void AddReading(FileText file, IEnumerable<(int Document, Diagnostic Finding)> linked, List<Finding> findings)
    {
        var rules = new Dictionary<ReadDocument, RuleText>(ReferenceEqualityComparer.Instance);
        foreach (RuleText rule in file.Rules)
        {
            rules[rule.Document] = rule;
        }

        IEnumerable<(int Document, Diagnostic Finding)> read = file.Documents.Index().SelectMany(document => document.Item.Diagnostics.Select(finding => (document.Index, finding)));
        foreach ((int number, Diagnostic diagnostic) in read.Concat(linked))
        {
            RuleText? rule = number < file.Documents.Count ? rules.GetValueOrDefault(file.Documents[number]) : null;
            if (ReadingCheck.FindingOf(diagnostic, file, rule) is { } finding)
            {
                findings.Add(finding);
            }
        }
    }

    /// <summary>What the reader of rules and a check say of one place is one finding, with the names that other tools have for either.</summary>
    private static IEnumerable<Finding> SaidOnce(IReadOnlyList<Finding> findings)
    {
        var restated = findings.Where(finding => finding.Info.Restates is not null).Select(finding => (finding.Info.Restates, finding.Span)).ToHashSet();
        if (restated.Count == 0)
        {
            return findings;
        }

        ILookup<(string, Span), string> names = findings.SelectMany(finding => finding.Aliases.Select(alias => (finding.Info.Code, finding.Span, alias)))
            .ToLookup(named => (named.Code, named.Span), named => named.alias);
        return findings.Where(finding => !restated.Contains((finding.Info.Code, finding.Span)))
            .Select(finding => finding.Info.Restates is not { } code ? finding
                : finding with { Aliases = [.. finding.Aliases.Union(names[(code, finding.Span)])] });
    }

    /// <summary>What a template gives to several rules of a file is wrong once, and corrected as any of them can be.</summary>
    private static IEnumerable<Finding> Once(IEnumerable<Finding> findings) =>
        findings.GroupBy(finding => (finding.Info.Code, finding.Span, finding.Diagnostic.Message)).Select(equal => equal.FirstOrDefault(finding => finding.Fix is not null) ?? equal.First());

    /// <summary>A rule that the usual loader refuses is seen by none of its validators.</summary>
    private static IEnumerable<Finding> WithoutNamesOfRefused(List<Finding> findings)
    {
        var refused = new HashSet<RuleText>(ReferenceEqualityComparer.Instance);
        bool file = false;
        foreach (Finding finding in findings.Where(finding => finding.IsRefusedElsewhere))
        {
            file |= finding.Rule is null;
            if (finding.Rule is { } rule)
            {
                refused.Add(rule);
            }
        }

        return !file && refused.Count == 0 ? findings : findings.Select(finding => !file && (finding.Rule is null || !refused.Contains(finding.Rule)) ? finding
            : finding with { Aliases = [.. finding.Aliases.Where(alias => !alias.StartsWith("pysigma:", StringComparison.Ordinal) && !alias.StartsWith("sigmahq:", StringComparison.Ordinal))] });
    }

    private IEnumerable<Finding> Weighed(IEnumerable<Finding> findings) => findings.Select(finding => selection.SeverityOf(finding.Info) is var weight && weight != finding.Severity
        ? finding with { Diagnostic = finding.Diagnostic with { Code = Weights.GetOrAdd((finding.Info.Code, weight), _ => finding.Diagnostic.Code with { Severity = weight }) } }
        : finding);

    private static readonly ConcurrentDictionary<(string Code, Severity Weight), DiagnosticCode> Weights = new();
}
