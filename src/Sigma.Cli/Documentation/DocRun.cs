using System.Collections.Concurrent;
using Sigma.Attack;
using Sigma.Checks.Checking;
using Sigma.Compilation;
using Sigma.Documentation;
using Sigma.Documentation.Site;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac doc</c>: files are documented in parallel and written in order.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class DocRun(DocSettings settings, CommandEnvironment environment)
{
    private readonly Messages messages = Messages.Create(settings.Messages, environment);
    private readonly List<(RuleInput Input, DocumentedFile File)> kept = [];
    private readonly CodePages codes = new(settings.Checks?.Custom ?? []);
    /// <summary>
    /// What was documented while the rules were checked, since what checks find over all files comes after the last of them. Only for a site,
    /// which holds all files anyway; for other pages each file is read again.
    /// </summary>
    private readonly ConcurrentDictionary<RuleInput, DocumentedFile> checkedFiles = new(ReferenceEqualityComparer.Instance);

    private ILookup<string, Diagnostic> findings = Array.Empty<Diagnostic>().ToLookup(_ => "");
    private int rules;
    private int pages;
    private int incomplete;
    private bool failed;

    /// <summary>Whether pages are missing for another reason than that their rules are gone.</summary>
    private bool lacksPages;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        IReadOnlyList<CompilerTarget> targets = TargetSetup.Targets(settings.Targets, diagnostics);
        var collection = RuleCollection.Open(settings.Rules, environment, diagnostics);
        OutputFolder? folder = settings.Output is null ? null : OutputFolder.Open(settings.Output, new OutputBounds(collection.Files), diagnostics);
        AttackCatalog? attack = settings.Places.Around("attack", settings.Attack, diagnostics, () => AttackOption.Open(settings.Attack, diagnostics));
        EventTypeCatalog? events = settings.DataNeeded is not { } needed ? EventTypeCatalog.BuiltIn
            : settings.Places.Around("data-needed", needed, diagnostics, () => EventTypeReader.Read(needed, diagnostics));
        TriggerCatalog? triggers = settings.Atomics is not { } atomics ? TriggerCatalog.BuiltIn
            : settings.Places.Around("atomics", atomics, diagnostics, () => TriggerCatalog.Read(atomics, diagnostics));
        DocumentationWriter? writer = attack is null ? null : settings.Places.Around("template", settings.Template, diagnostics, () => Writer(attack, diagnostics));
        Baseline? known = settings.Checks is null || settings.Baseline is not { } baseline ? null
            : settings.CheckPlaces.Around("baseline", baseline, diagnostics, () => Baseline.Read(baseline, diagnostics));
        if (settings.Prune)
        {
            Pruning.CheckInputs(settings.Rules.Inputs, diagnostics);
        }

        if (settings.Output is null && (collection.Inputs.Count > 1 || settings.Format == "html"))
        {
            diagnostics.Add(Diagnostic.NeedsFolder(null));
        }

        if (messages.SayAll(diagnostics) || attack is null || events is null || triggers is null || writer is null)
        {
            return ExitCode.WrongUse;
        }

        var documenter = new Documenter(attack, new DataNeeded(events), triggers);
        collection.NoteEmptyFolders(messages);
        failed |= collection.SayFilterFindings(messages, settings.Jobs, saysWanted: true) && settings.Messages.Strict;
        var compiler = new Compiler(targets);
        int steps = collection.Inputs.Count * (1 + (writer.NeedsAll ? 1 : 0) + (settings.Checks is null ? 0 : 1));
        using (var output = new BufferedStream(environment.OpenOutput(messages), 64 * 1024))
        using (var progress = Progress.Start("Documenting", steps, folder is not null, settings.Messages.Quiet, messages, environment))
        {
            findings = Found(collection, known, progress.Step, writer.NeedsAll ? Keep : null).ToLookup(finding => finding.Span!.Value.Source.Path, StringComparer.Ordinal);
            foreach (FilePages file in collection.InOrder(settings.Jobs, input => Document(input, collection, Documented, writer)))
            {
                Write(output, folder, file, writer);
                progress.Step();
            }

            var problems = new List<Diagnostic>();
            foreach (DocumentationPage page in writer.Finish(kept, problems))
            {
                WritePage(output, folder, page, "the overview", problems);
                progress.Step();
            }

            failed |= messages.SayAll(problems);
            lacksPages |= problems.Exists(problem => problem.Severity is Severity.Error);
        }

        if (folder is not null && rules > 0)
        {
            failed |= Pruning.Finish(settings.Prune, lacksPages ? "some pages could not be made" : null, settings.Output!, folder.Finish, messages);
        }

        return Finish(collection);

        DocumentedFile Documented(IReadOnlyList<ReadDocument> documents) =>
            documenter.Document(documents[0].Span.Source, documents, compiler.Convert(documents, collection.Rules, collection.Filter.Wants));

        void Keep(RuleInput input, IReadOnlyList<ReadDocument> documents)
        {
            try
            {
                checkedFiles[input] = Documented(documents);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // It fails again when its turn comes, and is reported there; here it would hide what the checks found.
            }
        }
    }

    /// <summary>What the checks find, as <c>sigmac check</c> reports it.</summary>
    /// <param name="collection">The rules.</param>
    /// <param name="known">Findings that are left out; null for none.</param>
    /// <param name="done">Called after each file.</param>
    /// <param name="read">Called with the documents of each file; null for nobody.</param>
    private IEnumerable<Diagnostic> Found(RuleCollection collection, Baseline? known, Action done, Action<RuleInput, IReadOnlyList<ReadDocument>>? read)
    {
        if (settings.Checks is not { } chosen)
        {
            return [];
        }

        List<Finding> found = [.. new CheckedRules(chosen, chosen.NewChecker(), collection, []) { Read = read }.Find(settings.Jobs, done).SelectMany(file => file.Findings)];
        return (known?.Without(found) ?? found).Select(finding => finding.Diagnostic);
    }

    private DocumentationWriter? Writer(AttackCatalog attack, List<Diagnostic> diagnostics)
    {
        if (settings.Format != "html")
        {
            RulePage? page = settings.Template is null ? RulePage.BuiltIn(attack.Version, settings.Rules.Limits) : RulePage.Read(settings.Template, attack.Version, diagnostics, settings.Rules.Limits);
            if (page is null)
            {
                return null;
            }

            page.Codes = codes.Find;
            return new MarkdownWriter(page);
        }

        if (settings.Template is { } theme && !Directory.Exists(theme))
        {
            diagnostics.Add(FileErrors.Missing(theme));
            return null;
        }

        return new SiteWriter(new DetectionSite(SiteTheme.Open(settings.Template, diagnostics, settings.Rules.Limits), attack, settings.Title ?? DetectionSite.DefaultTitle) { Codes = codes.Find, HasFindings = settings.Checks is not null }, settings.Jobs);
    }

    private FilePages Document(RuleInput input, RuleCollection collection, Func<IReadOnlyList<ReadDocument>, DocumentedFile> document, DocumentationWriter writer)
    {
        var problems = new List<Diagnostic>();
        try
        {
            if (!checkedFiles.TryRemove(input, out DocumentedFile? file))
            {
                IReadOnlyList<ReadDocument> documents = collection.Documents(input, out Diagnostic? error);
                if (error is not null)
                {
                    return new FilePages(input, null, [], [error]);
                }

                file = document(documents);
            }

            file = file.With([.. findings[input.Path]]);
            return file.Rules.IsEmpty ? new FilePages(input, null, [], []) : new FilePages(input, file, writer.Render(input, file, problems), problems);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Nobody should lose thousands of pages to one rule that trips the program.
            return new FilePages(input, null, [], [Diagnostic.InternalFailure(null, $"{exception.GetType().Name}: {exception.Message}")]);
        }
    }

    private void Write(Stream output, OutputFolder? folder, FilePages made, DocumentationWriter writer)
    {
        var problems = new List<Diagnostic>(made.Problems);
        lacksPages |= problems.Exists(problem => problem.Severity is Severity.Error);
        HashSet<Diagnostic> skipped = [];
        if (made.File is { } file)
        {
            rules += file.Rules.Length;
            incomplete += file.Rules.Count(rule => rule.Queries.Any(query => query.Status is ConversionStatus.Failed));
            // The pages have the warnings where they belong; on standard error is what keeps something from being there.
            Conversion[] queries = [.. file.Rules.SelectMany(rule => rule.Queries)];
            skipped = settings.SkipUnsupported ? [.. queries.Where(query => query.Reason is FailureReason.Unsupported).SelectMany(query => query.Diagnostics).Where(finding => finding.Code.IsRefusal)] : [];
            problems.AddRange(queries.SelectMany(query => query.Diagnostics).Distinct()
                .Where(diagnostic => diagnostic.Severity is Severity.Error || settings.Messages.Verbose || settings.Messages.Strict));
            if (writer.NeedsAll)
            {
                kept.Add((made.Input, file));
            }
        }

        foreach (DocumentationPage page in made.Pages)
        {
            WritePage(output, folder, page, made.Input.Path, problems);
        }

        messages.SayOfRule([.. problems.Select(problem => skipped.Contains(problem) ? Refusal.AsWarning(problem) : problem)], made.Input.Path);
        foreach (Diagnostic problem in problems.Where(problem => !skipped.Contains(problem)))
        {
            failed |= problem.Severity is Severity.Error || (settings.Messages.Strict && problem.Severity is Severity.Warning);
        }
    }

    private void WritePage(Stream output, OutputFolder? folder, DocumentationPage page, string owner, List<Diagnostic> problems)
    {
        if (folder is null)
        {
            output.Write(page.Content.Span);
            pages++;
        }
        else if (folder.Write(page.Name, owner, page.Content.Span) is { } problem)
        {
            problems.Add(problem.Code == Codes.OutputCollision ? problem.WithHint("give the two rule files different names") : problem);
        }
        else
        {
            pages++;
        }
    }

    private int Finish(RuleCollection collection)
    {
        if (rules == 0 && !failed)
        {
            messages.Say(collection.NoneFound);
            return ExitCode.WrongUse;
        }

        if (rules > 1)
        {
            string missing = incomplete == 0 ? "" : $", {incomplete} without queries for all targets";
            messages.Note($"sigmac: {Pluralizer.Count(rules, "rule")} documented on {Pluralizer.Count(pages, "page")}{missing}");
        }

        return failed ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    /// <summary>What was made of a rule file.</summary>
    private sealed record FilePages(RuleInput Input, DocumentedFile? File, IReadOnlyList<DocumentationPage> Pages, IReadOnlyList<Diagnostic> Problems);
}
