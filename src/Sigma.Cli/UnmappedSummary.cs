using System.Globalization;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>
/// Folds the warnings about names that no pipeline maps: thousands of rules ask for the same few fields, and one line with
/// counts says more than a line for each. A few are shown as they are, with their places.
/// </summary>
/// <param name="settings">With <c>--verbose</c>, and with <c>--strict</c>, where each fails its rule, nothing is folded.</param>
internal sealed class UnmappedSummary(MessageSettings settings)
{
    /// <summary>So many findings of a run are shown as they are.</summary>
    private const int Few = 3;

    /// <summary>So many names are in a summary.</summary>
    private const int Named = 5;

    private readonly Dictionary<(DiagnosticCode Code, string Target), Fold> folds = [];

    /// <summary>Keeps a finding for the end of the run.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="rule">The number of the rule.</param>
    /// <param name="path">The rule's file.</param>
    /// <returns>Whether it is kept; otherwise it is to be said now.</returns>
    public bool Takes(Diagnostic finding, int rule, string path)
    {
        if (finding is not { Severity: Severity.Warning, Name: { } name } || settings.Verbose || settings.Strict)
        {
            return false;
        }

        if (!folds.TryGetValue((finding.Code, name.Target), out Fold? fold))
        {
            folds[(finding.Code, name.Target)] = fold = new Fold();
        }

        fold.Add(finding, name, rule, path);
        return true;
    }

    /// <summary>What is said at the end of the run.</summary>
    /// <param name="rules">The number of rules of the run.</param>
    public IEnumerable<(Diagnostic Finding, string? Path)> Findings(int rules)
    {
        foreach (((DiagnosticCode code, string target), Fold fold) in folds.OrderBy(fold => fold.Key.Code.Id, StringComparer.Ordinal))
        {
            if (fold.First.Count <= Few)
            {
                foreach ((Diagnostic finding, string path) in fold.First)
                {
                    yield return (finding, path);
                }

                continue;
            }

            Diagnostic summary = code == Codes.FieldNotMapped
                ? Diagnostic.FieldsOfRunNotMapped(null, fold.Rules.Count, rules, target, fold.MostFrequent())
                : Diagnostic.LogSourcesOfRunNotMapped(null, fold.Rules.Count, rules, target, fold.MostFrequent());
            yield return (summary.WithHint(fold.Hint(summary.Hint)), fold.Rules.Count == 1 ? fold.First[0].Path : null);
        }
    }

    /// <summary>The findings of one kind for one target.</summary>
    private sealed class Fold
    {
        private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> pipelines = new(StringComparer.Ordinal);
        private int findings;

        /// <summary>The numbers of the rules.</summary>
        public HashSet<int> Rules { get; } = [];

        /// <summary>The first findings, one more than may be shown.</summary>
        public List<(Diagnostic Finding, string Path)> First { get; } = [];

        public void Add(Diagnostic finding, UnmappedName name, int rule, string path)
        {
            Rules.Add(rule);
            findings++;
            names[name.Name] = names.GetValueOrDefault(name.Name) + 1;
            if (name.Pipeline is { } pipeline)
            {
                pipelines[pipeline] = pipelines.GetValueOrDefault(pipeline) + 1;
            }

            if (First.Count <= Few)
            {
                First.Add((finding, path));
            }
        }

        /// <summary>The most frequent names, each with its number of rules.</summary>
        public string MostFrequent()
        {
            string[] most = [.. names.OrderByDescending(name => name.Value).ThenBy(name => name.Key, StringComparer.Ordinal).Take(Named).Select(name => $"'{name.Key}' ({Grouped(name.Value)})")];
            string more = names.Count > Named ? $" and {Grouped(names.Count - Named)} more" : "";
            return string.Join(", ", most) + more;
        }

        /// <summary>The pipelines that map them, with how much of it; and what is to be done anyway.</summary>
        public string Hint(string? always)
        {
            IEnumerable<string> known = pipelines.OrderByDescending(pipeline => pipeline.Value).ThenBy(pipeline => pipeline.Key, StringComparer.Ordinal).Take(Few)
                .Select(pipeline => $"'-p {pipeline.Key}' maps {(pipeline.Value == findings ? "all of them" : $"{Grouped(pipeline.Value)} of these {Grouped(findings)} uses")}");
            return string.Join("; ", [.. known, .. always is null ? (string[])[] : [always]]);
        }

        private static string Grouped(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
    }
}
