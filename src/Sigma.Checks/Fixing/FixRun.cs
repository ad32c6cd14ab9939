using System.Text;
using Sigma.Queries;

namespace Sigma.Checks.Fixing;

/// <summary>What became of a file.</summary>
/// <param name="Text">Its text now.</param>
/// <param name="Applied">The findings that were corrected.</param>
/// <param name="Refused">The findings whose correction would not be proved to keep the rule.</param>
internal sealed record FixedFile(string Text, IReadOnlyList<Finding> Applied, IReadOnlyList<Finding> Refused);

/// <summary>
/// Corrects a file: all corrections that do not touch each other at once, and again what is found then, until nothing is left. Each
/// round is proved by the plans before and after; where the proof fails, the corrections are tried one by one.
/// </summary>
/// <param name="check">Finds what is wrong with a text.</param>
/// <param name="withUnsafe">Whether corrections are made too that are guesses, or change the query.</param>
/// <param name="equivalent">Proves that two expressions select the same events; null if nothing can.</param>
internal sealed class FixRun(Func<SourceText, IReadOnlyList<Finding>> check, bool withUnsafe, Func<SigmaRule, Expr, Expr, bool>? equivalent)
{
    /// <summary>How often what is corrected is checked again.</summary>
    private const int MostRounds = 10;

    /// <summary>Corrects a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="findings">What was found in it.</param>
    public FixedFile Run(SourceText source, IReadOnlyList<Finding> findings)
    {
        string text = source.Text;
        var applied = new List<Finding>();
        var refused = new Dictionary<string, Finding>(StringComparer.Ordinal);
        IReadOnlyList<Finding> left = findings;
        for (int round = 0; round < MostRounds; round++)
        {
            var at = new SourceText(source.Path, text, source.Limits);
            Finding[] chosen = [.. Chosen(left, refused)];
            if (chosen.Length == 0)
            {
                break;
            }

            IReadOnlyList<ReadDocument> before = RuleReader.Read(at);
            List<Finding> taken = Kept(before, at, chosen) ? [.. chosen] : [];
            foreach (Finding one in taken.Count > 0 ? [] : chosen)
            {
                (Kept(before, at, [.. taken, one]) ? taken : Add(refused, one)).Add(one);
            }

            if (taken.Count == 0)
            {
                continue;
            }

            text = Apply(text, taken.SelectMany(finding => finding.Fix!.Edits));
            applied.AddRange(taken);
            left = check(new SourceText(source.Path, text, source.Limits));
        }

        return new FixedFile(text, applied, [.. refused.Values]);
    }

    /// <summary>Makes changes that do not touch each other. What they add gets the line ends of the text.</summary>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        var result = new StringBuilder(text.Length);
        string lineEnd = LineEnds.Of(text);
        int at = 0;
        foreach (TextEdit edit in edits.Distinct().OrderBy(edit => edit.Start).ThenBy(edit => edit.Length))
        {
            result.Append(text, at, edit.Start - at).Append(InLines(edit.Text, lineEnd));
            at = edit.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static string InLines(string text, string lineEnd) => lineEnd == "\n" || !text.AsSpan().ContainsAny('\n', '\r') ? text
        : text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", lineEnd, StringComparison.Ordinal);

    private static List<Finding> Add(Dictionary<string, Finding> refused, Finding finding)
    {
        refused.TryAdd(Key(finding), finding);
        return [];
    }

    private static string Key(Finding finding) => $"{finding.Fingerprint}{finding.Fix!.Title}";

    /// <summary>The corrections that are wanted and do not touch an earlier one.</summary>
    private IEnumerable<Finding> Chosen(IReadOnlyList<Finding> findings, Dictionary<string, Finding> refused)
    {
        var taken = new List<TextEdit>();
        foreach (Finding finding in findings.Where(finding => finding.Fix is { } fix && (fix.IsSafe || withUnsafe) && !refused.ContainsKey(Key(finding))))
        {
            TextEdit[] edits = [.. finding.Fix!.Edits.OrderBy(edit => edit.Start)];

            // Two keys that share a value by an alias would change it twice.
            bool apart = !edits.Zip(edits.Skip(1)).Any(pair => pair.First.End > pair.Second.Start);
            if (apart && edits.All(edit => taken.TrueForAll(other => edit.End < other.Start || edit.Start > other.End || (edit == other && edit.Length > 0))))
            {
                taken.AddRange(edits);
                yield return finding;
            }
        }
    }

    private bool Kept(IReadOnlyList<ReadDocument> before, SourceText source, IReadOnlyList<Finding> fixes)
    {
        string text = Apply(source.Text, fixes.SelectMany(finding => finding.Fix!.Edits));
        IReadOnlyList<ReadDocument> after = RuleReader.Read(new SourceText(source.Path, text, source.Limits));
        return PlanComparison.Same(before, after, fixes.All(finding => finding.Fix!.IsSafe) ? null : equivalent);
    }
}
