using System.Text;
using Sigma.Backends;
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

    /// <summary>For each target whose queries become one text, or of which there may be only one, the conversions so far, each with the number of its rule.</summary>
    private readonly Dictionary<string, List<(int Rule, Conversion Conversion)>> heldBack = new(StringComparer.Ordinal);

    /// <summary>The names of the objects that the queries create in the systems behind the targets.</summary>
    private readonly ObjectNames names = new();

    /// <summary>The numbers of the rules that failed for some target.</summary>
    private readonly HashSet<int> failedRules = [];
    private readonly ObjectList? objects = settings.Objects is null ? null : new ObjectList(settings.Objects);
    private readonly UnmappedSummary unmapped = new(settings.Messages);
    private bool failed;
    private bool unread;
    private int rules;
    private int unsupportedRules;
    private int skippedRules;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        try
        {
            return ConvertAll();
        }
        catch (Exception exception) when (settings.OutputFile is not null && FileErrors.IsOne(exception))
        {
            // The disk is full, say. What was there before stays.
            messages.Say(Diagnostic.CannotWrite(null, settings.OutputFile, FileErrors.Reason(exception)));
            return ExitCode.SomeFailed;
        }
    }

    private int ConvertAll()
    {
        var diagnostics = new List<Diagnostic>();
        IReadOnlyList<CompilerTarget> targets = TargetSetup.Targets(settings.Targets, diagnostics);
        var collection = RuleCollection.Open(settings.Rules, environment, diagnostics);
        var bounds = new OutputBounds(collection.Files.Concat(settings.Targets.Pipelines.Pipelines));
        bounds.Check(settings.Objects, diagnostics);
        if (settings.Root is { Length: > 0 } root && !Directory.Exists(root))
        {
            diagnostics.Add(File.Exists(root) ? Diagnostic.OptionValue(null, "--root", "a folder", root) : FileErrors.Missing(root));
        }

        if (settings.Prune)
        {
            Pruning.CheckInputs(settings.Rules.Inputs, diagnostics);
        }

        bool looksLikeFile = LooksLikeFile(settings.Output);
        OutputTree? tree = settings.Output is null ? null : settings.Targets.Places.Around("output-template", settings.OutputTemplate, diagnostics, () => OutputTree.Open(settings.Output, bounds, settings.OutputTemplate, settings.Rules.Limits, diagnostics, settings.Root));
        using WholeFile? file = settings.OutputFile is null ? null : WholeFile.Begin(settings.OutputFile, bounds, diagnostics);
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        if (looksLikeFile)
        {
            messages.Note($"sigmac: '{settings.Output}' is a folder now, with one file per rule and target; for one file with all queries, use --output-file");
        }

        collection.NoteEmptyFolders(messages);
        if (collection.SayNothingLeft(messages) is { } nothing)
        {
            return nothing;
        }

        failed = collection.SayFilterFindings(messages, settings.Jobs, saysWanted: true) && settings.Messages.Strict;
        bool whole = tree is null && !settings.Json;
        foreach (CompilerTarget target in targets)
        {
            bool finalizes = Finalizers.Any(target.Pipelines);
            if (whole && target.Format.Document is not null && target.Pipelines.Any(pipeline => !pipeline.QueryItems.IsEmpty))
            {
                messages.Note($"sigmac: the postprocessing for {target.Backend.Name} is skipped, because the format '{target.Format.Name}' writes one text with all rules");
            }

            if (whole && (finalizes || target.Format.Document is not null || target.Format.Frame is not null || target.Format.Alone is Alone.Always))
            {
                heldBack[target.Backend.Name] = [];
            }
            else if (finalizes)
            {
                messages.Note($"sigmac: the finalizers for {target.Backend.Name} combine all queries into one text; they are skipped with --json and --output");
            }
        }

        bool isEmpty = false;
        var conversion = new FileConversion(new Compiler(targets), settings, collection);
        using (var output = new BufferedStream(file?.Content ?? environment.OpenOutput(messages), 64 * 1024))
        using (var progress = Progress.Start("Converting", collection.Inputs.Count, settings.Output is not null || file is not null, settings.Messages.Quiet, messages, environment))
        {
            foreach (ConvertedFile converted in collection.InOrder(settings.Jobs, conversion.Convert))
            {
                Write(output, tree, converted, conversion);
                progress.Step();
            }

            WriteFinalized(output, targets);
            isEmpty = file is not null && output.Length == 0;
        }

        if (rules > 0)
        {
            if (!isEmpty)
            {
                file?.Commit();
            }

            if (tree is not null)
            {
                failed |= Pruning.Finish(settings.Prune, unread ? "some files could not be read" : null, settings.Output!, tree.Finish, messages);
            }

            WriteObjects(bounds);
        }

        return Finish(collection);
    }

    /// <summary>Whether a folder that does not exist yet has the name of a file, such as <c>savedsearches.conf</c>.</summary>
    private static bool LooksLikeFile(string? folder) =>
        folder is not null && !Path.Exists(folder) && Path.GetExtension(folder) is { Length: > 1 and <= 6 } ending && ending.AsSpan(1).IndexOfAnyExceptInRange('a', 'z') < 0;

    /// <summary>Writes the list of objects. One that lacks those of broken rules would have them removed.</summary>
    private void WriteObjects(OutputBounds bounds)
    {
        if (objects is null)
        {
            return;
        }

        if (unread || failedRules.Count > 0)
        {
            messages.Note($"sigmac: {settings.Objects} is left as it was, because the objects of some rules are unknown");
        }
        else if (objects.Write(bounds) is { } problem)
        {
            messages.Say(problem);
            failed = true;
        }
    }

    /// <summary>Writes the targets that make one text of all their queries: by their format, or by the finalizers of pipelines.</summary>
    private void WriteFinalized(Stream output, IReadOnlyList<CompilerTarget> targets)
    {
        foreach (CompilerTarget target in targets)
        {
            if (!heldBack.TryGetValue(target.Backend.Name, out List<(int Rule, Conversion Conversion)>? queries) || (target.Format.Document is not null && queries.Count == 0))
            {
                continue;
            }

            bool joined = target.Format.Document is null && !Finalizers.Any(target.Pipelines);
            if (joined && queries.Count == 0)
            {
                continue;
            }

            var diagnostics = new List<Diagnostic>();
            string? text = JoinedQueries.Write(target, [.. queries.Select(query => query.Conversion)], diagnostics);
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
        if (rules == 0 && settings.Rules.Since is not null)
        {
            collection.NoteUnchanged(messages);
            return failed ? ExitCode.SomeFailed : ExitCode.Converted;
        }

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
            messages.NoteTally();
            string unsupported = unsupportedRules > 0 ? $", {unsupportedRules} unsupported" : "";
            string skipped = skippedRules > 0 ? $", {skippedRules} skipped" : "";
            int converted = rules - failedRules.Count - unsupportedRules - skippedRules;
            messages.Note($"sigmac: {rules} rules, {converted} converted, {failedRules.Count} failed{unsupported}{skipped}");
        }

        bool refused = unsupportedRules > 0 && !settings.SkipUnsupported;
        return failedRules.Count > 0 || refused || failed ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    private void Write(Stream output, OutputTree? tree, ConvertedFile file, FileConversion conversions)
    {
        foreach (ConvertedRule converted in file.Rules)
        {
            ConvertedRule rule = conversions.Settle(file.Input, converted, names);
            int number = rules++;
            bool ruleFailed = rule.Failed;
            IReadOnlyList<Diagnostic> said = [.. rule.Diagnostics.Where(finding => !unmapped.Takes(finding, number, file.Input.Path))];
            unread |= said.Any(finding => finding.Code == Codes.CannotRead);
            messages.SayOfRule(settings.SkipUnsupported && rule.Unsupported && !rule.Failed ? [.. said.Select(Refusal.AsWarning)] : said, file.Input.Path);

            foreach ((Conversion conversion, IReadOnlyList<OutputText> texts) in rule.Outputs)
            {
                objects?.Add(conversion);
                if (heldBack.TryGetValue(conversion.Target, out List<(int Rule, Conversion Conversion)>? queries))
                {
                    queries.Add((number, conversion));
                }
                else if (tree is null)
                {
                    output.Write(texts[0].Content.Span);
                }
                else
                {
                    ruleFailed |= WriteFiles(tree, file.Input, conversion, texts);
                }
            }

            if (ruleFailed)
            {
                failedRules.Add(number);
            }

            unsupportedRules += !ruleFailed && rule.Unsupported ? 1 : 0;
            skippedRules += !ruleFailed && rule.Skipped ? 1 : 0;
        }
    }

    /// <returns>Whether one could not be written.</returns>
    private bool WriteFiles(OutputTree tree, RuleInput input, Conversion conversion, IReadOnlyList<OutputText> texts)
    {
        Diagnostic[] problems = [.. texts.Select(text => tree.Write(input, conversion, text)).OfType<Diagnostic>()];
        foreach (Diagnostic problem in problems)
        {
            messages.Say(problem, input.Path);
        }

        return problems.Length > 0;
    }
}
