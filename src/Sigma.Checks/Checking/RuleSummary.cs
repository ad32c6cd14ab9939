namespace Sigma.Checks.Checking;

/// <summary>What is kept of a document to compare it with those of other files.</summary>
/// <param name="Path">The file.</param>
/// <param name="Place">The first key.</param>
/// <param name="Kind">What kind of document it is.</param>
internal sealed record RuleSummary(string Path, Span Place, DocumentKind Kind)
{
    /// <summary>The title with its place; null if there is none.</summary>
    public (string Text, Span Span)? Title { get; init; }

    /// <summary>The id with its place; null if there is none.</summary>
    public (string Text, Span Span)? Id { get; init; }

    /// <summary>The name by which others may refer to it.</summary>
    public (string Text, Span Span)? Name { get; init; }

    /// <summary>Detections and log source in a form that is equal for equal ones; null for documents without.</summary>
    public string? Detection { get; init; }

    /// <summary>The related rules, with their places.</summary>
    public IReadOnlyList<(string Id, string Type, Span Span)> Related { get; init; } = [];

    /// <summary>The level; null for none.</summary>
    public Level? Level { get; init; }

    /// <summary>The rules that a correlation counts, by their names or ids as they are written.</summary>
    public IReadOnlyList<(string Name, Span Span)> Counted { get; init; } = [];

    /// <summary>The rule itself, where a check needs it; otherwise null, since all rules together take much memory.</summary>
    public SigmaRule? Rule { get; init; }

    /// <summary>The rule in a few words, for findings about another one.</summary>
    public string Shown => Title is { } title ? $"'{title.Text}' in {Path}" : $"the rule in line {Place.Position.Line} of {Path}";

    /// <summary>Whether its status is deprecated.</summary>
    public bool IsDeprecated { get; init; }

    /// <summary>Keeps what matters of a document.</summary>
    public static RuleSummary Of(RuleText rule) => new(rule.File.Path, Kept(rule.Place), rule.Kind)
    {
        Title = Of(rule.Text("title")),
        Id = Of(rule.Text("id")),
        Name = Of(rule.Text("name")),
        Level = rule.Document.Metadata.Level,
        IsDeprecated = rule.Document.Metadata.Status is RuleStatus.Deprecated,
        Detection = rule.Rule is { } read ? DetectionKey.Of(read) : null,
        Related = [.. RelatedOf(rule)],
        Counted = [.. CountedOf(rule)],
    };

    private static (string, Span)? Of(YamlScalar? scalar) => scalar is null ? null : (scalar.Value, Kept(scalar.Span));

    private static Span Kept(Span span) => span;

    private static IEnumerable<(string, Span)> CountedOf(RuleText rule) => (rule.Root["correlation"] as YamlMapping)?["rules"] switch
    {
        YamlScalar one when ScalarType.Of(one) is not ScalarType.Null => [(one.Value, Kept(one.Span))],
        YamlSequence list => list.Items.OfType<YamlScalar>().Select(item => (item.Value, Kept(item.Span))),
        _ => [],
    };

    private static IEnumerable<(string, string, Span)> RelatedOf(RuleText rule)
    {
        foreach (YamlMapping entry in (rule.Root["related"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (entry["id"] is YamlScalar id)
            {
                yield return (id.Value, (entry["type"] as YamlScalar)?.Value ?? "", Kept(id.Span));
            }
        }
    }
}
