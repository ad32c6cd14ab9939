using System.Text;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac convert</c>: files are converted in parallel and written in order.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class ConvertRun(ConvertSettings settings, CommandEnvironment environment)
{
    private readonly Messages messages = Messages.Create(settings.Messages, environment);

    /// <summary>For each target whose pipelines have finalizers, the queries so far, each with the number of its rule.</summary>
    private readonly Dictionary<string, List<(int Rule, string Query)>> heldBack = new(StringComparer.Ordinal);

    /// <summary>The names of the objects that the queries create in the systems behind the targets.</summary>
    private readonly ObjectNames names = new();

    /// <summary>The numbers of the rules that failed for some target.</summary>
    private readonly HashSet<int> failedRules = [];
    private readonly UnmappedSummary unmapped = new(settings.Messages);
    private bool failed;
    private int rules;
    private int skippedRules;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        IReadOnlyList<CompilerTarget> targets = TargetSetup.Targets(settings.Targets, diagnostics);
        var collection = RuleCollection.Open(settings.Rules, environment, diagnostics);
        OutputTree? tree = settings.Output is null ? null : OutputTree.Open(settings.Output, settings.OutputTemplate, settings.Rules.Limits, diagnostics);
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        collection.NoteEmptyFolders(messages);
        failed = collection.SayFilterFindings(messages) && settings.Messages.Strict;
        bool whole = tree is null && !settings.Json;
        foreach (CompilerTarget target in targets.Where(target => Finalizers.Any(target.Pipelines)))
        {
            if (whole)
            {
                heldBack[target.Backend.Name] = [];
            }
            else
            {
                messages.Note($"sigmac: the finalizers for {target.Backend.Name} combine all queries into one text; they are skipped with --json and --output");
            }
        }

        var conversion = new FileConversion(new Compiler(targets), settings, collection);
        using (var output = new BufferedStream(environment.OpenOutput(), 64 * 1024))
        using (var progress = Progress.Start("Converting", collection.Inputs.Count, settings.Output is not null, settings.Messages.Quiet, messages, environment))
        {
            foreach (ConvertedFile file in collection.InOrder(settings.Jobs, conversion.Convert))
            {
                Write(output, tree, file, conversion);
                progress.Step();
            }

            WriteFinalized(output, targets);
        }

        return Finish(collection);
    }

    /// <summary>Writes the targets whose pipelines have finalizers: one text of all their queries.</summary>
    private void WriteFinalized(Stream output, IReadOnlyList<CompilerTarget> targets)
    {
        foreach (CompilerTarget target in targets)
        {
            if (!heldBack.TryGetValue(target.Backend.Name, out List<(int Rule, string Query)>? queries))
            {
                continue;
            }

            var diagnostics = new List<Diagnostic>();
            string? text = Finalizers.Apply([.. queries.Select(query => query.Query)], target.Pipelines, target.PipelineSettings, diagnostics);
            messages.SayAll(diagnostics);
            if (text is null)
            {
                failedRules.UnionWith(queries.Select(query => query.Rule));
                failed = true;
            }
            else
            {
                output.Write(Encoding.UTF8.GetBytes(text + "\n"));
            }
        }
    }

    private int Finish(RuleCollection collection)
    {
        if (rules == 0)
        {
            messages.Say(collection.NoneFound);
            return ExitCode.WrongUse;
        }

        foreach ((Diagnostic finding, string? path) in unmapped.Findings(rules))
        {
            messages.Say(finding, path);
        }

        if (rules > 1)
        {
            string skipped = skippedRules > 0 ? $", {skippedRules} skipped" : "";
            messages.Note($"sigmac: {rules} rules, {rules - failedRules.Count - skippedRules} converted, {failedRules.Count} failed{skipped}");
        }

        return failedRules.Count > 0 || failed ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    private void Write(Stream output, OutputTree? tree, ConvertedFile file, FileConversion conversions)
    {
        foreach (ConvertedRule converted in file.Rules)
        {
            ConvertedRule rule = conversions.Settle(file.Input, converted, names);
            int number = rules++;
            bool ruleFailed = rule.Failed;
            foreach (Diagnostic diagnostic in rule.Diagnostics)
            {
                if (!unmapped.Takes(diagnostic, number, file.Input.Path))
                {
                    messages.Say(diagnostic, file.Input.Path);
                }
            }

            foreach ((Conversion conversion, string extension, ReadOnlyMemory<byte> content) in rule.Outputs)
            {
                if (heldBack.TryGetValue(conversion.Target, out List<(int Rule, string Query)>? queries))
                {
                    queries.AddRange(conversion.Queries.Select(query => (number, query)));
                }
                else if (tree is null)
                {
                    output.Write(content.Span);
                }
                else if (tree.Write(file.Input, conversion, extension, content.Span) is { } problem)
                {
                    messages.Say(problem, file.Input.Path);
                    ruleFailed = true;
                }
            }

            if (ruleFailed)
            {
                failedRules.Add(number);
            }

            skippedRules += !ruleFailed && rule.Skipped ? 1 : 0;
        }
    }
}
