using Sigma.Events.Testing;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A rule and its cases.</summary>
/// <param name="Input">The rule's file.</param>
/// <param name="Document">The rule.</param>
/// <param name="Cases">Its cases, in the order of the files.</param>
internal sealed record PlannedRule(RuleInput Input, ReadDocument Document, List<RuleCase> Cases)
{
    /// <summary>Whether the rule has errors of its own.</summary>
    public bool IsBroken => Document.Document is null || Document.Diagnostics.Any(diagnostic => diagnostic.Severity is Severity.Error);
}

/// <summary>Which cases are run for which rules.</summary>
internal sealed class TestPlan
{
    private readonly Dictionary<string, PlannedRule> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PlannedRule> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<PlannedRule>> byPath = new(StringComparer.Ordinal);
    private readonly List<PlannedRule> rules = [];
    private readonly List<Diagnostic> diagnostics = [];
    private readonly List<(string Path, Diagnostic Reason)> unread = [];

    private TestPlan()
    {
    }

    /// <summary>The wanted rules in the order of their files.</summary>
    public IReadOnlyList<PlannedRule> Rules => rules;

    /// <summary>How many cases there are.</summary>
    public int Cases => rules.Sum(rule => rule.Cases.Count);

    /// <summary>How many cases are for rules that are not among them.</summary>
    public int Elsewhere { get; private set; }

    /// <summary>What is wrong with the files of cases.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;

    /// <summary>The rule files and filters that cannot be read, each with the reason.</summary>
    public IReadOnlyList<(string Path, Diagnostic Reason)> Unread => unread;

    /// <summary>Creates the plan.</summary>
    /// <param name="collection">The rules.</param>
    /// <param name="files">The files of cases.</param>
    /// <param name="jobs">The number of files to read in parallel.</param>
    public static TestPlan Make(RuleCollection collection, IReadOnlyList<CaseFile> files, int jobs)
    {
        var plan = new TestPlan();
        foreach ((RuleInput input, IReadOnlyList<ReadDocument> documents, Diagnostic? error) in collection.InOrder(jobs, input => (input, collection.Documents(input, out Diagnostic? error), error)))
        {
            if (error is not null)
            {
                plan.unread.Add((input.Path, error));
            }

            foreach (ReadDocument document in documents)
            {
                if (document.IsFilter)
                {
                    // Without it the rules are not those whose cases are wanted.
                    plan.unread.AddRange(document.Diagnostics.Where(diagnostic => diagnostic.Severity is Severity.Error).Select(diagnostic => (input.Path, diagnostic)));
                }
                else if (document.Document is not null || document.Diagnostics.Any(diagnostic => diagnostic.Severity is Severity.Error))
                {
                    // A template without a rule is neither.
                    plan.AddRule(new PlannedRule(input, document, []), wanted: collection.Filter.Wants(document));
                }
            }
        }

        foreach (CaseFile file in files)
        {
            plan.AddCases(file);
        }

        return plan;
    }

    private void AddRule(PlannedRule rule, bool wanted)
    {
        if (wanted)
        {
            rules.Add(rule);
        }

        // Rules that are not selected are known too, so that their cases are not reported as mistakes.
        if (rule.Document.Metadata.Id is { } id)
        {
            byId.TryAdd(id, rule);
        }

        if (rule.Document.Metadata.Name is { } name)
        {
            byName.TryAdd(name, rule);
        }

        string path = Path.GetFullPath(Path.ChangeExtension(rule.Input.Path, null));
        if (!byPath.TryGetValue(path, out List<PlannedRule>? ofFile))
        {
            byPath[path] = ofFile = [];
        }

        ofFile.Add(rule);
    }

    private void AddCases(CaseFile file)
    {
        SourceText source;
        try
        {
            source = SourceText.Decode(file.Path, File.ReadAllBytes(file.Path), out Diagnostic? error);
            if (error is not null)
            {
                diagnostics.Add(error);
                return;
            }
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            diagnostics.Add(Diagnostic.CannotRead(null, $"{file.Path}: {FileErrors.Reason(exception)}"));
            return;
        }

        bool said = false;
        foreach (RuleCase read in CaseReader.Read(source, diagnostics))
        {
            RuleCase one = read with { Root = file.Root };
            if (one.Rule is { } named)
            {
                if ((byId.GetValueOrDefault(named) ?? byName.GetValueOrDefault(named)) is { } rule)
                {
                    rule.Cases.Add(one);
                }
                else if (file.IsBeside)
                {
                    diagnostics.Add(Diagnostic.UnknownRule(one.RuleSpan, named).WithHint(Suggestion.For(named, byName.Keys) ?? "it is not among the rules of this run"));
                }
                else
                {
                    Elsewhere++;
                }
            }
            else if (file.RulePath is { } path && byPath.GetValueOrDefault(Path.GetFullPath(path)) is [var beside])
            {
                beside.Cases.Add(one);
            }
            else if (!said)
            {
                said = true;
                diagnostics.Add(Diagnostic.CaseOfNoRule(one.Span with { Length = 0 }, Path.GetFileName(file.RulePath ?? file.Path) + ".yml"));
            }
        }
    }
}
