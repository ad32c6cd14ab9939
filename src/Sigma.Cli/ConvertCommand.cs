using System.CommandLine;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac convert</c>: the command line of the conversion.</summary>
internal static class ConvertCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var output = new Option<string?>("--output", "-o") { Description = "Write one file per rule and target to this folder, in the same tree as the rules.", HelpName = "folder" };
        var naming = new Option<string?>("--output-template")
        {
            Description = "Name the files with this Scriban template. It can use path, directory, name, index, target, format, extension and rule (id, title, name, level, status, tags). "
                + $"[default: {OutputTree.DefaultTemplate}]",
            HelpName = "template",
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON record per line, for each rule and target, including those that fail." };

        var command = new Command("convert", "Convert rules to queries.");
        var targets = new TargetOptions(command);
        command.Options.Add(output);
        command.Options.Add(naming);
        command.Options.Add(json);
        var rules = new RuleOptions(command);
        var jobs = new JobsOption(command);
        var configuration = new ConfigurationOptions(command, environment);
        var messages = new MessageOptions(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(naming) is not null && result.GetResult(output) is null)
            {
                result.AddError("--output-template names the files in an output folder; add --output");
            }
        });
        command.SetAction(parsed =>
        {
            var diagnostics = new List<Diagnostic>();
            Configuration set = configuration.Read(parsed, diagnostics);
            TargetSettings wanted = set.CompleteForQueries(targets.Read(parsed), diagnostics);
            MessageSettings said = set.Complete(messages.Read(parsed));
            return Messages.Create(said, environment).SayAll(diagnostics) ? ExitCode.WrongUse : new ConvertRun(new ConvertSettings
            {
                Rules = set.Complete(rules.Read(parsed)),
                Targets = wanted,
                Messages = said,
                Output = parsed.GetValue(output),
                OutputTemplate = parsed.GetValue(naming) ?? (parsed.GetValue(output) is null ? null : set.Value("output-template")),
                Json = parsed.GetValue(json),
                Jobs = jobs.Read(parsed),
            }, environment).Execute();
        });
        return command;
    }
}

/// <summary>What the user asked <c>sigmac convert</c> for.</summary>
internal sealed record ConvertSettings
{
    /// <summary>Which rules.</summary>
    public required RuleSettings Rules { get; init; }

    /// <summary>What for.</summary>
    public required TargetSettings Targets { get; init; }

    /// <summary>What is said.</summary>
    public required MessageSettings Messages { get; init; }

    /// <summary>The output folder; null for standard output.</summary>
    public string? Output { get; init; }

    /// <summary>How files in it are named; null for the default.</summary>
    public string? OutputTemplate { get; init; }

    /// <summary>Whether records are written instead of queries.</summary>
    public bool Json { get; init; }

    /// <summary>The number of files to process in parallel.</summary>
    public int Jobs { get; init; } = 1;
}
