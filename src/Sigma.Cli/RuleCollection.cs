using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The rules of a run: the files, which of their rules are wanted, and what ties the files together.</summary>
internal sealed class RuleCollection
{
    /// <summary>The most files that are named as passed over.</summary>
    private const int MostNamed = 5;

    private readonly RuleSettings settings;
    private readonly List<string> passedOver = [];
    private readonly List<string> emptyFolders = [];
    private readonly IReadOnlyList<RuleInput> all;
    private readonly IReadOnlyList<ReadDocument> filters;
    private readonly Lazy<RuleLinks?> links;
    private int readers = 1;

    private RuleCollection(RuleSettings settings, CommandEnvironment environment, List<Diagnostic> diagnostics)
    {
        this.settings = settings;
        int before = diagnostics.Count;
        Filter = RuleFilter.Parse(settings.Filters, diagnostics);
        IReadOnlyList<RuleInput> found = RuleInputs.Find(settings.Inputs, environment, emptyFolders, diagnostics, settings.FollowLinks, settings.Limits);
        all = settings.PassOver ? [.. found.Where(input => !input.IsNamed || IsRuleFile(input))] : found;
        Inputs = settings.Since is { } reference ? [.. GitChanges.Among(all, settings.Inputs, reference, environment, diagnostics).Where(IsRuleFile)] : all;
        filters = FilterFiles.Read(settings.FilterFiles, all, environment, settings.FollowLinks, settings.Limits, diagnostics);
        // Rules that have not changed are still what changed correlations count.
        links = new Lazy<RuleLinks?>(() => RuleLinks.Of(all, filters, readers, settings.Limits));
        if (found.Count == 0 && !diagnostics.Skip(before).Any(finding => finding.Severity is Severity.Error))
        {
            diagnostics.Add(NoneFound);
        }
    }

    /// <summary>The rule files sorted by path, each once.</summary>
    public IReadOnlyList<RuleInput> Inputs { get; }

    /// <summary>The files that are read for them: also those that have not changed, and those of filters.</summary>
    public IEnumerable<string> Files => all.Where(input => input.OpenPipe is null).Select(input => input.Path).Concat(filters.Select(filter => filter.Span.Source.Path));

    /// <summary>The documents of all files, also those that have not changed; what cannot be read has none, and neither has a stream, which can be read once.</summary>
    public IEnumerable<ReadDocument> AllDocuments => all.Where(input => input.OpenPipe is null).SelectMany(input => Documents(input, out _));

    /// <summary>Which of their rules are wanted.</summary>
    public RuleFilter Filter { get; }

    /// <summary>The rules of all files, linked; empty if every rule stands for itself.</summary>
    public RuleSet Rules => links.Value?.Rules ?? RuleSet.Empty;

    /// <summary>The message that no rule was found, or that no rule meets the filter.</summary>
    public Diagnostic NoneFound => Diagnostic.NoRuleFound(null, string.Join(", ", settings.Inputs)).WithHint(
        Inputs is [_, ..] && settings.Filters.Length > 0 ? "no rule matches the filter" : Codes.NoRuleFound.Hint);

    /// <summary>Finds the files.</summary>
    /// <param name="settings">Which rules the user wants.</param>
    /// <param name="environment">The streams and variables.</param>
    /// <param name="diagnostics">Receives diagnostics; after an error the collection must not be used.</param>
    public static RuleCollection Open(RuleSettings settings, CommandEnvironment environment, List<Diagnostic> diagnostics) => new(settings, environment, diagnostics);

    /// <summary>Notes the folders in which there was nothing, and the files that are no rule files.</summary>
    public void NoteEmptyFolders(Messages messages)
    {
        if (passedOver.Count > 0)
        {
            string others = passedOver.Count > MostNamed ? $" and {passedOver.Count - MostNamed} more" : "";
            messages.Note($"sigmac: passed over {Pluralizer.Count(passedOver.Count, "file")} without a key of a rule: {string.Join(", ", passedOver.Take(MostNamed))}{others}");
        }

        foreach (string folder in emptyFolders)
        {
            messages.Note($"sigmac: no rule found in {folder}");
        }
    }

