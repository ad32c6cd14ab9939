using System.Globalization;

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

/// <summary>A kind of diagnostic: its stable code, severity, message and explanation. All of them are in <see cref="Codes"/>.</summary>
/// <param name="Id">The code, such as <c>SIG0212</c>; never reused for another meaning.</param>
/// <param name="Severity">The severity that every diagnostic of this kind has.</param>
/// <param name="Message">The message, with placeholders such as <c>{modifier}</c> for what it is about.</param>
/// <param name="Hint">What to do about it, with the same placeholders; null where the message says it all.</param>
public sealed record DiagnosticCode(string Id, Severity Severity, string Message, string? Hint = null)
{
    /// <summary>
    /// Gets what the code means, why it is reported and how to correct it: a few sentences, and lines indented by four spaces
    /// for an example.
    /// </summary>
    public string Explanation { get; init; } = "";

    /// <summary>
    /// Gets whether it says that there is no query for a rule that nothing is wrong with: the target cannot express it, or a
    /// pipeline made for the target refuses it. Another target, format or pipeline may have a query.
    /// </summary>
    internal bool IsRefusal { get; init; }

    /// <summary>Gets the hint that always appears; null where there is none, or where it is a single placeholder.</summary>
    internal string? FixedHint => Hint is { } hint && !(hint.StartsWith('{') && hint.IndexOf('}') == hint.Length - 1) ? hint : null;

    /// <summary>Gets the placeholders of the message and then of the hint, each once, in the order in which they first appear.</summary>
    internal IReadOnlyList<string> Placeholders => MessageTemplate.Placeholders(Message, Hint);

    /// <summary>Makes a diagnostic of this kind. Only the factories of <see cref="Diagnostic"/> call it, so that the compiler checks what is given.</summary>
    /// <param name="span">Where it is; null for diagnostics about the command line or a file as a whole.</param>
    /// <param name="arguments">What fills the <see cref="Placeholders"/>, in their order.</param>
    internal Diagnostic At(Span? span, params ReadOnlySpan<string> arguments)
    {
        IReadOnlyList<string> names = Placeholders;
        return new(this, span, MessageTemplate.Fill(Message, names, arguments), Hint is null ? null : MessageTemplate.Fill(Hint, names, arguments));
    }
}

/// <summary>One finding: what, where, and what to do about it.</summary>
/// <param name="Code">The kind of finding.</param>
/// <param name="Span">Where it is; null for findings about a file or an option as a whole.</param>
/// <param name="Message">The sentence, filled in.</param>
/// <param name="Hint">What to do about it; null where the sentence says it all.</param>
public sealed partial record Diagnostic(DiagnosticCode Code, Span? Span, string Message, string? Hint)
{
    /// <summary>The weight, which is the code's.</summary>
    public Severity Severity => Code.Severity;

    /// <summary>What no pipeline maps, for summaries; null for findings about anything else.</summary>
    internal UnmappedName? Name { get; private init; }

    /// <summary>The finding on one line: place, weight, code, message and hint. <see cref="DiagnosticWriter"/> shows the place as well.</summary>
    public override string ToString()
    {
        string place = Span is { } span ? $"{span.Source.Path}:{span.Position.Line}:{span.Position.Column}: " : "";
        return DiagnosticWriter.Visible($"{place}{Severity.ToString().ToLowerInvariant()} {Code.Id}: {Message}{(Hint is null ? "" : $" ({Hint})")}");
    }

    /// <summary>The same finding with another hint.</summary>
    public Diagnostic WithHint(string? hint) => this with { Hint = hint };

    /// <summary>The same finding, about a name that no pipeline maps.</summary>
    /// <param name="name">The field or log source.</param>
    /// <param name="target">The target's name.</param>
    /// <param name="pipeline">A built-in pipeline that maps it; null if there is none.</param>
    internal Diagnostic About(string name, string target, string? pipeline) =>
        this with { Name = new UnmappedName(name, target, pipeline), Hint = pipeline is null ? Hint : $"'-p {pipeline}' maps it" };

    /// <summary>Writes a number that may be large.</summary>
    private static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Writes a number that people compare with one they typed, such as a line or a time.</summary>
    private static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A field or log source that no pipeline maps.</summary>
/// <param name="Name">Its name in the rule.</param>
/// <param name="Target">The target's name.</param>
/// <param name="Pipeline">A built-in pipeline that maps it; null if there is none.</param>
internal sealed record UnmappedName(string Name, string Target, string? Pipeline);
