using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Sigma.Checks;
using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac check</c>: finds mistakes in rules, and corrects those that can be.</summary>
internal static class CheckCommand
{
    internal static readonly string[] Thresholds = ["error", "warning", "info", "never"];

    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command("check", "Find mistakes in rules, explain them, and correct those whose correction provably keeps the rule.");
        var select = RepeatableOption.Create("--select", "checks", "Run only these checks: codes or their beginnings, names, groups, names of other tools, default or all; repeatable, or separated by commas.");
        var ignore = RepeatableOption.Create("--ignore", "checks", "Do not run these checks; repeatable, or separated by commas.");
        var severity = RepeatableOption.Create("--severity", "check=weight", "Give findings of a check another weight: error, warning or info; repeatable.");
        var failOn = new Option<string?>("--fail-on") { Description = "Fail if there is a finding of this weight or more: error, warning, info or never. [default: error]", HelpName = "weight" };
        var format = new Option<string?>("--format", "-f") { Description = $"Write findings as {ChoiceOption.Listed(FindingFormats.Names)}. [default: text]", HelpName = "form" };
        var fix = new Option<bool>("--fix") { Description = "Correct the files where that provably keeps every query." };
        var withUnsafe = new Option<bool>("--unsafe-fixes") { Description = "Also make corrections that are guesses, or that change the query and provably keep the events." };
        var diff = new Option<bool>("--diff") { Description = "Show the corrections as a difference, and write nothing." };
        var across = new Option<bool>("--across") { Description = "Also compare the rules with each other: those that select the same events, or all events of another, each with a proof." };
        var today = new Option<string?>("--today") { Description = "Count ages from this day, such as 2026-11-28, so that a run can be repeated.", HelpName = "date" };
        var baseline = new Option<string?>("--baseline") { Description = "Leave out the findings that this file lists.", HelpName = "file" };
        var writeBaseline = new Option<bool>("--write-baseline") { Description = "Write the findings of now into the file of --baseline." };
        var validators = new Option<string?>("--validator-config") { Description = "Read this configuration of another checker: a validator file of sigma check, or an .rsigma-lint.yml.", HelpName = "file" };
        foreach (Option option in (Option[])[select, ignore, severity, across, failOn, format, fix, withUnsafe, diff, today, baseline, writeBaseline, validators])
        {
            command.Options.Add(option);
        }

        ChoiceOption.Restrict(failOn, Thresholds);
        ChoiceOption.Restrict(format, FindingFormats.Names);
        foreach (Option<string[]> option in (Option<string[]>[])[select, ignore])
        {
            // Only a completion needs the words, and every command line is made at each start.
            option.CompletionSources.Add(_ => CheckCatalog.Words.Select(word => new CompletionItem(word)));
        }

        today.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var day }] && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                result.AddError($"--today takes a day such as 2026-11-28, not '{day}'");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(writeBaseline) is not null && result.GetResult(baseline) is null)
            {
                result.AddError("--write-baseline needs --baseline");
            }

        });
        var targets = new TargetOptions(command, withFormat: false);
        command.Validators.Add(result =>
        {
            Option[] given = [.. result.Children.OfType<System.CommandLine.Parsing.OptionResult>().Where(option => !option.Implicit).Select(option => option.Option)];
            if (targets.OfQueries.FirstOrDefault(given.Contains) is { } option && !Array.Exists(given, one => one.Name == "--target"))
            {
                result.AddError($"{option.Name} is about the queries of a target; add --target");
            }
        });
        var rules = new RuleOptions(command, forChanges: true);
        var jobs = new JobsOption(command);
        var configuration = new ConfigurationOptions(command, environment);
        var messages = new MessageOptions(command);
        command.SetAction(parsed =>
        {
            var diagnostics = new List<Diagnostic>();
            Configuration set = configuration.Read(parsed, diagnostics);
            MessageSettings said = set.Complete(messages.Read(parsed));
            string threshold = parsed.GetValue(failOn) ?? set.Value("fail-on") ?? (said.Strict ? "warning" : "error");
            // Targets of the file are for queries; a check asks for theirs only if the command line does.
            TargetSettings wanted = targets.Read(parsed);
            IReadOnlyList<CompilerTarget> prepared = wanted.Targets.Length == 0 ? [] : TargetSetup.Targets(set.Complete(wanted), diagnostics);
            var settings = new CheckRunSettings
            {
                Targets = prepared,
                Rules = set.Complete(rules.Read(parsed)),
                Messages = said,
                FailOn = threshold == "never" ? null : threshold == "error" ? Severity.Error : threshold == "warning" ? Severity.Warning : Severity.Info,
                Format = parsed.GetValue(format) ?? set.Value("format") ?? FindingFormats.Names[0],
                Fix = parsed.GetValue(fix),
                UnsafeFixes = parsed.GetValue(withUnsafe),
                Diff = parsed.GetValue(diff),
                Baseline = parsed.GetValue(baseline) ?? set.Value("baseline"),
                Places = set.Places,
                WriteBaseline = parsed.GetValue(writeBaseline),
                Jobs = jobs.Read(parsed),
                Chosen = CheckChoice.Read(parsed.GetValue(select), parsed.GetValue(ignore), parsed.GetValue(severity), parsed.GetValue(across), parsed.GetValue(today), parsed.GetValue(validators), set, diagnostics),
            };
            return Messages.Create(said, environment).SayAll(diagnostics) ? ExitCode.WrongUse : new CheckRun(settings, environment).Execute();
        });
        return command;
    }
}

/// <summary>What the user asked <c>sigmac check</c> for.</summary>
internal sealed record CheckRunSettings
{
    /// <summary>Which rules.</summary>
    public required RuleSettings Rules { get; init; }

    /// <summary>What is said.</summary>
    public required MessageSettings Messages { get; init; }

    /// <summary>Which checks.</summary>
    public required CheckChoice Chosen { get; init; }

    /// <summary>The targets whose queries are tried.</summary>
    public IReadOnlyList<CompilerTarget> Targets { get; init; } = [];

    /// <summary>The least weight that fails the run; null if none does.</summary>
    public Severity? FailOn { get; init; }

    /// <summary>text, json, sarif, github, gitlab or junit.</summary>
    public string Format { get; init; } = "text";

    /// <summary>Whether files are corrected.</summary>
    public bool Fix { get; init; }

    /// <summary>Whether corrections are made too that are guesses, or change the query.</summary>
    public bool UnsafeFixes { get; init; }

    /// <summary>Whether corrections are shown instead.</summary>
    public bool Diff { get; init; }

    /// <summary>The file with the findings that are known; null for none.</summary>
    public string? Baseline { get; init; }

    /// <summary>Where what comes from a configuration file stands in it.</summary>
    public SettingPlaces Places { get; init; } = new();

    /// <summary>Whether that file is written.</summary>
    public bool WriteBaseline { get; init; }

    /// <summary>The number of files to check in parallel.</summary>
    public int Jobs { get; init; } = 1;
}
