using System.Globalization;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Counts the findings of a run by code, for the last lines of its messages, and knows which warnings have been told often enough.</summary>
internal sealed class FindingTally
{
    /// <summary>So many messages are seen at a glance.</summary>
    private const int Few = 5;

    /// <summary>So many warnings of a kind are shown as they are.</summary>
    private const int Shown = 3;

    /// <summary>So many reasons are named of what is not shown.</summary>
    private const int Named = 3;

    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Code, string Kind), int> told = [];
    private readonly HashSet<string> ofRule = new(StringComparer.Ordinal);
    private long messages;

    /// <summary>Counts equal findings of a rule.</summary>
    /// <param name="finding">One of them.</param>
    /// <param name="said">How many messages they have.</param>
    /// <param name="count">How many there are.</param>
    public void Add(Diagnostic finding, int said, int count)
    {
        messages += said;
        if (!entries.TryGetValue(finding.Code.Id, out Entry? entry))
        {
            entries[finding.Code.Id] = entry = new Entry(finding.Code.Id, finding.Severity);
        }

        (string kind, string reason) = Parts(finding);
        told[(finding.Code.Id, kind)] = told.GetValueOrDefault((finding.Code.Id, kind)) + said;
        entry.Findings += count;
        entry.Folded += said == 0 ? count : 0;
        entry.Reasons[reason] = entry.Reasons.GetValueOrDefault(reason) + count;
        entry.Rules += ofRule.Add(finding.Code.Id) ? 1 : 0;
    }

    /// <summary>Whether a warning of this kind has been shown for some rules, so that it only counts for the others.</summary>
    public bool IsTold(Diagnostic finding) => finding.Severity is Severity.Warning && told.GetValueOrDefault((finding.Code.Id, Parts(finding).Kind)) >= Shown;

    /// <summary>What follows belongs to another rule.</summary>
    public void EndRule() => ofRule.Clear();

    /// <summary>One line per code, the most frequent errors first; none while there are few messages.</summary>
    public IEnumerable<string> Lines()
    {
        Entry[] sorted = [.. entries.Values.OrderByDescending(entry => entry.Severity).ThenByDescending(entry => entry.Findings).ThenBy(entry => entry.Code, StringComparer.Ordinal)];
        if (messages <= Few && !Array.Exists(sorted, entry => entry.Folded > 0))
        {
            yield break;
        }

        foreach (Entry entry in sorted)
        {
            string findings = Pluralizer.Count(entry.Findings, entry.Severity is Severity.Info ? "message" : entry.Severity.ToString().ToLowerInvariant());
            string explained = ReferenceEquals(entry, sorted[0]) ? $"; 'sigmac explain {entry.Code}' says what the code means" : "";
            yield return $"{entry.Code}: {findings} in {Pluralizer.Count(entry.Rules, "rule")}{explained}{(entry.Folded > 0 ? $"; '-v' shows each: {entry.MostFrequent()}" : "")}";
        }
    }

    /// <summary>What all warnings of a kind say, as <c>the grep query selects more events than the rule</c>, and why this one says it.</summary>
    private static (string Kind, string Reason) Parts(Diagnostic finding)
    {
        int colon = finding.Message.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? ("", finding.Message) : (finding.Message[..colon], finding.Message[(colon + 2)..]);
    }

    private sealed class Entry(string code, Severity severity)
    {
        public string Code => code;

        public Severity Severity => severity;

        public long Findings { get; set; }

        public long Rules { get; set; }

        /// <summary>How many are not shown.</summary>
        public long Folded { get; set; }

        /// <summary>The reasons with their counts.</summary>
        public Dictionary<string, long> Reasons { get; } = new(StringComparer.Ordinal);

        /// <summary>The most frequent reasons, each with its count.</summary>
        public string MostFrequent()
        {
            string[] most = [.. Reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal).Take(Named).Select(reason => $"{reason.Key} ({Grouped(reason.Value)})")];
            return string.Join("; ", most) + (Reasons.Count > Named ? $"; and {Pluralizer.Count(Reasons.Count - Named, "other reason")}" : "");
        }

        private static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
    }
}
