using Sigma.Rules;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// What a rule says about itself, by the names of the specification, as one tree for conditions and templates. Attributes of
/// the author's own come last, and stand under <c>custom_attributes</c> too, as the public format has them.
/// </summary>
internal static class RuleAttributes
{
    private static readonly (string Name, Func<Metadata, string?> Get)[] TextAttributes =
    [
        ("title", metadata => metadata.Title),
        ("id", metadata => metadata.Id),
        ("name", metadata => metadata.Name),
        ("description", metadata => metadata.Description),
        ("author", metadata => metadata.Author),
        ("license", metadata => metadata.License),
        ("taxonomy", metadata => metadata.Taxonomy),
    ];

    /// <summary>The attributes that are plain texts, so that one cannot be more or less than another.</summary>
    public static IReadOnlyCollection<string> Texts { get; } = [.. TextAttributes.Select(attribute => attribute.Name)];

    /// <summary>The attributes that are lists, which can only hold something.</summary>
    public static IReadOnlyCollection<string> Lists { get; } = ["tags", "references", "falsepositives", "fields", "scope"];

    /// <summary>The attributes that are maps, or lists of them, which cannot be compared.</summary>
    public static IReadOnlyCollection<string> Maps { get; } = ["logsource", "detection", "related", "correlation", "filter", "custom_attributes"];

    /// <summary>One attribute of a rule; null if it is absent.</summary>
    public static YamlNode? Find(SigmaRule rule, string name) => name switch
    {
        "tags" => List(rule, rule.Metadata.Tags),
        "references" => List(rule, rule.Metadata.References),
        "falsepositives" => List(rule, rule.Metadata.FalsePositives),
        "fields" => List(rule, rule.Metadata.Fields),
        "scope" => List(rule, rule.Metadata.Scope),
        _ => Of(rule)[name],
    };

    /// <summary>All attributes of a rule; absent ones are not in it.</summary>
    public static YamlMapping Of(SigmaRule rule)
    {
        Metadata metadata = rule.Metadata;
        var entries = new List<YamlEntry>();
        foreach ((string name, Func<Metadata, string?> get) in TextAttributes)
        {
            Add(name, get(metadata));
        }

        Add("status", metadata.Status?.ToString().ToLowerInvariant());
        Add("level", metadata.Level?.ToString().ToLowerInvariant());
        Add("date", metadata.Date);
        Add("modified", metadata.Modified);
        AddList("tags", metadata.Tags);
        AddList("references", metadata.References);
        AddList("falsepositives", metadata.FalsePositives);
        AddList("fields", metadata.Fields);
        AddList("scope", metadata.Scope);
        AddNode("logsource", LogSourceOf(rule));
        AddNode("custom_attributes", new YamlMapping(metadata.Custom, rule.Span));
        HashSet<string> known = [.. entries.Select(entry => entry.Name)];
        entries.AddRange(metadata.Custom.Where(custom => known.Add(custom.Name)));
        return new YamlMapping(entries, rule.Span);

        void Add(string name, string? text)
        {
            if (text is not null)
            {
                AddNode(name, Text(rule, text));
            }
        }

        void AddList(string name, IReadOnlyList<string> texts) => AddNode(name, List(rule, texts));

        void AddNode(string name, YamlNode node) => entries.Add(new YamlEntry(Text(rule, name), node));
    }

    private static YamlSequence List(SigmaRule rule, IReadOnlyList<string> texts) => new([.. texts.Select(text => Text(rule, text))], rule.Span);

    private static YamlMapping LogSourceOf(SigmaRule rule)
    {
        (string Name, string? Text)[] parts = [("category", rule.LogSource.Category), ("product", rule.LogSource.Product), ("service", rule.LogSource.Service)];
        return new YamlMapping([.. parts.Where(part => part.Text is not null).Select(part => new YamlEntry(Text(rule, part.Name), Text(rule, part.Text!)))], rule.LogSource.Span);
    }

    private static YamlScalar Text(SigmaRule rule, string text) => new(text, ScalarStyle.DoubleQuoted, rule.Span);
}
