namespace Sigma.Checks.Checking;

/// <summary>Which checks run, and how much their findings weigh.</summary>
internal sealed class CheckSelection
{
    private readonly HashSet<string> chosen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Severity> severities = new(StringComparer.Ordinal);
    private readonly HashSet<string> ignored = new(StringComparer.Ordinal);

    private CheckSelection()
    {
    }

    /// <summary>Whether a check runs.</summary>
    public bool Has(CheckInfo info) => chosen.Contains(info.Code);

    /// <summary>Whether a finding of reading is reported: an error is, unless it is ignored by name, since without it nothing else is said of the rule.</summary>
    public bool HasReading(CheckInfo info) => chosen.Contains(info.Code) || (info.Severity is Severity.Error && info.Code.StartsWith("SIG0", StringComparison.Ordinal) && !ignored.Contains(info.Code));

    /// <summary>The weight of a check's findings.</summary>
    public Severity SeverityOf(CheckInfo info) => severities.GetValueOrDefault(info.Code, info.Severity);

    /// <summary>Makes a selection.</summary>
    /// <param name="checks">All checks.</param>
    /// <param name="select">Words for those that run; none for the usual ones.</param>
    /// <param name="ignore">Words for those that do not.</param>
    /// <param name="weights">Other weights, as <c>word=weight</c>.</param>
    /// <param name="unknown">Takes the words that mean nothing.</param>
    public static CheckSelection Of(IReadOnlyList<Check> checks, IEnumerable<string> select, IEnumerable<string> ignore, IEnumerable<string> weights, List<string> unknown)
    {
        var selection = new CheckSelection();
        string[] wanted = [.. select];
        foreach (string word in wanted.Length == 0 || wanted[0].StartsWith('-') ? ["default", .. wanted] : wanted)
        {
            bool without = word.StartsWith('-');
            foreach (CheckInfo info in Find(checks, word.TrimStart('-'), unknown))
            {
                _ = without ? selection.chosen.Remove(info.Code) : selection.chosen.Add(info.Code);
                if (without)
                {
                    selection.ignored.Add(info.Code);
                }
            }
        }

        foreach (CheckInfo info in ignore.SelectMany(word => Find(checks, word, unknown)))
        {
            selection.chosen.Remove(info.Code);
            selection.ignored.Add(info.Code);
        }

        foreach (string pair in weights)
        {
            int equals = pair.LastIndexOf('=');
            if (equals > 0 && Enum.TryParse(pair.AsSpan(equals + 1), ignoreCase: true, out Severity weight) && Enum.IsDefined(weight))
            {
                foreach (CheckInfo info in Find(checks, pair[..equals], unknown))
                {
                    selection.severities[info.Code] = weight;
                }
            }
            else
            {
                unknown.Add(pair);
            }
        }

        return selection;
    }

    /// <summary>Whether a word means a check: its code or the beginning of it, its name, its group, or a name that it has elsewhere.</summary>
    public static bool Means(string word, CheckInfo info) =>
        word switch
        {
            "all" => true,
            "default" => info.IsDefault,
            _ when word.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) && word.Length > 3 && char.IsAsciiDigit(word[3]) =>
                info.Code.StartsWith(word, StringComparison.OrdinalIgnoreCase),
            _ => word == info.Name || Folded(word) == info.GroupName
                || info.Aliases.Any(alias => alias == word || alias.AsSpan(alias.IndexOf(':') + 1).SequenceEqual(word) || alias.AsSpan(0, alias.IndexOf(':')).SequenceEqual(word)),
        };

    private static string Folded(string word) => word.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Whether a word means at least one check, or one of another tool, or a note, that is left out for a reason.</summary>
    public static bool IsKnown(IEnumerable<Check> checks, string word) => checks.Any(check => Means(word, check.Info)) || Unsupported.Has(word[(word.IndexOf(':') + 1)..]) || ReadingCheck.Notes.Contains(word);

    private static List<CheckInfo> Find(IReadOnlyList<Check> checks, string word, List<string> unknown)
    {
        List<CheckInfo> found = [.. checks.Select(check => check.Info).Where(info => Means(word, info))];
        if (found.Count == 0 && !IsKnown(checks, word))
        {
            unknown.Add(word);
        }

        return found;
    }
}
