using Sigma.Backends;
using Sigma.Events.Matching;
using Sigma.Events.Testing;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac test</c>.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class TestRun(TestSettings settings, CommandEnvironment environment)
{
    private readonly Messages messages = Messages.Create(settings.Messages, environment);

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        var matching = new DetectorSettings
        {
            Pipelines = [.. TargetSetup.Pipelines(settings.Pipelines, new BackendCatalog(), diagnostics).OrderBy(pipeline => pipeline.Priority)],
            PipelineSettings = TargetSetup.Settings(settings.Pipelines, diagnostics),
            RegexTime = TimeSpan.FromSeconds(settings.Rules.Limits[Limits.RegexTime]),
            CorrelationMemory = settings.Rules.Limits[Limits.CorrelationMemory] * 1024 * 1024,
        };
        var collection = RuleCollection.Open(settings.Rules, environment, diagnostics);
        IReadOnlyList<CaseFile> files = CaseFiles.Find(settings.Rules.Inputs, settings.Data, diagnostics, settings.Rules.FollowLinks);
        var bounds = new OutputBounds(collection.Files.Concat(files.Select(file => file.Path)).Concat(settings.Pipelines.Pipelines));
        bounds.Check(settings.JUnit, diagnostics);
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        collection.NoteEmptyFolders(messages);
        collection.SayFilterFindings(messages, settings.Jobs, saysWanted: false);
        var plan = TestPlan.Make(collection, files, settings.Jobs);
        foreach ((string path, Diagnostic reason) in plan.Unread)
        {
            messages.Say(reason, path);
        }

        if (plan.Rules.Count == 0 && plan.Unread.Count > 0)
        {
            return ExitCode.SomeFailed;
        }

        if (plan.Rules.Count == 0)
        {
            messages.Say(collection.NoneFound);
            return ExitCode.WrongUse;
        }

        bool broken = messages.SayAll(plan.Diagnostics);
        Diagnostic[] empty = [.. plan.Diagnostics.Where(diagnostic => diagnostic.Code == Codes.NoCaseInFile)];
        if (empty.Length > 0)
        {
            messages.Note($"sigmac: {Pluralizer.Count(empty.Length, "case file")} without cases, such as {TerminalText.Visible(empty[0].Span?.Source.Path ?? "")}");
        }

        NoteBroken(plan);
        if (plan.Cases == 0 && !broken && empty.Length == 0 && plan.Unread.Count == 0)
        {
            messages.Say(Diagnostic.NoCaseFound(null, string.Join(", ", settings.Rules.Inputs)));
            return ExitCode.WrongUse;
        }

        var results = new TestResults(settings.RequireTests, broken ? [.. plan.Diagnostics.Except(empty)] : []);
        using (var output = new StreamWriter(environment.OpenOutput(), new System.Text.UTF8Encoding(false), 64 * 1024) { NewLine = "\n" })
        using (var progress = Progress.Start("Testing", plan.Rules.Count, !environment.IsOutputTerminal, settings.Messages.Quiet, messages, environment))
        {
            var report = new TestText(output, settings, environment);
            foreach (TestedRule rule in OrderedWork.Run(plan.Rules, settings.Jobs, planned => Run(planned, collection.Rules, matching)))
            {
                results.Add(rule);
                if (settings.Json)
                {
                    TestRecord.Write(output, rule);
                }
                else
                {
                    report.Write(rule);
                }

                progress.Step();
            }
        }

        return Finish(results, plan, bounds);
    }

    private int Finish(TestResults results, TestPlan plan, OutputBounds bounds)
    {
        if (settings.JUnit is { } file && OutputFolder.WriteFile(file, JUnitReport.Of(results), bounds) is { } problem)
        {
            messages.Say(problem);
            return ExitCode.SomeFailed;
        }

        if (plan.Elsewhere > 0)
        {
            messages.Note($"sigmac: {plan.Elsewhere} {(plan.Elsewhere == 1 ? "case belongs" : "cases belong")} to rules that were not given");
        }

        messages.Note(results.Summary);
        return results.Failed || plan.Unread.Count > 0 ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    /// <summary>A broken rule with cases fails them; one without would not be heard of.</summary>
    private void NoteBroken(TestPlan plan)
    {
        PlannedRule[] rules = [.. plan.Rules.Where(rule => rule.Cases.Count == 0 && rule.IsBroken)];
        if (rules.Length > 0)
        {
            string which = rules.Length == 1 ? $"{TerminalText.Visible(rules[0].Input.Path)} has" : $"{rules.Length} rules without cases have";
            messages.Note($"sigmac: {which} errors{(rules.Length == 1 ? " and no case" : $", such as {TerminalText.Visible(rules[0].Input.Path)}")}; 'sigmac check' shows them");
        }
    }

    private TestedRule Run(PlannedRule planned, RuleSet links, DetectorSettings matching)
    {
        var diagnostics = new List<Diagnostic>();
        if (planned.Cases.Count == 0)
        {
            return new TestedRule(planned, [], []);
        }

        try
        {
            CaseRunner? runner = CaseRunner.Create(planned.Document, links, matching, diagnostics);
            Diagnostic[] errors = [.. diagnostics.Where(diagnostic => diagnostic.Severity is Severity.Error)];
            if (runner is null)
            {
                string why = errors.Length == 0 ? "the rule cannot be evaluated" : $"the rule cannot be evaluated: {errors[0].Code.Id}: {errors[0].Message}";
                return new TestedRule(planned, [.. planned.Cases.Select(one => new CaseResult(one, false, [], 0, why, []))], errors);
            }

            var results = new List<CaseResult>();
            foreach (RuleCase one in planned.Cases)
            {
                var found = new List<Diagnostic>();
                results.Add(CaseEvents.Read(one, settings.Rules.FollowLinks, found) is { } events
                    ? runner.Run(one, events)
                    : new CaseResult(one, false, [], 0, found[0].Message, [.. found.Skip(1).Select(diagnostic => diagnostic.Message)]));
            }

            return new TestedRule(planned, results, errors);
        }
        catch (Exception exception)
        {
            // One rule that trips the matcher must not hide the results of the others.
            Diagnostic failure = Diagnostic.InternalFailure(null, $"{exception.GetType().Name}: {exception.Message}");
            return new TestedRule(planned, [.. planned.Cases.Select(one => new CaseResult(one, false, [], 0, failure.Message, []))], [failure]);
        }
    }
}
