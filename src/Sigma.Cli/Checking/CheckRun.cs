using System.Text;
using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Checks.Fixing;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac check</c>.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class CheckRun(CheckRunSettings settings, CommandEnvironment environment)
{
    private readonly Messages messages = Messages.Create(settings.Messages, environment);
    private readonly Checker checker = settings.Chosen.NewChecker();

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        var collection = RuleCollection.Open(settings.Rules, environment, diagnostics);
        Baseline? known = settings.Baseline is { } file && !(settings.WriteBaseline && !File.Exists(file)) ? settings.Places.Around("baseline", file, diagnostics, () => Baseline.Read(file, diagnostics)) : null;
        var bounds = new OutputBounds(collection.Files);
        bounds.Check(settings.WriteBaseline && known is null ? settings.Baseline : null, diagnostics);
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        if (settings.Fix && !settings.Diff && collection.Inputs.Any(input => input.Path == RuleInputs.StandardInput))
        {
            return Fail(Diagnostic.OptionValue(null, "--fix", "used with files", RuleInputs.StandardInput).WithHint("standard input cannot be written back; --diff shows the corrections"), ExitCode.WrongUse);
        }

        collection.NoteEmptyFolders(messages);
        if (collection.SayNothingLeft(messages) is { } nothing)
        {
            return nothing;
        }

        List<CheckedInput> files = new CheckedRules(settings.Chosen, checker, collection, settings.Targets).Find(settings.Jobs);
        var fixes = new FixTally();
        if (settings.Fix || settings.Diff)
        {
            files = Fix(files, fixes);
        }

        List<Finding> findings = [.. files.SelectMany(one => one.Findings)];
        if (settings.WriteBaseline)
        {
            return Baseline.Write(settings.Baseline!, findings, bounds) is { } problem ? Fail(problem, ExitCode.SomeFailed) : Noted($"sigmac: {Pluralizer.Count(findings.Count, "finding")} written to {settings.Baseline}");
        }

        findings = known?.Without(findings) ?? findings;
        if (!settings.Diff)
        {
            Write(findings, files);
        }

        Summarize(findings, files.Count, fixes, known);
        return fixes.Failed ? ExitCode.SomeFailed
            : settings.Diff ? fixes.Applied > 0 ? ExitCode.SomeFailed : ExitCode.Converted
            : settings.FailOn is { } least && findings.Exists(finding => finding.Severity >= least) ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    private List<CheckedInput> Fix(List<CheckedInput> files, FixTally tally)
    {
        var after = new List<CheckedInput>();
        using var output = new StreamWriter(environment.OpenOutput(), new UTF8Encoding(false), 64 * 1024) { NewLine = "\n" };
        foreach (CheckedInput one in files)
        {
            if (!one.Findings.Any(finding => finding.Fix is not null))
            {
                after.Add(one);
                continue;
            }

            if (Corrected(one) is not { } done)
            {
                tally.Failed = true;
                after.Add(one);
                continue;
            }

            tally.Refused += done.Refused.Count;
            if (done.Applied.Count == 0)
            {
                after.Add(one);
                continue;
            }

            if (settings.Diff)
            {
                output.Write(UnifiedDiff.Of(one.Source.Path, one.Source.Text, done.Text, environment.IsOutputTerminal));
            }
            else if (RuleFile.WriteBack(one.Input.Path, done.Text) is { } problem)
            {
                messages.Say(problem);
                tally.Failed = true;
                after.Add(one);
                continue;
            }

            tally.Applied += done.Applied.Count;
            tally.Files++;
            var source = new SourceText(one.Source.Path, done.Text, one.Source.Limits);
            after.Add(one with { Source = source, Findings = [.. checker.Check(source, null, settings.Chosen.Wants).Findings.Select(finding => finding with { Rule = null }), .. one.Findings.Where(finding => finding.IsOfAll)] });
        }

        return after;
    }

    private FixedFile? Corrected(CheckedInput one)
    {
        try
        {
            return checker.Fix(one.Source, one.Findings, settings.UnsafeFixes, settings.Chosen.Wants);
        }
        catch (Exception exception)
        {
            // One rule that trips a correction must not keep the others from theirs.
            messages.Say(Diagnostic.InternalFailure(new Span(one.Source, 0, 0), $"{exception.GetType().Name}: {exception.Message}"));
            return null;
        }
    }

    private void Write(List<Finding> findings, List<CheckedInput> files)
    {
        using var output = new StreamWriter(environment.OpenOutput(), new UTF8Encoding(false), 64 * 1024) { NewLine = "\n" };
        bool colour = settings.Format == FindingFormats.Names[0] && environment.WantsColour(settings.Messages.Colour, environment.IsOutputTerminal);
        FindingFormats.Write(settings.Format, output, findings, [.. files.Select(one => one.Input.Path)], colour);
    }

    private void Summarize(List<Finding> findings, int files, FixTally fixes, Baseline? known)
    {
        string what = findings.Count == 0 ? "nothing found" : string.Join(", ", findings.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key)
            .Select(group => $"{group.Count()} {Word(group.Key, group.Count())}"));
        messages.Note($"sigmac: {what} in {Pluralizer.Count(files, "file")}");
        int safe = findings.Count(finding => finding.Fix is { IsSafe: true });
        int other = findings.Count(finding => finding.Fix is { IsSafe: false });
        if (fixes.Applied > 0)
        {
            messages.Note($"sigmac: {Pluralizer.Count(fixes.Applied, "correction")} in {Pluralizer.Count(fixes.Files, "file")}{(settings.Diff ? ", not written" : "")}");
        }
        else if (safe + other > 0 && !settings.Fix)
        {
            messages.Note($"sigmac: --fix corrects {safe}{(other > 0 ? $", and with --unsafe-fixes {other} more" : "")}");
        }

        if (fixes.Refused > 0)
        {
            messages.Note($"sigmac: {Pluralizer.Count(fixes.Refused, "correction")} not made, since it is not proved that the rule stays what it is");
        }

        if (known is { Stale: > 0 } stale)
        {
            messages.Note($"sigmac: {Pluralizer.Count(stale.Stale, "finding")} of the baseline {(stale.Stale == 1 ? "is" : "are")} not there any more; --write-baseline brings it up to date");
        }
    }

    private static string Word(Severity severity, int count) => severity switch
    {
        Severity.Error => count == 1 ? "error" : "errors",
        Severity.Warning => count == 1 ? "warning" : "warnings",
        _ => count == 1 ? "hint" : "hints",
    };

    private int Fail(Diagnostic problem, int code)
    {
        messages.Say(problem);
        return code;
    }

    private int Noted(string line)
    {
        messages.Note(line);
        return ExitCode.Converted;
    }

    /// <summary>What became of corrections.</summary>
    private sealed class FixTally
    {
        public int Applied { get; set; }

        public int Files { get; set; }

        public int Refused { get; set; }

        public bool Failed { get; set; }
    }
}
