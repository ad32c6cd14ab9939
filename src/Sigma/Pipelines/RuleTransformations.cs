using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary><c>add_condition</c>: the rule also needs this, <c>added and (condition)</c>.</summary>
/// <param name="body">What is added.</param>
/// <param name="name">What it is called among added conditions, for steps that share one; null for its own.</param>
/// <param name="template">Whether <c>$category</c>, <c>$product</c>, <c>$service</c> in its texts are filled in.</param>
/// <param name="negated">Whether it must not hold.</param>
/// <param name="eachGroup">
/// Whether it is also added inside each bracket of the condition. That repeats what is already required, so it changes
/// no result; the published queries of the seed's system have it.
/// </param>
internal sealed class AddCondition(AllOfDetection body, string? name, bool template, bool negated, bool eachGroup) : Transformation
{
    /// <inheritdoc/>
    internal override bool ActsOnItems => false;

    /// <inheritdoc/>
    internal override bool NamesLogs => true;

    /// <summary>The words that stand for parts of the log source.</summary>
    private static readonly (string Word, string Name, Func<LogSource, string?> Of)[] Words =
    [
        ("$category", "category", source => source.Category),
        ("$product", "product", source => source.Product),
        ("$service", "service", source => source.Service),
    ];

    /// <summary>The words that are filled in.</summary>
    private readonly (string Word, string Name, Func<LogSource, string?> Of)[] used = template ? [.. Words.Where(one => Has(body, one.Word))] : [];

    /// <summary>Whether the condition is made from the category or service of the rule.</summary>
    internal bool DependsOnLogSource => Array.Exists(used, one => one.Name is not "product");

    /// <summary>Reads <c>conditions</c>, <c>name</c>, <c>template</c>, <c>negated</c> and <c>each_group</c>.</summary>
    public static Transformation? Read(Parameters parameters)
    {
        YamlMapping conditions = parameters.Map("conditions");
        if (conditions.Entries.Count == 0 && parameters.Node("conditions") is YamlMapping)
        {
            parameters.Missing("conditions");
        }

        var parser = new DetectionParser(parameters.Diagnostics);
        var items = ImmutableArray.CreateBuilder<Detection>();
        foreach (YamlEntry entry in conditions.Entries)
        {
            string key = ScalarType.Of(entry.Key) is ScalarType.Null ? "" : entry.Name;
            if (parser.ParseItem(key, entry.Key.Span, entry.Value) is { } item)
            {
                items.Add(item);
            }
        }

        // The name is for the eye of the pipeline's author; as a detection's name it could be one of the rule's own.
        parameters.Text("name");
        bool template = parameters.Flag("template");
        bool negated = parameters.Flag("negated");
        bool eachGroup = parameters.Flag("each_group");
        return items.Count == 0
            ? null
            : new AddCondition(new AllOfDetection(items.DrainToImmutable(), conditions.Span), null, template, negated, eachGroup);
    }

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item)
    {
        // A correlation has no condition on events. The conditions of its rules were extended when the pipelines ran on them.
        if (run.IsCorrelation)
        {
            return;
        }

        // Nothing stands for what the log source does not have, so the condition means something else than its author had in mind.
        foreach ((string word, string part, _) in used.Where(one => one.Of(run.Rule.LogSource) is null))
        {
            run.Report(Diagnostic.EmptyInAddedCondition(run.Rule.LogSource.Span, word, part));
        }

        string added = run.NameForAdded(name);
        AllOfDetection filled = used.Length > 0 ? Fill(run.Rule.LogSource) : body;
        ConditionNode reference = new IdentifierCondition(added, item.Span);
        reference = negated ? new NotCondition(reference, item.Span) : reference;
        run.Rule = run.Rule with
        {
            Detections = run.Rule.Detections.Add(new NamedDetection(added, filled, item.Span)),
            Conditions = [.. run.Rule.Conditions.Select(condition => condition.MapSearches(search =>
                new AndCondition(reference, eachGroup ? InGroups(search, reference) : search, search.Span)))],
        };
    }

    private static ConditionNode InGroups(ConditionNode node, ConditionNode reference) => node switch
    {
        AndCondition and => and with { Left = InGroups(and.Left, reference), Right = InGroups(and.Right, reference) },
        OrCondition or => or with { Left = InGroups(or.Left, reference), Right = InGroups(or.Right, reference) },
        NotCondition not => not with { Operand = InGroups(not.Operand, reference) },
        GroupCondition group => group with { Inner = new AndCondition(reference, InGroups(group.Inner, reference), group.Span) },
        IdentifierCondition or SelectorCondition => node,
        _ => throw new System.Diagnostics.UnreachableException(node.GetType().Name),
    };

    private AllOfDetection Fill(LogSource source) => body with
    {
        Items = [.. body.Items.Cast<DetectionItem>().Select(item => (Detection)(item with
        {
            Values = [.. item.Values.Select(value => value is StringValue text ? text with { Text = Fill(text.Text, source) } : value)],
        }))],
    };

    private static SigmaString Fill(SigmaString text, LogSource source) => SigmaString.Of(text.Parts.Select(part =>
        part.Kind is not PartKind.Literal ? part : part with
        {
            Text = Words.Aggregate(part.Text, (filled, one) => filled.Replace(one.Word, one.Of(source) ?? "", StringComparison.Ordinal)),
        }));

    private static bool Has(AllOfDetection body, string word) => body.Items.OfType<DetectionItem>().SelectMany(item => item.Values).OfType<StringValue>()
        .SelectMany(value => value.Text.Parts).Any(part => part.Kind is PartKind.Literal && part.Text.Contains(word, StringComparison.Ordinal));
}

