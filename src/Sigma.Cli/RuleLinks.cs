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
    /// <param name="filters">Filters from elsewhere that go over their rules.</param>
    /// <param name="jobs">The number of files to read in parallel.</param>
    /// <param name="limits">What linking may cost.</param>
    /// <returns>The links; null if every rule stands for itself.</returns>
    public static RuleLinks? Of(IReadOnlyList<RuleInput> inputs, IReadOnlyList<ReadDocument> filters, int jobs, Limits limits)
    {
        var documents = new IReadOnlyList<ReadDocument>?[inputs.Count];
        var room = new FileByteCache();
        bool tied = filters.Count > 0;
        InParallel(inputs, jobs, index =>
        {
            if (inputs[index].Look(room, CrossFileKeyScan.MayBeIn))
            {
                documents[index] = Read(inputs[index]);
                if (documents[index]?.Any(document => document.Document is SigmaCorrelation or SigmaFilter) is true)
                {
                    Volatile.Write(ref tied, true);
                }
            }
        });
        if (!tied)
        {
            return null;
        }

        InParallel(inputs, jobs, index => documents[index] ??= Read(inputs[index]));
        var byInput = new Dictionary<RuleInput, IReadOnlyList<ReadDocument>>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (documents[i] is { } read)
            {
                byInput[inputs[i]] = read;
            }
        }

        return new RuleLinks(RuleSet.Link([.. documents.SelectMany(read => read ?? []), .. filters], limits), byInput);
    }

    private static void InParallel(IReadOnlyList<RuleInput> inputs, int jobs, Action<int> work)
    {
        if (jobs == 1 || inputs.Count == 1)
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                work(i);
            }
        }
        else
        {
            Parallel.For(0, inputs.Count, new ParallelOptions { MaxDegreeOfParallelism = jobs }, work);
        }
    }

    /// <summary>
    /// The documents of a file; null if it cannot be read, or trips the reader. It is read again when its turn comes, and
    /// fails there by itself, with a report.
    /// </summary>
    private static IReadOnlyList<ReadDocument>? Read(RuleInput input)
    {
        SourceText source = input.Read(out Diagnostic? error);
        try
        {
            return error is null ? RuleReader.Read(source) : null;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
