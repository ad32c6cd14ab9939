namespace Sigma.Text;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong. Shown with <c>--verbose</c> and in JSON.</summary>
    Info,

    /// <summary>The query is made, but says something else than the rule, or the rule looks mistaken.</summary>
    Warning,

    /// <summary>No query is made.</summary>
    Error,
}

/// <summary>A kind of finding: its stable code, weight and sentence. All of them stand in <see cref="Codes"/>.</summary>
/// <param name="Id">The code, such as <c>SIG0212</c>; never reused for another meaning.</param>
/// <param name="Severity">The weight every finding of this kind has.</param>
/// <param name="Message">The sentence, with <c>{0}</c>, <c>{1}</c> for what it is about.</param>
/// <param name="Hint">What to do about it, with the same placeholders; null if the sentence says it all.</param>
public sealed record DiagnosticCode(string Id, Severity Severity, string Message, string? Hint = null)
{
    /// <summary>Creates a finding of this kind.</summary>
    /// <param name="span">Where it is; null for findings about the command line or a file as a whole.</param>
    /// <param name="arguments">What fills the sentence's and the hint's placeholders.</param>
    public Diagnostic At(Span? span, params ReadOnlySpan<string> arguments) =>
        new(this, span, Fill(Message, arguments), Hint is null ? null : Fill(Hint, arguments));

    private static string Fill(string sentence, ReadOnlySpan<string> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            sentence = sentence.Replace("{" + i + "}", arguments[i], StringComparison.Ordinal);
        }

        return sentence;
    }
}

/// <summary>One finding: what, where, and what to do about it.</summary>
/// <param name="Code">The kind of finding.</param>
/// <param name="Span">Where it is; null for findings about a file or an option as a whole.</param>
/// <param name="Message">The sentence, filled in.</param>
/// <param name="Hint">What to do about it; null if the sentence says it all.</param>
public sealed record Diagnostic(DiagnosticCode Code, Span? Span, string Message, string? Hint)
{
    /// <summary>The weight, which is the code's.</summary>
    public Severity Severity => Code.Severity;

    /// <summary>The finding on one line: place, weight, code, message and hint. <see cref="DiagnosticWriter"/> shows the place as well.</summary>
    public override string ToString()
    {
        string place = Span is { } span ? $"{span.Source.Path}:{span.Position.Line}:{span.Position.Column}: " : "";
        return DiagnosticWriter.Visible($"{place}{Severity.ToString().ToLowerInvariant()} {Code.Id}: {Message}{(Hint is null ? "" : $" ({Hint})")}");
    }

    /// <summary>The same finding with another hint.</summary>
    public Diagnostic WithHint(string? hint) => this with { Hint = hint };
}
