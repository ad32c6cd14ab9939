using System.CommandLine;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac doc</c>: the command line of the documentation.</summary>
internal static class DocCommand
{
    internal static readonly string[] Forms = ["markdown", "html"];
    internal static readonly string[] Findings = ["show", "hide"];

    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command("doc", "Write documentation for rules: Markdown pages or a website.");
        var format = new Option<string?>("--format", "-f") { Description = "Write Markdown, one page per rule file (markdown), or a website (html). [default: markdown]", HelpName = "markdown|html" };
        ChoiceOption.Restrict(format, Forms);
        var output = new Option<string?>("--output", "-o") { Description = "Write to this folder, in the same tree as the rules.", HelpName = "folder" };
        var template = new Option<string?>("--template") { Description = "Render the pages with this Scriban template, or with page.scriban in this folder. With html: a folder whose files replace those of the website.", HelpName = "file|folder" };
        var title = new Option<string?>("--title") { Description = "Name the website. [default: Detection rules]", HelpName = "text" };
        var dataNeeded = new Option<string?>("--data-needed") { Description = "Read the kinds of events from the files in this folder instead of the built-in ones.", HelpName = "folder" };
        var atomics = new Option<string?>("--atomics") { Description = "Read triggers from the tests in this checkout of Atomic Red Team instead of the built-in ones.", HelpName = "folder" };
        command.Options.Add(format);
        command.Options.Add(output);
        Option<bool> prune = Pruning.AddTo(command, output);
        command.Options.Add(template);
        command.Options.Add(title);
        var attack = new AttackOption(command);
        command.Options.Add(dataNeeded);
        command.Options.Add(atomics);
        var findings = new Option<string?>("--findings") { Description = "Check the rules as 'sigmac check' does, and show what is found: show or hide. [default: show for html, hide for markdown]", HelpName = "show|hide" };
        ChoiceOption.Restrict(findings, Findings);
        command.Options.Add(findings);
        var skip = new Option<bool>("--skip-unsupported") { Description = "Do not fail for rules that a target cannot express: report them as warnings and count them." };
        command.Options.Add(skip);
        var targets = new TargetOptions(command, withFormat: false);
        var rules = new RuleOptions(command);
        var jobs = new JobsOption(command);
        var configuration = new ConfigurationOptions(command, environment);
        var messages = new MessageOptions(command);
        command.SetAction(parsed =>
        {
            var diagnostics = new List<Diagnostic>();
            Configuration set = configuration.Read(parsed, diagnostics);
            string form = parsed.GetValue(format) ?? set.Value("format") ?? Forms[0];
            string shown = parsed.GetValue(findings) ?? set.Value("findings") ?? (form == "html" ? "show" : "hide");
            MessageSettings said = set.Complete(messages.Read(parsed));
            var settings = new DocSettings
            {
                Rules = set.Complete(rules.Read(parsed)),
                Targets = set.Complete(targets.Read(parsed)),
                Messages = said,
                Format = form,
                Output = parsed.GetValue(output),
                Prune = parsed.GetValue(prune),
                Template = parsed.GetValue(template) ?? set.Value("template"),
                Title = parsed.GetValue(title) ?? set.Value("title"),
                Attack = attack.Read(parsed) ?? set.Value("attack"),
                DataNeeded = parsed.GetValue(dataNeeded) ?? set.Value("data-needed"),
                Atomics = parsed.GetValue(atomics) ?? set.Value("atomics"),
                SkipUnsupported = parsed.GetValue(skip) || set.Has("skip-unsupported"),
                Jobs = jobs.Read(parsed),
                Checks = shown == "show" ? CheckChoice.Read(null, null, null, false, null, null, set.Checking, diagnostics) : null,
                Baseline = set.Checking.Value("baseline"),
                Places = set.Places,
                CheckPlaces = set.Checking.Places,
            };
            return Messages.Create(said, environment).SayAll(diagnostics) ? ExitCode.WrongUse : new DocRun(settings, environment).Execute();
        });
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

    /// <summary>The name of the website; null for that of any.</summary>
    public string? Title { get; init; }

    /// <summary>markdown or html.</summary>
    public string Format { get; init; } = "markdown";

    /// <summary>The output folder; null for standard output.</summary>
    public string? Output { get; init; }

    /// <summary>Whether files are removed that an earlier run made and this one does not.</summary>
    public bool Prune { get; init; }

    /// <summary>The page's template, a file or a folder; null for the built-in one.</summary>
    public string? Template { get; init; }

    /// <summary>Where the names of ATT&amp;CK come from; null for the built-in ones.</summary>
    public string? Attack { get; init; }

    /// <summary>A folder of data-needed files; null for the built-in catalogue.</summary>
    public string? DataNeeded { get; init; }

    /// <summary>A checkout of atomic tests; null for the built-in list.</summary>
    public string? Atomics { get; init; }

    /// <summary>The checks whose findings are shown; null for none.</summary>
    public CheckChoice? Checks { get; init; }

    /// <summary>The file with the findings that are known and not shown; null for none.</summary>
    public string? Baseline { get; init; }

    /// <summary>Where what comes from a configuration file stands in it.</summary>
    public SettingPlaces Places { get; init; } = new();

    /// <summary>The same for the settings of checks.</summary>
    public SettingPlaces CheckPlaces { get; init; } = new();

    /// <summary>Whether rules that a target cannot express do not fail the run.</summary>
    public bool SkipUnsupported { get; init; }

    /// <summary>The number of files to process in parallel.</summary>
    public int Jobs { get; init; } = 1;
}
