using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Reads the rules that events are matched with, several files at a time.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="messages">Receives what is wrong.</param>
/// <param name="collection">The rules.</param>
internal sealed class RuleLoading(MatchSettings settings, Messages messages, RuleCollection collection)
{
    /// <summary>Reads the rules, and makes something of each document where it is read. What cannot be read is said.</summary>
    /// <typeparam name="T">What is made of a document.</typeparam>
    /// <param name="work">What is made of a document, on any thread.</param>
    /// <param name="failed">How many files could not be read.</param>
    /// <returns>What was made, in the order of the files.</returns>
    public List<T> ReadEach<T>(Func<ReadDocument, T> work, out int failed)
    {
        var made = new List<T>();
        failed = 0;
        foreach ((T[] ofFile, Diagnostic? error, string path) in collection.InOrder(settings.Jobs, Work))
        {
            if (error is not null)
            {
                messages.Say(error, path);
                failed++;
            }

            made.AddRange(ofFile);
        }

        return made;

        (T[] OfFile, Diagnostic? Error, string Path) Work(RuleInput input) => ([.. collection.Documents(input, out Diagnostic? error).Select(work)], error, input.Path);
    }

    /// <summary>Says where the user calls unknown events what no rule is for.</summary>
    /// <param name="ofRules">The log sources of the rules.</param>
    public void CheckNames(IEnumerable<LogSource?> ofRules)
    {
        if ((settings.Product ?? settings.Service ?? settings.Category) is null)
        {
            return;
        }

        LogSource[] sources = [.. ofRules.OfType<LogSource>().Distinct()];
        foreach ((string key, string? said, IEnumerable<string?> known) in (IEnumerable<(string, string?, IEnumerable<string?>)>)
        [
            ("product", settings.Product, sources.Select(source => source.Product)),
            ("service", settings.Service, sources.Select(source => source.Service)),
            ("category", settings.Category, sources.Select(source => source.Category)),
        ])
        {
            if (said is not null && !known.Contains(said, StringComparer.OrdinalIgnoreCase))
            {
                messages.Say(Diagnostic.NoSuchSource(null, key, said).WithHint(Suggestion.For(said, known.OfType<string>().Distinct())));
            }
        }
    }
}
