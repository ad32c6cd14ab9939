using System.CommandLine;

namespace Sigma.Cli;

/// <summary>An option that takes one of a few words.</summary>
internal static class ChoiceOption
{
    /// <summary>Completes the words, and refuses all others.</summary>
    /// <param name="option">The option.</param>
    /// <param name="words">The words.</param>
    public static void Restrict(Option option, IReadOnlyList<string> words)
    {
        option.CompletionSources.Add([.. words]);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var word }] && !words.Contains(word))
            {
                result.AddError($"{option.Name} takes {Listed(words)}, not '{word}'");
            }
        });
    }

    /// <summary>The words in a sentence.</summary>
    public static string Listed(IReadOnlyList<string> words) => string.Join(", ", words.Take(words.Count - 1)) + " or " + words[^1];
}
