namespace Sigma.Cli;

/// <summary>What the program tells scripts.</summary>
internal static class ExitCode
{
    /// <summary>All rules were converted.</summary>
    public const int Converted = 0;

    /// <summary>Some rule failed; the others were converted.</summary>
    public const int SomeFailed = 1;

    /// <summary>Wrong use or configuration, or no rule was found.</summary>
    public const int WrongUse = 2;

    /// <summary>All of them, as the manual explains them.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Converted, "All is well: every rule was worked on, and nothing was found that fails one."),
        (SomeFailed, "Some rule failed, or some file could not be written; all others are done."),
        (WrongUse, "Wrong use or configuration, or no rule was found; nothing was done."),
    ];
}
