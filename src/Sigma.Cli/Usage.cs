using System.CommandLine;
using System.CommandLine.Parsing;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Describes mistakes in a command line and how to correct them.</summary>
internal static class Usage
{
    /// <summary>Lists the mistakes of a command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>One sentence per mistake; empty if there is none.</returns>
    public static IReadOnlyList<string> Mistakes(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] unknown = command.Hidden ? [] : [.. OptionsAmongArguments(parsed)];
        if (parsed.Errors.Count == 0)
        {
            return [.. unknown.Select(word => UnknownOption(command, word))];
        }

        string path = PathOf(parsed.CommandResult);
        if (command.Subcommands.Count > 0)
        {
            string[] known = [.. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name)];
            string names = "there are " + string.Join(", ", known);
            return parsed.UnmatchedTokens is [{ } word, ..] && !word.StartsWith('-')
                ? [$"there is no command '{path} {word}'; {Suggestion.For(word, known) ?? names}"]
                : [$"'{path}' needs a command; {names}"];
        }

        if (parsed.UnmatchedTokens.Count > 0)
        {
            return [.. parsed.UnmatchedTokens.Select(word => IsLikeOption(word) ? UnknownOption(command, word) : $"'{path}' takes no argument '{word}'")];
        }

        return [.. unknown.Select(word => UnknownOption(command, word)), .. parsed.Errors.Select(error => OnOneLine(error.Message))];
    }

    /// <summary>The library reads an unknown option as an argument. After <c>--</c>, or where a file has such a name, a word is no option.</summary>
    private static IEnumerable<string> OptionsAmongArguments(ParseResult parsed)
    {
        HashSet<string> meant = [.. parsed.Tokens.SkipWhile(token => token.Type is not TokenType.DoubleDash).Select(token => token.Value)];
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Where(word => IsLikeOption(word) && !meant.Contains(word) && !Path.Exists(word));
    }

    /// <summary>The library gives each value that may be meant a line of its own.</summary>
    private static string OnOneLine(string message) =>
        message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var first, .. { Length: > 0 } values] ? $"{first} {string.Join(", ", values)}" : message;

    /// <summary>Returns the full name of a command, as the user types it.</summary>
    public static string PathOf(CommandResult command)
    {
        var names = new Stack<string>();
        for (CommandResult? result = command; result is not null; result = result.Parent as CommandResult)
        {
            names.Push(result.Command.Name);
        }

        return string.Join(' ', names);
    }

    /// <summary>Returns whether a word was most probably meant as an option.</summary>
    private static bool IsLikeOption(string word) => word.Length > 1 && word[0] == '-';

    /// <summary>Returns a message that a command has no such option, with the option that was probably meant.</summary>
    private static string UnknownOption(Command command, string word)
    {
        string name = word.Split('=', ':')[0];
        IEnumerable<string> known = command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Where(known => known.StartsWith("--", StringComparison.Ordinal));
        string? suggestion = name.StartsWith("--", StringComparison.Ordinal) ? Suggestion.For(name, known) : null;
        return $"there is no option '{name}'" + (suggestion is null ? "" : "; " + suggestion);
    }
}
