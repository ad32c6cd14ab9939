namespace Sigma.RegularExpressions;

/// <summary>Text of a Lucene expression, with how tightly it holds together.</summary>
/// <param name="Text">The text; empty for the empty string.</param>
/// <param name="Binding">What may be put beside it without parentheses.</param>
/// <param name="IsImpossible">Whether it stands for an expression that matches nothing at all.</param>
internal readonly record struct Piece(string Text, Binding Binding, bool IsImpossible)
{
    internal static readonly Piece Empty = new(string.Empty, Binding.Sequence, false);
    internal static readonly Piece Impossible = new(string.Empty, Binding.Sequence, true);

    internal bool IsEmpty => Text.Length == 0 && !IsImpossible;

    internal static Piece Atom(string text) => new(text, Binding.Atom, false);

    /// <summary>Text of any number of parts.</summary>
    internal static Piece Of(string text) => new(text, Binding.Sequence, false);

    internal static Piece Concatenation(IEnumerable<Piece> pieces)
    {
        var parts = pieces.Where(piece => !piece.IsEmpty).ToList();
        return parts.Exists(part => part.IsImpossible) ? Impossible
            : parts.Count == 1 ? parts[0]
            : Of(string.Concat(parts.Select(part => part.Binding == Binding.Union ? $"({part.Text})" : part.Text)));
    }

    /// <summary>Either of the pieces. Lucene has no empty branch: <c>(|a)</c> is <c>a?</c>.</summary>
    internal static Piece Union(IReadOnlyCollection<Piece> pieces)
    {
        var texts = pieces.Where(piece => !piece.IsImpossible && !piece.IsEmpty).DistinctBy(piece => piece.Text).ToList();
        var hasEmpty = pieces.Any(piece => piece.IsEmpty);
        if (texts.Count == 0)
        {
            return hasEmpty ? Empty : Impossible;
        }

        var union = texts.Count == 1 ? texts[0] : new Piece(string.Join('|', texts.Select(piece => piece.Text)), Binding.Union, false);
        return hasEmpty ? union.Repeated("?") : union;
    }

    internal Piece Repeated(string quantifier) =>
        new((Binding == Binding.Atom ? Text : $"({Text})") + quantifier, Binding.Quantified, false);

    /// <summary>The author's parentheses, where they hold anything together.</summary>
    internal Piece InParentheses() => Binding is Binding.Atom or Binding.Quantified || IsEmpty || IsImpossible ? this : Atom($"({Text})");
}

/// <summary>How tightly the text of a <see cref="Piece"/> holds together.</summary>
internal enum Binding
{
    /// <summary>One character, class or group.</summary>
    Atom,

    /// <summary>An atom with its quantifier.</summary>
    Quantified,

    /// <summary>Several parts in a row.</summary>
    Sequence,

    /// <summary>Alternatives.</summary>
    Union,
}
