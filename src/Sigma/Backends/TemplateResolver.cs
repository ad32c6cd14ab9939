using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>How a condition is written.</summary>
/// <param name="Shape">The shape; null if the language has none.</param>
/// <param name="Kind">Its kind, which may replace another.</param>
/// <param name="Loss">The information that the style of the shape loses.</param>
internal readonly record struct ResolvedShape(Shape? Shape, ConditionKind Kind, Loss Loss);

/// <summary>Chooses the shape for a text: the ordinary one, or another if the ordinary one would lose information.</summary>
internal static class TemplateResolver
{
    /// <summary>Finds the shape for a value.</summary>
    /// <param name="dialect">The target's language.</param>
    /// <param name="kind">The kind of condition that the value makes.</param>
    /// <param name="field">The field; null for keywords.</param>
    /// <param name="value">The value.</param>
    /// <returns>The shape, with the information it loses if none is exact.</returns>
    public static ResolvedShape Resolve(Dialect dialect, ConditionKind kind, string? field, Value value)
    {
        Shape? shape = dialect.ShapeFor(kind, field);
        if (value is not StringValue text || shape is null || ShapeSelector.LossOn(dialect, kind, field, AffixText.Of(kind, text.Text)) is not (not Loss.None and var loss))
        {
            return new ResolvedShape(shape, kind, Loss.None);
        }

        if (loss.HasFlag(Loss.NoForm))
        {
            return new ResolvedShape(shape, kind, loss);
        }

        // The other shape may lose something too, or have no expression at all for the text.
        ConditionKind pattern = KindFor(loss, field);
        Loss rest = ShapeSelector.LossOn(dialect, pattern, field, text.Text);
        return !text.Cased && dialect.ShapeFor(pattern, field) is { } exact && !rest.HasFlag(Loss.NoPattern)
            ? new ResolvedShape(exact, pattern, rest)
            : new ResolvedShape(shape, kind, loss);
    }

    /// <summary>The kind of condition for a text that its ordinary shape would lose something of.</summary>
    public static ConditionKind KindFor(Loss loss, string? field) => loss.HasFlag(Loss.NoCharacter)
        ? field is null ? ConditionKind.KeywordUnwritable : ConditionKind.Unwritable
        : field is null ? ConditionKind.KeywordPattern : ConditionKind.Pattern;

    /// <summary>Says what a style loses of a text.</summary>
    public static void Announce(EmitContext context, Loss loss, StringValue text)
    {
        if (loss.HasFlag(Loss.NoWildcard))
        {
            context.Refuse(text.Span, "a wildcard", "the language has none here");
        }

        if (loss.HasFlag(Loss.NoPattern))
        {
            context.Refuse(text.Span, "this string case-insensitively", "as a regular expression it needs more states than the engine allows");
        }

        if (loss.HasFlag(Loss.NoForm))
        {
            context.Refuse(text.Span, "this string", "the language has no such value for the type of the field");
        }

        if (loss.HasFlag(Loss.NoCharacter))
        {
            context.Refuse(text.Span, "a string with this character", "the language has no way to write it here");
        }

        if (loss.HasFlag(Loss.TooLong))
        {
            context.Refuse(text.Span, "so long a string", "the engine takes no pattern of this length");
        }

        if (loss.HasFlag(Loss.ControlWidened))
        {
            context.Approximate(text.Span, Approximation.Broader, "it has no escape for a control character, so a wildcard matches any character, or any control character, instead");
        }

        if (loss.HasFlag(Loss.NetworkWidened))
        {
            context.Approximate(text.Span, Approximation.Broader, "a string in the form of a network matches the addresses of the network");
        }

        if (loss.HasFlag(Loss.OneWidened))
        {
            context.Approximate(text.Span, Approximation.Broader, "it has no wildcard for one character, so ? is written as *");
        }

        if (loss.HasFlag(Loss.SignWidened))
        {
            context.Approximate(text.Span, Approximation.Broader, "a character that is a wildcard of the language has no escape, so it acts as a wildcard");
        }

        if (loss.HasFlag(Loss.CaseNarrowed))
        {
            context.Approximate(text.Span, Approximation.Narrower, "it disregards the case of ASCII letters only, so other letters are found as they are written");
        }

        if (loss.HasFlag(Loss.LiteralWidened))
        {
            context.Approximate(text.Span, Approximation.Broader, "a literal * or ? has no escape, so it acts as a wildcard");
        }
    }
}
