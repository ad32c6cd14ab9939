using System.Text;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>
/// Reads a target, converts a rule for each kind of condition and of count, and shows what has written each. What the definition leaves to a
/// default that no default can know is asked for, and counts that write a name without quotes, or lose one, are named.
/// </summary>
/// <param name="folder">The target's folder.</param>
/// <param name="cases">Where the cases go; null for none.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class BackendCheckRun(string folder, string? cases, CommandEnvironment environment)
{
    private readonly Messages messages = Messages.Create(new MessageSettings(), environment);

    /// <summary>Runs the check.</summary>
    /// <returns>The exit code: 1 if something is to be said that the definition does not say.</returns>
    public int Run()
    {
        var diagnostics = new List<Diagnostic>();
        Backend? backend = Read(diagnostics);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            messages.Say(diagnostic, folder);
        }

        if (backend is null)
        {
            return ExitCode.WrongUse;
        }

        var target = new CompilerTarget(backend, backend.Formats[0], []);
        IReadOnlyList<CheckedKind> kinds = CheckedKind.All(target);
        IReadOnlyList<CheckedCount> counts = CheckedCount.All(target);
        IEnumerable<string[]> rows = [.. kinds.Select(kind => (string[])[kind.Title, kind.Shapes, kind.Shown]), .. counts.Select(count => (string[])[count.Title, "correlations", count.Shown])];
        new Listing(["KIND", "WRITTEN BY", "QUERY"], rows).WriteLines(environment.Output);
        if (cases is not null && !WriteCases(kinds))
        {
            return ExitCode.WrongUse;
        }

        CheckedCount[] faulty = [.. counts.Where(count => count.Fault is not null)];
        foreach (CheckedCount count in faulty)
        {
            messages.Note($"the template of 'correlations' for '{count.Title}' {count.Fault}");
        }

        if (!backend.Dialect.SaysMissing)
        {
            messages.Note("say in 'expression' what a test of a field is that an event does not have: 'missing: false' or 'missing: unknown'. If it is unknown, NOT loses events");
            return ExitCode.SomeFailed;
        }

        return faulty.Length > 0 ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    private Backend? Read(List<Diagnostic> diagnostics)
    {
        try
        {
            IReadOnlyList<BackendFolder> own = Directory.Exists(folder) ? BackendFolder.Open(folder) : [];
            if (own is not [var one] || !File.Exists(Path.Combine(folder, "backend.yml")))
            {
                diagnostics.Add(Diagnostic.NoBackendInFolder(null, folder));
                return null;
            }

            // What it extends may stand beside it.
            IEnumerable<BackendFolder> beside = Path.GetDirectoryName(Path.GetFullPath(folder)) is { } parent ? BackendFolder.Open(parent) : [];
            return new BackendCatalog([.. beside.Where(other => other.Name != one.Name), one]).Read(one.Name, new Dictionary<string, string>(), diagnostics);
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            diagnostics.Add(Diagnostic.CannotRead(null, FileErrors.Reason(exception)));
            return null;
        }
    }

    private bool WriteCases(IReadOnlyList<CheckedKind> kinds)
    {
        IEnumerable<string> lines = kinds.Where(kind => kind.Query is not null).Select(KindCases.Of).OfType<string>().Select(line => line + "\n");
        var bounds = new OutputBounds(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
        if (OutputFolder.WriteFile(cases!, Encoding.UTF8.GetBytes(string.Concat(lines)), bounds) is { } problem)
        {
            messages.Say(problem);
            return false;
        }

        return true;
    }
}
