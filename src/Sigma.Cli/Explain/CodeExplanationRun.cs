using System.Text.Json;
using System.Text.RegularExpressions;
using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac explain</c> with codes of diagnostics instead of rules.</summary>
/// <param name="codes">The codes, in any letter case.</param>
/// <param name="said">Which messages are printed.</param>
/// <param name="json">Whether JSON objects are written instead of text. Their schema is docs/code.schema.json.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed partial class CodeExplanationRun(IReadOnlyList<string> codes, MessageSettings said, bool json, CommandEnvironment environment)
{
    /// <summary>Returns whether the arguments are codes. A file or folder that has such a name is read as rules.</summary>
    /// <param name="inputs">The arguments of the command.</param>
    public static bool IsMeant(IReadOnlyList<string> inputs) => inputs.All(input => CodeShape().IsMatch(input) && !Path.Exists(input));

    /// <summary>Prints the explanations.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        var found = new List<DiagnosticCode>();
        foreach (string written in codes)
        {
            if ((Codes.Find(written) ?? CheckCatalog.Find(written)?.Diagnostic) is { } code)
            {
                found.Add(code);
            }
            else
            {
                string? suggestion = Suggestion.For(written, KnownCodes.All.Select(known => known.Id));
                diagnostics.Add(Diagnostic.UnknownCode(null, written).WithHint(suggestion ?? Codes.UnknownCode.Hint));
            }
        }

        if (Messages.Create(said, environment).SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        using var output = new BufferedStream(environment.OpenOutput());
        using var text = new StreamWriter(output) { NewLine = "\n" };
        for (int i = 0; i < found.Count; i++)
        {
            if (json)
            {
                WriteRecord(output, found[i]);
            }
            else
            {
                text.Write(i == 0 ? "" : "\n");
                WriteText(text, found[i]);
            }
        }

        return ExitCode.Converted;
    }

    private static string Explanation(DiagnosticCode code) => CheckCatalog.Find(code.Id) is { } check ? CheckPage.Text(check) : code.Explanation.ReplaceLineEndings("\n");

    private static void WriteText(StreamWriter text, DiagnosticCode code)
    {
        text.WriteLine($"{code.Severity.ToString().ToLowerInvariant()} {code.Id}: {code.Message}");
        if (code.FixedHint is { } hint)
        {
            text.WriteLine("   " + hint);
        }

        text.WriteLine();
        text.WriteLine(Explanation(code));
        text.WriteLine();
        text.WriteLine("See " + KnownCodes.PathOf(code.Id));
    }

    private static void WriteRecord(BufferedStream output, DiagnosticCode code)
    {
        using (var record = new Utf8JsonWriter(output, ConversionRecord.Options))
        {
            record.WriteStartObject();
            record.WriteString("code", code.Id);
            record.WriteString("severity", code.Severity.ToString().ToLowerInvariant());
            record.WriteString("message", code.Message);
            record.WriteString("hint", code.FixedHint);
            record.WriteString("explanation", Explanation(code));
            record.WriteString("documentation", KnownCodes.PathOf(code.Id));
            record.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    [GeneratedRegex(@"^sig[0-9]+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CodeShape();
}
