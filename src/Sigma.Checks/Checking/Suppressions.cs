using System.Text.RegularExpressions;

namespace Sigma.Checks.Checking;

/// <summary>
/// Comments that say which findings are meant: <c># sigmac: ignore SIG1207 -- reason</c>. Behind a value it is for that line; on a
/// line of its own for the next line with what is indented below it, and before the first key for the file.
/// </summary>
internal sealed partial class Suppressions
{
    private const string Name = "sigmac";
    private const string Ignore = "ignore";

    private readonly List<Comment> comments = [];

    /// <summary>A comment that suppresses findings.</summary>
    /// <param name="Span">Its place, from the number sign to the end of the line.</param>
    /// <param name="First">The first line that it is for.</param>
    /// <param name="Last">The last one.</param>
    /// <param name="Words">Codes, names or groups; none for all.</param>
    /// <param name="Reason">Why; empty if it does not say.</param>
    internal sealed record Comment(Span Span, int First, int Last, IReadOnlyList<string> Words, string Reason)
    {
        /// <summary>Whether it says <c>ignore</c>. One to sigmac that says something else suppresses nothing.</summary>
        public bool IsUnderstood { get; init; } = true;

        /// <summary>How many findings it has suppressed.</summary>
        public int Used { get; set; }
    }

    /// <summary>The comments, in order.</summary>
    public IReadOnlyList<Comment> Comments => comments;

    /// <summary>Finds the comments of a file.</summary>
    public static Suppressions Of(FileText file)
    {
        var found = new Suppressions();
        string text = file.Source.Text;
        if (!text.Contains(Name, StringComparison.OrdinalIgnoreCase))
        {
            return found;
        }

        (int Start, int End)[] values = [.. file.Rules.SelectMany(rule => FileText.ScalarsOf(rule.Root)).Select(span => (span.Start, span.End)).Order()];
        foreach (Match match in Marks().Matches(text))
        {
            if (!Array.Exists(values, value => value.Start <= match.Index && match.Index < value.End))
            {
                found.Add(file.Source, match.Index, match.Index + match.Length, match.Groups[1].Value);
            }
        }

        return found;
    }

    /// <summary>Whether a finding is suppressed.</summary>
    public bool Take(Finding finding)
    {
        if (comments.Count == 0)
        {
            return false;
        }

        int line = finding.Span.Position.Line;
        foreach (Comment comment in comments)
        {
            if (line >= comment.First && line <= comment.Last && comment.IsUnderstood && (comment.Words.Count == 0 || comment.Words.Any(word => CheckSelection.Means(word, finding.Info))))
            {
                comment.Used++;
                return true;
            }
        }

        return false;
    }

    private void Add(SourceText source, int sign, int behind, string verb)
    {
        string text = source.Text;
        int end = text.AsSpan(behind).IndexOfAny('\n', '\r') is var length and >= 0 ? behind + length : text.Length;
        string[] parts = text[behind..end].Split("--", 2);
        string[] words = parts[0].Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var span = new Span(source, sign, end - sign);
        (int line, int column) = span.Position;
        (int first, int last) = source.Line(line)[..(column - 1)].Trim().Length > 0 ? (line, line) : IsBeforeAll(source, line) ? (1, int.MaxValue) : Below(source, line);
        comments.Add(new Comment(span, first, last, words, parts.Length > 1 ? parts[1].Trim() : "")
        {
            IsUnderstood = string.Equals(verb, Ignore, StringComparison.OrdinalIgnoreCase),
        });
    }

    /// <summary>A comment to sigmac: its name, a colon, and what it is to do.</summary>
    [GeneratedRegex(@"#[ \t]*sigmac[ \t]*:[ \t]*([A-Za-z_-]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    private static bool IsBeforeAll(SourceText source, int line)
    {
        for (int i = 1; i < line; i++)
        {
            if (!IsEmpty(source.Line(i)) && !source.Line(i).StartsWith("---"))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The next line with something in it, and those that are indented further.</summary>
    private static (int First, int Last) Below(SourceText source, int line)
    {
        int lines = source.PositionOf(source.Text.Length).Line;
        int first = line + 1;
        while (first < lines && IsEmpty(source.Line(first)))
        {
            first++;
        }

        if (first > lines)
        {
            return (first, first);
        }

        int indent = Indent(source.Line(first));
        int last = first;
        while (last < lines && (IsEmpty(source.Line(last + 1)) || Indent(source.Line(last + 1)) > indent))
        {
            last++;
        }

        return (first, last);
    }

    private static bool IsEmpty(ReadOnlySpan<char> line) => line.TrimStart() is [] or ['#', ..];

    private static int Indent(ReadOnlySpan<char> line) => line.Length - line.TrimStart(' ').Length;
}
