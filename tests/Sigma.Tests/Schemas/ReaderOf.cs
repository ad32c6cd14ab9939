using Sigma.Backends;
using Sigma.Cli;
using Sigma.Events.Testing;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Schemas;

/// <summary>What the reader of each schema's files says about a text.</summary>
internal static class ReaderOf
{
    /// <summary>
    /// Warnings that a schema gives too: a key or value of the rule itself is wrong, whatever else is in the file. Other warnings
    /// are about what the rule means.
    /// </summary>
    private static readonly DiagnosticCode[] Slips =
        [Codes.InvalidMetadata, Codes.NoTitle, Codes.UnknownLogSourceKey, Codes.CorrelationKeyUnused];

    /// <summary>The errors, and the warnings of the kinds that a schema gives too.</summary>
    public static IReadOnlyList<Diagnostic> Complaints(EditorSchema schema, string text) =>
        [.. Diagnose(schema.Name, new SourceText("a.yml", text)).Where(d => d.Severity is Severity.Error || Slips.Contains(d.Code))];

    private static List<Diagnostic> Diagnose(string name, SourceText source)
    {
        var diagnostics = new List<Diagnostic>();
        switch (name)
        {
            case "rule":
                diagnostics.AddRange(RuleReader.Read(source).SelectMany(document => document.Diagnostics));
                break;
            case "cases":
                CaseReader.Read(source, diagnostics);
                break;
            case "pipeline":
                PipelineReader.Read(source, "p", diagnostics);
                break;
            case "backend":
                var files = new BackendOfText(source);
                BackendReader.Read(files, new KnownFolders(Base, []), new Dictionary<string, string>(), diagnostics);
                break;
            default:
                new ConfigurationReader(".", contained: false, diagnostics).Read(source, "convert");
                break;
        }

        return diagnostics;
    }

    /// <summary>Whatever a definition extends is there, since a schema sees no other file.</summary>
    private static BackendFolder Base(string name) =>
        BackendFolder.BuiltIn.FirstOrDefault(folder => folder.Name == name) ?? BackendFolder.BuiltIn.Single(folder => folder.Name == "es-qs");

    /// <summary>A folder with a backend.yml; whatever else it names is there, since a schema sees no other file.</summary>
    private sealed class BackendOfText(SourceText backend) : BackendFolder
    {
        public override string Name => "mine";

        public override IReadOnlyList<string> Pipelines => [];

        public override SourceText? Read(string path, out Diagnostic? error)
        {
            error = null;
            return path == "backend.yml" ? backend
                : path.StartsWith("pipelines/", StringComparison.Ordinal) ? new SourceText(path, "name: p\n")
                : new SourceText(path, "{{ query }}");
        }
    }
}
