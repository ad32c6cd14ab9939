using System.Collections.Immutable;
using System.Text;
using Sigma.Tests.Fuzzing;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>A place of a rule, or beside it, from which text reaches an output.</summary>
internal enum Place
{
    Title, Id, Name, Tag, Author, Description, Reference, FalsePositive, Date, Custom,
    Value, Field, Keyword, GroupBy, CountField, ShownField, Detection,
    Category, Product, Service, LogName, Channel,
    State, Option, Path,
}

/// <summary>What a rule looks for, and how it counts: the parts that decide which places there are.</summary>
internal enum Shape
{
    Value, List, MixedList, Not, Keyword, Keywords, FieldOnly, KeywordAndField,
    Count, CountOf, Sum, Near,
    EventCount, ValueCount, ValueSum, ValuePercentile, ValueMedian, Temporal, TemporalOrdered, TemporalExpression,
}

/// <summary>
/// A rule in which some places have a hostile text and all others a plain one. The rule always demands <c>Guard: guardword</c>
/// beside what is hostile, so a query that finds an event without it has been broken out of.
/// </summary>
internal sealed record HostileRule(Shape Shape, string Modifiers, bool Raw, ImmutableSortedDictionary<Place, string> Texts)
{
    public const string GuardField = "Guard";
    public const string GuardValue = "guardword";

    private static readonly ImmutableSortedDictionary<Place, string> Neutral = new Dictionary<Place, string>
    {
        [Place.Title] = "Plain title",
        [Place.Id] = "0b5a0000-1111-4111-8111-000000000001",
        [Place.Name] = "plain_name",
        [Place.Tag] = "attack.t1059",
        [Place.Author] = "Plain author",
        [Place.Description] = "Plain description",
        [Place.Reference] = "https://example.org/plain",
        [Place.FalsePositive] = "Plain false positive",
        [Place.Date] = "2026-01-01",
        [Place.Custom] = "EN_0001_plain",
        [Place.Value] = "plainvalue",
        [Place.Field] = "PlainField",
        [Place.Keyword] = "plainword",
        [Place.GroupBy] = "GroupField",
        [Place.CountField] = "CountField",
        [Place.ShownField] = "ShownField",
        [Place.Detection] = "s",
        [Place.Category] = "test",
        [Place.Product] = "",
        [Place.Service] = "",
        [Place.LogName] = "",
        [Place.Channel] = "",
        [Place.State] = "",
        [Place.Option] = "",
        [Place.Path] = "rule.yml",
    }.ToImmutableSortedDictionary();

    public string this[Place place] => Texts.GetValueOrDefault(place) ?? Neutral[place];

    public bool Has(Place place) => Texts.ContainsKey(place);

    public bool IsCorrelation => Shape >= Shape.EventCount;

    public bool IsCounted => Shape >= Shape.Count;

    /// <summary>The same with other texts.</summary>
    public HostileRule With(Place place, string? text) => this with { Texts = text is null ? Texts.Remove(place) : Texts.SetItem(place, text) };

    /// <summary>The rule file. All texts are in double quotes, so that YAML takes everything that YAML can.</summary>
    public string Yaml()
    {
        var yaml = new StringBuilder();
        Head(yaml, IsCorrelation ? "Counted rule" : this[Place.Title], IsCorrelation ? "0b5a0000-1111-4111-8111-0000000000aa" : this[Place.Id], this[Place.Name]);
        Detections(yaml);
        if (IsCorrelation)
        {
            if (Shape >= Shape.Temporal)
            {
                yaml.Append("---\ntitle: Second rule\nname: second_rule\nlogsource: {category: test}\ndetection: {s: {Guard: guardword}, condition: s}\n");
            }

            yaml.Append("---\n");
            Head(yaml, this[Place.Title], this[Place.Id], "counting");
            Correlation(yaml);
        }

        return yaml.ToString();
    }

    private void Head(StringBuilder yaml, string title, string id, string name)
    {
        Line("title", title);
        Line("id", id);
        Line("name", name);
        Line("author", this[Place.Author]);
        Line("description", this[Place.Description]);
        Line("date", this[Place.Date]);
        yaml.Append($"status: test\nlevel: high\ntags: [{Quoted(this[Place.Tag])}]\nreferences: [{Quoted(this[Place.Reference])}]\n");
        yaml.Append($"falsepositives: [{Quoted(this[Place.FalsePositive])}]\nenrichment: [{Quoted(this[Place.Custom])}]\nfields: [User, {Quoted(this[Place.ShownField])}]\n");

        void Line(string key, string text) => yaml.Append($"{key}: {Quoted(text)}\n");
    }

