namespace Sigma.Checks.Headers;

/// <summary>A text is longer than the specification allows.</summary>
internal sealed class TextTooLong : RuleCheck
{
    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1017", "text_too_long", CheckGroup.Metadata, Severity.Warning, "a text is longer than the specification allows")
        {
            Why = """
            The specification limits title, name and taxonomy to 256 characters and the description to 65,535. Systems that take
            rules cut what is longer, or refuse the rule.
            """,
            Aliases = ["rsigma:description_too_long", "rsigma:name_too_long", "rsigma:taxonomy_too_long"],
            Wrong = "name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            Right = "name: whoami",
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach ((string key, int most) in ((string, int)[])[("name", 256), ("taxonomy", 256), ("description", 65535)])
        {
            if (rule.Text(key) is { } text && text.Value.Length > most)
            {
                report.Add(this, text.Span, $"the {key} has {text.Value.Length} characters, more than {most}", aliases: [$"rsigma:{key}_too_long"]);
            }
        }
    }
}