    /// <summary>
    /// Says that there is nothing to do: no rule file has changed since the reference that the user gave, or none of the files that the
    /// user named is a rule file.
    /// </summary>
    /// <param name="messages">The messages.</param>
    /// <returns>The exit code; null if there is something to do.</returns>
    public int? SayNothingLeft(Messages messages)
    {
        if (Inputs.Count > 0)
        {
            return null;
        }

        if (settings.Since is not null)
        {
            NoteUnchanged(messages);
            return ExitCode.Converted;
        }

        messages.Say(Diagnostic.NoRuleFileLeft(null, passedOver.Count));
        return ExitCode.SomeFailed;
    }

    /// <summary>Notes that no rule has changed since the reference that the user gave.</summary>
    public void NoteUnchanged(Messages messages) => messages.Note($"sigmac: no rule has changed since {settings.Since}");

    private bool IsRuleFile(RuleInput input)
    {
        bool isOne = RuleKeys.MayBeIn(input);
        if (!isOne)
        {
            passedOver.Add(input.Path);
        }

        return isOne;
    }

    /// <summary>Says what is found of filters: of those of <c>--filter-file</c>, and of those among the rule files of which the run says nothing itself.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="jobs">The number of files to read in parallel.</param>
    /// <param name="saysWanted">Whether the run says what is found of filters among the rule files that are wanted.</param>
    /// <returns>Whether there was a warning, which fails a run under <c>--strict</c>.</returns>
    public bool SayFilterFindings(Messages messages, int jobs, bool saysWanted)
    {
        readers = Math.Max(readers, jobs);
        RuleSet rules = Rules;
        IEnumerable<ReadDocument> amongRules = links.Value is { } linked
            ? all.SelectMany(input => linked.Documents.GetValueOrDefault(input) ?? []).Where(document => document.Document is SigmaFilter && !(saysWanted && Filter.Wants(document)))
            : [];
        bool warned = false;
        foreach (Diagnostic finding in filters.SelectMany(rules.FindingsOf).Concat(amongRules.SelectMany(document => document.Diagnostics.Concat(rules.FindingsOf(document)))))
        {
            messages.Say(finding);
            warned |= finding.Severity is Severity.Warning;
        }

        return warned;
    }

    /// <summary>The documents of a file, wanted or not.</summary>
    /// <param name="input">One of the files.</param>
    /// <param name="error">Why it could not be read; null if it could.</param>
    public IReadOnlyList<ReadDocument> Documents(RuleInput input, out Diagnostic? error)
    {
        error = null;
        if (links.Value is { } linked && linked.Documents.TryGetValue(input, out IReadOnlyList<ReadDocument>? documents))
        {
            return documents;
        }

        SourceText source = input.Read(out error);
        return error is null ? RuleReader.Read(source) : [];
    }

    /// <summary>The documents of a file as they were linked with those of the others; null if every rule stands for itself.</summary>
    public IReadOnlyList<ReadDocument>? LinkedDocuments(RuleInput input) => links.Value?.Documents.GetValueOrDefault(input);

    /// <summary>Processes several files in parallel.</summary>
    /// <typeparam name="T">The result for a file.</typeparam>
    /// <param name="jobs">The number of files to process in parallel.</param>
    /// <param name="work">What is done with a file.</param>
    /// <returns>What came of each file, in the order of <see cref="Inputs"/>.</returns>
    public IEnumerable<T> InOrder<T>(int jobs, Func<RuleInput, T> work)
    {
        readers = Math.Min(jobs, Inputs.Count);
        _ = links.Value;
        return OrderedWork.Run(Inputs, jobs, work);
    }
}
