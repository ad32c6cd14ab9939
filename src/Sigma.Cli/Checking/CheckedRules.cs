using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Checks the rules of a run, for every command that shows what was found.</summary>
/// <param name="chosen">Which checks run, and where.</param>
/// <param name="checker">The checks.</param>
/// <param name="collection">The rules.</param>
/// <param name="targets">The targets whose queries are tried; none for no target.</param>
internal sealed class CheckedRules(CheckChoice chosen, Checker checker, RuleCollection collection, IReadOnlyList<CompilerTarget> targets)
{
    /// <summary>
    /// Called for each file that was checked, with its documents as they are linked, by several threads: so that whoever needs them too
    /// does not read the file again. Not called for a file that cannot be read or trips a check. Null for nobody.
    /// </summary>
    public Action<RuleInput, IReadOnlyList<ReadDocument>>? Read { get; init; }

    /// <summary>Checks each file, then the rules of all files together.</summary>
    /// <param name="jobs">The number of files to check in parallel.</param>
    /// <param name="done">Called after each file; null for nobody.</param>
    /// <returns>What was found, in the order of the files.</returns>
    public List<CheckedInput> Find(int jobs, Action? done = null)
    {
        var files = new List<CheckedInput>();
        foreach (CheckedInput one in collection.InOrder(jobs, Check))
        {
            files.Add(one);
            done?.Invoke();
        }

        IReadOnlyList<Finding> across = checker.CheckAll([.. files.SelectMany(one => one.Rules)]);
        CheckedInput.AddFindings(files, across.Where(chosen.Wants));
        return files;
    }

    private CheckedInput Check(RuleInput input)
    {
        SourceText source = input.Read(out Diagnostic? error);
        if (error is not null)
        {
            Finding? unread = ReadingCheck.FindingOf(error, new FileText(source, chosen.Settings), null);
            return new CheckedInput(input, source, unread is null ? [] : [unread], [], null);
        }

        try
        {
            IEnumerable<(int, Diagnostic)> linked = collection.LinkedDocuments(input) is { } documents
                ? documents.Index().SelectMany(document => collection.Rules.FindingsOf(document.Item).Select(finding => (document.Index, finding)))
                : [];
            CheckedFile checkedFile = checker.Check(source, linked.Concat(OfTargets(source, input)), chosen.Wants);
            Read?.Invoke(input, collection.LinkedDocuments(input) ?? checkedFile.File.Documents);
            return new CheckedInput(
                input, source, [.. checkedFile.Findings.Where(finding => finding.Rule is not { } rule || collection.Filter.Wants(rule.Document)).Select(finding => finding with { Rule = null })],
                checkedFile.Rules, checkedFile.Suppressions)
            { Suppressed = checkedFile.Suppressed.Count };
        }
        catch (Exception exception)
        {
            // One rule that trips a check must not hide the findings of the others.
            var failure = Diagnostic.InternalFailure(new Span(source, 0, 0), $"{exception.GetType().Name}: {exception.Message}");
            var info = new CheckInfo(failure.Code.Id, "internal_failure", CheckGroup.Correctness, Severity.Error, failure.Message) { Why = failure.Code.Explanation };
            return new CheckedInput(input, source, [new Finding(info, failure, null, [])], [], null);
        }
    }

    /// <summary>What the targets say of the rules of a file: what they cannot express, or only nearly, and what no pipeline maps.</summary>
    private IEnumerable<(int Document, Diagnostic Finding)> OfTargets(SourceText source, RuleInput input)
    {
        if (targets.Count == 0)
        {
            return [];
        }

        var compiler = new Compiler(targets);
        IReadOnlyList<ReadDocument> documents = collection.LinkedDocuments(input) ?? RuleReader.Read(source);
        return documents.Index().Where(document => document.Item.Document is not null).SelectMany(document => compiler.Convert([document.Item], collection.Rules)
            .SelectMany(conversion => conversion.Diagnostics)
            .Where(finding => finding.Code.Id.StartsWith("SIG06", StringComparison.Ordinal) || finding.Code.Id.StartsWith("SIG043", StringComparison.Ordinal))
            .Where(finding => finding.Span is not { } span || span.Source.Path == source.Path)
            .Select(finding => (document.Index, finding)).Distinct());
    }
}
