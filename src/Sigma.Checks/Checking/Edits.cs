namespace Sigma.Checks.Checking;

/// <summary>Changes of a text that keep comments and layout. What cannot be changed so is not: null.</summary>
internal static class Edits
{
    /// <summary>Replaces a stretch.</summary>
    public static TextEdit Replace(Span span, string text) => new(span.Start, span.Length, text);

    /// <summary>A fix of one change that keeps the query.</summary>
    public static Fix? Safe(string title, TextEdit? edit) => edit is { } one ? new Fix(title, true, [one]) : null;

    /// <summary>A fix of several changes that keeps the query; null if one of them cannot be made.</summary>
    public static Fix? Safe(string title, IReadOnlyList<TextEdit?> edits) =>
        edits.Count == 0 || edits.Any(edit => edit is null) ? null : new Fix(title, true, [.. edits.Select(edit => edit!.Value)]);

    /// <summary>A fix that is a guess, or changes the query.</summary>
    public static Fix? Unsafe(string title, params ReadOnlySpan<TextEdit?> edits)
    {
        var all = new List<TextEdit>();
        foreach (TextEdit? edit in edits)
        {
            if (edit is not { } one)
            {
                return null;
            }

            all.Add(one);
        }

        return new Fix(title, false, all);
    }

    /// <summary>Gives a scalar another value, in the quotes that it has.</summary>
    public static TextEdit? Value(YamlScalar scalar, string value) => Written(scalar.Style, value) is { } text ? Replace(scalar.Span, text) : null;

    /// <summary>A value in some quotes; null where they cannot hold it.</summary>
    public static string? Written(ScalarStyle style, string value) => style switch
    {
        _ when value.Any(char.IsControl) => null,
        ScalarStyle.Plain => IsPlain(value) ? value : Written(ScalarStyle.SingleQuoted, value),
        ScalarStyle.SingleQuoted => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'",
        ScalarStyle.DoubleQuoted when !value.AsSpan().ContainsAny('"', '\\') => $"\"{value}\"",
        _ => null,
    };

    /// <summary>Removes an entry of a map or an item of a list with its lines; null where something else, such as a comment, stands in them.</summary>
    /// <param name="span">From the key, or the item's value, to the end of its value.</param>
    public static TextEdit? RemoveLines(Span span)
    {
        string text = span.Source.Text;
        int start = span.Start;
        while (start > 0 && text[start - 1] is ' ' or '-')
        {
            start--;
        }

        int end = span.End;
        while (end > span.Start && text[end - 1] is '\n' or '\r' or ' ')
        {
            end--;
        }

        while (end < text.Length && text[end] is ' ')
        {
            end++;
        }

        bool whole = (start == 0 || LineEnds.IsPart(text[start - 1])) && (end == text.Length || LineEnds.IsPart(text[end]));

        // "- - a" and "- a: 1" have two things in a line.
        ReadOnlySpan<char> before = text.AsSpan(start, span.Start - start);
        if (!whole || before.Count('-') > 1)
        {
            return null;
        }

        return new TextEdit(start, (LineEnds.Behind(text, end) is var behind and >= 0 ? behind : text.Length) - start, "");
    }

    /// <summary>
    /// Removes an item of a list: with its lines, or with its comma in brackets. Null where something else may belong to it, such as a comment
    /// in its line.
    /// </summary>
    /// <param name="span">The item's value.</param>
    public static TextEdit? RemoveItem(Span span)
    {
        string text = span.Source.Text;
        int before = span.Start;
        while (before > 0 && IsBlank(text[before - 1]))
        {
            before--;
        }

        int behind = span.End;
        while (behind < text.Length && IsBlank(text[behind]))
        {
            behind++;
        }

        bool isLineStart = before == 0 || LineEnds.IsPart(text[before - 1]);
        if (!isLineStart && text[before - 1] == '-')
        {
            return RemoveLines(span);
        }

        if (!isLineStart && text[before - 1] == ',')
        {
            return new TextEdit(before - 1, span.End - before + 1, "");
        }

        // A comma may stay before the bracket that ends the list, but not behind the one that begins it.
        bool hasComma = behind < text.Length && text[behind] == ',';
        if (!(isLineStart ? hasComma || EndsList(text, behind) : text[before - 1] == '[' && hasComma))
        {
            return null;
        }

        int end = hasComma ? behind + 1 : span.End;
        while (end < text.Length && IsBlank(text[end]))
        {
            end++;
        }

        return isLineStart && end < text.Length && LineEnds.IsPart(text[end])
            ? new TextEdit(before, LineEnds.Behind(text, end) - before, "")
            : new TextEdit(span.Start, end - span.Start, "");
    }

    private static bool IsBlank(char c) => c is ' ' or '\t';

    private static bool EndsList(string text, int at)
    {
        while (at < text.Length && (IsBlank(text[at]) || LineEnds.IsPart(text[at])))
        {
            at++;
        }

        return at < text.Length && text[at] == ']';
    }

    /// <summary>Adds a line after what a span ends in.</summary>
    /// <param name="span">The last value before the new line.</param>
    /// <param name="line">The line, without a line end. Applying the change gives it those of the file.</param>
    public static TextEdit LineAfter(Span span, string line)
    {
        string text = span.Source.Text;
        int end = span.End;
        while (end > span.Start && text[end - 1] is '\n' or '\r')
        {
            end--;
        }

        int next = LineEnds.Behind(text, Math.Min(end, text.Length));
        return next < 0 ? new TextEdit(text.Length, 0, "\n" + line + "\n") : new TextEdit(next, 0, line + "\n");
    }

    /// <summary>Whether a map or list is written in brackets.</summary>
    public static bool IsInBrackets(YamlNode node) => node.Span.Start < node.Span.Source.Text.Length && node.Span.Source.Text[node.Span.Start] is '{' or '[';

    /// <summary>Adds items behind one of a list: as lines like that of the item, or behind it in brackets. Null where the list is written in another way.</summary>
    /// <param name="list">The list, or what stands in its place.</param>
    /// <param name="item">One of its items.</param>
    /// <param name="items">What is added, as it is written.</param>
    public static TextEdit? ItemsAfter(YamlNode? list, YamlScalar item, params IEnumerable<string> items)
    {
        if (list is not YamlSequence)
        {
            return null;
        }

        if (IsInBrackets(list))
        {
            return new TextEdit(item.Span.End, 0, string.Concat(items.Select(added => ", " + added)));
        }

        string text = item.Span.Source.Text;
        string before = text[(item.Span.Start - item.Span.Position.Column + 1)..item.Span.Start];
        bool isLine = before.TrimEnd(' ') is [.. var blanks, '-'] && blanks.All(c => c == ' ') && !before.EndsWith('-');
        return isLine ? LineAfter(item.Span, string.Join('\n', items.Select(added => before + added))) : null;
    }

    /// <summary>How far the line of a place is indented, in characters; a dash counts.</summary>
    public static string IndentOf(Span span)
    {
        (_, int column) = span.Position;
        return new string(' ', column - 1);
    }

    /// <summary>Whether a text can stand without quotes and is read as the same text.</summary>
    public static bool IsPlain(string value)
    {
        if (value.Length == 0 || value != value.Trim() || "-?:,[]{}#&*!|>'\"%@`".Contains(value[0]) || value.Contains(": ") || value.Contains(" #") || value.EndsWith(':'))
        {
            return false;
        }

        var scalar = new YamlScalar(value, ScalarStyle.Plain, default);
        return ScalarType.Of(scalar) is ScalarType.String && ScalarTypes.Truth(scalar) is null;
    }
}
