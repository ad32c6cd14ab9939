namespace Sigma.Cli;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCode
{
    /// <summary>All rules were converted.</summary>
    public const int Converted = 0;

    /// <summary>Some rule failed; the others were converted.</summary>
    public const int SomeFailed = 1;

    /// <summary>Wrong use or configuration, or no rule was found.</summary>
    public const int WrongUse = 2;

    /// <summary>All exit codes with their meanings, for the manual page.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Converted, "Success: every rule was processed, and none failed."),
        (SomeFailed, "Some rules failed, or some files could not be written; everything else is done."),
        (WrongUse, "Wrong usage or configuration, or no rule was found; nothing was done. Also: standard output took no more."),
    ];
}