    private void Detections(StringBuilder yaml)
    {
        yaml.Append("logsource:\n");
        foreach (var place in new[] { Place.Category, Place.Product, Place.Service }.Where(place => this[place].Length > 0))
        {
            yaml.Append($"    {place.ToString().ToLowerInvariant()}: {Quoted(this[place])}\n");
        }

        var name = Quoted(this[Place.Detection]);
        var key = Quoted(this[Place.Field] + Modifiers);
        var value = Quoted(Raw ? this[Place.Value] : Literal(this[Place.Value]));
        var keyword = Quoted(Raw ? this[Place.Keyword] : Literal(this[Place.Keyword]));
        yaml.Append($"detection:\n    guard:\n        {GuardField}: {GuardValue}\n");
        foreach (var (place, field) in new[] { (Place.LogName, "LogName"), (Place.Channel, "Channel") }.Where(one => this[one.Item1].Length > 0))
        {
            yaml.Append($"        {field}: {Quoted(this[place])}\n");
        }

        yaml.Append(Shape switch
        {
            Shape.Keyword or Shape.KeywordAndField => $"    {name}: [{keyword}]\n",
            Shape.Keywords => $"    {name}: [{keyword}, otherword]\n",
            Shape.List => $"    {name}: {{{key}: [{value}, othervalue]}}\n",
            Shape.MixedList => $"    {name}: {{{key}: [{value}, 'other*', NOT]}}\n",
            Shape.FieldOnly => $"    {name}: {{{Quoted(this[Place.Field] + "|exists")}: true}}\n",
            _ => $"    {name}: {{{key}: {value}}}\n",
        });
        if (Shape is Shape.KeywordAndField)
        {
            yaml.Append($"    f: {{{key}: {value}}}\n");
        }

        var counted = Quoted(this[Place.CountField])[1..^1];
        var group = Quoted(this[Place.GroupBy])[1..^1];
        // The name of a detection is hostile only where the condition need not write it.
        var search = Shape is Shape.Not ? $"guard and not {this[Place.Detection]}" : "all of them";
        yaml.Append("    condition: \"").Append(Shape switch
        {
            Shape.Count => $"{search} | count() by {group} > 3",
            Shape.CountOf => $"{search} | count({counted}) by {group} > 3",
            Shape.Sum => $"{search} | sum({counted}) by {group} >= 3",
            Shape.Near => $"guard | near {Quoted(this[Place.Detection])[1..^1]}",
            _ => search,
        }).Append("\"\n");
        yaml.Append(Shape is Shape.Count or Shape.CountOf or Shape.Sum or Shape.Near ? "    timeframe: 5m\n" : "");
    }

    private void Correlation(StringBuilder yaml)
    {
        var (type, more) = Shape switch
        {
            Shape.EventCount => ("event_count", "condition: {gte: 3}"),
            Shape.ValueCount => ("value_count", $"condition: {{gte: 3, field: {Quoted(this[Place.CountField])}}}"),
            Shape.ValueSum => ("value_sum", $"condition: {{gte: 3, field: {Quoted(this[Place.CountField])}}}"),
            Shape.ValuePercentile => ("value_percentile", $"condition: {{gte: 3, field: {Quoted(this[Place.CountField])}, percentile: 90}}"),
            Shape.ValueMedian => ("value_median", $"condition: {{gte: 3, field: {Quoted(this[Place.CountField])}}}"),
            Shape.TemporalOrdered => ("temporal_ordered", $"aliases: {{account: {{{Quoted(this[Place.Name])}: {Quoted(this[Place.CountField])}, second_rule: User}}}}"),
            Shape.TemporalExpression => ("temporal", $"condition: {Quoted(this[Place.Name] + " and second_rule")}"),
            _ => ("temporal", "condition: {gte: 2}"),
        };
        var second = Shape >= Shape.Temporal ? ", second_rule" : "";
        yaml.Append($"correlation:\n    type: {type}\n    rules: [{Quoted(this[Place.Name])}{second}]\n    group-by: [{Quoted(this[Place.GroupBy])}]\n    timespan: 5m\n    {more}\n");
    }

    /// <summary>A text as a value that has no wildcard.</summary>
    private static string Literal(string text) => text.Replace("\\", "\\\\").Replace("*", "\\*").Replace("?", "\\?");

    /// <summary>A scalar in double quotes.</summary>
    public static string Quoted(string text) => QuotedScalar.Of(text);

    public override string ToString() => $"{Shape} '{Modifiers}'{(Raw ? " raw" : "")} {string.Join(", ", Texts.Select(one => $"{one.Key}: {Quoted(one.Value)}"))}";
}
