using System.Text;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A rule after conversion: what is said and what is written.</summary>
/// <param name="Diagnostics">The findings, each once however many targets share it.</param>
/// <param name="Outputs">What is written of each conversion.</param>
/// <param name="Failed">Whether it failed for any target, for another reason than that the target cannot express it.</param>
/// <param name="Unsupported">Whether any target cannot express it.</param>
/// <param name="Skipped">Whether it was skipped for every target.</param>
internal sealed record ConvertedRule(
    IReadOnlyList<Diagnostic> Diagnostics,
    IReadOnlyList<(Conversion Conversion, IReadOnlyList<OutputText> Texts)> Outputs,
    bool Failed,
    bool Unsupported,
    bool Skipped);

/// <summary>A text to write.</summary>
/// <param name="Extension">The ending of a file for it, with its dot.</param>
/// <param name="Content">The text in UTF-8.</param>
/// <param name="FileName">The name without its ending that the file has if the user does not say; null for one like the rule's.</param>
internal sealed record OutputText(string Extension, ReadOnlyMemory<byte> Content, string? FileName = null);

/// <summary>A file after conversion.</summary>
/// <param name="Input">The file.</param>
/// <param name="Rules">Its rules.</param>
internal sealed record ConvertedFile(RuleInput Input, IReadOnlyList<ConvertedRule> Rules);

/// <summary>Converts one file for all targets, up to the bytes that are written. Several files are converted in parallel.</summary>
/// <param name="compiler">The compiler.</param>
/// <param name="settings">What the user asked for.</param>
/// <param name="rules">The rules of the run.</param>
internal sealed class FileConversion(Compiler compiler, ConvertSettings settings, RuleCollection rules)
{
    /// <summary>Converts a file.</summary>
    public ConvertedFile Convert(RuleInput input)
    {
        try
        {
            IReadOnlyList<ReadDocument> documents = rules.Documents(input, out Diagnostic? error);
            return Gather(input, error is not null ? compiler.Fail(error) : compiler.Convert(documents, rules.Rules, rules.Filter.Wants));
        }
        catch (Exception exception)
        {
            // Nobody should lose thousands of queries to one rule that trips the compiler.
            return Gather(input, compiler.Fail(Diagnostic.InternalFailure(null, $"{exception.GetType().Name}: {exception.Message}")));
        }
    }

    /// <summary>Puts the conversions of each rule together; they come rule by rule.</summary>
    private ConvertedFile Gather(RuleInput input, IEnumerable<Conversion> conversions)
    {
        var converted = new List<ConvertedRule>(1);
        RuleOutputs? current = null;
        int index = -1;
        foreach (Conversion made in conversions)
        {
            if (current is null || made.Index != index)
            {
                Finish();
                current = new RuleOutputs();
                index = made.Index;
            }

            Conversion conversion = Judge(made);
            current.Add(conversion);
            if (Texts(input, conversion) is { Length: > 0 } texts)
            {
                current.Outputs.Add((conversion, texts));
            }
        }

        Finish();
        return new ConvertedFile(input, converted);

        void Finish()
        {
            if (current is not null)
            {
                converted.Add(current.Finish());
            }
        }
    }

    /// <summary>
    /// Gives the objects of a rule names of their own among those of the run, and makes the outputs anew that this changes. It is
    /// called for one rule after another, in the order of the output, so that the names do not depend on the number of jobs.
    /// </summary>
    /// <param name="input">The file.</param>
    /// <param name="rule">The rule as it was converted.</param>
    /// <param name="names">The names so far.</param>
    public ConvertedRule Settle(RuleInput input, ConvertedRule rule, ObjectNames names)
    {
        var outputs = new List<(Conversion, IReadOnlyList<OutputText>)>(rule.Outputs.Count);
        var diagnostics = new List<Diagnostic>(rule.Diagnostics);
        bool changed = false;
        bool failed = rule.Failed;
        foreach ((Conversion Conversion, IReadOnlyList<OutputText>) output in rule.Outputs)
        {
            Conversion settled = names.Settle(output.Conversion, input.Path);
            if (ReferenceEquals(settled, output.Conversion))
            {
                outputs.Add(output);
                continue;
            }

            changed = true;
            settled = Judge(settled);
            failed |= settled.Reason is FailureReason.Error or FailureReason.Warning;
            diagnostics.AddRange(settled.Diagnostics.Except(diagnostics));
            if (Texts(input, settled) is { Length: > 0 } texts)
            {
                outputs.Add((settled, texts));
            }
        }

        return changed ? rule with { Diagnostics = diagnostics, Outputs = outputs, Failed = failed } : rule;
    }

    /// <summary>
    /// What is written of a conversion: one text; or a file for each query, with its number in its ending, where a file holds only one.
    /// </summary>
    private OutputText[] Texts(RuleInput input, Conversion conversion)
    {
        if (settings.Json)
        {
            return [new OutputText(".json", ConversionRecord.Write(input.Path, conversion))];
        }

        if (settings.Output is not null && conversion.FileNames.Count > 0)
        {
            return [.. conversion.Queries.Zip(conversion.FileNames, (query, name) => new OutputText(conversion.Extension, Content(query), name))];
        }

        if (settings.Output is not null && conversion.Alone is not Alone.No && conversion.Queries.Count > 1)
        {
            return [.. conversion.Queries.Select((query, i) => new OutputText(i == 0 ? conversion.Extension : $".{i + 1}{conversion.Extension}", Content(query)))];
        }

        return conversion.Query is { } text ? [new OutputText(conversion.Extension, Content(text))] : [];
    }

    private static ReadOnlyMemory<byte> Content(string text) => Encoding.UTF8.GetBytes(text + "\n");

    /// <summary>What has been made of one rule so far.</summary>
    private sealed class RuleOutputs
    {
        private List<Diagnostic>? diagnostics;
        private HashSet<Diagnostic>? said;
        private bool failed;
        private bool unsupported;
        private bool skipped = true;

        public List<(Conversion Conversion, IReadOnlyList<OutputText> Texts)> Outputs { get; } = [];

        public void Add(Conversion conversion)
        {
            FailureReason? reason = conversion.Reason;
            failed |= reason is FailureReason.Error or FailureReason.Warning;
            unsupported |= reason is FailureReason.Unsupported;
            skipped &= conversion.Status is ConversionStatus.Skipped;
            foreach (Diagnostic diagnostic in conversion.Diagnostics)
            {
                if ((said ??= []).Add(diagnostic))
                {
                    (diagnostics ??= []).Add(diagnostic);
                }
            }
        }

        public ConvertedRule Finish() => new((IReadOnlyList<Diagnostic>?)diagnostics ?? [], Outputs, failed, unsupported, skipped);
    }

    /// <summary>Under <c>--strict</c>, a warning is as bad as an error.</summary>
    private Conversion Judge(Conversion conversion) =>
        settings.Messages.Strict && conversion.Diagnostics.Any(d => d.Severity is Severity.Warning)
            ? conversion with { Status = ConversionStatus.Failed, Queries = [] }
            : conversion;
}
