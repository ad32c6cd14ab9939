using System.Text;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A rule after conversion: what is said and what is written.</summary>
/// <param name="Diagnostics">The findings, each once however many targets share it.</param>
/// <param name="Outputs">The texts to write, a conversion each, with the ending of a file for them.</param>
/// <param name="Failed">Whether it failed for any target.</param>
internal sealed record ConvertedRule(
    IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<(Conversion Conversion, string Extension, ReadOnlyMemory<byte> Content)> Outputs, bool Failed);

/// <summary>A file after conversion.</summary>
/// <param name="Input">The file.</param>
/// <param name="Rules">Its rules.</param>
internal sealed record ConvertedFile(RuleInput Input, IReadOnlyList<ConvertedRule> Rules);

/// <summary>Converts one file for all targets, up to the bytes that are written. Several run at once.</summary>
/// <param name="compiler">The compiler.</param>
/// <param name="settings">What the user asked for.</param>
/// <param name="filter">Which rules are wanted.</param>
internal sealed class FileConversion(Compiler compiler, ConvertSettings settings, RuleFilter filter)
{
    /// <summary>Converts a file.</summary>
    public ConvertedFile Convert(RuleInput input)
    {
        SourceText source = input.Read(out Diagnostic? error);
        IEnumerable<Conversion> conversions = error is not null ? compiler.Fail(error) : compiler.Convert(source, filter.Wants);
        var rules = new List<ConvertedRule>();
        foreach (IGrouping<int, Conversion> rule in conversions.GroupBy(conversion => conversion.Index))
        {
            rules.Add(Convert(input, rule));
        }

        return new ConvertedFile(input, rules);
    }

    private ConvertedRule Convert(RuleInput input, IEnumerable<Conversion> conversions)
    {
        var diagnostics = new List<Diagnostic>();
        var outputs = new List<(Conversion, string, ReadOnlyMemory<byte>)>();
        bool failed = false;
        foreach (Conversion made in conversions)
        {
            Conversion conversion = Judge(made);
            failed |= conversion.Status is ConversionStatus.Failed;
            foreach (Diagnostic diagnostic in conversion.Diagnostics)
            {
                // What the stages before the targets found is the same object for each of them.
                if (!diagnostics.Exists(known => ReferenceEquals(known, diagnostic)))
                {
                    diagnostics.Add(diagnostic);
                }
            }

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

        return new ConvertedRule(diagnostics, outputs, failed);
    }

    /// <summary>Under <c>--strict</c>, a warning is as bad as an error.</summary>
    private Conversion Judge(Conversion conversion) =>
        settings.Strict && conversion.Diagnostics.Any(d => d.Severity is Severity.Warning)
            ? conversion with { Status = ConversionStatus.Failed, Query = null }
            : conversion;
}
