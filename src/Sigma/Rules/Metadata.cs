using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary><c>level:</c>, from harmless to grave (specification 2.1, "Level").</summary>
public enum Level
{
    /// <summary>For context and enrichment.</summary>
    Informational,

    /// <summary>Notable, rarely an incident.</summary>
    Low,

    /// <summary>Relevant, to be reviewed.</summary>
    Medium,

    /// <summary>Should trigger an alert.</summary>
    High,

    /// <summary>Indicates an incident.</summary>
    Critical,
}

/// <summary><c>status:</c>, from unusable to proven (specification 2.1, "Status").</summary>
public enum RuleStatus
{
    /// <summary>Needs something no tool supports yet.</summary>
    Unsupported,

    /// <summary>Replaced or no longer useful.</summary>
    Deprecated,

    /// <summary>May give false positives.</summary>
    Experimental,

    /// <summary>Needs slight tuning at most.</summary>
    Test,

    /// <summary>Used in production.</summary>
    Stable,
}

/// <summary>One entry of <c>related:</c>.</summary>
/// <param name="Id">The other rule's id.</param>
/// <param name="Type">derived, obsolete, merged, renamed, similar or correlation.</param>
public sealed record RelatedRule(string Id, string Type);

/// <summary><c>logsource:</c> — what data a rule speaks about. An absent attribute is null.</summary>
/// <param name="Category">What kind of event, such as <c>process_creation</c>.</param>
/// <param name="Product">What writes it, such as <c>windows</c>.</param>
/// <param name="Service">Which of the product's logs, such as <c>security</c>.</param>
/// <param name="Definition">How to configure the source; free text.</param>
/// <param name="Span">Its position.</param>
public sealed record LogSource(string? Category, string? Product, string? Service, string? Definition, Span Span)
{
    /// <summary>The attributes that are given, such as <c>windows/process_creation</c>: product, category, service.</summary>
    internal string ShortName => string.Join('/', new[] { Product, Category, Service }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>
    /// Whether this log source contains another: each attribute given here equals the other's, exactly
    /// (specification 2.1, "Log Source"; an absent attribute is a wildcard).
    /// </summary>
    public bool Contains(LogSource other) =>
        (Category is null || Category == other.Category)
        && (Product is null || Product == other.Product)
        && (Service is null || Service == other.Service);
}

/// <summary>What a document says about itself, apart from what it detects.</summary>
public sealed record Metadata
{
    /// <summary>The title; empty if the document has none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Where the title is written, which may be the template of several rules; null if there is none.</summary>
    internal Span? TitlePlace { get; init; }

    /// <summary>The UUID as written, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Where the id is written, which may be the template of several rules; null if there is none.</summary>
    internal Span? IdPlace { get; init; }

    /// <summary>The name by which correlations and filters can refer to the rule, or null.</summary>
    public string? Name { get; init; }

    /// <summary>What the rule detects; null if absent.</summary>
    public string? Description { get; init; }

    /// <summary>The people, comma separated; null if absent.</summary>
    public string? Author { get; init; }

    /// <summary>The SPDX licence id; null if absent.</summary>
    public string? License { get; init; }

    /// <summary>The taxonomy the field names belong to.</summary>
    public string Taxonomy { get; init; } = "sigma";

    /// <summary>The maturity; null if absent.</summary>
    public RuleStatus? Status { get; init; }

    /// <summary>The severity; null if absent.</summary>
    public Level? Level { get; init; }

    /// <summary>The day of creation as written; null if absent.</summary>
    public string? Date { get; init; }

    /// <summary>The day of the last change as written; null if absent.</summary>
    public string? Modified { get; init; }

    /// <summary>Tags such as <c>attack.t1059</c>, in order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The tags as they are written, each with its position.</summary>
    internal IReadOnlyList<(string Tag, Span Place)> TagPlaces { get; init; } = [];

    /// <summary>Links, in order.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Known false positives, in order.</summary>
    public IReadOnlyList<string> FalsePositives { get; init; } = [];

    /// <summary>Fields worth showing to an analyst, in order.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Where the rule is meant to be used, in order.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>Related rules, in order.</summary>
    public IReadOnlyList<RelatedRule> Related { get; init; } = [];

    /// <summary>Attributes that the specification does not know; kept for pipelines and templates.</summary>
    internal IReadOnlyList<YamlEntry> Custom { get; init; } = [];

    /// <summary>The same without anything that points into the file, so that its text need not stay in memory.</summary>
    internal Metadata WithoutPlaces() => this with { TitlePlace = null, IdPlace = null, TagPlaces = [], Custom = [] };

    /// <summary>What tells which rule it is and how much it matters, without what is there to read.</summary>
    internal Metadata Brief() => new() { Title = Title, Id = Id, Name = Name, Status = Status, Level = Level, Tags = Tags };
}
