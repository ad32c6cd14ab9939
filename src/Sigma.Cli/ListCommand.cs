using System.CommandLine;
using Sigma.Backends;
using Sigma.Rules;
using Sigma.Text;
using Spectre.Console;

namespace Sigma.Cli;

/// <summary><c>sigmac list</c>: what there is, from the same tables that the compiler works by.</summary>
internal static class ListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("list", "Show what there is: targets, formats, options, pipelines, modifiers.")
        {
            Of("targets", "Show the targets, and what they can count.", Targets),
            OfTarget("formats", "Show the formats of the targets.", Formats),
            OfTarget("options", "Show the options of the targets.", Options),
            Of("pipelines", "Show the built-in pipelines.", Pipelines),
            Of("modifiers", "Show the value modifiers of the language.", (_, table) => Modifiers(table)),
        };
        return command;
    }

    private static Command Of(string name, string description, Action<BackendCatalog, Table> fill)
    {
        Option<string?> backends = BackendsOption();
        var command = new Command(name, description) { backends };
        command.SetAction(parsed => Show(parsed.GetValue(backends), null, (catalog, _, table) => fill(catalog, table)));
        return command;
    }

    private static Command OfTarget(string name, string description, Action<Backend, Table> fill)
    {
        Option<string?> backends = BackendsOption();
        var target = new Argument<string?>("target") { Description = "Only this target.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(name, description) { target, backends };
        command.SetAction(parsed => Show(parsed.GetValue(backends), parsed.GetValue(target), (_, all, table) =>
        {
            foreach (Backend backend in all)
            {
                fill(backend, table);
            }
        }));
        return command;
    }

    private static Option<string?> BackendsOption() => new("--backends") { Description = "Add the targets in this folder.", HelpName = "folder" };

    private static int Show(string? folder, string? only, Action<BackendCatalog, IReadOnlyList<Backend>, Table> fill)
    {
        var diagnostics = new List<Diagnostic>();
        BackendCatalog catalog = TargetSetup.Catalog(folder, diagnostics);
        IReadOnlyList<Backend> backends =
        [
            .. (only is null ? catalog.Names : [only]).Select(name => catalog.Read(name, new Dictionary<string, string>(), diagnostics)).OfType<Backend>(),
        ];
        if (Messages.Create("auto", quiet: false, verbose: false).SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        Table table = new Table().NoBorder();
        fill(catalog, backends, table);

        // In a pipe a line is a row, however long.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out), Interactive = InteractionSupport.No });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 1000;
        }

        console.Write(table);
        return ExitCode.Converted;
    }

    private static void Targets(BackendCatalog catalog, Table table)
    {
        Columns(table, "target", "language", "formats", "counts");
        foreach (string name in catalog.Names)
        {
            if (catalog.Read(name, new Dictionary<string, string>(), []) is { } backend)
            {
                Row(table, name, backend.Description, string.Join(", ", backend.Formats.Select(f => f.Name)), Counts(backend));
            }
        }
    }

    private static string Counts(Backend backend)
    {
        IEnumerable<string> types = backend.Formats.SelectMany(format => format.Correlations.Keys).Distinct();
        string joined = string.Join(", ", types);
        return joined.Length == 0 ? "none" : joined;
    }

    private static void Formats(Backend backend, Table table)
    {
        Columns(table, "target", "format", "what it is");
        foreach (QueryFormat format in backend.Formats)
        {
            Row(table, backend.Name, format.Name + (format == backend.Formats[0] ? " (default)" : ""), format.Description);
        }
    }

    private static void Options(Backend backend, Table table)
    {
        Columns(table, "target", "option", "default", "what it is");
        foreach (BackendOption option in backend.Options)
        {
            Row(table, backend.Name, option.Name, option.Default, option.Description);
        }
    }

    private static void Pipelines(BackendCatalog catalog, Table table)
    {
        Columns(table, "pipeline", "priority", "made for", "the target's own");
        foreach (BuiltInPipeline entry in PipelineCatalog.BuiltIn(catalog))
        {
            if (Sigma.Pipelines.PipelineReader.Read(entry.Open(), entry.Name, []) is { } pipeline)
            {
                string own = string.Join(", ", catalog.Names.Where(name =>
                    catalog.Read(name, new Dictionary<string, string>(), [])?.Pipelines.Any(p => p.Name == pipeline.Name) == true));
                Row(table, entry.Name, pipeline.Priority.ToString(), pipeline.AllowedBackends.IsEmpty ? "any" : string.Join(", ", pipeline.AllowedBackends), own);
            }
        }
    }

    private static void Modifiers(Table table)
    {
        Columns(table, "modifier", "takes", "effect");
        foreach (Modifier modifier in Rules.Modifiers.All)
        {
            Row(table, modifier.Name, modifier.Input, modifier.Effect);
        }
    }

    private static void Columns(Table table, params string[] names)
    {
        if (table.Columns.Count == 0)
        {
            foreach (string name in names)
            {
                table.AddColumn(new TableColumn(new Spectre.Console.Text(name, new Style(decoration: Decoration.Bold))).PadRight(2));
            }
        }
    }

    private static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(cell => new Spectre.Console.Text(cell)));
}
