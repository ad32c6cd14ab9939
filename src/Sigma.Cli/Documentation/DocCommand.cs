using System.CommandLine;

namespace Sigma.Cli;

/// <summary><c>sigmac doc</c>: the command line of the documentation.</summary>
internal static class DocCommand
{
    /// <summary>What a page has queries for, and in which order, where the user does not say: as the project's specification has it.</summary>
    private static readonly string[] DefaultTargets = ["powershell", "es-qs", "xpack-watcher", "graylog", "splunk", "logpoint", "grep"];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("doc", "Write documentation of rules: Markdown pages, or a site to look at.");
        var format = new Option<string>("--format", "-f") { Description = "What to write: markdown, a page a rule file; or html, a site.", HelpName = "markdown|html", DefaultValueFactory = _ => "markdown" };
        format.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not ("markdown" or "html") and string value }])
            {
                result.AddError($"--format takes markdown or html, not '{value}'");
            }
        });
        var output = new Option<string?>("--output", "-o") { Description = "Write into this folder, in a tree like that of the rules.", HelpName = "folder" };
        var template = new Option<string?>("--template") { Description = "Make the pages by this Scriban template; of a folder, by the page.scriban in it.", HelpName = "file|folder" };
        var dataNeeded = new Option<string?>("--data-needed") { Description = "Read the kinds of events from the files of this folder instead of those built in.", HelpName = "folder" };
        var atomics = new Option<string?>("--atomics") { Description = "Take for triggers the tests in this checkout of atomic tests instead of those built in.", HelpName = "folder" };
        command.Options.Add(format);
        command.Options.Add(output);
        command.Options.Add(template);
        var attack = new AttackOption(command);
        command.Options.Add(dataNeeded);
        command.Options.Add(atomics);
        var targets = new TargetOptions(command, required: false, withFormat: false);
        var rules = new RuleOptions(command);
        var jobs = new JobsOption(command);
        var messages = new MessageOptions(command);
        command.SetAction(parsed => new DocRun(new DocSettings
        {
            Rules = rules.Read(parsed),
            Targets = targets.Read(parsed) is { Targets.Length: 0 } unsaid ? unsaid with { Targets = DefaultTargets } : targets.Read(parsed),
            Messages = messages.Read(parsed),
            Format = parsed.GetValue(format)!,
            Output = parsed.GetValue(output),
            Template = parsed.GetValue(template),
            Attack = attack.Read(parsed),
            DataNeeded = parsed.GetValue(dataNeeded),
            Atomics = parsed.GetValue(atomics),
            Jobs = jobs.Read(parsed),
        }).Execute());
        return command;
    }
}

/// <summary>What the user asked <c>sigmac doc</c> for.</summary>
internal sealed record DocSettings
{
    /// <summary>Which rules.</summary>
    public required RuleSettings Rules { get; init; }

    /// <summary>The targets whose queries are shown.</summary>
    public required TargetSettings Targets { get; init; }

    /// <summary>What is said.</summary>
    public required MessageSettings Messages { get; init; }

    /// <summary>markdown or html.</summary>
    public string Format { get; init; } = "markdown";

    /// <summary>The output folder; null for standard output.</summary>
    public string? Output { get; init; }

    /// <summary>The page's template, a file or a folder; null for the built-in one.</summary>
    public string? Template { get; init; }

    /// <summary>Where the names of ATT&amp;CK come from; null for the built-in ones.</summary>
    public string? Attack { get; init; }

    /// <summary>A folder of data-needed files; null for the built-in catalogue.</summary>
    public string? DataNeeded { get; init; }

    /// <summary>A checkout of atomic tests; null for the built-in list.</summary>
    public string? Atomics { get; init; }

    /// <summary>How many files are worked on at once.</summary>
    public int Jobs { get; init; } = 1;
}
