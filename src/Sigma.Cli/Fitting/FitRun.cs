using Sigma.Events.Fitting;
using Sigma.Events.Logs;
using Sigma.Events.Matching;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac fit</c>.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class FitRun(FitSettings settings, CommandEnvironment environment)
{
    private readonly MatchSettings matching = settings.Matching;
    private readonly Messages messages = Messages.Create(settings.Matching.Messages, environment);

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        var input = MatchInput.Open(matching, environment, messages, diagnostics);
        (IReadOnlyList<Pipeline> pipelines, PipelineSettings shared, RuleCollection collection, FoundFiles found) = input;
        LogProfile[] schemas = [.. settings.Schemas.SelectMany(path => Schema(path, diagnostics))];
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        collection.NoteEmptyFolders(messages);
        var compiler = new FitCompiler(collection.Rules, new DetectorSettings { Pipelines = pipelines, PipelineSettings = shared, Strict = matching.Messages.Strict, Unknown = matching.Unknown });
        (List<IReadOnlyList<FitRule>> rules, int failed) = Rules(collection, compiler);
        failed += collection.SayFilterFindings(messages, 1, saysWanted: false) && matching.Messages.Strict ? 1 : 0;
        if (rules.Count == 0)
        {
            if (failed == 0)
            {
                messages.Say(collection.NoneFound);
            }

            return ExitCode.WrongUse;
        }

        MatchSummary summary = input.NewSummary(matching, messages);
        var profiles = new LogProfiles(compiler.Fields, compiler.Sources);
        Read(found, profiles, summary);
        var fitter = new Fitter(compiler.Fields, compiler.Sources, matching.Unknown, [.. profiles.All, .. schemas]);
        RuleFit[] fits = [.. rules.Select(parts => Together([.. parts.Select(fitter.Check)]))];
        FitWriter.Write(fits, settings, environment);
        summary.FinishFiles();
        Note(fits, profiles, failed);
        bool isAnyJudged = Array.Exists(fits, fit => fit.Verdict is not FitVerdict.Unknown);
        bool isFound = settings.FailOn is { } least && Array.Exists(fits, fit => fit.Weight >= least);
        return failed > 0 || summary.IsIncomplete || isFound || !isAnyJudged ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    private IReadOnlyList<LogProfile> Schema(string path, List<Diagnostic> diagnostics)
    {
        if (!FileBounds.IsFile(path, diagnostics))
        {
            return [];
        }

        if (!File.Exists(path))
        {
            diagnostics.Add(FileErrors.Missing(path));
            return [];
        }

        SourceText source = new RuleInput(path, Path.GetFileName(path)) { Limits = matching.Rules.Limits }.Read(out Diagnostic? error);
        if (error is not null)
        {
            diagnostics.Add(error);
            return [];
        }

        return SchemaReader.Read(source, diagnostics);
    }

    private (List<IReadOnlyList<FitRule>> Rules, int Failed) Rules(RuleCollection collection, FitCompiler compiler)
    {
        var rules = new List<IReadOnlyList<FitRule>>();
        int failed = 0;
        foreach ((IReadOnlyList<ReadDocument> documents, Diagnostic? error, string path) in collection.InOrder(1, input => (collection.Documents(input, out Diagnostic? error), error, input.Path)))
        {
            if (error is not null)
            {
                messages.Say(error, path);
                failed++;
            }

            foreach (ReadDocument document in documents.Where(document => document.Document is not SigmaFilter && collection.Filter.Wants(document)))
            {
                var diagnostics = new List<Diagnostic>();
                IReadOnlyList<FitRule>? compiled = compiler.Compile(document, diagnostics);
                foreach (Diagnostic diagnostic in diagnostics)
                {
                    messages.Say(diagnostic, path);
                }

                failed += compiled is null && diagnostics.Exists(diagnostic => diagnostic.Severity is Severity.Error || matching.Messages.Strict) ? 1 : 0;
                if (compiled is { Count: > 0 })
                {
                    rules.Add(compiled);
                }
            }
        }

        return (rules, failed);
    }

    private void Read(FoundFiles found, LogProfiles profiles, MatchSummary summary)
    {
        Event room = EventInput.NewEvent();
        foreach (EventFile file in found.Files)
        {
            foreach (EventPart part in EventFiles.Parts(file, environment))
            {
                summary.Begin(part, file);
                foreach (EventBatch batch in EventFiles.Read(part, matching.InputFormat, recover: false, summary.Say))
                {
                    long count = 0;
                    batch.Read(
                        room,
                        (e, _, _) =>
                        {
                            count++;
                            profiles.Add(e);
                        },
                        summary.Say);
                    batch.Release();
                    summary.Add(count);
                }

                summary.End();
            }

            summary.EndFile(file);
        }
    }

    /// <summary>The parts of a rule as one: its conditions, or the rules of a correlation.</summary>
    private static RuleFit Together(RuleFit[] parts) => parts.Length == 1 ? parts[0] : parts[0] with
    {
        Logs = [.. parts.SelectMany(part => part.Logs).Distinct()],
        Findings = [.. parts.SelectMany(part => part.Findings).DistinctBy(finding => (finding.Problem, finding.Field, finding.Wanted))],
    };

    private void Note(RuleFit[] fits, LogProfiles profiles, int failed)
    {
        if (profiles.Unknown > 0 && matching.Unknown.AreOfNoLog)
        {
            messages.Note($"sigmac: {Pluralizer.Count(profiles.Unknown, "event")} with an unknown log source; set it with --product, --service or --category");
        }

        int Of(FitVerdict verdict) => fits.Count(fit => fit.Verdict == verdict);
        messages.Note(
            $"sigmac: {Pluralizer.Count(profiles.All.Sum(log => log.Events), "event")}; {Pluralizer.Count(fits.Length, "rule")}: {Of(FitVerdict.Fits)} fit, "
            + $"{Of(FitVerdict.Partly)} match only in part, {Of(FitVerdict.CannotMatch)} cannot match, "
            + $"{Of(FitVerdict.Unknown)} without an event for them"
            + (failed > 0 ? $"; {Pluralizer.Count(failed, "rule")} failed" : ""));
    }
}
