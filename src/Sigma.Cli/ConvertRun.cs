using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac convert</c>: files are converted side by side and written in order.</summary>
/// <param name="settings">What the user asked for.</param>
internal sealed class ConvertRun(ConvertSettings settings)
{
    /// <summary>How many files may be converted ahead of the one that is being written, for each job.</summary>
    private const int Ahead = 8;

    private readonly Messages messages = Messages.Create(settings.Colour, settings.Quiet, settings.Verbose);
    private int rules;
    private int failedRules;
    private bool failedOutput;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        IReadOnlyList<CompilerTarget> targets = TargetSetup.Targets(settings, diagnostics);
        RuleFilter filter = RuleFilter.Parse(settings.Filters, diagnostics);
        IReadOnlyList<RuleInput> inputs = RuleInputs.Find(settings.Inputs, diagnostics);
        OutputTree? tree = settings.Output is null ? null : OutputTree.Open(settings.Output, settings.OutputTemplate, diagnostics);
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        if (inputs.Count == 0)
        {
            messages.Say(Codes.NoRuleFound.At(null, string.Join(", ", settings.Inputs)));
            return ExitCode.WrongUse;
        }

        var conversion = new FileConversion(new Compiler(targets), settings, filter);
        using var output = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);
        try
        {
            using var progress = Progress.Start(inputs.Count, settings);
            foreach (ConvertedFile file in InOrder(inputs, conversion))
            {
                Write(output, tree, file);
                progress.Step();
            }

            output.Flush();
        }
        catch (IOException)
        {
            // The reader of the pipe is gone: nobody wants the rest, and nothing is wrong.
            return failedRules > 0 ? ExitCode.SomeFailed : ExitCode.Converted;
        }

        return Finish();
    }

    private int Finish()
    {
        if (rules == 0)
        {
            messages.Say(Codes.NoRuleFound.At(null, string.Join(", ", settings.Inputs)).WithHint(
                settings.Filters.Length > 0 ? "no rule fits the filter" : Codes.NoRuleFound.Hint));
            return ExitCode.WrongUse;
        }

        if (rules > 1)
        {
            messages.Note($"sigmac: {rules} rules, {rules - failedRules} converted, {failedRules} failed");
        }

        return failedRules > 0 || failedOutput ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    private IEnumerable<ConvertedFile> InOrder(IReadOnlyList<RuleInput> inputs, FileConversion conversion)
    {
        if (settings.Jobs == 1 || inputs.Count == 1)
        {
            foreach (RuleInput input in inputs)
            {
                yield return conversion.Convert(input);
            }

            yield break;
        }

        var running = new Queue<Task<ConvertedFile>>();
        using var places = new SemaphoreSlim(settings.Jobs);
        int next = 0;
        while (next < inputs.Count || running.Count > 0)
        {
            while (next < inputs.Count && running.Count < settings.Jobs * Ahead)
            {
                RuleInput input = inputs[next++];
                running.Enqueue(Task.Run(() =>
                {
                    places.Wait();
                    try
                    {
                        return conversion.Convert(input);
                    }
                    finally
                    {
                        places.Release();
                    }
                }));
            }

            yield return running.Dequeue().GetAwaiter().GetResult();
        }
    }

    private void Write(Stream output, OutputTree? tree, ConvertedFile file)
    {
        foreach (ConvertedRule rule in file.Rules)
        {
            rules++;
            bool failed = rule.Failed;
            foreach (Diagnostic diagnostic in rule.Diagnostics)
            {
                messages.Say(diagnostic, file.Input.Path);
            }

            foreach ((Conversion conversion, string extension, ReadOnlyMemory<byte> content) in rule.Outputs)
            {
                if (tree is null)
                {
                    output.Write(content.Span);
                }
                else if (tree.Write(file.Input, conversion, extension, content.Span) is { } problem)
                {
                    messages.Say(problem, file.Input.Path);
                    failed = true;
                    failedOutput = true;
                }
            }

            failedRules += failed ? 1 : 0;
        }
    }
}
