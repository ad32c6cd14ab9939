using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>Decides between the ordinary shape of a text and the one for texts that the ordinary one would blur.</summary>
internal static class ShapeLookup
{
    /// <summary>Finds the shape for a value, and says what is lost where none is exact.</summary>
    /// <param name="dialect">The target's language.</param>
    /// <param name="emission">Where findings go; null to only look.</param>
    /// <param name="kind">The kind; changed to the one that stands in.</param>
    /// <param name="field">The field; null for keywords.</param>
    /// <param name="value">The value.</param>
    public static Shape? Resolve(Dialect dialect, Emission? emission, ref string kind, string? field, Value value)
    {
        Shape? shape = dialect.ShapeFor(kind, field);
        if (value is not StringValue text || shape is null)
        {
            return shape;
        }

        Loss loss = ShapeSelector.LossOn(dialect, kind, field, text.Text);
        if (loss is Loss.None)
        {
            return shape;
        }

        string pattern = KindFor(loss, field);
        if (!text.Cased && dialect.ShapeFor(pattern, field) is { } exact)
        {
            kind = pattern;
            return exact;
        }

        if (emission is not null)
        {
            Announce(emission, loss, text);
        }

        return shape;
    }

    /// <summary>The kind of condition for a text that its ordinary shape would lose something of.</summary>
    public static string KindFor(Loss loss, string? field) =>
        (field is null ? "keyword_" : "") + (loss.HasFlag(Loss.NoCharacter) ? "unwritable" : "pattern");

    /// <summary>Says what a style loses of a text.</summary>
    public static void Announce(Emission emission, Loss loss, StringValue text)
    {
        if (loss.HasFlag(Loss.NoWildcard))
        {
            emission.Refuse(text.Span, "a wildcard", "the language has none here");
        }

        if (loss.HasFlag(Loss.NoPattern))
        {
            emission.Refuse(text.Span, "this text without regard to case", "as a regular expression it needs more states than the engine allows");
        }

        if (loss.HasFlag(Loss.NoCharacter))
        {
            emission.Refuse(text.Span, "a text with this character", "the language has no way to write it here");
        }

        if (loss.HasFlag(Loss.ControlWidened))
        {
            emission.Approximate(text.Span, Selects.More, "it has no escape for a control character, so any character, or any control character, stands in its place");
        }

        if (loss.HasFlag(Loss.NetworkWidened))
        {
            emission.Approximate(text.Span, Selects.More, "a text in the form of a network stands for the addresses of the network");
        }

        if (loss.HasFlag(Loss.OneWidened))
        {
            emission.Approximate(text.Span, Selects.More, "it has no wildcard for one character, so ? is written as *");
        }

        if (loss.HasFlag(Loss.SignWidened))
        {
            emission.Approximate(text.Span, Selects.More, "a wildcard of the language in a text cannot be written and acts as one");
        }

        if (loss.HasFlag(Loss.LiteralWidened))
        {
            emission.Approximate(text.Span, Selects.More, "a literal * or ? cannot be written and acts as a wildcard");
        }
    }
}
