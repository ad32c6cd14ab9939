using System.CommandLine;
using Sigma.Matching;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac match</c>: the command line of the evaluation.</summary>
internal static class MatchCommand
{
    private static readonly string[] Formats = ["table", "ndjson", "csv"];
    private static readonly string[] InputFormats = ["json", "ndjson", "csv"];

    /// <summary>Makes the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var events = new Argument<string[]>("events")
        {
            Description = "Files of events, folders that are searched for them, or - for standard input: JSON objects a line or one after another, JSON arrays, CSV; each may be packed with gzip.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string[]> rules = RepeatableOption.Create("--rules", "file|folder", "Match with these rules: files, folders that are searched with their sub-folders, or - for standard input; repeatable.", "-r");
        rules.Required = true;
        Option<string[]> filters = RepeatableOption.Create("--filter", "condition", "Take only rules for which this holds: level>=high, status=stable, tag=attack.t1059, logsource=windows, id=…; repeatable, all must hold.");
        Option<string[]> filterFiles = RepeatableOption.Create("--filter-file", "file|folder", "Apply the filters in this file or folder to the rules; repeatable.");
        var level = new Option<string?>("--level") { Description = "Take only rules of this level and above: informational, low, medium, high or critical.", HelpName = "level" };
        var format = Named("--format", "Write the matches as table, ndjson or csv; without it a table on a terminal, NDJSON in a pipe.", Formats, "-f");
        var inputFormat = Named("--input-format", "Read the events as json, ndjson or csv; without it by what a file begins with.", InputFormats);
        var timeField = new Option<string?>("--time-field") { Description = "The field that says when an event happened; without it the usual ones are tried.", HelpName = "field" };
        var product = new Option<string?>("--product") { Description = "The product that events are of which do not tell it, such as windows; without it they are tried only on rules of no product and no service.", HelpName = "name" };
        var service = new Option<string?>("--service") { Description = "The service that such events are of, such as security.", HelpName = "name" };
        var category = new Option<string?>("--category") { Description = "The category that such events are of, such as process_creation.", HelpName = "name" };
        var regexTime = Number("--regex-time", "seconds", Limits.RegexTime, "The regular expressions of a rule that need backtracking may take so many seconds in a run, those of all rules ten times as many; 2 without it. The same as --limit regex-time=N.");
        var memory = Number("--correlation-memory", "MB", Limits.CorrelationMemory, "Correlations may remember so many megabytes of matches; 256 without it. The same as --limit correlation-memory=N.");
        var withEvent = new Option<bool>("--with-event") { Description = "Put the whole event into each NDJSON record." };
        var explain = new Option<bool>("--explain") { Description = "Show for each event why the rule matches it or does not, test by test; takes one rule." };
        var fail = new Option<bool>("--fail-on-match") { Description = "End with code 1 when something matched." };

        Option<bool> spreadsheet = CoverageCommand.CreateSpreadsheetSafe();
        Option<bool> followLinks = RuleOptions.CreateFollowLinks();
        var command = new Command("match", "Find the events that rules match.");
        command.Arguments.Add(events);
        foreach (Option option in (Option[])[rules, filters, filterFiles, followLinks, level, format, inputFormat, product, service, category, timeField, regexTime, memory, withEvent, explain, fail, spreadsheet])
        {
            command.Options.Add(option);
        }

        var pipelines = new PipelineOptions(command, "It runs over the rules before they are evaluated.");

        var jobs = new JobsOption(command);
        var messages = new MessageOptions(command);
        events.Validators.Add(result =>
        {
            // The library takes an option that it does not know for an argument.
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => Usage.IsLikeOption(word) && !Path.Exists(word)))
            {
                result.AddError(Usage.UnknownOption(command, word));
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(rules) is { } given && given.Contains(RuleInputs.StandardInput) && result.GetValue(events) is { } read && read.Contains(RuleInputs.StandardInput))
            {
                result.AddError("standard input can give the rules or the events, not both");
            }
        });
        command.SetAction(parsed => new MatchRun(new MatchSettings
        {
            Rules = new RuleSettings
            {
                Inputs = parsed.GetValue(rules)!,
                Filters = [.. parsed.GetValue(filters) ?? [], .. parsed.GetValue(level) is { } least ? (string[])["level>=" + least] : []],
                FilterFiles = parsed.GetValue(filterFiles) ?? [],
                FollowLinks = parsed.GetValue(followLinks),
                Limits = LimitOption.Read(parsed),
            },
            Events = parsed.GetValue(events)!,
            Pipelines = pipelines.Read(parsed),
            Messages = messages.Read(parsed),
            Format = parsed.GetValue(format),
            InputFormat = parsed.GetValue(inputFormat) switch
            {
                "json" => EventFormat.Json,
                "ndjson" => EventFormat.Ndjson,
                "csv" => EventFormat.Csv,
                _ => EventFormat.Auto,
            },
            Product = parsed.GetValue(product),
            Service = parsed.GetValue(service),
            Category = parsed.GetValue(category),
            RegexTime = parsed.GetValue(regexTime) ?? (int)LimitOption.Read(parsed)[Limits.RegexTime],
            CorrelationMemory = parsed.GetValue(memory) ?? (int)LimitOption.Read(parsed)[Limits.CorrelationMemory],
            TimeField = parsed.GetValue(timeField),
            WithEvent = parsed.GetValue(withEvent),
            Explain = parsed.GetValue(explain),
            FailOnMatch = parsed.GetValue(fail),
            SpreadsheetSafe = parsed.GetValue(spreadsheet),
            Jobs = jobs.Read(parsed),
        }, environment).Execute());
        return command;
    }

    private static Option<int?> Number(string name, string unit, Limit limit, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = unit };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !(int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) && number is > 0 && number <= limit.Greatest))
            {
                result.AddError($"{name} takes a number from 1 to {limit.Greatest}, not '{value}'");
            }
        });
        return option;
    }

    private static Option<string?> Named(string name, string description, string[] known, params string[] aliases)
    {
        var option = new Option<string?>(name, aliases) { Description = description, HelpName = string.Join('|', known) };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !known.Contains(value))
            {
                result.AddError($"{name} takes {string.Join(", ", known[..^1])} or {known[^1]}, not '{value}'");
            }
        });
        return option;
    }
}

