using System.CommandLine;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac help</c>, with or without the name of a command: the same as <c>--help</c> after it.</summary>
internal static class HelpCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var words = new Argument<string[]>("command")
        {
            Description = "Name of the command, such as convert or list targets.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        words.CompletionSources.Add(context => Walk(context.ParseResult.RootCommandResult.Command, context.ParseResult.GetValue(words) ?? [], out _)
            .Subcommands.Where(command => !command.Hidden).Select(command => new System.CommandLine.Completions.CompletionItem(command.Name, detail: command.Description)));
        var help = new Command("help", "Show the help of a command.") { words };
        help.SetAction(parsed =>
        {
            string[] names = parsed.GetValue(words) ?? [];
            Command root = parsed.RootCommandResult.Command;
            Command found = Walk(root, names, out int known);
            if (known == names.Length)
            {
                return root.Parse([.. names, "--help"]).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            }

            string[] there = [.. found.Subcommands.Where(command => !command.Hidden).Select(command => command.Name)];
            string path = string.Join(' ', names.Take(known + 1).Prepend(root.Name));
            string hint = Suggestion.For(names[known], there) ?? (there.Length == 0 ? $"'{root.Name} {string.Join(' ', names.Take(known))}' has no commands" : "there are " + string.Join(", ", there));
            Messages.Create(new MessageSettings(), environment).Note($"sigmac: there is no command '{path}'; {hint}");
            return ExitCode.WrongUse;
        });
        return help;
    }

    /// <summary>Follows the names of commands as far as they lead.</summary>
    /// <param name="root">The command table.</param>
    /// <param name="names">The names, each that of a command below the one before.</param>
    /// <param name="known">How many of them there are.</param>
    private static Command Walk(Command root, IReadOnlyList<string> names, out int known)
    {
        known = 0;
        Command at = root;
        foreach (string name in names)
        {
            if (at.Subcommands.FirstOrDefault(command => command.Name == name) is not { } next)
            {
                break;
            }

            at = next;
            known++;
        }

        return at;
    }
}
