using System.Collections.Immutable;
using System.Text;

namespace Sigma.Rules;

/// <summary>What a part of a Sigma string is.</summary>
public enum PartKind
{
    /// <summary>Characters that stand for themselves.</summary>
    Literal,

    /// <summary><c>*</c>: any characters, or none.</summary>
    Many,

    /// <summary><c>?</c>: exactly one character.</summary>
    One,

    /// <summary><c>%name%</c> under <c>expand</c>: filled in by a pipeline.</summary>
    Placeholder,
}

/// <summary>A part of a Sigma string.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The characters of a literal or the name of a placeholder; empty for wildcards.</param>
public readonly record struct StringPart(PartKind Kind, string Text)
{
    /// <summary>How a part that is not a literal is written; null for a literal, whose backslashes depend on its neighbours.</summary>
    internal string? Sign => Kind switch
    {
        PartKind.Many => "*",
        PartKind.One => "?",
        PartKind.Placeholder => $"%{Text}%",
        _ => null,
    };
}

/// <summary>
/// A Sigma string: literal text, wildcards and placeholders in order.
/// Two neighbouring literals are always one part, so equal strings have equal parts.
/// </summary>
/// <param name="Parts">The parts; none for the empty string.</param>
public sealed record SigmaString(ImmutableArray<StringPart> Parts)
{
    private static readonly StringPart ManyPart = new(PartKind.Many, "");
    private static readonly StringPart OnePart = new(PartKind.One, "");

    /// <summary>The string of no characters.</summary>
    public static SigmaString Empty { get; } = new([]);

    /// <summary>Whether it has a <c>*</c> or <c>?</c> that is a wildcard.</summary>
    public bool HasWildcards
    {
        get
        {
            foreach (StringPart part in Parts)
            {
                if (part.Kind is PartKind.Many or PartKind.One)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether it has placeholders.</summary>
    public bool HasPlaceholders
    {
        get
        {
            foreach (StringPart part in Parts)
            {
                if (part.Kind is PartKind.Placeholder)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether it is the empty string.</summary>
    public bool IsEmpty => Parts.Length == 0;

    /// <summary>Its characters, where it is a literal without wildcards and placeholders; otherwise null.</summary>
    public string? Literal => Parts.Length switch
    {
        0 => "",
        1 when Parts[0].Kind is PartKind.Literal => Parts[0].Text,
        _ => null,
    };

    /// <summary>Creates a string of literal characters; none of them is a wildcard or an escape.</summary>
    public static SigmaString OfLiteral(string text) =>
        text.Length == 0 ? Empty : new([new StringPart(PartKind.Literal, text)]);

    /// <summary>
    /// Reads a value as it is written in a rule. A backslash before <c>*</c>, <c>?</c> or another backslash takes that
    /// character literally; before anything else, and at the end, it is a backslash (specification 2.1, "Escaping").
    /// </summary>
    /// <param name="written">The decoded YAML text.</param>
    public static SigmaString Parse(string written)
    {
        if (written.AsSpan().IndexOfAny('\\', '*', '?') < 0)
        {
            return OfLiteral(written);
        }

        var parts = ImmutableArray.CreateBuilder<StringPart>();
        var literal = new StringBuilder(written.Length);
        for (int i = 0; i < written.Length; i++)
        {
            char c = written[i];
            if (c == '\\' && i + 1 < written.Length && written[i + 1] is '\\' or '*' or '?')
            {
                literal.Append(written[++i]);
            }
            else if (c is '*' or '?')
            {
                Flush(parts, literal);
                parts.Add(c == '*' ? ManyPart : OnePart);
            }
            else
            {
                literal.Append(c);
            }
        }

        Flush(parts, literal);
        return new SigmaString(parts.DrainToImmutable());
    }

    /// <summary>Creates a string of parts, joining neighbouring literals and dropping empty ones.</summary>
    public static SigmaString Of(IEnumerable<StringPart> parts)
    {
        var result = ImmutableArray.CreateBuilder<StringPart>();
        foreach (StringPart part in parts)
        {
            if (part.Kind is PartKind.Literal && part.Text.Length == 0)
            {
                continue;
            }

            if (part.Kind is PartKind.Literal && result.Count > 0 && result[^1].Kind is PartKind.Literal)
            {
                result[^1] = new StringPart(PartKind.Literal, result[^1].Text + part.Text);
            }
            else
            {
                result.Add(part);
            }
        }

        return new SigmaString(result.DrainToImmutable());
    }

    /// <summary>Puts a <c>*</c> on both sides, unless there is one (<c>contains</c>).</summary>
    internal SigmaString WithWildcards() => (Parts is [{ Kind: PartKind.Many }, ..], Parts is [.., { Kind: PartKind.Many }]) switch
    {
        _ when Parts.IsEmpty => new([ManyPart]),
        (false, false) => new([ManyPart, .. Parts, ManyPart]),
        (false, true) => WithLeadingWildcard(),
        _ => WithTrailingWildcard(),
    };

    /// <summary>Prepends a <c>*</c>, unless there is one (<c>endswith</c>, <c>contains</c>).</summary>
    public SigmaString WithLeadingWildcard() =>
        Parts.Length > 0 && Parts[0].Kind is PartKind.Many ? this : new(Parts.Insert(0, ManyPart));

    /// <summary>Appends a <c>*</c>, unless there is one (<c>startswith</c>, <c>contains</c>).</summary>
    public SigmaString WithTrailingWildcard() =>
        Parts.Length > 0 && Parts[^1].Kind is PartKind.Many ? this : new(Parts.Add(ManyPart));

    /// <summary>
    /// Writes it as a rule would: reading the result gives an equal string. Backslashes are doubled only where they
    /// would otherwise be read as an escape.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (int p = 0; p < Parts.Length; p++)
        {
            StringPart part = Parts[p];
            if (part.Sign is { } sign)
            {
                text.Append(sign);
                continue;
            }

            bool wildcardFollows = p + 1 < Parts.Length && Parts[p + 1].Kind is PartKind.Many or PartKind.One;
            AppendLiteral(text, part.Text, wildcardFollows);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(SigmaString? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (StringPart part in Parts)
        {
            hash.Add(part);
        }

        return hash.ToHashCode();
    }

    private static void AppendLiteral(StringBuilder text, string literal, bool wildcardFollows)
    {
        for (int i = 0; i < literal.Length; i++)
        {
            char c = literal[i];
            bool last = i + 1 == literal.Length;
            if (c is '*' or '?' || (c == '\\' && (last ? wildcardFollows : literal[i + 1] is '\\' or '*' or '?')))
            {
                text.Append('\\');
            }

            text.Append(c);
        }
    }

    private static void Flush(ImmutableArray<StringPart>.Builder parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new StringPart(PartKind.Literal, literal.ToString()));
            literal.Clear();
        }
    }
}
