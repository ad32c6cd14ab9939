using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Documentation.Site;

/// <summary>The lines of a file that are a rule's.</summary>
/// <param name="Text">The lines.</param>
/// <param name="FirstLine">The number of the first of them, from 1.</param>
/// <param name="Span">Where they stand in the file.</param>
internal sealed record RuleExcerpt(string Text, int FirstLine, Span Span)
{
    /// <summary>A longer file is not shown with each of its rules.</summary>
    private const int LongestWhole = 64 * 1024;

    /// <summary>Finds the lines: the document's, with the comments before it; the whole file where rules share parts of each other.</summary>
    /// <param name="source">The file.</param>
    /// <param name="document">The position of the rule's document.</param>
    public static RuleExcerpt Of(SourceText source, Span document)
    {
        string text = source.Text;
        bool shares = text.StartsWith("action:", StringComparison.Ordinal) || text.Contains("\naction:", StringComparison.Ordinal);
        if (shares && text.Length <= LongestWhole)
        {
            return new RuleExcerpt(text, 1, new Span(source, 0, text.Length));
        }

        int start = 0;
        int end = text.Length;
        for (int line = 0; line < text.Length; line = DocumentBorders.LineAfter(text, line))
        {
            if (text.AsSpan(line).StartsWith("---") && (line + 3 == text.Length || char.IsWhiteSpace(text[line + 3])))
            {
                if (line > document.Start)
                {
                    end = line;
                    break;
                }

                start = DocumentBorders.LineAfter(text, line);
            }
        }

        start = Math.Min(start, document.Start);
        end = start + text.AsSpan(start, end - start).TrimEnd().Length;
        return new RuleExcerpt(text[start..end] + "\n", source.PositionOf(start).Line, new Span(source, start, end - start));
    }

    /// <summary>The number of the line that a finding is about; null if it is none of these.</summary>
    public int? LineOf(Span? finding) =>
        finding is { } span && span.Source.Path == Span.Source.Path && span.Start >= Span.Start && span.Start < Span.End ? span.Position.Line : null;
}
