using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>How a value's text is written: quotes, escapes, wildcards. All of it comes from a backend's <c>texts</c>.</summary>
internal sealed record TextStyle
{
    /// <summary>The opening text.</summary>
    public string Open { get; init; } = "";

    /// <summary>The closing text.</summary>
    public string Close { get; init; } = "";

    /// <summary>What is put before each escaped character.</summary>
    public string Escape { get; init; } = "";

    /// <summary>The characters that are escaped.</summary>
    public string Escaped { get; init; } = "";

    /// <summary>The characters that cannot be written at all.</summary>
    public string Impossible { get; init; } = "";

    /// <summary>What the whole text must match, for fields of a type that has other values only; null for any text.</summary>
    public Regex? Fits { get; init; }

    /// <summary>
    /// What a control character is, where <c>{code}</c> stands for its four hexadecimal digits; without that, a wildcard for
    /// one character. None is ever written as it is: to most readers a line break ends a query and begins another. Null where
    /// there is no way to write one.
    /// </summary>
    public string? Control { get; init; }

    /// <summary>
    /// What the product takes for one of its own parameters, even in quotes and before it reads the query; the last character of such a
    /// part is escaped. Null if it has none.
    /// </summary>
    public Regex? Parameters { get; init; }

    /// <summary>Whether a text in the form of a network, <c>10.0.0.0/8</c>, stands for the network's addresses.</summary>
    public bool Networks { get; init; }

    /// <summary>Sequences that become others; looked at before single characters.</summary>
    public Replacements Replacements { get; init; } = Replacements.None;

    /// <summary>What any characters are; null if the target has no such wildcard.</summary>
    public string? Many { get; init; }

    /// <summary>What one character is; null if the target has no such wildcard.</summary>
    public string? One { get; init; }

    /// <summary>What a literal <c>*</c> is; null if it cannot be said.</summary>
    public string? LiteralMany { get; init; }

    /// <summary>What a literal <c>?</c> is; null if it cannot be said.</summary>
    public string? LiteralOne { get; init; }

    /// <summary>Whether the text may stand anywhere, so that it gets wildcards at both ends.</summary>
    public bool Anywhere { get; init; }

    /// <summary>Whether letters are written in lower case, for a test that makes the field's letters lower case too.</summary>
    public bool Lower { get; init; }

    /// <summary>Whether the target disregards the case of ASCII letters only.</summary>
    public bool AsciiCase { get; init; }

    /// <summary>The longest text that the target takes, as it is written; null if there is no limit.</summary>
    public TextLength? Longest { get; init; }

    private const string Code = "{code}";

    private SearchValues<char>? special;

    /// <summary>Set for a style that writes the text as a regular expression.</summary>
    public PatternStyle? Pattern { get; init; }

    /// <summary>For a pattern that disregards case: the style of texts without letters, which need no pattern. Null for none.</summary>
    public TextStyle? Caseless { get; init; }

    /// <summary>The style, with one more character that cannot be written.</summary>
    public TextStyle Without(char character) => this with { Impossible = Impossible + character, special = null };

    /// <summary>Finds what the style cannot say about a text.</summary>
    public Loss LossOn(SigmaString text)
    {
        if (Caseless is not null && TextCase.IsNone(text))
        {
            return Caseless.LossOn(text);
        }

        if (Pattern is not null)
        {
            return !Pattern.CanWrite(text) ? Loss.NoPattern : Pattern.Widens(text) ? Loss.ControlWidened : Loss.None;
        }

        Loss loss = Networks && text.Literal is { } literal && literal.Contains('/') && System.Net.IPNetwork.TryParse(literal, out _)
            ? Loss.NetworkWidened
            : Loss.None;
        if (AsciiCase && text.Parts.Any(part => part.Kind is PartKind.Literal && part.Text.Any(TextCase.IsCasedBeyondAscii)))
        {
            loss |= Loss.CaseNarrowed;
        }

        if (Fits is not null && !(text.Literal is { } value && Fits.IsMatch(value)))
        {
            loss |= Loss.NoForm;
        }

        foreach (StringPart part in text.Parts)
        {
            if (Impossible.Length > 0 && part.Text.AsSpan().IndexOfAny(Impossible) >= 0)
            {
                loss |= Loss.NoCharacter;
            }

            if (ControlCharacters.In(part.Text) && HasBareControl(part.Text))
            {
                loss |= Control is null ? Loss.NoCharacter : Control.Contains(Code, StringComparison.Ordinal) ? Loss.None : Loss.ControlWidened;
            }

            if (part.Kind is PartKind.Literal && (HasSign(part.Text, Many, "*") || HasSign(part.Text, One, "?")))
            {
                loss |= Loss.SignWidened;
            }

            switch (part.Kind)
            {
                case PartKind.Many when Many is null:
                case PartKind.One when One is null && Many is null:
                    loss |= Loss.NoWildcard;
                    break;
                case PartKind.One when One is null:
                    loss |= Loss.OneWidened;
                    break;
                case PartKind.Literal when (LiteralMany is null && Many is not null && part.Text.Contains('*')) || (LiteralOne is null && One is not null && part.Text.Contains('?')):
                    loss |= Loss.LiteralWidened;
                    break;
            }
        }

        return IsTooLong(text) ? loss | Loss.TooLong : loss;
    }

