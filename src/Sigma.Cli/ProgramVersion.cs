using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Sigma.Checks.Facts;
using Sigma.Rules;

namespace Sigma.Cli;

/// <summary><c>sigmac --version</c>: the version, the commit it was built from, and the version of the language it reads.</summary>
internal static class ProgramVersion
{
    /// <summary>The whole line, such as <c>sigmac 1.2.0 (commit 0123456789ab), Sigma specification 2.1.0</c>.</summary>
    public static string Text
    {
        get
        {
            // The compiler appends a plus sign and the commit to the version, if there is a commit.
            string informational = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
            string[] parts = informational.Split('+', 2);
            string commit = parts.Length > 1 ? $" (commit {parts[1][..Math.Min(12, parts[1].Length)]})" : "";
            return $"sigmac {parts[0]}{commit}, Sigma specification {Specification.Version}";
        }
    }

    /// <summary>Makes <c>--version</c> of a command table print this line.</summary>
    public static void Attach(Command root, CommandEnvironment environment)
    {
        foreach (VersionOption option in root.Options.OfType<VersionOption>())
        {
            option.Action = new Say(environment);
        }
    }

    /// <summary>Creates the command <c>sigmac version</c>, for those who look for one.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command CreateCommand(CommandEnvironment environment)
    {
        var command = new Command("version", "Show the version.");
        var verbose = new Option<bool>("--verbose", "-v")
        {
            Description = "Also show the versions of the public lists that the program carries.",
        };
        command.Options.Add(verbose);
        command.SetAction(parsed => Write(environment, parsed.GetValue(verbose)));
        return command;
    }

    private static int Write(CommandEnvironment environment, bool verbose)
    {
        environment.Output.WriteLine(Text);
        foreach ((string table, string version) in verbose ? FactVersions.All : [])
        {
            environment.Output.WriteLine($"  {table}: {version}");
        }

        return ExitCode.Converted;
    }

    private sealed class Say(CommandEnvironment environment) : SynchronousCommandLineAction
    {
        /// <inheritdoc/>
        public override bool ClearsParseErrors => true;

        /// <inheritdoc/>
        public override int Invoke(ParseResult parseResult) =>
            Write(environment, parseResult.Tokens.Any(token => token.Value is "-v" or "--verbose"));
    }
}
