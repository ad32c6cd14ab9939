using System.CommandLine;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac list fields</c>: the fields and logs that the queries of rules will ask for.</summary>
internal static class ListFieldsCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON record per line, for each name. See docs/fields.schema.json." };
        var command = new Command("fields", "List the logs and fields that the queries of rules ask for after the pipelines, each with its number of rules and the names that the rules have for it.");
        var targets = new TargetOptions(command, withFormat: false, withUnmapped: false);
        command.Options.Add(json);
        var rules = new RuleOptions(command);
        var jobs = new JobsOption(command);
        var configuration = new ConfigurationOptions(command, environment);
        var messages = new MessageOptions(command);
        command.SetAction(parsed =>
        {
            var diagnostics = new List<Diagnostic>();
            Configuration set = configuration.Read(parsed, diagnostics);
            TargetSettings wanted = set.CompleteForQueries(targets.Read(parsed), diagnostics) with { Format = null, Unmapped = UnmappedWords.Read("ignore") };
            MessageSettings said = set.Complete(messages.Read(parsed));
            return Messages.Create(said, environment).SayAll(diagnostics) ? ExitCode.WrongUse : new ListFieldsRun(new ListFieldsSettings
            {
                Rules = set.Complete(rules.Read(parsed)),
                Targets = wanted,
                Messages = said,
                Json = parsed.GetValue(json),
                Jobs = jobs.Read(parsed),
            }, environment).Execute();
        });
        return command;
    }
}

/// <summary>What the user asked <c>sigmac list fields</c> for.</summary>
internal sealed record ListFieldsSettings
{
    /// <summary>Which rules.</summary>
    public required RuleSettings Rules { get; init; }

    /// <summary>What for.</summary>
    public required TargetSettings Targets { get; init; }

    /// <summary>What is said.</summary>
    public required MessageSettings Messages { get; init; }

    /// <summary>Whether records are written instead of a table.</summary>
    public bool Json { get; init; }

    /// <summary>The number of files to process in parallel.</summary>
    public int Jobs { get; init; } = 1;
}
