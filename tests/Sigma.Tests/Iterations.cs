namespace Sigma.Tests;

/// <summary>How many random cases a test tries: some in an ordinary run, so many times more with <c>SIGMAC_TIMES</c>.</summary>
internal static class Iterations
{
    private static readonly int Times = int.TryParse(Environment.GetEnvironmentVariable("SIGMAC_TIMES"), out int times) ? times : 1;

    /// <summary>Whether the run is longer than an ordinary one.</summary>
    public static bool IsLong => Times > 1;

    /// <summary>The number for this run.</summary>
    /// <param name="ordinary">The number in an ordinary run.</param>
    public static int Of(int ordinary) => checked(ordinary * Times);
}
