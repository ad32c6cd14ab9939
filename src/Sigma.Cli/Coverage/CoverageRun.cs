using System.Text;
using Sigma.Attack;
using Sigma.Documentation.Coverage;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac coverage</c>.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class CoverageRun(CoverageSettings settings, CommandEnvironment environment)
{
    private readonly Messages messages = Messages.Create(settings.Messages, environment);
    private readonly List<Diagnostic> pending = [];
    private string? pendingPath;
    private bool failed;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        var collection = RuleCollection.Open(settings.Rules, environment, diagnostics);
        AttackCatalog? attack = settings.Places.Around("attack", settings.Attack, diagnostics, () => AttackOption.Open(settings.Attack, diagnostics));
        CoverageBaseline? before = settings.Compare is null || attack is null ? null : Before(settings.Compare, attack, diagnostics);
        var bounds = new OutputBounds(collection.Files);
        bounds.Check(settings.Output, diagnostics);
        if (messages.SayAll(diagnostics) || attack is null)
        {
            return ExitCode.WrongUse;
        }

        collection.NoteEmptyFolders(messages);
        failed |= collection.SayFilterFindings(messages, settings.Jobs, saysWanted: false) && settings.Messages.Strict;
        var report = CoverageReport.Count(settings.Axis, attack, Documents(collection, say: true), settings.All, Say);
        SayPending();
        messages.NoteTally();
        if (report.RuleCount == 0 && !failed)
        {
            messages.Say(collection.NoneFound);
            return ExitCode.WrongUse;
        }

        if (Write(report, before is null ? null : report.Since(before), bounds) is { } problem)
        {
            messages.Say(problem);
            return ExitCode.SomeFailed;
        }

        if (before is not null && report.NotIn(before) is > 0 and var left)
        {
            messages.Note($"sigmac: {Pluralizer.Count(left, "technique")} with a rule {(left == 1 ? "is" : "are")} not compared: a layer has none of other matrices and no retired ones");
        }

        messages.Note("sigmac: " + Summary(report));
        return failed ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    /// <summary>Files and rules that cannot be read count nothing, and are reported; what is found in tags depends on its weight.</summary>
    private IEnumerable<(string Path, ReadDocument Document)> Documents(RuleCollection collection, bool say)
    {
        IEnumerable<(RuleInput Input, IReadOnlyList<ReadDocument> Documents, Diagnostic? Error)> files = collection.InOrder(settings.Jobs, input =>
        {
            IReadOnlyList<ReadDocument> documents = collection.Documents(input, out Diagnostic? error);
            return (input, documents, error);
        });
        foreach ((RuleInput input, IReadOnlyList<ReadDocument> documents, Diagnostic? error) in files)
        {
            foreach (Diagnostic diagnostic in say && error is not null ? [error] : (Diagnostic[])[])
            {
                Say(diagnostic, input.Path);
            }

            foreach (ReadDocument document in documents.Where(collection.Filter.Wants))
            {
                if (document.Document is null && say)
                {
                    foreach (Diagnostic diagnostic in document.Diagnostics)
                    {
                        Say(diagnostic, input.Path);
                    }
                }

                if (document.Document is SigmaRule or SigmaCorrelation)
                {
                    yield return (input.Path, document);
                }
            }
        }
    }

    /// <summary>Keeps the findings of a rule until those of the next come, so that they are told together.</summary>
    private void Say(Diagnostic diagnostic, string path)
    {
        if (path != pendingPath)
        {
            SayPending();
            pendingPath = path;
        }

        pending.Add(diagnostic);
        failed |= diagnostic.Severity is Severity.Error || (settings.Messages.Strict && diagnostic.Severity is Severity.Warning);
    }

    private void SayPending()
    {
        messages.SayOfRule([.. pending], pendingPath);
        pending.Clear();
    }

    private CoverageBaseline? Before(string path, AttackCatalog attack, List<Diagnostic> diagnostics)
    {
        if (File.Exists(path) && Path.GetExtension(path) is not (".yml" or ".yaml"))
        {
            return CoverageBaseline.Read(path, settings.Axis, attack, diagnostics);
        }

        int errors = diagnostics.Count;
        var old = RuleCollection.Open(settings.Rules with { Inputs = [path] }, environment, diagnostics);
        return diagnostics.Count > errors
            ? null
            : new CoverageBaseline(CoverageReport.Count(settings.Axis, attack, Documents(old, say: false)).Rows.ToDictionary(row => row.Key, row => row.Rules.Length, StringComparer.Ordinal));
    }

    private Diagnostic? Write(CoverageReport report, IReadOnlyList<CoverageChange>? changes, OutputBounds bounds)
    {
        if (settings.Output is null && settings.Format == "table" && environment.IsOutputTerminal)
        {
            foreach (Listing listing in CoverageText.Tables(report, changes))
            {
                listing.WriteTable(environment.Output);
                environment.Output.WriteLine();
            }

            return null;
        }

        using var content = new MemoryStream();
        switch (settings.Format)
        {
            case "navigator":
                new NavigatorLayer(report, "Sigma rules", settings.Domain, settings.RuleUrl).Write(content, changes);
                content.WriteByte((byte)'\n');
                break;
            case "json":
                CoverageJson.Write(content, report, changes);
                break;
            default:
                content.Write(Encoding.UTF8.GetBytes(settings.Format == "csv" ? CoverageText.Csv(report, changes, settings.SpreadsheetSafe) : CoverageText.Lines(report, changes)));
                break;
        }

        byte[] bytes = content.ToArray();
        if (settings.Output is { } file)
        {
            return OutputFolder.WriteFile(file, bytes, bounds);
        }

        using Stream output = environment.OpenOutput(messages);
        output.Write(bytes);
        return null;
    }

    private static string Summary(CoverageReport report)
    {
        (string one, string many) = report.Axis.Name switch
        {
            "category" => ("category", "categories"),
            "status" => ("kind of status", "kinds of status"),
            "logsource" => ("log source", "log sources"),
            var name => (name, name + "s"),
        };
        string of = report.Known is { } known ? $" of {known} {many} of ATT&CK {report.Attack.Version}" : $" {(report.Covered == 1 ? one : many)}";
        string without = report.Unassigned > 0 ? $"; {Pluralizer.Count(report.Unassigned, "rule")} name{(report.Unassigned == 1 ? "s" : "")} none" : "";
        string others = report.Others > 0 ? $", {Pluralizer.Count(report.Others, one)} outside its Enterprise matrix" : "";
        return $"{Pluralizer.Count(report.RuleCount, "rule")}, {report.Covered}{of}{others}{without}";
    }
}
