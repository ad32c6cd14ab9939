namespace Sigma.Checks.Detecting;

/// <summary>The wildcards at the ends of the values mean what a modifier says.</summary>
internal sealed class WildcardsForModifier : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1311", "wildcards_instead_of_modifiers", CheckGroup.Style, Severity.Info, "the wildcards at the ends of the values mean what a modifier says")
        {
            Why = "'contains', 'startswith' and 'endswith' say what is meant, and do not depend on how wildcards are read.",
            Aliases = ["pysigma:wildcards_instead_of_modifiers"],
            Fix = FixKind.Safe,
            Wrong = """
            detection:
                selection:
                    CommandLine: '*whoami*'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains: 'whoami'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items)
        {
            if (item.Field.Length == 0 || item.Values.Count == 0 || item.Modifiers.Any(modifier => modifier is not ("all" or "cased")) || item.Values.Any(value => value.Style is ScalarStyle.Block || value.Value.Length < 2))
            {
                continue;
            }

            SigmaString[] texts = [.. item.Values.Select(value => ScalarType.Of(value) is ScalarType.String ? SigmaString.Parse(value.Value) : SigmaString.Empty)];
            string? modifier = Array.TrueForAll(texts, text => Inner(text, true, true)) ? "contains"
                : Array.TrueForAll(texts, text => Inner(text, true, false)) ? "endswith"
                : Array.TrueForAll(texts, text => Inner(text, false, true)) ? "startswith"
                : null;
            if (modifier is not null)
            {
                TextEdit?[] edits =
                [
                    Edits.Value(item.Key, item.KeyWith(item.Modifiers.Where(one => one != "all").Prepend(modifier).Concat(item.Modifiers.Where(one => one == "all")))),
                    .. item.Values.Zip(texts, (value, text) => Edits.Value(value, Without(text).ToString())),
                ];
                report.Add(this, item.Values[0].Span, $"the wildcards mean '{modifier}'", fix: Edits.Safe($"write '{modifier}'", edits));
            }
        }
    }

    /// <summary>Whether nothing but the ends are wildcards.</summary>
    private static bool Inner(SigmaString text, bool leading, bool trailing) =>
        text.Parts.Length == 1 + (leading ? 1 : 0) + (trailing ? 1 : 0)
        && (!leading || text.Parts[0].Kind is PartKind.Many) && (!trailing || text.Parts[^1].Kind is PartKind.Many)
        && text.Parts[leading ? 1 : 0].Kind is PartKind.Literal;

    private static SigmaString Without(SigmaString text) => new([.. text.Parts.Where(part => part.Kind is PartKind.Literal)]);
}
