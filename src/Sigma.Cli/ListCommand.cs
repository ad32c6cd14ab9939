using System.CommandLine;
using Sigma.Backends;
using Sigma.Checks;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac list</c>: lists targets and the like from the tables that the compiler uses.</summary>
internal static class ListCommand
{
    private static readonly IReadOnlyDictionary<string, string> NoOptions = new Dictionary<string, string>();

    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment) => new("list", "List targets, formats, options, pipelines, fields of rules, modifiers, checks or codes.")
    {
        OfAll("targets", "List the targets and the products that they are for.", (_, backends) => Targets(backends), environment),
        OfTarget("formats", "List the formats of the targets, and the types of correlations that they support. The first format of a target is its default.", (_, backends, _) => Formats(backends), environment),
        OfTarget("options", "List the options of the targets.", (_, backends, _) => Options(backends), environment),
        OfTarget("pipelines", "List the built-in pipelines, all or those that fit a target.", Pipelines, environment),
        ListFieldsCommand.Create(environment),
        OfAll("modifiers", "List the value modifiers of the Sigma language.", (_, _) => Modifiers(), environment),
        OfAll("checks", "List the checks of 'sigmac check': code, name, group, weight, correction, and what other tools call them.", (_, _) => Checks(), environment),
        OfAll("codes", "List the codes of diagnostics; 'sigmac explain' shows what a code means.", (_, _) => DiagnosticCodes(), environment),
    };

    private static Command OfAll(string name, string description, Func<BackendCatalog, IReadOnlyList<Backend>, Listing> list, CommandEnvironment environment)
    {
        Option<string?> folder = TargetOptions.CreateBackends();
        var command = new Command(name, description) { folder };
        command.SetAction(parsed => Show(parsed.GetValue(folder), null, (catalog, backends, _) => list(catalog, backends), environment));
        return command;
    }

    private static Command OfTarget(string name, string description, Func<BackendCatalog, IReadOnlyList<Backend>, bool, Listing> list, CommandEnvironment environment)
    {
        Option<string?> folder = TargetOptions.CreateBackends();
        var target = new Argument<string?>("target") { HelpName = "target", Description = "List only what this target has.", Arity = ArgumentArity.ZeroOrOne };
        target.CompletionSources.Add(ValueCompletions.Targets);
        var command = new Command(name, description) { target, folder };
        command.SetAction(parsed => Show(parsed.GetValue(folder), parsed.GetValue(target), list, environment));
        return command;
    }

    private static int Show(string? folder, string? only, Func<BackendCatalog, IReadOnlyList<Backend>, bool, Listing> list, CommandEnvironment environment)
    {
        var diagnostics = new List<Diagnostic>();
        BackendCatalog catalog = TargetSetup.Catalog(folder, diagnostics);
        IReadOnlyList<Backend> backends =
        [
            .. (only is null ? catalog.Names : [only]).Select(name => catalog.Read(name, NoOptions, diagnostics)).OfType<Backend>(),
        ];
        if (Messages.Create(new MessageSettings(), environment).SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        Listing listing = list(catalog, backends, only is null);
        if (environment.IsOutputTerminal)
        {
            listing.WriteTable(environment.Output);
        }
        else
        {
            listing.WriteLines(environment.Output);
        }

        return ExitCode.Converted;
    }

    private static Listing Targets(IReadOnlyList<Backend> backends) => new(
        ["target", "product", "formats", "description"],
        backends.Select(backend => (string[])[backend.Name, backend.Title, string.Join(", ", backend.Formats.Select(format => format.Name)), backend.Description]));

    private static Listing Formats(IReadOnlyList<Backend> backends) => new(
        ["target", "format", "description", "correlations"],
        backends.SelectMany(backend => backend.Formats.Select(format => (string[])
            [backend.Name, format.Name, format.Description, format.Correlations.Count == 0 ? "none" : string.Join(", ", format.Correlations.Keys)])));

    private static Listing Options(IReadOnlyList<Backend> backends) => new(
        ["target", "option", "default", "description"],
        backends.SelectMany(backend => backend.Options.Select(option => (string[])
            [backend.Name, option.Name, option.Default, option.Description])));

    private static Listing Pipelines(BackendCatalog catalog, IReadOnlyList<Backend> backends, bool all)
    {
        var rows = new List<string[]>();
        foreach (BuiltInPipeline entry in PipelineCatalog.BuiltIn(catalog))
        {
            if (PipelineReader.Read(entry.Open(), entry.Name, []) is { } pipeline && (all || backends.Any(backend => PipelineCatalog.IsFor(pipeline, backend))))
            {
                // A pipeline may name targets of other tools, for which it was written as well.
                string madeFor = pipeline.AllowedBackends.IsEmpty ? "any" : string.Join(", ", pipeline.AllowedBackends.Where(name => catalog.Find(name) is { IsAbstract: false }));
                IEnumerable<string> users = backends.Where(backend => backend.Pipelines.Any(own => own.Name == pipeline.Name)).Select(backend => backend.Name);
                rows.Add([entry.Name, pipeline.Priority.ToString(), madeFor, string.Join(", ", users), pipeline.Description ?? ""]);
            }
        }

        return new Listing(["pipeline", "priority", "for targets", "default for", "description"], rows);
    }

    private static Listing Modifiers() => new(
        ["modifier", "takes", "effect"],
        Rules.Modifiers.All.Select(modifier => (string[])[modifier.Name, modifier.Input, modifier.Effect]));

    private static Listing Checks() => new(
        ["code", "name", "group", "severity", "fix", "runs", "elsewhere", "message"],
        CheckCatalog.All.Select(check => check.Info).Select(info => (string[])
        [
            info.Code, info.Name, info.GroupName, info.Severity.ToString().ToLowerInvariant(), info.Fix.ToString().ToLowerInvariant(), info.IsDefault ? "by default" : "if selected",
            info.Aliases.Count == 0 ? "-" : string.Join(", ", info.Aliases), info.Message,
        ]));

    private static Listing DiagnosticCodes() => new(
        ["code", "severity", "message"],
        KnownCodes.All.Select(code => (string[])[code.Id, code.Severity.ToString().ToLowerInvariant(), code.Message]));
}
