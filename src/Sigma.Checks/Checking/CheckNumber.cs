namespace Sigma.Checks.Checking;

/// <summary>A number that a check compares with, which the user may change.</summary>
/// <param name="Name">Its name, as <c>sigmahq_title_length.max_length</c>.</param>
/// <param name="Usual">Its value unless the user says another.</param>
internal sealed record CheckNumber(string Name, int Usual)
{
    /// <summary>The greatest value that it may have.</summary>
    public const int Most = 1_000_000;

    /// <summary>Reads a value: a whole number that is not negative and not beyond all sense.</summary>
    public static bool TryRead(string text, out int number) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number) && number <= Most;
}
