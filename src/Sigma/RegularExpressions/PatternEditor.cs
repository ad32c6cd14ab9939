using System.Text;
using Sigma.Text;

namespace Sigma.RegularExpressions;

/// <summary>
/// Base of the dialects that share the author's syntax: collects the places where the text must differ and leaves every
/// other byte alone.
/// </summary>
internal abstract class PatternEditor(RegexPattern pattern, int? groupsBefore)
{
    private readonly List<(int Offset, int Length, string Text)> edits = [];
    private readonly List<RegexNote> notes = [];

    protected RegexPattern Pattern { get; } = pattern;

    /// <summary>How many capturing groups stand before the pattern in the larger one that it becomes a part of; null if it stands alone.</summary>
    protected int? GroupsBefore { get; } = groupsBefore;

    /// <summary>Whether a leading <c>(*VERB)</c> stays; flags must follow it.</summary>
    protected abstract bool KeepsVerbs { get; }

    internal RegexTranslation Write()
    {
        foreach (var trivia in Pattern.Trivia)
        {
            EditTrivia(trivia);
        }

        Walk(Pattern.Root);
        InsertFlags();
        return new RegexTranslation(notes.Exists(n => n.Effect == RegexEffect.Refused) ? null : Apply(), [.. notes.OrderBy(n => n.Offset)]);
    }

    /// <summary>Edits one node, then calls <see cref="WalkChildren"/> where its parts need it.</summary>
    protected abstract void Walk(RegexNode node);

    /// <summary>
    /// Writes a literal so that it means the same between any neighbours, if it stands in <c>\Q…\E</c>, or beside something
    /// that is taken out: <c>\x4\Q1\E</c> must not become <c>\x41</c>, nor <c>[a\E-z]</c> a range.
    /// </summary>
    /// <param name="literal">The literal.</param>
    /// <param name="dialect">Who reads the pattern.</param>
    /// <returns>The text; null where the author's is safe.</returns>
    protected string? Guarded(RegexLiteral literal, RegexDialect dialect)
    {
        var isQuoted = IsQuoted(literal.Offset);
        var (follows, precedes) = Neighbours(literal);
        if (!isQuoted && (Pattern.Text[literal.Offset] == '\\' || !(follows || precedes)))
        {
            return null;
        }

        if (literal.CodePoint > char.MaxValue)
        {
            return char.ConvertFromUtf32(literal.CodePoint);
        }

        var c = (char)literal.CodePoint;
        return char.IsSurrogate(c) || ControlCharacters.IsOne(c) || (follows && char.IsAsciiHexDigit(c) && EndsInEscape(literal)) || (!char.IsAscii(c) && char.IsWhiteSpace(c)) ? RegexText.Code(c, dialect)
            : char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c != '_' ? $@"\{c}"
            : c.ToString();
    }

    /// <summary>Whether a literal is written as a control character, with or without a backslash.</summary>
    protected static bool IsControl(ReadOnlySpan<char> source) => source is [var raw] && ControlCharacters.IsOne(raw)
        || (source is ['\\', var escaped] && ControlCharacters.IsOne(escaped));

    protected void WalkChildren(RegexNode node)
    {
        foreach (var child in RegexProperties.Children(node))
        {
            Walk(child);
        }
    }

    protected void Replace(RegexNode node, string text) => Edit(node.Offset, node.Length, text);

    /// <summary>Takes out a node that matches nothing, without joining an escape before it to a digit after it.</summary>
    protected void Remove(RegexNode node) =>
        Replace(node, node.Offset > 0 && node.End < Pattern.Text.Length && char.IsAsciiHexDigit(Pattern.Text[node.End]) ? "(?:)" : string.Empty);

    protected void Edit(int offset, int length, string text) => edits.Add((offset, length, text));

    protected void Refuse(RegexNode node, string message) =>
        notes.Add(new RegexNote(node.Offset, node.Length, RegexEffect.Refused, message));

    protected ReadOnlySpan<char> Source(RegexNode node) => Pattern.Text.AsSpan(node.Offset, node.Length);

    /// <summary>Whether a place is between <c>\Q</c> and <c>\E</c>.</summary>
    protected bool IsQuoted(int offset)
    {
        var marks = Pattern.Trivia;
        var low = FirstTrivia(offset);
        return low > 0 && marks[low - 1].Kind == RegexTriviaKind.QuoteMark && Pattern.Text[marks[low - 1].Offset + 1] == 'Q';
    }

    /// <summary><c>{,5}</c> is a literal to PCRE2 before 10.43 and to .NET.</summary>
    protected void EditMissingMinimum(RegexRepeat repeat)
    {
        if (Pattern.Text.AsSpan(repeat.QuantifierOffset).StartsWith("{,"))
        {
            Edit(repeat.QuantifierOffset + 1, 0, "0");
        }
    }

