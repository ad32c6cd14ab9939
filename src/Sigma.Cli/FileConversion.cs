using System.Text;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A rule after conversion: what is said and what is written.</summary>
/// <param name="Diagnostics">The findings, each once however many targets share it.</param>
/// <param name="Outputs">The texts to write, a conversion each, with the ending of a file for them.</param>
/// <param name="Failed">Whether it failed for any target.</param>
/// <param name="Skipped">Whether it was skipped for every target.</param>
internal sealed record ConvertedRule(
    IReadOnlyList<Diagnostic> Diagnostics,
    IReadOnlyList<(Conversion Conversion, string Extension, ReadOnlyMemory<byte> Content)> Outputs,
    bool Failed,
    bool Skipped);

/// <summary>A file after conversion.</summary>
/// <param name="Input">The file.</param>
/// <param name="Rules">Its rules.</param>
internal sealed record ConvertedFile(RuleInput Input, IReadOnlyList<ConvertedRule> Rules);

/// <summary>Converts one file for all targets, up to the bytes that are written. Several run at once.</summary>
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
            return Gather(input, compiler.Fail(Codes.InternalFailure.At(null, $"{exception.GetType().Name}: {exception.Message}")));
        }
    }

    private ConvertedFile Gather(RuleInput input, IEnumerable<Conversion> conversions) =>
        new(input, [.. conversions.GroupBy(conversion => conversion.Index).Select(rule => Convert(input, rule))]);

    private ConvertedRule Convert(RuleInput input, IEnumerable<Conversion> conversions)
    {
        var diagnostics = new List<Diagnostic>();
        var said = new HashSet<Diagnostic>();
        var outputs = new List<(Conversion, string, ReadOnlyMemory<byte>)>();
        bool failed = false;
        bool skipped = true;
        foreach (Conversion made in conversions)
        {
            Conversion conversion = Judge(made);
            failed |= conversion.Status is ConversionStatus.Failed;
            skipped &= conversion.Status is ConversionStatus.Skipped;
            diagnostics.AddRange(conversion.Diagnostics.Where(said.Add));

            if (settings.Json)
            {
                using var record = new MemoryStream();
                ConversionRecord.Write(record, input.Path, conversion);
                outputs.Add((conversion, ".json", record.ToArray()));
            }
            else if (conversion.Query is { } query)
            {
                outputs.Add((conversion, conversion.Extension, Encoding.UTF8.GetBytes(query + "\n")));
            }
        }

        return new ConvertedRule(diagnostics, outputs, failed, skipped);
    }

    /// <summary>Under <c>--strict</c>, a warning is as bad as an error.</summary>
    private Conversion Judge(Conversion conversion) =>
        settings.Messages.Strict && conversion.Diagnostics.Any(d => d.Severity is Severity.Warning)
            ? conversion with { Status = ConversionStatus.Failed, Query = null }
            : conversion;
}
