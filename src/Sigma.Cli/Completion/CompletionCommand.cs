using System.CommandLine;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac completion</c>: the script that makes a shell complete sigmac's command lines.</summary>
internal static class CompletionCommand
{
    /// <summary>The shells, with the endings of their scripts in the folder Scripts.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var shell = new Argument<string>("shell") { Description = "Shell to write the script for: bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong([.. Shells]);
        var command = new Command("completion", "Write the script that completes commands, options, names and files in a shell.") { shell };
        command.SetAction(parsed =>
        {
            environment.Output.Write(Script(parsed.GetValue(shell)!));
            return ExitCode.Converted;
        });
        return command;
    }

    /// <summary>The script for a shell.</summary>
    public static string Script(string shell) => EmbeddedFiles.Text(typeof(CompletionCommand).Assembly, "completion/sigmac." + shell);
}
