using System.CommandLine;
using Sigma.Documentation.Coverage;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac coverage</c>: what rules cover.</summary>
internal static class CoverageCommand
{
    internal static readonly string[] Forms = ["table", "navigator", "csv", "json"];

    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command("coverage", "Show what rules cover: ATT&CK techniques and tactics, products, fields and more.");
        string axes = ChoiceOption.Listed([.. CoverageAxis.All.Select(axis => axis.Name)]);
        var by = new Option<string?>("--by") { Description = $"Count rules by {axes}. [default: {CoverageAxis.ByTechnique.Name}]", HelpName = "what" };
        var format = new Option<string?>("--format", "-f") { Description = "Write the result as table, navigator (a layer for the ATT&CK Navigator), csv or json. [default: table]", HelpName = "form" };
        var output = new Option<string?>("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "file" };
        var compare = new Option<string?>("--compare") { Description = "Show what was gained and lost compared with other rules, or with the json or navigator output of an earlier run.", HelpName = "folder|file" };
        var all = new Option<bool>("--all") { Description = "Also show techniques and tactics that no rule covers." };
        var domain = new Option<string>("--domain") { Description = "Write the layer for this ATT&CK matrix: enterprise, mobile or ics.", HelpName = "name", DefaultValueFactory = _ => NavigatorLayer.Domains[0] };
        var ruleUrl = new Option<string?>("--rule-url") { Description = "Link each rule in a layer to this address followed by the path of its file.", HelpName = "url" };
        Option<bool> spreadsheet = CreateSpreadsheetSafe();
        foreach (Option option in (Option[])[by, format, output, compare, all, domain, ruleUrl, spreadsheet])
        {
            command.Options.Add(option);
        }

        ChoiceOption.Restrict(format, Forms);
        by.CompletionSources.Add([.. CoverageAxis.All.Select(axis => axis.Name)]);
        ChoiceOption.Restrict(domain, NavigatorLayer.Domains);
        var attack = new AttackOption(command);
        var rules = new RuleOptions(command);
        var jobs = new JobsOption(command);
        var configuration = new ConfigurationOptions(command, environment);
        var messages = new MessageOptions(command);
        command.SetAction(parsed =>
        {
            var diagnostics = new List<Diagnostic>();
            Configuration set = configuration.Read(parsed, diagnostics);
            string form = parsed.GetValue(format) ?? set.Value("format") ?? Forms[0];
            string axis = parsed.GetValue(by) ?? set.Value("by") ?? CoverageAxis.ByTechnique.Name;
            if (parsed.GetValue(by) is { } wanted)
            {
                Check("by", wanted, [.. CoverageAxis.All.Select(known => known.Name)], diagnostics);
            }

            if (form == "navigator" && axis != CoverageAxis.ByTechnique.Name)
            {
                diagnostics.Add(Diagnostic.OptionValue(null, "by", "technique for a layer", axis));
            }

            if (form != "navigator" && parsed.GetResult(domain) is { Implicit: false })
            {
                diagnostics.Add(Diagnostic.OptionValue(null, "--domain", "used with -f navigator", form));
            }

            if (parsed.GetValue(ruleUrl) is { } url && !SettingText.IsWebAddress(url))
            {
                diagnostics.Add(Diagnostic.OptionValue(null, "--rule-url", SettingText.WebAddress, url).WithHint(SettingText.WebAddressHint));
            }

            MessageSettings said = set.Complete(messages.Read(parsed));
            return Messages.Create(said, environment).SayAll(diagnostics) ? ExitCode.WrongUse : new CoverageRun(new CoverageSettings
            {
                Rules = set.Complete(rules.Read(parsed)),
                Messages = said,
                Axis = CoverageAxis.Find(axis)!,
                Format = form,
                Output = parsed.GetValue(output),
                Compare = parsed.GetValue(compare),
                All = parsed.GetValue(all),
                Domain = parsed.GetValue(domain)!,
                SpreadsheetSafe = parsed.GetValue(spreadsheet),
                RuleUrl = parsed.GetValue(ruleUrl) ?? set.Value("rule-url"),
                Attack = attack.Read(parsed) ?? set.Value("attack"),
                Places = set.Places,
                Jobs = jobs.Read(parsed),
            }, environment).Execute();
        });
        return command;
    }

    /// <summary>Makes <c>--spreadsheet-safe</c>.</summary>
    public static Option<bool> CreateSpreadsheetSafe() => new("--spreadsheet-safe")
    {
        Description = "In CSV, put an apostrophe in front of cells that a spreadsheet would read as a formula.",
    };

    private static void Check(string option, string value, IReadOnlyList<string> known, List<Diagnostic> diagnostics)
    {
        if (!known.Contains(value))
        {
            diagnostics.Add(Diagnostic.OptionValue(null, option, ChoiceOption.Listed(known), value).WithHint(Suggestion.For(value, known)));
        }
    }
}

/// <summary>What the user asked <c>sigmac coverage</c> for.</summary>
internal sealed record CoverageSettings
{
    /// <summary>Which rules.</summary>
    public required RuleSettings Rules { get; init; }

    /// <summary>What is said.</summary>
    public required MessageSettings Messages { get; init; }

    /// <summary>By what is counted.</summary>
    public required CoverageAxis Axis { get; init; }

    /// <summary>table, navigator, csv or json.</summary>
    public string Format { get; init; } = "table";

    /// <summary>The output file; null for standard output.</summary>
    public string? Output { get; init; }

    /// <summary>What to compare with; null for nothing.</summary>
    public string? Compare { get; init; }

    /// <summary>Whether what has no rule is shown too.</summary>
    public bool All { get; init; }

    /// <summary>The matrix of a layer.</summary>
    public string Domain { get; init; } = "enterprise";

    /// <summary>Whether no cell of CSV may begin like a formula.</summary>
    public bool SpreadsheetSafe { get; init; }

    /// <summary>Where rule files can be read; null for nowhere.</summary>
    public string? RuleUrl { get; init; }

    /// <summary>Where what comes from a configuration file stands in it.</summary>
    public SettingPlaces Places { get; init; } = new();

    /// <summary>Where the names of ATT&amp;CK come from; null for the built-in ones.</summary>
    public string? Attack { get; init; }

    /// <summary>The number of files to read in parallel.</summary>
    public int Jobs { get; init; } = 1;
}
