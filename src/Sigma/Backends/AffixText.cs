using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>Texts whose only wildcards stand at their ends, for languages that have operators for those.</summary>
internal static class AffixText
{
    /// <summary>The kind of condition that such a text makes; null for other texts.</summary>
    public static ConditionKind? KindOf(StringValue value)
    {
        if (value.Text is not { HasWildcards: true, HasPlaceholders: false } text || Core(text) is null)
        {
            return null;
        }

        return (IsMany(text, 0), IsMany(text, text.Parts.Length - 1), value.Cased) switch
        {
            (true, true, false) => ConditionKind.Contains,
            (true, true, true) => ConditionKind.CasedContains,
            (true, _, false) => ConditionKind.EndsWith,
            (true, _, true) => ConditionKind.CasedEndsWith,
            (_, _, false) => ConditionKind.StartsWith,
            _ => ConditionKind.CasedStartsWith,
        };
    }

    /// <summary>The text that a shape of the kind writes: without the wildcards that the operator stands for.</summary>
    public static SigmaString Of(ConditionKind kind, SigmaString text) => IsAffix(kind) && Core(text) is { } core ? core : text;

    /// <summary>Whether a kind is one of these.</summary>
    public static bool IsAffix(ConditionKind kind) => kind is ConditionKind.StartsWith or ConditionKind.EndsWith or ConditionKind.Contains
        or ConditionKind.CasedStartsWith or ConditionKind.CasedEndsWith or ConditionKind.CasedContains;

    private static SigmaString? Core(SigmaString text)
    {
        int from = IsMany(text, 0) ? 1 : 0;
        int to = text.Parts.Length - (IsMany(text, text.Parts.Length - 1) ? 1 : 0);
        return to - from == 1 && text.Parts.Length > 1 && text.Parts[from].Kind is PartKind.Literal ? SigmaString.Of([text.Parts[from]]) : null;
    }

    private static bool IsMany(SigmaString text, int index) => text.Parts[index].Kind is PartKind.Many;
}
