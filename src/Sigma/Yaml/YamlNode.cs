using Sigma.Text;

namespace Sigma.Yaml;

/// <summary>How a scalar is written; decides whether <c>1</c> is a number or a text.</summary>
internal enum ScalarStyle
{
    /// <summary><c>text</c>: resolved to null, boolean, number or string by its looks.</summary>
    Plain,

    /// <summary><c>'text'</c>, always a string.</summary>
    SingleQuoted,

    /// <summary><c>"text"</c>, always a string.</summary>
    DoubleQuoted,

    /// <summary><c>|</c> or <c>&gt;</c> with the text below, always a string.</summary>
    Block,
}

/// <summary>A node of a YAML document with its place in the file.</summary>
/// <param name="Span">Its position.</param>
internal abstract record YamlNode(Span Span)
{
    /// <summary>What to call the node in a message to the user.</summary>
    public abstract string Kind { get; }
}

/// <summary><c>text</c>, <c>'text'</c>, <c>12</c>, …</summary>
/// <param name="Value">The decoded text.</param>
/// <param name="Style">How it is written.</param>
/// <param name="Span">Where it stands, quotes included.</param>
internal sealed record YamlScalar(string Value, ScalarStyle Style, Span Span) : YamlNode(Span)
{
    /// <inheritdoc/>
    public override string Kind => ScalarType.Of(this) switch
    {
        ScalarType.Null => "null",
        ScalarType.Boolean => "a boolean",
        ScalarType.Number => "a number",
        ScalarType.Date => "a date",
        _ => "a string",
    };

    /// <summary>Beyond this length a place in a text of several lines is not searched: a condition asks for the place of each word.</summary>
    private const int LongestSearched = 8192;

    /// <summary>Finds the place of a part of the decoded value; the whole scalar where escapes or folding moved it.</summary>
    /// <param name="offset">The part's offset in <see cref="Value"/>.</param>
    /// <param name="length">The part's length.</param>
    public Span SpanOf(int offset, int length)
    {
        // No escape and no fold makes a value longer, so equal lengths mean that nothing has moved.
        int quote = Style is ScalarStyle.Plain ? 0 : 1;
        return Style is not ScalarStyle.Block && Span.Length == Value.Length + (2 * quote)
            ? Span.Slice(offset + quote, length)
            : SpanAmongLines(offset, length);
    }

    /// <summary>Folding and indentation move blanks only, so the same words stand in the file in the same order.</summary>
    private Span SpanAmongLines(int offset, int length)
    {
        if (Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted || Span.Length > LongestSearched)
        {
            return Span;
        }

        ReadOnlySpan<char> written = Span.Characters;
        int words = 0;
        foreach (char c in Value.AsSpan(0, offset))
        {
            words += char.IsWhiteSpace(c) ? 0 : 1;
        }

        // The header of a block, with its comment, is not part of the text.
        int at = Style is ScalarStyle.Block ? Math.Max(0, written.IndexOf('\n')) : 0;
        for (; at < written.Length && (words > 0 || char.IsWhiteSpace(written[at])); at++)
        {
            words -= char.IsWhiteSpace(written[at]) ? 0 : 1;
        }

        return at + length <= written.Length && written.Slice(at, length).SequenceEqual(Value.AsSpan(offset, length)) ? Span.Slice(at, length) : Span;
    }
}

/// <summary><c>- a</c> lines, or <c>[a, b]</c>.</summary>
/// <param name="Items">The items in order.</param>
/// <param name="Span">From the first to the last item.</param>
internal sealed record YamlSequence(IReadOnlyList<YamlNode> Items, Span Span) : YamlNode(Span)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>One <c>key: value</c>.</summary>
/// <param name="Key">The key; always a scalar.</param>
/// <param name="Value">The value.</param>
internal readonly record struct YamlEntry(YamlScalar Key, YamlNode Value)
{
    /// <summary>The key's text.</summary>
    public string Name => Key.Value;
}

/// <summary><c>key: value</c> lines, or <c>{key: value}</c>. Keys are unique.</summary>
/// <param name="Entries">The entries in the order of the file.</param>
/// <param name="Span">From the first key to the last value.</param>
internal sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, Span Span) : YamlNode(Span)
{
    /// <inheritdoc/>
    public override string Kind => "a map";

    /// <summary>The value under a key, or null.</summary>
    public YamlNode? this[string key] => Find(key)?.Value;

    /// <summary>The entry under a key, or null.</summary>
    public YamlEntry? Find(string key)
    {
        // Asked so often that an enumerator for each would be a large part of the memory for reading rules.
        for (int i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].Key.Value == key)
            {
                return Entries[i];
            }
        }

        return null;
    }
}

/// <summary>One document of a file.</summary>
/// <param name="Root">Its content; null if the document is empty or could not be read.</param>
/// <param name="Span">Its position.</param>
/// <param name="Diagnostics">What is wrong with its YAML; a document with an error has no usable content.</param>
internal sealed record YamlDocument(YamlNode? Root, Span Span, IReadOnlyList<Diagnostic> Diagnostics);
