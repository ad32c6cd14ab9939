namespace Sigma.Checks.Checking;

/// <summary>A change of a text.</summary>
/// <param name="Start">Where, in UTF-16 units.</param>
/// <param name="Length">How much is replaced.</param>
/// <param name="Text">What takes its place.</param>
internal readonly record struct TextEdit(int Start, int Length, string Text)
{
    /// <summary>The offset after what is replaced.</summary>
    public int End => Start + Length;
}

/// <summary>How a finding can be corrected.</summary>
/// <param name="Title">What is done, in a few words.</param>
/// <param name="IsSafe">Whether the query stays what it is.</param>
/// <param name="Edits">The changes, by place.</param>
internal sealed record Fix(string Title, bool IsSafe, IReadOnlyList<TextEdit> Edits);

/// <summary>Something that a check has found.</summary>
/// <param name="Info">The check.</param>
/// <param name="Diagnostic">Place, message and hint.</param>
/// <param name="Fix">How it can be corrected; null if it cannot.</param>
/// <param name="Aliases">The checks of other tools that report this very finding.</param>
internal sealed record Finding(CheckInfo Info, Diagnostic Diagnostic, Fix? Fix, IReadOnlyList<string> Aliases)
{
    /// <summary>Its place.</summary>
    public Span Span => Diagnostic.Span!.Value;

    /// <summary>Its weight.</summary>
    public Severity Severity => Diagnostic.Severity;

    /// <summary>The document it is about; null for the file.</summary>
    public RuleText? Rule { get; init; }

    /// <summary>Whether the loader of the usual tool refuses the document for it, so that none of its validators sees the rule.</summary>
    public bool IsRefusedElsewhere { get; init; }

    /// <summary>Whether it is about rules of several files.</summary>
    public bool IsOfAll { get; init; }

    /// <summary>What stays the same when lines move: code, file, and the text that it is about.</summary>
    public string Fingerprint => field ??= Fingerprints.Of(Info.Code, Span.Source.Path, $"{Diagnostic.Message}\n{Span.Characters.Trim().ToString()}");
}

/// <summary>Takes findings.</summary>
internal sealed class Report
{
    /// <summary>The findings.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The document that is looked at; null for none.</summary>
    public RuleText? Rule { get; set; }

    /// <summary>Adds a finding.</summary>
    /// <param name="check">The check.</param>
    /// <param name="span">Its place, as small as what is wrong.</param>
    /// <param name="message">What is wrong; null for what the check says in general.</param>
    /// <param name="hint">What to do about it; null for what the check says in general.</param>
    /// <param name="fix">How it can be corrected; null if it cannot.</param>
    /// <param name="aliases">The checks of other tools that report it; null for all of the check's.</param>
    /// <param name="refused">Whether the usual loader refuses the rule for it.</param>
    public void Add(Check check, Span span, string? message = null, string? hint = null, Fix? fix = null, IReadOnlyList<string>? aliases = null, bool refused = false)
    {
        CheckInfo info = check.Info;
        var diagnostic = new Diagnostic(info.Diagnostic, span, message ?? info.Message, hint ?? info.Hint);
        Findings.Add(new Finding(info, diagnostic, fix, aliases ?? info.Aliases) { Rule = Rule, IsRefusedElsewhere = refused });
    }
}
