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
    /// <summary>Links the files, where they have something to link.</summary>
    /// <param name="inputs">All rule files.</param>
    /// <returns>The links; null where every rule stands for itself.</returns>
    public static RuleLinks? Of(IReadOnlyList<RuleInput> inputs)
    {
        if (!inputs.Any(input => Ties(input.Read(out _).Text)))
        {
            return null;
        }

        var documents = new Dictionary<RuleInput, IReadOnlyList<ReadDocument>>(ReferenceEqualityComparer.Instance);
        foreach (RuleInput input in inputs)
        {
            SourceText source = input.Read(out Diagnostic? error);
            if (error is null)
            {
                documents[input] = RuleReader.Read(source);
            }
        }

        return new RuleLinks(RuleSet.Link([.. documents.Values.SelectMany(file => file)]), documents);
    }

    /// <summary>Whether a file has a correlation or a filter: their keys stand at the start of a line.</summary>
    private static bool Ties(string text) => HasKey(text, "correlation:") || HasKey(text, "filter:");

    private static bool HasKey(string text, string key)
    {
        for (int at = text.IndexOf(key, StringComparison.Ordinal); at >= 0; at = text.IndexOf(key, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || text[at - 1] is '\n' or '\r')
            {
                return true;
            }
        }

        return false;
    }
}
