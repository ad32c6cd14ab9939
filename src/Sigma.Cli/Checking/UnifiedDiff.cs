using System.Text;
using DiffPlex;
using DiffPlex.Model;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The difference of two texts in the form that <c>patch</c> and <c>git apply</c> read.</summary>
internal static class UnifiedDiff
{
    /// <summary>How many lines are shown around a change.</summary>
    private const int Context = 3;

    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="before">Its text before.</param>
    /// <param name="after">Its text after.</param>
    /// <param name="onTerminal">Whether people read it: then no character of the file steers the terminal.</param>
    public static string Of(string path, string before, string after, bool onTerminal = false)
    {
        string[] old = Lines(before);
        string[] now = Lines(after);
        DiffResult result = new Differ().CreateLineDiffs(string.Join('\n', old.Select(Key)), string.Join('\n', now.Select(Key)), false);
        if (onTerminal)
        {
            old = [.. old.Select(TerminalText.VisibleLine)];
            now = [.. now.Select(TerminalText.VisibleLine)];
        }

        string shown = DiagnosticWriter.Visible(path);
        var text = new StringBuilder($"--- a/{shown}\n+++ b/{shown}\n");
        DiffBlock[] blocks = [.. result.DiffBlocks];
        for (int i = 0; i < blocks.Length;)
        {
            int last = i;
            while (last + 1 < blocks.Length && blocks[last + 1].DeleteStartA - (blocks[last].DeleteStartA + blocks[last].DeleteCountA) <= 2 * Context)
            {
                last++;
            }

            AppendHunk(text, old, now, blocks.AsSpan(i, last - i + 1));
            i = last + 1;
        }

        return text.ToString();
    }

    private static void AppendHunk(StringBuilder text, string[] old, string[] now, ReadOnlySpan<DiffBlock> blocks)
    {
        int from = Math.Max(0, blocks[0].DeleteStartA - Context);
        int fromNow = from + blocks[0].InsertStartB - blocks[0].DeleteStartA;
        int to = Math.Min(old.Length, blocks[^1].DeleteStartA + blocks[^1].DeleteCountA + Context);
        int toNow = to + blocks[^1].InsertStartB + blocks[^1].InsertCountB - blocks[^1].DeleteStartA - blocks[^1].DeleteCountA;
        text.Append($"@@ -{Range(from, to - from)} +{Range(fromNow, toNow - fromNow)} @@\n");
        int at = from;
        foreach (DiffBlock block in blocks)
        {
            Append(text, ' ', old, at, block.DeleteStartA);
            Append(text, '-', old, block.DeleteStartA, block.DeleteStartA + block.DeleteCountA);
            Append(text, '+', now, block.InsertStartB, block.InsertStartB + block.InsertCountB);
            at = block.DeleteStartA + block.DeleteCountA;
        }

        Append(text, ' ', old, at, to);
    }

    private static string Range(int start, int count) => count == 0 ? $"{start},0" : $"{start + 1},{count}";

    private static void Append(StringBuilder text, char sign, string[] lines, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            text.Append(sign).Append(lines[i].TrimEnd('\n'));
            text.Append(lines[i].EndsWith('\n') ? "\n" : "\n\\ No newline at end of file\n");
        }
    }

    /// <summary>The lines with their ends.</summary>
    private static string[] Lines(string text)
    {
        var lines = new List<string>();
        for (int at = 0; at < text.Length;)
        {
            int end = text.IndexOf('\n', at);
            int next = end < 0 ? text.Length : end + 1;
            lines.Add(text[at..next]);
            at = next;
        }

        return [.. lines];
    }

    /// <summary>A line for the comparison, where a missing last line end is a difference.</summary>
    private static string Key(string line) => line.EndsWith('\n') ? line[..^1].Replace('\r', '\u0001') : line.Replace('\r', '\u0001') + "\u0002";
}