    /// <summary>
    /// Whether all that the style cannot say of a text makes it wider: a search that only narrows the events down beforehand finds with it
    /// what the text means, and more.
    /// </summary>
    public bool OnlyWidens(SigmaString text)
    {
        const Loss Missed = Loss.NoWildcard | Loss.NoPattern | Loss.NoForm | Loss.TooLong | Loss.CaseNarrowed | Loss.NetworkWidened;
        Loss loss = LossOn(text);
        return (loss & Missed) is Loss.None && (Many is not null || !loss.HasFlag(Loss.NoCharacter));
    }

    private bool IsTooLong(SigmaString text)
    {
        if (Longest is null || text.Parts.Sum(part => part.Text.Length) <= Longest.Most / 4)
        {
            return false;
        }

        var written = new StringBuilder();
        Write(written, text);
        return !Longest.Holds(written.ToString());
    }

    /// <summary>Writes a text.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="text">The text; without placeholders.</param>
    public void Write(StringBuilder output, SigmaString text)
    {
        if (Caseless is not null && TextCase.IsNone(text))
        {
            Caseless.Write(output, text);
            return;
        }

        output.Append(Open);
        text = Lower ? TextCase.Lowered(text) : text;
        text = Anywhere ? text.WithWildcards() : text;
        if (Pattern is not null)
        {
            Pattern.Write(output, text, Replacements);
        }
        else
        {
            for (int i = 0; i < text.Parts.Length; i++)
            {
                switch (text.Parts[i].Kind)
                {
                    case PartKind.Many:
                        output.Append(Many);
                        break;
                    case PartKind.One when One is not null:
                        output.Append(One);
                        break;
                    case PartKind.One:
                        // Beside a wildcard for any characters, the widened one would only repeat it.
                        output.Append(Has(text, i - 1, PartKind.Many) || Has(text, i - 1, PartKind.One) || Has(text, i + 1, PartKind.Many) ? "" : Many);
                        break;
                    default:
                        WriteLiteral(output, text.Parts[i].Text);
                        break;
                }
            }
        }

        output.Append(Close);
    }

    /// <summary>Whether a control character is left that no replacement takes.</summary>
    private bool HasBareControl(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (Replacements.At(text, i) is { } replacement)
            {
                i += replacement.Key.Length - 1;
            }
            else if (ControlCharacters.IsOne(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes a regular expression as a text of the language: wildcards of other texts are literal in it.</summary>
    public void WriteExpression(StringBuilder output, string expression)
    {
        output.Append(Open);
        for (int i = 0; i < expression.Length; i++)
        {
            if (Replacements.At(expression, i) is { } replacement)
            {
                output.Append(replacement.Value);
                i += replacement.Key.Length - 1;
            }
            else
            {
                output.Append(Escaped.Contains(expression[i]) ? Escape : "").Append(expression[i]);
            }
        }

        output.Append(Close);
    }

    /// <summary>Whether a literal has one of the language's own wildcards, and nothing sets it apart; <c>*</c> and <c>?</c> are the rule's own as well.</summary>
    private bool HasSign(string literal, string? sign, string own) =>
        sign is not null && sign != own && literal.Contains(sign, StringComparison.Ordinal) && !Escaped.Contains(sign[0])
        && !Impossible.Contains(sign[0]) && (Replacements.At(sign, 0) is not { } replaced || replaced.Key == replaced.Value);

    private static bool Has(SigmaString text, int index, PartKind kind) =>
        index >= 0 && index < text.Parts.Length && text.Parts[index].Kind == kind;

    private void WriteLiteral(StringBuilder output, string text)
    {
        // Most texts have none of these, and nothing is quicker than to copy them whole.
        int[] ends = Parameters is null ? [] : ProductParameters.Ends(text, Parameters);
        int plain = ends.Length > 0 ? 0 : text.AsSpan().IndexOfAny(special ??= Special());
        if (plain < 0)
        {
            output.Append(text);
            return;
        }

        output.Append(text, 0, plain);
        for (int i = plain; i < text.Length; i++)
        {
            if (Replacements.At(text, i) is { } replacement)
            {
                output.Append(replacement.Value);
                i += replacement.Key.Length - 1;
                continue;
            }

            char c = text[i];
            if (Impossible.Contains(c) || (Control is null && ControlCharacters.IsOne(c)))
            {
                // A text with a character that cannot be said is refused; where it only narrows a search down beforehand,
                // anything may stand there.
                output.Append(Many);
            }
            else if (ControlCharacters.IsOne(c))
            {
                output.Append(Control!.Replace(Code, ((int)c).ToString("x4"), StringComparison.Ordinal));
            }
            else if (c == '*' && LiteralMany is not null)
            {
                output.Append(LiteralMany);
            }
            else if (c == '?' && LiteralOne is not null)
            {
                output.Append(LiteralOne);
            }
            else
            {
                output.Append(Escaped.Contains(c) || ends.Contains(i) ? Escape : "").Append(c);
            }
        }
    }

    /// <summary>The characters that may be written otherwise than they are.</summary>
    private SearchValues<char> Special() =>
        SearchValues.Create(ControlCharacters.Text + Impossible + Replacements.FirstCharacters + Escaped + (LiteralMany is null ? "" : "*") + (LiteralOne is null ? "" : "?"));
}
