using System.CommandLine;
using Sigma.Events.Matching;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac match</c>: the command line of the evaluation.</summary>
internal static class MatchCommand
{
    private static readonly string[] Formats = ["table", "ndjson", "csv", "timeline", "summary", "html"];
    private static readonly string[] InputFormats = ["json", "ndjson", "csv", "evtx", "xml", "zeek", "w3c", "auditd", "lines"];

    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var events = new Argument<string[]>("events")
        {
            Description = "Event files, folders to search for event files, or - for standard input. Events are Windows event logs (.evtx, XML), JSON in any layout, CSV, auditd, Zeek, W3C, syslog, CEF, LEEF and access logs of web servers. Files may be compressed with gzip or zstd, or be in zip and tar archives.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string[]> rules = RepeatableOption.Create("--rules", "file|folder", "Match events against these rules: rule files, folders (searched recursively, except hidden folders), or - for standard input; repeatable.", "-r");
        rules.Required = true;
        Option<string[]> filters = RuleOptions.CreateFilter();
        Option<string[]> filterFiles = RuleOptions.CreateFilterFile();
        var level = new Option<string?>("--level") { Description = "Use only rules of this level or higher: informational, low, medium, high or critical.", HelpName = "level" };
        var format = Named("--format", "Write matches as table, ndjson, csv, timeline (in the order of their times, repeats folded), summary (counts by rule, level, host and hour) or html (a report in one file). [default: table on a terminal, ndjson elsewhere]", Formats, "-f");
        var inputFormat = Named("--input-format", "Read events as json, ndjson, csv, evtx, xml, zeek, w3c, auditd or lines (one event per line). [default: detected from the start of each file]", InputFormats);
        var timeField = new Option<string?>("--time-field") { Description = "Read the time of an event from this field. [default: the usual names of time fields]", HelpName = "field" };
        var product = new Option<string?>("--product") { Description = "Treat events that do not show their log source as events of this product, such as windows. Without it, they are tested only against rules that name neither a product nor a service.", HelpName = "name" };
        var service = new Option<string?>("--service") { Description = "Treat events that do not show their log source as events of this service, such as security.", HelpName = "name" };
        var category = new Option<string?>("--category") { Description = "Treat events that do not show their log source as events of this category, such as process_creation.", HelpName = "name" };
        var regexTime = Number("--regex-time", "seconds", Limits.RegexTime, "Stop the regular expressions of a rule that need backtracking after this many seconds per run; all rules together have ten times as many. Same as --limit regex-time=N. [default: 2]");
        var memory = Number("--correlation-memory", "MB", Limits.CorrelationMemory, "Keep at most this many megabytes of matches for correlations. Same as --limit correlation-memory=N. [default: 256]");
        Option<string?> from = Time("--from", "Leave out matches of events before this time, such as 2026-01-02 or 2026-01-02T03:04:05Z. Events without a time are kept.");
        Option<string?> to = Time("--to", "Leave out matches of events at or after this time.");
        var sort = new Option<bool>("--sort") { Description = "Write the matches of all files in the order of their times, at the end of the run." };
        var maxHits = new Option<long?>("--max-hits") { Description = "Exit with code 1 if a rule matches more often than this.", HelpName = "number" };
        maxHits.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !(long.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number) && number >= 0))
            {
                result.AddError($"--max-hits takes a number from 0, not '{value}'");
            }
        });
        var recover = new Option<bool>("--recover") { Description = "Also read records that are left in the unused space of Windows event logs (.evtx). Their matches are marked as recovered." };
        var withEvent = new Option<bool>("--with-event") { Description = "Include the whole event in each NDJSON record." };
        var explain = new Option<bool>("--explain") { Description = "Show why the rule matches each event or does not, test by test. Requires exactly one rule." };
        var fail = new Option<bool>("--fail-on-match") { Description = "Exit with code 1 if any rule matches." };

        Option<bool> spreadsheet = CoverageCommand.CreateSpreadsheetSafe();
        Option<bool> followLinks = RuleOptions.CreateFollowLinks();
        var command = new Command("match", "Find the events that rules match.");
        command.Arguments.Add(events);
        foreach (Option option in (Option[])[rules, filters, filterFiles, followLinks, level, format, inputFormat, product, service, category, timeField, regexTime, memory, from, to, sort, maxHits, recover, withEvent, explain, fail, spreadsheet])
        {
            command.Options.Add(option);
        }

        var pipelines = new PipelineOptions(command, "It changes the rules before they are evaluated.");

        var jobs = new JobsOption(command);
        var messages = new MessageOptions(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(rules) is { } given && given.Contains(RuleInputs.StandardInput) && result.GetValue(events) is { } read && read.Contains(RuleInputs.StandardInput))
            {
                result.AddError("standard input can give the rules or the events, not both");
            }

            if (TimeIn(result.GetValue(from)) >= TimeIn(result.GetValue(to)))
            {
                result.AddError("no time is from --from on and before --to");
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
                "evtx" => EventFormat.Evtx,
                "xml" => EventFormat.Xml,
                "zeek" => EventFormat.Zeek,
                "w3c" => EventFormat.W3c,
                "auditd" => EventFormat.Auditd,
                "lines" => EventFormat.Lines,
                _ => EventFormat.Auto,
            },
            Product = parsed.GetValue(product),
            Service = parsed.GetValue(service),
            Category = parsed.GetValue(category),
            RegexTime = parsed.GetValue(regexTime) ?? (int)LimitOption.Read(parsed)[Limits.RegexTime],
            CorrelationMemory = parsed.GetValue(memory) ?? (int)LimitOption.Read(parsed)[Limits.CorrelationMemory],
            TimeField = parsed.GetValue(timeField),
            From = TimeIn(parsed.GetValue(from)),
            To = TimeIn(parsed.GetValue(to)),
            Sort = parsed.GetValue(sort),
            MaxHits = parsed.GetValue(maxHits),
            Recover = parsed.GetValue(recover),
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

    private static Option<string?> Time(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "time" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && TimeIn(value) is null)
            {
                result.AddError($"{name} takes a time such as 2026-01-02T03:04:05Z, not '{value}'");
            }
        });
        return option;
    }

    private static DateTimeOffset? TimeIn(string? text) => text is not null && EventTime.TryParse(text, out DateTimeOffset time) ? time : null;

    private static Option<string?> Named(string name, string description, string[] known, params string[] aliases)
    {
        var option = new Option<string?>(name, aliases) { Description = description, HelpName = string.Join('|', known) };
        ChoiceOption.Restrict(option, known);
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

    /// <summary>The product of events that do not tell their log; null if the user does not say.</summary>
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

    /// <summary>The earliest time of matched events; null for any.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time at which matched events end; null for any.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether matches are written in the order of their times.</summary>
    public bool Sort { get; init; }

    /// <summary>How often a rule may match; null for any number.</summary>
    public long? MaxHits { get; init; }

    /// <summary>Whether a matched event is left out for its time.</summary>
    public bool IsOutside(DateTimeOffset? time) => time is { } known && (known < From || known >= To);

    /// <summary>Whether events are looked for in the unused space of Windows event logs.</summary>
    public bool Recover { get; init; }

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
