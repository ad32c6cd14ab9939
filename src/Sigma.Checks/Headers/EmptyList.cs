namespace Sigma.Checks.Headers;

/// <summary>The attribute is empty.</summary>
internal sealed class EmptyList : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } = new("SIG1049", "empty_attribute", CheckGroup.Style, Severity.Info, "the attribute is empty")
    {
        Hint = "leave it out",
        Why = "An empty list or text says no more than an attribute that is left out, and other tools refuse some of them.",
        Fix = FixKind.Safe,
        Wrong = "fields: []",
        Right = "# without fields",
    };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (YamlEntry entry in rule.Root.Entries)
        {
            bool optional = entry.Name is "references" or "tags" or "fields" or "falsepositives" or "scope" or "related" or "author" or "description" or "license" or "modified" or "date";
            if (optional && (entry.Value is YamlSequence { Items.Count: 0 } || (entry.Value is YamlScalar scalar && (scalar.Value.Length == 0 || ScalarType.Of(scalar) is ScalarType.Null))))
            {
                Span all = entry.Value.Span.Start >= entry.Key.Span.End && entry.Value.Span.Length > 0 ? entry.Key.Span.To(entry.Value.Span) : entry.Key.Span;
                TextEdit? edit = all == entry.Key.Span ? null : Edits.RemoveLines(all);
                report.Add(this, entry.Key.Span, $"'{entry.Name}' is empty", fix: Edits.Safe("drop it", edit));
            }
        }
    }
}
