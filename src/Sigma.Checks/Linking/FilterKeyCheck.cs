namespace Sigma.Checks.Linking;

/// <summary>A filter has a key that only what makes alerts has.</summary>
internal abstract class FilterKeyCheck : RuleCheck
{
    /// <summary>A filter without such a key, for the examples.</summary>
    protected const string WithoutKey = """
        title: Not root
        logsource:
            product: windows
        filter:
            rules: any
            selection:
                User: root
            condition: not selection
        """;

    /// <summary>The key.</summary>
    protected abstract string Key { get; }

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (rule.Kind is DocumentKind.Filter && rule.Root.Find(Key) is { } found)
        {
            report.Add(this, found.Key.Span, fix: Edits.Safe("drop it", Edits.RemoveLines(found.Key.Span.To(found.Value.Span))));
        }
    }
}
