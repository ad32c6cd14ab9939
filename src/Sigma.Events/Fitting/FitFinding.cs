using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Fitting;

/// <summary>Why a rule does not fit events.</summary>
internal enum FitProblem
{
    /// <summary>There is no event of its log source.</summary>
    NoEvents,

    /// <summary>There are events of its log source, but none with the event id, channel or provider that it asks for.</summary>
    NoSuchEvent,

    /// <summary>No event of its log source has a value in the field.</summary>
    MissingField,

    /// <summary>The values of the field have another form than what is asked for.</summary>
    ValueForm,
}

/// <summary>Something that would help.</summary>
/// <param name="Field">The field of the events to ask for instead.</param>
/// <param name="Pipeline">The built-in pipeline that asks for it; null if a mapping of one's own has to.</param>
/// <param name="Values">How many of its values are what the rule asks for; 0 if it is proposed by its name.</param>
internal sealed record FitHelp(string Field, string? Pipeline, long Values);

/// <summary>One reason why a rule does not fit, or not as a whole.</summary>
/// <param name="Problem">What it is.</param>
/// <param name="Weight">Error if the rule cannot match for it, warning if a part of it cannot, info if it matches more, or nothing is known.</param>
/// <param name="Field">The field as the rule calls it in this log; null for the log itself.</param>
/// <param name="Span">Where the rule asks for it.</param>
internal sealed record FitFinding(FitProblem Problem, Severity Weight, string? Field, Span Span)
{
    /// <summary>The first value that is asked for; null where none is.</summary>
    public string? Wanted { get; init; }

    /// <summary>How many of the values that are asked for cannot be in the field, and of how many.</summary>
    public (int Impossible, int All) WantedValues { get; init; }

    /// <summary>The forms of the values that the field has.</summary>
    public ValueForms Forms { get; init; }

    /// <summary>One of them; null in a schema.</summary>
    public string? Held { get; init; }

    /// <summary>How many there are.</summary>
    public long HeldValues { get; init; }

    /// <summary>How many events of the rule's log source there are.</summary>
    public long Events { get; init; }

    /// <summary>What would help, the best first.</summary>
    public IReadOnlyList<FitHelp> Help { get; init; } = [];
}

/// <summary>What is known of a rule; each has just one.</summary>
internal enum FitVerdict
{
    /// <summary>It fits.</summary>
    Fits,

    /// <summary>A part of it cannot match.</summary>
    Partly,

    /// <summary>It cannot match.</summary>
    CannotMatch,

    /// <summary>There is no event that it is about, or that one of the rules of a correlation is about.</summary>
    Unknown,
}

/// <summary>How a rule fits.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Source">Its log source after the pipelines.</param>
/// <param name="Logs">The logs of which there are events for it.</param>
/// <param name="Findings">Why it does not fit; none if it does.</param>
internal sealed record RuleFit(MatchedRule Rule, LogSource Source, IReadOnlyList<string> Logs, IReadOnlyList<FitFinding> Findings)
{
    /// <summary>The gravest of the findings; null if there are none.</summary>
    public Severity? Weight => Findings.Count == 0 ? null : Findings.Max(finding => finding.Weight);

    /// <summary>What is known of it.</summary>
    public FitVerdict Verdict =>
        Weight is Severity.Error ? FitVerdict.CannotMatch
        : Findings.Any(finding => finding.Problem is FitProblem.NoEvents or FitProblem.NoSuchEvent) ? FitVerdict.Unknown
        : Weight is Severity.Warning ? FitVerdict.Partly
        : FitVerdict.Fits;
}
