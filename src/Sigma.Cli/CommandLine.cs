using System.CommandLine;
using System.CommandLine.Help;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The whole program: runs a command line and returns its exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs the program.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="environment">The streams and variables.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments, CommandEnvironment environment)
    {
        Command root = CreateRoot(environment);
        var messages = Messages.Create(new MessageSettings(), environment);
        try
        {
            // An argument that starts with @ is an ordinary name, not a file with more arguments.
            // A call without any word asks what there is.
            ParseResult parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is not (HelpAction or Examples.HelpWithExamples) && Usage.Mistakes(parsed) is { Count: > 0 } mistakes)
            {
                foreach (string mistake in mistakes)
                {
                    messages.Note("sigmac: " + mistake);
                }

                messages.Note($"Try '{Usage.PathOf(parsed.CommandResult)} --help'.");
                return ExitCode.WrongUse;
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            // Code that reads or writes the user's files reports their errors itself. What remains is standard output: full or closed.
            // A reader that closed the pipe is not an error, and the runtime does not raise one.
            messages.Say(Diagnostic.CannotWrite(null, "standard output", FileErrors.Reason(exception)));
            return ExitCode.WrongUse;
        }
        catch (Exception exception)
        {
            messages.Say(Diagnostic.InternalFailure(null, $"{exception.GetType().Name}: {exception.Message}"));
            return ExitCode.WrongUse;
        }
    }

    private static Command CreateRoot(CommandEnvironment environment)
    {
        // The library's root command would be named after the file of the running program.
        var root = new Command("sigmac", "sigmac compiles Sigma detection rules to queries for the system that holds your logs.")
        {
            new HelpOption { Description = "Show this help." },
            new VersionOption { Description = "Show the version; with -v, also those of the public lists that the program carries." },
            ConvertCommand.Create(environment),
            CheckCommand.Create(environment),
            FmtCommand.Create(environment),
            MigrateCommand.Create(environment),
            ExplainCommand.Create(environment),
            MatchCommand.Create(environment),
            FitCommand.Create(environment),
            TestCommand.Create(environment),
            SampleCommand.Create(environment),
            ListCommand.Create(environment),
            SchemaCommand.Create(environment),
            BackendCommand.Create(environment),
            CompletionCommand.Create(environment),
            CompleteCommand.Create(environment),
            ManualPage.CreateCommand(environment),
            DocCommand.Create(environment),
            CoverageCommand.Create(environment),
            HelpCommand.Create(environment),
            ProgramVersion.CreateCommand(environment),
        };
        Examples.Attach(root, environment);
        ProgramVersion.Attach(root, environment);
        return root;
    }
}
