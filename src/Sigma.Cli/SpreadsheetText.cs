namespace Sigma.Cli;

/// <summary>Cells of CSV for programs that calculate: to them a text that begins with some characters is a formula.</summary>
internal static class SpreadsheetText
{
    private const string Beginnings = "=+-@\t\r\n|%＝＋－＠";

    /// <summary>The text, with an apostrophe in front where a spreadsheet would calculate it. Blanks in front do not hide a formula.</summary>
    public static string Of(string cell) => cell.TrimStart(' ', '\u00a0', '\ufeff') is { Length: > 0 } text && Beginnings.Contains(text[0]) ? "'" + cell : cell;
}
