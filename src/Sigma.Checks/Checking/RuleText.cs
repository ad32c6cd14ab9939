namespace Sigma.Checks.Checking;

/// <summary>What kind of document it is.</summary>
internal enum DocumentKind
{
    /// <summary>A detection rule.</summary>
    Rule,

    /// <summary>A correlation.</summary>
    Correlation,

    /// <summary>A filter.</summary>
    Filter,
}

/// <summary>A document as it is written, with what it was read as.</summary>
/// <param name="File">The file that has it.</param>
/// <param name="Root">Its keys and values.</param>
/// <param name="Document">What it was read as, as far as it could be.</param>
/// <param name="Settings">What the user said about checks.</param>
internal sealed record RuleText(FileText File, YamlMapping Root, ReadDocument Document, CheckSettings Settings)
{
    private IReadOnlyList<ItemText>? items;

    /// <summary>What kind of document it is.</summary>
    public DocumentKind Kind { get; } = Root["correlation"] is not null ? DocumentKind.Correlation : Root["filter"] is not null ? DocumentKind.Filter : DocumentKind.Rule;

    /// <summary>Whether it is a detection rule.</summary>
    public bool IsRule => Kind is DocumentKind.Rule;

    /// <summary>Its place: the first key.</summary>
    public Span Place => Root.Entries.Count > 0 ? Root.Entries[0].Key.Span : Document.Span with { Length = 0 };

    /// <summary>Whether its keys stand at the start of lines of their own, so that a line can be added between them.</summary>
    public bool HasPlainLines => Place.Position.Column == 1 && !Edits.IsInBrackets(Root);

    /// <summary>The rule, if it is one and could be read.</summary>
    public SigmaRule? Rule => Document.Document as SigmaRule;

    /// <summary>What it detects: the rule, or a filter taken as one; null if it is neither, or could not be read.</summary>
    public SigmaRule? Detecting { get; } = Document.Document switch
    {
        SigmaRule rule => rule,
        SigmaFilter filter => AsRule(filter),
        _ => null,
    };

    /// <summary>The named detections as they are written.</summary>
    public YamlMapping? Detections => Root[Kind is DocumentKind.Filter ? "filter" : "detection"] as YamlMapping;

    /// <summary>The names of the detections.</summary>
    public IEnumerable<YamlEntry> NamedDetections =>
        Detections?.Entries.Where(entry => entry.Name is not ("condition" or "timeframe") && (Kind is not DocumentKind.Filter || entry.Name != "rules")) ?? [];

    /// <summary>The conditions as they are written.</summary>
    public IEnumerable<YamlScalar> Conditions => Detections?["condition"] switch
    {
        YamlScalar scalar => [scalar],
        YamlSequence list => list.Items.OfType<YamlScalar>(),
        _ => [],
    };

    /// <summary>The items of all detections, in the order of the file.</summary>
    public IReadOnlyList<ItemText> Items => items ??= [.. NamedDetections.SelectMany(entry => ItemText.Of(entry.Key, entry.Value))];

    /// <summary>The text under a key; null where there is none, or something else.</summary>
    public YamlScalar? Text(string key) => Root[key] is YamlScalar scalar && ScalarType.Of(scalar) is not ScalarType.Null ? scalar : null;

    /// <summary>The texts of a list, or the one text, under a key.</summary>
    public IReadOnlyList<YamlScalar> Texts(string key) => Root[key] switch
    {
        YamlScalar scalar when ScalarType.Of(scalar) is not ScalarType.Null => [scalar],
        YamlSequence list => [.. list.Items.OfType<YamlScalar>()],
        _ => [],
    };

    /// <summary>A filter as the rule that selects what the filter does.</summary>
    public static SigmaRule AsRule(SigmaFilter filter) =>
        new(filter.Metadata, filter.LogSource, filter.Detections, [new Condition(filter.Condition, null, filter.Condition.Span)], filter.Span);

    /// <summary>An attribute of the log source as written; empty where it is absent.</summary>
    public string LogSource(string key) => (Root["logsource"] as YamlMapping)?[key] is YamlScalar scalar && ScalarType.Of(scalar) is not ScalarType.Null ? scalar.Value : "";
}

/// <summary>One line of a detection as it is written: a field with modifiers, and values; without a field, keywords.</summary>
/// <param name="Detection">The name of the detection.</param>
/// <param name="Key">The key; of keywords without one, the detection's name.</param>
/// <param name="Field">The field; empty for keywords.</param>
/// <param name="Modifiers">The modifiers.</param>
/// <param name="Node">The values as they are written.</param>
/// <param name="Values">The values.</param>
internal sealed record ItemText(YamlScalar Detection, YamlScalar Key, string Field, IReadOnlyList<string> Modifiers, YamlNode Node, IReadOnlyList<YamlScalar> Values)
{
    /// <summary>Whether the values were written as a list.</summary>
    public bool IsList => Node is YamlSequence;

    /// <summary>Whether the item has its own key.</summary>
    public bool HasKey => !ReferenceEquals(Key, Detection);

    /// <summary>The place of the field's name.</summary>
    public Span FieldSpan => HasKey && Field.Length > 0 ? Key.SpanOf(0, Field.Length) : Key.Span;

    /// <summary>Whether it has a modifier.</summary>
    public bool Has(string modifier) => Modifiers.Contains(modifier);

    /// <summary>The place of a modifier.</summary>
    public Span SpanOf(int index)
    {
        int offset = Field.Length + 1;
        for (int i = 0; i < index; i++)
        {
            offset += Modifiers[i].Length + 1;
        }

        return Key.SpanOf(offset, Modifiers[index].Length);
    }

    /// <summary>The key with other modifiers.</summary>
    public string KeyWith(IEnumerable<string> modifiers) => string.Join('|', modifiers.Prepend(Field));

    /// <summary>The items under a name.</summary>
    public static IEnumerable<ItemText> Of(YamlScalar name, YamlNode node) => node switch
    {
        YamlMapping map => map.Entries.Select(entry => Read(name, entry.Key, entry.Value)),
        YamlSequence list when list.Items.All(item => item is YamlScalar) => [new ItemText(name, name, "", [], list, [.. list.Items.Cast<YamlScalar>()])],
        YamlSequence list => list.Items.SelectMany(item => Of(name, item)),
        YamlScalar scalar => [new ItemText(name, name, "", [], scalar, [scalar])],
        _ => [],
    };

    private static ItemText Read(YamlScalar name, YamlScalar key, YamlNode value)
    {
        string[] parts = key.Value.Split('|');
        return new ItemText(name, key, parts[0], parts[1..], value, value switch
        {
            YamlScalar scalar => [scalar],
            YamlSequence list => [.. list.Items.OfType<YamlScalar>()],
            _ => [],
        });
    }
}