    /// <summary>The letters of <c>(?…)</c> in this dialect, in place of the author's.</summary>
    protected void EditOptions(RegexNode node, string options, string translated)
    {
        if (node is RegexInlineFlags && translated is "" or "-")
        {
            // .NET has no (?), and it sets nothing.
            Remove(node);
        }
        else if (options != translated)
        {
            Edit(node.Offset + 2, options.Length, translated);
        }
    }

    /// <summary>A letter of options without those that <paramref name="dropped"/> lists, and without a hyphen that lost its letters.</summary>
    protected static string WithoutOptions(string options, string dropped) =>
        !options.AsSpan().ContainsAny(dropped) ? options : string.Concat(options.Where(letter => !dropped.Contains(letter))).TrimEnd('-');

    /// <summary>
    /// Takes out comments, quote marks and callouts, which match nothing: what stands around the pattern could be read as a part
    /// of them, and a backslash within them would escape what a target's language has behind it. A blank of <c>(?x)</c> stays,
    /// for <c>\1 2</c> is not <c>\12</c>.
    /// </summary>
    protected virtual void EditTrivia(RegexTrivia trivia)
    {
        var text = IsBlank(trivia) ? " " : string.Empty;
        if (!Pattern.Text.AsSpan(trivia.Offset, trivia.Length).SequenceEqual(text))
        {
            Edit(trivia.Offset, trivia.Length, text);
        }
    }

    /// <summary>Whether it is a blank of <c>(?x)</c>, or a comment that ends with the line.</summary>
    private bool IsBlank(RegexTrivia trivia) => trivia.Kind == RegexTriviaKind.Comment && Pattern.Text[trivia.Offset] != '(';

    /// <summary>Whether something that is taken out stands directly before a node, and directly after it.</summary>
    private (bool Before, bool After) Neighbours(RegexNode node)
    {
        var next = FirstTrivia(node.Offset);
        var before = next > 0 && Pattern.Trivia[next - 1] is var last && last.Offset + last.Length == node.Offset && !IsBlank(last);
        return (before, next < Pattern.Trivia.Length && Pattern.Trivia[next] is var first && first.Offset == node.End && !IsBlank(first));
    }

    /// <summary>Whether an escape that a digit or letter may be a part of stands before what is taken out in front of a node.</summary>
    private bool EndsInEscape(RegexNode node)
    {
        var at = node.Offset;
        for (var i = FirstTrivia(node.Offset) - 1; i >= 0 && Pattern.Trivia[i].Offset + Pattern.Trivia[i].Length == at; i--)
        {
            at = Pattern.Trivia[i].Offset;
        }

        var end = at;
        while (at > 0 && char.IsAsciiLetterOrDigit(Pattern.Text[at - 1]))
        {
            at--;
        }

        return at < end && at > 0 && Pattern.Text[at - 1] == '\\';
    }

    /// <summary>The index of the first that does not stand before a place; all are in the order of the text.</summary>
    private int FirstTrivia(int offset)
    {
        var (low, high) = (0, Pattern.Trivia.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Pattern.Trivia[middle].Offset < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void InsertFlags()
    {
        var first = Pattern.Root is RegexSequence { Items: { IsEmpty: false } items } ? items : [Pattern.Root];
        var verbs = KeepsVerbs ? first.TakeWhile(item => item is RegexVerb).Count() : 0;
        var letters = Letters(Pattern.Flags);
        if (letters.Length > 0 && !(verbs < first.Length && first[verbs] is RegexInlineFlags own && Gives(own.Options, letters)))
        {
            edits.Insert(0, (verbs > 0 ? first[verbs - 1].End : 0, 0, $"(?{letters})"));
        }
    }

    private static bool Gives(string options, string letters) => !options.AsSpan().ContainsAny("-^") && letters.All(options.Contains);

    private static string Letters(RegexFlags flags) =>
        (flags.HasFlag(RegexFlags.IgnoreCase) ? "i" : string.Empty)
        + (flags.HasFlag(RegexFlags.Multiline) ? "m" : string.Empty)
        + (flags.HasFlag(RegexFlags.DotAll) ? "s" : string.Empty);

    private string Apply()
    {
        if (edits.Count == 0)
        {
            return Pattern.Text;
        }

        var text = new StringBuilder();
        var done = 0;

        // OrderBy is stable: at one place, an outer opening was added before an inner one, an outer closing after it.
        foreach (var edit in edits.OrderBy(e => e.Offset))
        {
            text.Append(Pattern.Text, done, edit.Offset - done).Append(edit.Text);
            done = edit.Offset + edit.Length;
        }

        return text.Append(Pattern.Text, done, Pattern.Text.Length - done).ToString();
    }
}