/// <summary><c>change_logsource</c>: the rule speaks about another log source.</summary>
internal sealed class ChangeLogSource(string? category, string? product, string? service) : Transformation
{
    /// <inheritdoc/>
    internal override bool ActsOnItems => false;

    /// <summary>Reads <c>category</c>, <c>product</c>, <c>service</c>; what is absent becomes absent.</summary>
    public static Transformation Read(Parameters parameters)
    {
        var change = new ChangeLogSource(parameters.Text("category"), parameters.Text("product"), parameters.Text("service"));
        if (change.IsEmpty)
        {
            parameters.Missing("category, product or service");
        }

        NearMisses.CheckLogSource(parameters);
        return change;
    }

    private bool IsEmpty => category is null && product is null && service is null;

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item)
    {
        if (!run.IsCorrelation)
        {
            run.ChangeLogSource(category, product, service);
        }
    }
}

/// <summary><c>drop_detection_item</c>: the items that the conditions select vanish; said to the user, since the rule gets wider.</summary>
internal sealed class DropDetectionItem : Transformation
{
    /// <summary>Has no parameters.</summary>
    public static Transformation Read(Parameters _) => new DropDetectionItem();

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item) => run.ChangeItems(item, static _ => null);
}

/// <summary><c>set_state</c>: leaves a value for conditions, templates and backends; null takes back what was left.</summary>
internal sealed class SetState(string key, string? value) : Transformation
{
    /// <inheritdoc/>
    internal override bool ActsOnItems => false;

    /// <inheritdoc/>
    internal override bool NamesLogs => key == LegacyIndex.Key;

    /// <summary>Reads <c>key</c> and <c>val</c>; a list of values becomes one, joined by commas.</summary>
    public static Transformation Read(Parameters parameters)
    {
        string key = parameters.Required("key");
        string? value = parameters.Node("val") switch
        {
            YamlSequence list => string.Join(',', parameters.TextsOf("val", list)),
            YamlScalar scalar when ScalarType.Of(scalar) is ScalarType.Null => null,
            _ => parameters.Required("val"),
        };
        return new SetState(key, value);
    }

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item) => run.SetState(key, value);
}

/// <summary><c>set_custom_attribute</c>: gives the rule an attribute, for conditions and templates.</summary>
internal sealed class SetCustomAttribute(YamlScalar attribute, YamlNode value) : Transformation
{
    /// <inheritdoc/>
    internal override bool ActsOnItems => false;

    /// <summary>Reads <c>attribute</c> and <c>value</c>, which may be anything.</summary>
    public static Transformation? Read(Parameters parameters)
    {
        YamlScalar? attribute = parameters.RequiredScalar("attribute");
        YamlNode? value = parameters.Node("value");
        if (value is null)
        {
            parameters.Missing("value");
        }

        return attribute is null || value is null ? null : new SetCustomAttribute(attribute, value);
    }

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item)
    {
        IEnumerable<YamlEntry> others = run.Rule.Metadata.Custom.Where(entry => entry.Name != attribute.Value);
        run.Rule = run.Rule with { Metadata = run.Rule.Metadata with { Custom = [.. others, new YamlEntry(attribute, value)] } };
    }
}
