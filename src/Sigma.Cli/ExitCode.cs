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
}