/// <summary>What the user asked <c>sigmac match</c> for.</summary>
internal sealed record MatchSettings
{
    /// <summary>Which rules.</summary>
    public required RuleSettings Rules { get; init; }

    /// <summary>Files and folders of events, or <c>-</c>.</summary>
    public required string[] Events { get; init; }

    /// <summary>The pipelines that run over the rules.</summary>
    public required PipelineChoice Pipelines { get; init; }

    /// <summary>What is said.</summary>
    public required MessageSettings Messages { get; init; }

    /// <summary>table, ndjson or csv; null for what suits the output.</summary>
    public string? Format { get; init; }

    /// <summary>How the events are written.</summary>
    public EventFormat InputFormat { get; init; }

    /// <summary>The product of events that do not tell their log; null where the user does not say.</summary>
    public string? Product { get; init; }

    /// <summary>Their service.</summary>
    public string? Service { get; init; }

    /// <summary>Their category.</summary>
    public string? Category { get; init; }

    /// <summary>What is done with them.</summary>
    public UnknownEvents Unknown => UnknownEvents.Of(Product, Service, Category);

    /// <summary>How long the regular expressions of a rule may take, in seconds.</summary>
    public required int RegexTime { get; init; }

    /// <summary>How many megabytes correlations may remember.</summary>
    public required int CorrelationMemory { get; init; }

    /// <summary>The field that has the time; null for the usual ones.</summary>
    public string? TimeField { get; init; }

    /// <summary>Whether records have the whole event.</summary>
    public bool WithEvent { get; init; }

    /// <summary>Whether each test of each event is shown.</summary>
    public bool Explain { get; init; }

    /// <summary>Whether a match is a failure.</summary>
    public bool FailOnMatch { get; init; }

    /// <summary>Whether no cell of CSV may begin like a formula.</summary>
    public bool SpreadsheetSafe { get; init; }

    /// <summary>How many threads look at events.</summary>
    public int Jobs { get; init; } = 1;
}
