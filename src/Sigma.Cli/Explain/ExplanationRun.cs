using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac explain</c>.</summary>
/// <param name="rules">Which rules.</param>
/// <param name="targets">What for.</param>
/// <param name="said">What is said.</param>
/// <param name="json">Whether objects are written instead of text.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class ExplanationRun(RuleSettings rules, TargetSettings targets, MessageSettings said, bool json, CommandEnvironment environment)
{
    private readonly Messages messages = Messages.Create(said, environment);

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        IReadOnlyList<CompilerTarget> ready = TargetSetup.Targets(targets, diagnostics);
        var collection = RuleCollection.Open(rules, environment, diagnostics);
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        collection.NoteEmptyFolders(messages);
        bool failed = collection.SayFilterFindings(messages, 1, saysWanted: true) && said.Strict;
        foreach (CompilerTarget target in ready.Where(target => Finalizers.Any(target.Pipelines)))
        {
            messages.Note($"sigmac: the finalizers for {target.Backend.Name} combine all queries into one text; the queries are shown before that step");
        }

        var compiler = new Compiler(ready);
        int count = 0;
        using var output = new BufferedStream(environment.OpenOutput(), 64 * 1024);
        using var text = new StreamWriter(output) { NewLine = "\n" };
        bool colour = environment.WantsColour(said.Colour, environment.IsOutputTerminal);
        var writer = new ExplanationText(text, colour, said.Verbose);
        foreach (RuleInput input in collection.Inputs)
        {
            ReadDocument? before = null;
            foreach (Explanation explanation in Explain(compiler, collection, input))
            {
                count++;
                bool bad = explanation.Conversion.Status is ConversionStatus.Failed
                    || (said.Strict && explanation.Conversion.Diagnostics.Any(finding => finding.Severity is Severity.Warning));
                failed |= bad;
                if (json)
                {
                    SayOnce(explanation, input, ReferenceEquals(before, explanation.Document));
                    ExplanationRecord.Write(output, input.Path, explanation);
                }
                else
                {
                    writer.Write(explanation, input.Path, withParsed: !ReferenceEquals(before, explanation.Document));
                }

                before = explanation.Document;
            }
        }

        messages.NoteTally();
        if (count == 0)
        {
            messages.Say(collection.NoneFound);
            return ExitCode.WrongUse;
        }

        return failed ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    /// <summary>With JSON on standard output, people read the findings on standard error; what the rule has for every target once.</summary>
    private void SayOnce(Explanation explanation, RuleInput input, bool again)
    {
        messages.SayOfRule([.. explanation.Conversion.Diagnostics.Where(finding => !again || !explanation.Document.Diagnostics.Contains(finding))], input.Path);
    }

    private static IEnumerable<Explanation> Explain(Compiler compiler, RuleCollection collection, RuleInput input)
    {
        IReadOnlyList<ReadDocument> documents = collection.Documents(input, out Diagnostic? error);
        if (error is not null)
        {
            var source = new SourceText(input.Path, "");
            documents = [new ReadDocument(null, new Metadata(), [error], new Span(source, 0, 0))];
        }

        return compiler.Explain(documents, collection.Rules, collection.Filter.Wants);
    }
}
