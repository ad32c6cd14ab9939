using System.CommandLine;

namespace Sigma.Cli;

/// <summary><c>sigmac test</c>: the command line of the cases.</summary>
internal static class TestCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var data = RepeatableOption.Create(
            "--data", "folder|file", "Take cases from here too: a file of cases, or a folder that is searched for .tests.yml and info.yml; repeatable. Cases beside the rules, rule.tests.yml for rule.yml, are always taken.");
        var json = new Option<bool>("--json") { Description = "Write a JSON record a line, for each case." };
        var junit = new Option<string?>("--junit") { Description = "Write the results into this file as JUnit XML, for CI systems.", HelpName = "file" };
        var require = new Option<bool>("--require-tests") { Description = "A rule without a case fails." };
        var command = new Command("test", "Run the cases of rules: which events they must match, and which not.");
        foreach (Option option in (Option[])[data, json, junit, require])
        {
            command.Options.Add(option);
        }

        var pipelines = new PipelineOptions(command, "It gives the rules the field names of the events.");
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

    /// <summary>How many files are worked on at once.</summary>
    public int Jobs { get; init; } = 1;
}
