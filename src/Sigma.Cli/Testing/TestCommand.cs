using System.CommandLine;

namespace Sigma.Cli;

/// <summary><c>sigmac test</c>: the command line of the cases.</summary>
internal static class TestCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var data = RepeatableOption.Create(
            "--data", "folder|file", "Also read cases from this file, or from the .tests.yml and info.yml files in this folder; repeatable. Cases next to the rules, such as rule.tests.yml for rule.yml, are always read.");
        var json = new Option<bool>("--json") { Description = "Write one JSON record per line, for each case." };
        var junit = new Option<string?>("--junit") { Description = "Write the results to this file as JUnit XML, for CI systems.", HelpName = "file" };
        var require = new Option<bool>("--require-tests") { Description = "Fail rules that have no case." };
        var command = new Command("test", "Run the test cases of rules: events that a rule must or must not match.");
        foreach (Option option in (Option[])[data, json, junit, require])
        {
            command.Options.Add(option);
        }

        var pipelines = new PipelineOptions(command, "It maps the fields of the rules to those of the events.");
        var rules = new RuleOptions(command);
        var jobs = new JobsOption(command);
        var messages = new MessageOptions(command);
        command.SetAction(parsed => new TestRun(new TestSettings
        {
            Rules = rules.Read(parsed),
            Data = parsed.GetValue(data) ?? [],
            Json = parsed.GetValue(json),
            JUnit = parsed.GetValue(junit),
            RequireTests = parsed.GetValue(require),
            Pipelines = pipelines.Read(parsed),
            Messages = messages.Read(parsed),
            Jobs = jobs.Read(parsed),
        }, environment).Execute());
        return command;
    }
}

/// <summary>What the user asked <c>sigmac test</c> for.</summary>
internal sealed record TestSettings
{
    /// <summary>Which rules.</summary>
    public required RuleSettings Rules { get; init; }

    /// <summary>Files of cases, and folders with such.</summary>
    public string[] Data { get; init; } = [];

    /// <summary>Whether records are written instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>The file that takes JUnit XML; null for none.</summary>
    public string? JUnit { get; init; }

    /// <summary>Whether a rule without a case fails.</summary>
    public bool RequireTests { get; init; }

    /// <summary>The pipelines that name the fields.</summary>
    public PipelineChoice Pipelines { get; init; } = new();

    /// <summary>What is said.</summary>
    public MessageSettings Messages { get; init; } = new();

    /// <summary>The number of files to process in parallel.</summary>
    public int Jobs { get; init; } = 1;
}
