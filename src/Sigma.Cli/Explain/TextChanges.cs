using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Sigma.Explanations;

namespace Sigma.Cli;

/// <summary>A line of a comparison.</summary>
/// <param name="Sign"><c>+</c> for what is new, <c>-</c> for what is gone, a blank for what stands around it.</param>
/// <param name="Line">The line.</param>
internal sealed record TextChange(char Sign, TextLine Line);

/// <summary>Compares rules line by line.</summary>
internal static class TextChanges
{
    /// <summary>Finds what is different, each change below the lines that it stands under.</summary>
    /// <returns>Nothing where both say the same.</returns>
    public static IReadOnlyList<TextChange> Between(IReadOnlyList<TextLine> before, IReadOnlyList<TextLine> after)
    {
        // Lines are compared with their depth, which a text alone does not have.
        DiffPaneModel compared = new InlineDiffBuilder(new Differ()).BuildDiffModel(Joined(before), Joined(after), ignoreWhitespace: false);
        var changes = new List<TextChange>();
        var above = new List<(TextLine Line, bool Shown)>();
        int old = 0;
        int now = 0;
        foreach (DiffPiece piece in compared.Lines)
        {
            TextLine line = piece.Type is ChangeType.Deleted ? before[old] : after[now];
            old += piece.Type is ChangeType.Inserted ? 0 : 1;
            now += piece.Type is ChangeType.Deleted ? 0 : 1;
            above.RemoveAll(heading => heading.Line.Depth >= line.Depth);
            if (piece.Type is not ChangeType.Unchanged)
            {
                changes.AddRange(above.Where(heading => !heading.Shown).Select(heading => new TextChange(' ', heading.Line)));
                above = [.. above.Select(heading => (heading.Line, true))];
                changes.Add(new TextChange(piece.Type is ChangeType.Deleted ? '-' : '+', line));
            }

            above.Add((line, piece.Type is not ChangeType.Unchanged));
        }

        return changes;
    }

    private static string Joined(IReadOnlyList<TextLine> lines) => string.Join('\n', lines.Select(line => new string(' ', line.Depth) + line.Text));
}
