using Sigma.Backends;
using Sigma.Events.Samples;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac sample</c>: files are processed in parallel, and their samples are written in order.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class SampleRun(SampleRunSettings settings, CommandEnvironment environment)
{
    private readonly Messages messages = Messages.Create(settings.Messages, environment);
    private int rules;
    private int failed;
    private int matches;
    private int nearMisses;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        IReadOnlyList<Pipeline> pipelines = [.. TargetSetup.Pipelines(settings.Pipelines, new BackendCatalog(), diagnostics).OrderBy(pipeline => pipeline.Priority)];
        PipelineSettings shared = TargetSetup.Settings(settings.Pipelines, diagnostics);
        var collection = RuleCollection.Open(settings.Rules, environment, diagnostics);
        OutputFolder? folder = settings.Output is null ? null : OutputFolder.Open(settings.Output, new OutputBounds(collection.Files, CaseFiles.Beside(collection.Files)), diagnostics);
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        collection.NoteEmptyFolders(messages);
        collection.SayFilterFindings(messages, settings.Jobs, saysWanted: false);
        var sampler = new RuleSampler(settings.Samples, pipelines, shared);
        using (var output = new BufferedStream(environment.OpenOutput(messages), 64 * 1024))
        using (var progress = Progress.Start("Sampling", collection.Inputs.Count, folder is not null, settings.Messages.Quiet, messages, environment))
        {
            foreach (SampledFile file in collection.InOrder(settings.Jobs, input => Sample(input, collection, sampler)))
            {
                Write(output, folder, file);
                progress.Step();
            }
        }

        return Finish(collection);
    }

    private SampledFile Sample(RuleInput input, RuleCollection collection, RuleSampler sampler)
    {
        try
        {
            var sampled = new List<SampledRule>();
            IReadOnlyList<ReadDocument> documents = collection.Documents(input, out Diagnostic? error);
            if (error is not null)
            {
                sampled.Add(new SampledRule(new Metadata(), 0, new RuleSamples([], [error])));
            }

            for (int i = 0; i < documents.Count; i++)
            {
                ReadDocument document = documents[i];
                if (collection.Filter.Wants(document) && document.Document is not SigmaFilter)
                {
                    sampled.Add(new SampledRule(document.Metadata, i, Sample(document, collection.Rules, sampler)) { IsRule = document.Document is not null });
                }
            }

            return new SampledFile(input, sampled);
        }
        catch (Exception exception)
        {
            // Nobody should lose thousands of samples to one rule that trips the sampler.
            Diagnostic failure = Diagnostic.InternalFailure(null, $"{exception.GetType().Name}: {exception.Message}");
            return new SampledFile(input, [new SampledRule(new Metadata(), 0, new RuleSamples([], [failure]))]);
        }
    }

    private static RuleSamples Sample(ReadDocument document, RuleSet rules, RuleSampler sampler)
    {
        Diagnostic[] known = [.. document.Diagnostics, .. rules.FindingsOf(document)];
        if (Array.Exists(known, diagnostic => diagnostic.Severity is Severity.Error) || document.Document is null)
        {
            return new RuleSamples([], known);
        }

        RuleSamples made = sampler.Make(document, rules);
        return made with { Diagnostics = [.. known, .. made.Diagnostics] };
    }

    private void Write(Stream output, OutputFolder? folder, SampledFile file)
    {
        foreach (SampledRule rule in file.Rules)
        {
            // A document that is not a rule and has no error is an unused template, which is warned of.
            bool isRule = rule.IsRule || rule.Samples.Diagnostics.Any(finding => finding.Severity is Severity.Error);
            rules += isRule ? 1 : 0;
            bool bad = isRule && rule.Samples.Positives == 0;
            messages.SayOfRule(rule.Samples.Diagnostics, file.Input.Path);
            bad |= settings.Messages.Strict && rule.Samples.Diagnostics.Any(finding => finding.Severity is Severity.Warning);

            Sample[] wanted = [.. rule.Samples.Samples.Where(sample => settings.Only is null || sample.Matches == (settings.Only == "matches"))];
            matches += wanted.Count(sample => sample.Matches);
            nearMisses += wanted.Count(sample => !sample.Matches);
            if (folder is not null)
            {
                foreach ((string name, byte[] content) in SampleFiles.Of(file.Input, rule, wanted, settings.Samples.Shape))
                {
                    if (folder.Write(name, $"{file.Input.Path} (rule {rule.Index + 1})", content) is { } problem)
                    {
                        messages.Say(problem, file.Input.Path);
                        bad = true;
                    }
                }
            }
            else
            {
                foreach (Sample sample in wanted)
                {
                    output.Write(settings.Json
                        ? SampleRecord.Of(file.Input, rule, sample, settings.Samples.Shape)
                        : SampleFiles.Lines([sample], settings.Samples.Shape));
                }
            }

            failed += bad ? 1 : 0;
        }
    }

    private int Finish(RuleCollection collection)
    {
        if (rules == 0)
        {
            messages.Say(collection.NoneFound);
            return ExitCode.WrongUse;
        }

        string without = failed > 0 ? $"; {Pluralizer.Count(failed, "rule")} failed" : "";
        messages.Note($"sigmac: {Pluralizer.Count(rules, "rule")}, {Pluralizer.Count(matches, "match")}, {Pluralizer.Count(nearMisses, "near miss")}{without}");
        return failed > 0 ? ExitCode.SomeFailed : ExitCode.Converted;
    }
}

/// <summary>A rule with its samples.</summary>
/// <param name="Metadata">The metadata of the rule.</param>
/// <param name="Index">The rule's place in its file, from 0.</param>
/// <param name="Samples">The samples.</param>
internal sealed record SampledRule(Metadata Metadata, int Index, RuleSamples Samples)
{
    /// <summary>Whether it is a rule that could be read.</summary>
    public bool IsRule { get; init; }
}

/// <summary>A file with the samples of its rules.</summary>
/// <param name="Input">The file.</param>
/// <param name="Rules">Its rules.</param>
internal sealed record SampledFile(RuleInput Input, IReadOnlyList<SampledRule> Rules);
