using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Sigma.Cli;

/// <summary>
/// <c>sigmac complete</c>, which the scripts of <c>sigmac completion</c> call: completes the end of a command line.
/// All of it comes from the command table itself. It writes one candidate per line, followed by a tab and its meaning;
/// nothing for a file name, which shells complete better.
/// </summary>
internal static class CompleteCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var words = new Argument<string[]>("words")
        {
            Description = "Words after 'sigmac'. The last one, which may be empty, is completed.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("complete", "Write the possible completions of a command line.") { words };
        command.Hidden = true;
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed =>
        {
            foreach (CompletionItem item in Candidates(parsed.RootCommandResult.Command, parsed.GetValue(words) ?? []))
            {
                string meaning = (item.Detail ?? "").ReplaceLineEndings(" ");
                environment.Output.WriteLine(meaning.Length == 0 ? item.Label : $"{item.Label}\t{meaning}");
            }

            return ExitCode.Converted;
        });
        return command;
    }

    /// <summary>Returns the candidates for the last word.</summary>
    /// <param name="root">The command table.</param>
    /// <param name="words">The words after the program's name.</param>
    public static IEnumerable<CompletionItem> Candidates(Command root, IReadOnlyList<string> words)
    {
        string word = words.Count == 0 ? "" : words[^1];
        ParseResult before = root.Parse([.. words.SkipLast(1)]);
        if (OpenOption(before, words) is { } option)
        {
            return Fitting(option.GetCompletions(before.GetCompletionContext()), word);
        }

        CommandResult result = before.CommandResult;
        if (result.Command.Subcommands.Count > 0 && before.UnmatchedTokens.Count > 0)
        {
            // There is no such command.
            return [];
        }

        IEnumerable<CompletionItem> candidates = word.StartsWith('-')
            ? [.. OptionsOf(result.Command).Where(known => !known.Hidden && MayCome(before, known)).SelectMany(Names)]
            : [.. result.Command.Subcommands.Where(sub => !sub.Hidden).Select(Item), .. ArgumentValues(before)];
        return Fitting(candidates, word);
    }

    /// <summary>The option whose value the last word is; null if it is not a value.</summary>
    private static Option? OpenOption(ParseResult before, IReadOnlyList<string> words)
    {
        if (words.Count < 2 || !words[^2].StartsWith('-'))
        {
            return null;
        }

        Option? option = OptionsOf(before.CommandResult.Command).FirstOrDefault(known => known.Name == words[^2] || known.Aliases.Contains(words[^2]));
        return option is { Arity.MaximumNumberOfValues: > 0 } && option.ValueType != typeof(bool) ? option : null;
    }

    /// <summary>The options of a command, and those of the commands above that hold for it too.</summary>
    private static IEnumerable<Option> OptionsOf(Command command) => command.Options.Concat(
        command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive));

    /// <summary>Whether an option can still be given: it is not there, or may come several times.</summary>
    private static bool MayCome(ParseResult before, Option option) =>
        before.GetResult(option) is not { Implicit: false } || option.Arity.MaximumNumberOfValues > 1;

    private static IEnumerable<CompletionItem> ArgumentValues(ParseResult before) => before.CommandResult.Command.Arguments
        .Where(argument => !argument.Hidden)
        .SelectMany(argument => argument.GetCompletions(before.GetCompletionContext()));

    private static IEnumerable<CompletionItem> Names(Option option) =>
        option.Aliases.Append(option.Name).Order(StringComparer.Ordinal).Select(name => new CompletionItem(name, detail: option.Description));

    private static CompletionItem Item(Command command) => new(command.Name, detail: command.Description);

    private static IEnumerable<CompletionItem> Fitting(IEnumerable<CompletionItem> items, string word) =>
        items.Where(item => item.Label.StartsWith(word, StringComparison.Ordinal)).DistinctBy(item => item.Label);
}
