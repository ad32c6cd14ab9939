using System.Text;
using Sigma.Text;

namespace Sigma.RegularExpressions;

/// <summary>
/// Base of the dialects that share the author's syntax: collects the places where the text must differ and leaves every
/// other byte alone.
/// </summary>
internal abstract class PatternEditor(RegexPattern pattern, int? groupsBefore)
{
    private readonly List<(int Offset, int Length, string Text)> _edits = [];
    private readonly List<RegexNote> _notes = [];

    protected RegexPattern Pattern { get; } = pattern;

    /// <summary>How many capturing groups stand before the pattern in the larger one that it becomes a part of; null if it stands alone.</summary>
    protected int? GroupsBefore { get; } = groupsBefore;

    /// <summary>Whether the dialect has <c>\Q</c>, so that one that is still open must be closed.</summary>
    protected abstract bool KeepsQuotes { get; }

    /// <summary>Whether a leading <c>(*VERB)</c> stays; flags must follow it.</summary>
    protected abstract bool KeepsVerbs { get; }

    internal RegexTranslation Write()
    {
        foreach (var trivia in Pattern.Trivia)
        {
            if (GroupsBefore is not null && IsOpenComment(trivia))
            {
                // What the larger pattern has after it would be a comment too, the closing bracket first.
                Edit(trivia.Offset, trivia.Length, string.Empty);
            }
            else
            {
                EditTrivia(trivia);
            }
        }

        Walk(Pattern.Root);
        InsertFlags();
        if (GroupsBefore is not null && KeepsQuotes && IsQuoted(Pattern.Text.Length))
        {
            Edit(Pattern.Text.Length, 0, @"\E");
        }

        return new RegexTranslation(_notes.Exists(n => n.Effect == RegexEffect.Refused) ? null : Apply(), [.. _notes.OrderBy(n => n.Offset)]);
    }

    /// <summary>Edits one node, then calls <see cref="WalkChildren"/> where its parts need it.</summary>
    protected abstract void Walk(RegexNode node);

    /// <summary>Edits a comment, quote mark or callout.</summary>
    protected abstract void EditTrivia(RegexTrivia trivia);

    /// <summary>
    /// Takes the comments out of a pattern that has a control character: a line break ends a comment, and could only be
    /// written as something that does not. A blank stays, for <c>\1 2</c> under <c>(?x)</c> is not <c>\12</c>.
    /// </summary>
    protected void EditComment(RegexTrivia trivia)
    {
        if (trivia.Kind == RegexTriviaKind.Comment && ControlCharacters.In(Pattern.Text))
        {
            var isGroup = Pattern.Text.AsSpan(trivia.Offset, trivia.Length).StartsWith("(?#");
            Edit(trivia.Offset, trivia.Length, isGroup ? string.Empty : " ");
        }
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

    protected void Edit(int offset, int length, string text) => _edits.Add((offset, length, text));

    protected void Refuse(RegexNode node, string message) =>
        _notes.Add(new RegexNote(node.Offset, node.Length, RegexEffect.Refused, message));

    protected ReadOnlySpan<char> Source(RegexNode node) => Pattern.Text.AsSpan(node.Offset, node.Length);

    /// <summary>Whether a place is between <c>\Q</c> and <c>\E</c>.</summary>
    protected bool IsQuoted(int offset)
    {
        var marks = Pattern.Trivia;
        var (low, high) = (0, marks.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = marks[middle].Offset < offset ? (middle + 1, high) : (low, middle);
        }

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
        if (options == translated)
        {
            return;
        }

        if (node is RegexInlineFlags && translated.Length == 0)
        {
            Replace(node, string.Empty);
        }
        else
        {
            Edit(node.Offset + 2, options.Length, translated);
        }
    }

    /// <summary>A letter of options without those that <paramref name="dropped"/> lists, and without a hyphen that lost its letters.</summary>
    protected static string WithoutOptions(string options, string dropped) =>
        !options.AsSpan().ContainsAny(dropped) ? options : string.Concat(options.Where(letter => !dropped.Contains(letter))).TrimEnd('-');

    private bool IsOpenComment(RegexTrivia trivia) =>
        trivia.Kind == RegexTriviaKind.Comment && Pattern.Text[trivia.Offset] == '#'
        && trivia.Offset + trivia.Length == Pattern.Text.Length && Pattern.Text[^1] != '\n';

    private void InsertFlags()
    {
        var first = Pattern.Root is RegexSequence { Items: { IsEmpty: false } items } ? items : [Pattern.Root];
        var verbs = KeepsVerbs ? first.TakeWhile(item => item is RegexVerb).Count() : 0;
        var letters = Letters(Pattern.Flags);
        if (letters.Length > 0 && !(verbs < first.Length && first[verbs] is RegexInlineFlags own && Gives(own.Options, letters)))
        {
            _edits.Insert(0, (verbs > 0 ? first[verbs - 1].End : 0, 0, $"(?{letters})"));
        }
    }

    private static bool Gives(string options, string letters) => !options.AsSpan().ContainsAny("-^") && letters.All(options.Contains);

    private static string Letters(RegexFlags flags) =>
        (flags.HasFlag(RegexFlags.IgnoreCase) ? "i" : string.Empty)
        + (flags.HasFlag(RegexFlags.Multiline) ? "m" : string.Empty)
        + (flags.HasFlag(RegexFlags.DotAll) ? "s" : string.Empty);

    private string Apply()
    {
        if (_edits.Count == 0)
        {
            return Pattern.Text;
        }

        var text = new StringBuilder();
        var done = 0;

        // OrderBy is stable: at one place, an outer opening was added before an inner one, an outer closing after it.
        foreach (var edit in _edits.OrderBy(e => e.Offset))
        {
            text.Append(Pattern.Text, done, edit.Offset - done).Append(edit.Text);
            done = edit.Offset + edit.Length;
        }

        return text.Append(Pattern.Text, done, Pattern.Text.Length - done).ToString();
    }
}
