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
        var root = new Option<string?>("--root") { Description = "Name the files in the output folder by the paths of the rules below this folder. [default: the current folder]", HelpName = "folder" };
        var file = new Option<string?>("--output-file") { Description = "Write all queries to this one file instead of standard output. It is replaced when the run is done.", HelpName = "file" };
        var objects = new Option<string?>("--objects") { Description = "Write a list of the objects that the queries create, such as watches and detection rules, to this file: one JSON object per line, sorted.", HelpName = "file" };
        var skip = new Option<bool>("--skip-unsupported") { Description = "Do not fail for rules that a target cannot express: report them as warnings and count them." };
        var json = new Option<bool>("--json") { Description = "Write one JSON record per line, for each rule and target, including those that fail." };

        var command = new Command("convert", "Convert rules to queries.");
        var targets = new TargetOptions(command);
        command.Options.Add(output);
        command.Options.Add(naming);
        command.Options.Add(root);
        Option<bool> prune = Pruning.AddTo(command, output);
        command.Options.Add(file);
        command.Options.Add(objects);
        command.Options.Add(json);
        var rules = new RuleOptions(command, forChanges: true);
        var jobs = new JobsOption(command);
        var configuration = new ConfigurationOptions(command, environment);
        command.Options.Add(skip);
        var messages = new MessageOptions(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(naming) is not null && result.GetResult(output) is null)
            {
                result.AddError("--output-template names the files in an output folder; add --output");
            }

            if (result.GetResult(root) is not null && result.GetResult(output) is null)
            {
                result.AddError("--root is about the names of files in an output folder; add --output");
            }

            if (result.GetResult(file) is not null && result.GetResult(output) is not null)
            {
                result.AddError("--output-file writes one file and --output one file per rule; they cannot be used together");
            }

            if (result.GetResult(objects) is not null && result.Children.OfType<System.CommandLine.Parsing.OptionResult>().Any(given => given.Option.Name == "--since"))
            {
                result.AddError("--objects lists all objects, and --since leaves most rules out; they cannot be used together");
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
                Root = parsed.GetValue(root),
                Prune = parsed.GetValue(prune),
                OutputFile = parsed.GetValue(file),
                Objects = parsed.GetValue(objects),
                SkipUnsupported = parsed.GetValue(skip) || set.Has("skip-unsupported"),
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

    /// <summary>The folder whose tree the output folder has; null for the current folder.</summary>
    public string? Root { get; init; }

    /// <summary>Whether files of earlier runs are removed from the output folder.</summary>
    public bool Prune { get; init; }

    /// <summary>The file for all queries; null for standard output.</summary>
    public string? OutputFile { get; init; }

    /// <summary>The file for the list of objects; null for none.</summary>
    public string? Objects { get; init; }

    /// <summary>Whether rules that a target cannot express leave the exit code alone.</summary>
    public bool SkipUnsupported { get; init; }

    /// <summary>Whether records are written instead of queries.</summary>
    public bool Json { get; init; }

    /// <summary>The number of files to process in parallel.</summary>
    public int Jobs { get; init; } = 1;
}
