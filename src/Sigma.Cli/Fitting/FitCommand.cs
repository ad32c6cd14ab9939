using System.CommandLine;
using Sigma.Events.Matching;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac fit</c>: whether rules can match the events of somebody's logs.</summary>
internal static class FitCommand
{
    private static readonly string[] Thresholds = ["error", "warning", "info", "never"];
    private static readonly string[] Forms = ["table", "json"];

    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var events = new Argument<string[]>("events")
        {
            Description = "Samples of your events: files, folders to search for event files, or - for standard input, in the formats that 'match' reads.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string[]> rules = RepeatableOption.Create("--rules", "file|folder", "Compare these rules with the events: rule files, folders (searched recursively, except hidden folders), or - for standard input; repeatable.", "-r");
        rules.Required = true;
        Option<string[]> schemas = RepeatableOption.Create("--schema", "file", "Compare with the fields that this file lists per log, besides events or instead of them; repeatable.");
        Option<string[]> filters = RuleOptions.CreateFilter();
        Option<string[]> filterFiles = RuleOptions.CreateFilterFile();
        Option<bool> followLinks = RuleOptions.CreateFollowLinks();
        var format = new Option<string?>("--format", "-f") { Description = $"Write the result as {ChoiceOption.Listed(Forms)} (one record per rule and line). [default: {Forms[0]}]", HelpName = "form" };
        var failOn = new Option<string?>("--fail-on") { Description = "Fail if there is a finding of this weight or more: error (a rule cannot match), warning (a part of a rule cannot), info or never. [default: error]", HelpName = "weight" };
        Option<string?> product = Log("--product", "windows");
        Option<string?> service = Log("--service", "security");
        Option<string?> category = Log("--category", "process_creation");
        var command = new Command("fit", "Show which rules cannot match your logs, from a sample of events or a schema: fields that are missing, values in another form, and what would help.");
        command.Arguments.Add(events);
        foreach (Option option in (Option[])[rules, schemas, filters, filterFiles, followLinks, format, failOn, product, service, category])
        {
            command.Options.Add(option);
        }

        ChoiceOption.Restrict(format, Forms);
        ChoiceOption.Restrict(failOn, Thresholds);
        var pipelines = new PipelineOptions(command, "It changes the rules before they are compared.");
        var messages = new MessageOptions(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(events) is not { Length: > 0 } && result.GetResult(schemas) is null)
            {
                result.AddError("give files of events, or --schema");
            }

            if (result.GetValue(rules) is { } given && given.Contains(RuleInputs.StandardInput) && result.GetValue(events) is { } read && read.Contains(RuleInputs.StandardInput))
            {
                result.AddError("standard input can give the rules or the events, not both");
            }
        });
        command.SetAction(parsed =>
        {
            Limits limits = LimitOption.Read(parsed);
            string threshold = parsed.GetValue(failOn) ?? "error";
            return new FitRun(new FitSettings
            {
                Schemas = parsed.GetValue(schemas) ?? [],
                Format = parsed.GetValue(format) ?? Forms[0],
                FailOn = threshold switch { "never" => null, "info" => Severity.Info, "warning" => Severity.Warning, _ => Severity.Error },
                Matching = new MatchSettings
                {
                    Rules = new RuleSettings
                    {
                        Inputs = parsed.GetValue(rules)!,
                        Filters = parsed.GetValue(filters) ?? [],
                        FilterFiles = parsed.GetValue(filterFiles) ?? [],
                        FollowLinks = parsed.GetValue(followLinks),
                        Limits = limits,
                    },
                    Events = parsed.GetValue(events) ?? [],
                    Pipelines = pipelines.Read(parsed),
                    Messages = messages.Read(parsed),
                    InputFormat = EventFormat.Auto,
                    Product = parsed.GetValue(product),
                    Service = parsed.GetValue(service),
                    Category = parsed.GetValue(category),
                    RegexTime = (int)limits[Limits.RegexTime],
                    CorrelationMemory = (int)limits[Limits.CorrelationMemory],
                },
            }, environment).Execute();
        });
        return command;
    }

    private static Option<string?> Log(string name, string example) => new(name)
    {
        Description = $"Treat events that do not show their log source as events of this {name[2..]}, such as {example}.",
        HelpName = "name",
    };
}

/// <summary>What the user asked <c>sigmac fit</c> for.</summary>
internal sealed record FitSettings
{
    /// <summary>The rules and events, as <c>match</c> takes them.</summary>
    public required MatchSettings Matching { get; init; }

    /// <summary>Files that list the fields of logs.</summary>
    public required string[] Schemas { get; init; }

    /// <summary>table or json.</summary>
    public required string Format { get; init; }

    /// <summary>The least weight that fails the run; null if none does.</summary>
    public Severity? FailOn { get; init; }
}
