namespace Sigma.Checks.Checking;

/// <summary>What a check is about.</summary>
internal enum CheckGroup
{
    /// <summary>Rules that cannot be read, or mean something else than they seem to.</summary>
    Correctness,

    /// <summary>What the rule as a whole selects.</summary>
    Meaning,

    /// <summary>What a rule says about itself.</summary>
    Metadata,

    /// <summary>Tags.</summary>
    Tags,

    /// <summary>Log sources, and the fields that they have.</summary>
    LogSource,

    /// <summary>Other ways to write the same.</summary>
    Style,

    /// <summary>What makes queries slow.</summary>
    Performance,

    /// <summary>Rules that do not fit each other, and names of files.</summary>
    Consistency,

    /// <summary>Correlations.</summary>
    Correlations,

    /// <summary>Filters.</summary>
    Filters,

    /// <summary>What the configuration describes.</summary>
    Custom,
}

/// <summary>Whether a check can correct what it finds.</summary>
internal enum FixKind
{
    /// <summary>It cannot.</summary>
    None,

    /// <summary>The rule selects the same events with the same query: only what people read changes, or how it is written.</summary>
    Safe,

    /// <summary>A guess, or another query for the same events.</summary>
    Unsafe,
}

/// <summary>What a check is called, why it is made, and what it finds: its page.</summary>
/// <param name="Code">The code, such as <c>SIG1005</c>; never reused for another meaning.</param>
/// <param name="Name">The name that options accept as well.</param>
/// <param name="Group">Its group.</param>
/// <param name="Severity">The weight, unless the configuration gives another.</param>
/// <param name="Message">What is wrong, in general.</param>
internal sealed record CheckInfo(string Code, string Name, CheckGroup Group, Severity Severity, string Message)
{
    /// <summary>What to do about it; null where the message says it all.</summary>
    public string? Hint { get; init; }

    /// <summary>Why it is reported: a few sentences.</summary>
    public required string Why { get; init; }

    /// <summary>An example that it finds: a whole rule, or the keys of one that differ from an ordinary rule.</summary>
    public string Wrong { get; init; } = "";

    /// <summary>The same without the mistake.</summary>
    public string Right { get; init; } = "";

    /// <summary>The file that has the example, where names of files matter.</summary>
    public string WrongPath { get; init; } = "rules/proc_creation_win_example_rule.yml";

    /// <summary>The file that has the example without the mistake.</summary>
    public string RightPath { get; init; } = "rules/proc_creation_win_example_rule.yml";

    /// <summary>The checks of other tools that report the same, as <c>pysigma:duplicate_tag</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether it can correct what it finds.</summary>
    public FixKind Fix { get; init; }

    /// <summary>Whether it runs unless it is chosen: conventions of one repository do not.</summary>
    public bool IsDefault { get; init; } = true;

    /// <summary>The code that the reader of rules has for the same mistake; null for none. Where both have found it, this check alone reports it.</summary>
    public string? Restates { get; init; }

    /// <summary>The numbers that it compares with.</summary>
    public IReadOnlyList<CheckNumber> Numbers { get; init; } = [];

    /// <summary>The entry in the form of the other diagnostics.</summary>
    public DiagnosticCode Diagnostic => field ??= new DiagnosticCode(Code, Severity, Message, Hint) { Explanation = Why };

    /// <summary>The group as options name it.</summary>
    public string GroupName => NameOf(Group);

    /// <summary>A group as options name it.</summary>
    public static string NameOf(CheckGroup group) => group.ToString().ToLowerInvariant();
}
