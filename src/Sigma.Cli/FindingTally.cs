using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Counts the findings of a run by code, for the last lines of its messages.</summary>
internal sealed class FindingTally
{
    /// <summary>So many messages are seen at a glance.</summary>
    private const int Few = 5;

    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
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

        entry.Findings += count;
        entry.Rules += ofRule.Add(finding.Code.Id) ? 1 : 0;
    }

    /// <summary>What follows belongs to another rule.</summary>
    public void EndRule() => ofRule.Clear();

    /// <summary>One line per code, the most frequent errors first; none while there are few messages.</summary>
    public IEnumerable<string> Lines()
    {
        if (messages <= Few)
        {
            yield break;
        }

        Entry[] sorted = [.. entries.Values.OrderByDescending(entry => entry.Severity).ThenByDescending(entry => entry.Findings).ThenBy(entry => entry.Code, StringComparer.Ordinal)];
        foreach (Entry entry in sorted)
        {
            string findings = Pluralizer.Count(entry.Findings, entry.Severity is Severity.Info ? "message" : entry.Severity.ToString().ToLowerInvariant());
            string explained = ReferenceEquals(entry, sorted[0]) ? $"; 'sigmac explain {entry.Code}' says what the code means" : "";
            yield return $"{entry.Code}: {findings} in {Pluralizer.Count(entry.Rules, "rule")}{explained}";
        }
    }

    private sealed class Entry(string code, Severity severity)
    {
        public string Code => code;

        public Severity Severity => severity;

        public long Findings { get; set; }

        public long Rules { get; set; }
    }
}
