using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>
/// What ties files together: correlations count rules of other files, filters change them. Only where the inputs have such
/// documents are all files held at once; otherwise each is read when its turn comes and forgotten after.
/// </summary>
/// <param name="Rules">The rules of all files, linked.</param>
/// <param name="Documents">The documents of each file.</param>
internal sealed record RuleLinks(RuleSet Rules, IReadOnlyDictionary<RuleInput, IReadOnlyList<ReadDocument>> Documents)
{
    private static readonly string[] TyingKeys = ["correlation", "filter"];

    /// <summary>Links the files, where they have something to link.</summary>
    /// <param name="inputs">All rule files.</param>
    /// <param name="filters">Filters from elsewhere that go over their rules.</param>
    /// <returns>The links; null where every rule stands for itself.</returns>
    public static RuleLinks? Of(IReadOnlyList<RuleInput> inputs, IReadOnlyList<ReadDocument> filters)
    {
        var documents = new Dictionary<RuleInput, IReadOnlyList<ReadDocument>>(ReferenceEqualityComparer.Instance);
        Read(inputs.Where(input => MayTie(input.Read(out _).Text)), documents);
        if (filters.Count == 0 && !documents.Values.Any(file => file.Any(document => document.Document is SigmaCorrelation or SigmaFilter)))
        {
            return null;
        }

        Read(inputs.Where(input => !documents.ContainsKey(input)).ToList(), documents);
        return new RuleLinks(RuleSet.Link([.. inputs.Where(documents.ContainsKey).SelectMany(input => documents[input]), .. filters]), documents);
    }

    private static void Read(IEnumerable<RuleInput> inputs, Dictionary<RuleInput, IReadOnlyList<ReadDocument>> documents)
    {
        foreach (RuleInput input in inputs)
        {
            SourceText source = input.Read(out Diagnostic? error);
            try
            {
                if (error is null)
                {
                    documents[input] = RuleReader.Read(source);
                }
            }
            catch (Exception)
            {
                // The file is read again when its turn comes, and fails there by itself, with a report.
            }
        }
    }

    /// <summary>
    /// Whether a text has a key of correlations or filters anywhere, since it may be quoted, indented or in braces. A detection
    /// may have the name too; whether the document is one is known when it is parsed.
    /// </summary>
    private static bool MayTie(string text) => Array.Exists(TyingKeys, key => HasKey(text, key));

    private static bool HasKey(string text, string key)
    {
        for (int at = text.IndexOf(key, StringComparison.Ordinal); at >= 0; at = text.IndexOf(key, at + 1, StringComparison.Ordinal))
        {
            ReadOnlySpan<char> behind = text.AsSpan(at + key.Length);
            behind = (behind is ['"' or '\'', ..] ? behind[1..] : behind).TrimStart(" \t");
            if (behind is [':', ..])
            {
                return true;
            }
        }

        return false;
    }
}
