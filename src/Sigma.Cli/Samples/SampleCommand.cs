using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sigma.Events.Matching;
using Sigma.Events.Samples;

namespace Sigma.Cli;

/// <summary><c>sigmac sample</c>: the command line of the samples.</summary>
internal static class SampleCommand
{
    /// <summary>The times of Windows begin in this year.</summary>
    private const int FirstYear = 1601;

    /// <summary>The calendar ends with the year 9999, and the events of a rule come later than the start.</summary>
    private const int LastYear = 9000;

    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var only = OneOf("--only", "Write only the events that match, or only the near misses.", "matches", "near-misses");
        var shape = OneOf("--shape", "Write events with dotted field names as nested objects (nested), with all fields on one level (flat), or as Windows events with Event.System and Event.EventData (winevent). [default: nested]", "nested", "flat", "winevent");
        var count = Number("--count", "n", "Write at most this many matches and this many near misses per rule. [default: 10]", 1, "-n");
        var seed = Number("--seed", "n", "Choose other arbitrary values, such as process IDs and ports. The same number gives the same samples. [default: 0]", 0);
        var start = new Option<DateTimeOffset?>("--start")
        {
            Description = "Set the time of the first event of a rule, such as 2026-01-31T08:00:00Z; later events follow one minute apart. [default: 2025-03-04T09:30:00Z]",
            HelpName = "time",
            CustomParser = ReadTime,
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON record per line: the rule, what the sample shows, the line of the rule that it concerns, and its events." };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Write three files per rule to this folder, in the same tree as the rules: .matches.ndjson, .near-misses.ndjson, and .tests.yml for 'sigmac test'.",
            HelpName = "folder",
        };
        var command = new Command("sample", "Generate events that rules match, and near misses that they must not match.");
        foreach (Option option in (Option[])[only, count, shape, start, seed, json, output])
        {
            command.Options.Add(option);
        }

        var pipelines = new PipelineOptions(command, "The events have the field names that it maps to.");
        var rules = new RuleOptions(command);
        var jobs = new JobsOption(command);
        var messages = new MessageOptions(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(json) is not null && result.GetResult(output) is not null)
            {
                result.AddError("--json and --output cannot be used together: the files of --output contain events and cases, not records");
            }
        });
        command.SetAction(parsed => new SampleRun(new SampleRunSettings
        {
            Rules = rules.Read(parsed),
            Pipelines = pipelines.Read(parsed),
            Messages = messages.Read(parsed),
            Samples = Read(parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(start), parsed.GetValue(shape)),
            Only = parsed.GetValue(only),
            Json = parsed.GetValue(json),
            Output = parsed.GetValue(output),
            Jobs = jobs.Read(parsed),
        }, environment).Execute());
        return command;
    }

    private static SampleSettings Read(int? count, int? seed, DateTimeOffset? start, string? shape)
    {
        var settings = new SampleSettings();
        return settings with
        {
            Count = count ?? settings.Count,
            Seed = seed ?? settings.Seed,
            Start = start ?? settings.Start,
            Shape = shape switch { "flat" => EventShape.Flat, "winevent" => EventShape.WinEvent, _ => EventShape.Nested },
        };
    }

    private static Option<string?> OneOf(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', words) };
        ChoiceOption.Restrict(option, words);
        return option;
    }

    private static Option<int?> Number(string name, string helpName, string description, int least, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string written = result.Tokens[0].Value;
            if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least)
            {
                return number;
            }

            result.AddError($"{name} takes a number from {least} up, not '{written}'");
            return null;
        },
    };

    private static DateTimeOffset? ReadTime(ArgumentResult result)
    {
        string written = result.Tokens[0].Value;
        bool isTime = EventTime.TryParse(written, out DateTimeOffset time);
        if (isTime && time.Year is >= FirstYear and <= LastYear)
        {
            return time;
        }

        string expected = isTime ? $"a time of the years {FirstYear} to {LastYear}" : "a time such as 2026-01-31T08:00:00Z";
        result.AddError($"--start takes {expected}, not '{written}'");
        return null;
    }
}

/// <summary>What the user asked <c>sigmac sample</c> for.</summary>
internal sealed record SampleRunSettings
{
    /// <summary>Which rules.</summary>
    public required RuleSettings Rules { get; init; }

    /// <summary>The pipelines that name the fields.</summary>
    public PipelineChoice Pipelines { get; init; } = new();

    /// <summary>What is said.</summary>
    public MessageSettings Messages { get; init; } = new();

    /// <summary>What the samples are to be like.</summary>
    public SampleSettings Samples { get; init; } = new();

    /// <summary>matches or near-misses; null for both.</summary>
    public string? Only { get; init; }

    /// <summary>Whether records are written instead of events.</summary>
    public bool Json { get; init; }

    /// <summary>The output folder; null for standard output.</summary>
    public string? Output { get; init; }

    /// <summary>The number of files to process in parallel.</summary>
    public int Jobs { get; init; } = 1;
}
