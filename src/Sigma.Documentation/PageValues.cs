using System.Collections.Immutable;
using Scriban.Runtime;
using Sigma.Attack;
using Sigma.Compilation;
using Sigma.Rules;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Documentation;

/// <summary>The values and functions that the template of a page can use. docs/templates.md lists them.</summary>
internal sealed class PageValues
{
    private readonly Func<string, CodePage?> codes;

    private PageValues(Func<string, CodePage?> codes) => this.codes = codes;

    private static readonly IScriptCustomFunction Cell = DelegateCustomFunction.CreateFunc<string?, string>(Markdown.Cell);

    private static readonly IScriptCustomFunction LinkText = DelegateCustomFunction.CreateFunc<string?, string>(Markdown.LinkText);
    private static readonly IScriptCustomFunction Reference = DelegateCustomFunction.CreateFunc<string?, string>(Markdown.Reference);
    private static readonly IScriptCustomFunction Name = DelegateCustomFunction.CreateFunc<string?, string>(Markdown.Name);
    private static readonly IScriptCustomFunction Shown = DelegateCustomFunction.CreateFunc<string?, string>(static text => UnseenCharacters.Shown(text ?? ""));
    private static readonly IScriptCustomFunction Fence = DelegateCustomFunction.CreateFunc<string?, string>(Markdown.Fence);

    /// <summary>Creates the values of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="attackVersion">The version of ATT&amp;CK that the names come from.</param>
    /// <param name="codes">Finds the page of a code.</param>
    public static ScriptObject Of(DocumentedFile file, string attackVersion, Func<string, CodePage?>? codes = null) => new PageValues(codes ?? (static _ => null)).Of(file, attackVersion);

    private ScriptObject Of(DocumentedFile file, string attackVersion)
    {
        var values = new ScriptObject
        {
            ["path"] = file.Source.Path,
            ["text"] = file.Source.Text,
            ["attack_version"] = attackVersion,
            ["rule"] = OfRule(file.Rules[0]),
            ["rules"] = List(file.Rules, OfRule),
            ["queries"] = List(file.Rules.SelectMany(rule => rule.Queries.Select(query => (rule, query))).GroupBy(pair => pair.query.Target), OfTarget),
            ["problems"] = List(file.Rules.SelectMany(Problems), problem => OfDiagnostic(problem, file.Source)),
            ["findings"] = List(file.Rules.SelectMany(Findings), finding => OfDiagnostic(finding, file.Source)),
        };
        AddCatalogued(values, file.Rules);
        values.SetValue("cell", Cell, true);
        values.SetValue("link_text", LinkText, true);
        values.SetValue("reference", Reference, true);
        values.SetValue("name", Name, true);
        values.SetValue("fence", Fence, true);
        values.SetValue("shown", Shown, true);
        return values;
    }

    /// <summary>What the catalogues know about rules, each thing once.</summary>
    private static void AddCatalogued(ScriptObject values, ImmutableArray<DocumentedRule> rules)
    {
        values["tactics"] = List(Union(rules, rule => rule.Tactics), OfTactic);
        values["techniques"] = List(Union(rules, rule => rule.Techniques), OfTechnique);
        values["data_needed"] = List(Union(rules, rule => rule.DataNeeded).OrderBy(type => type.Name, StringComparer.Ordinal), OfEventType);
        values["enrichments"] = List(Union(rules, rule => rule.Enrichments), text => text);
        values["triggers"] = List(Union(rules, rule => rule.Triggers), OfTechnique);
        values["other_tags"] = List(Union(rules, rule => rule.OtherTags), text => text);
    }

    private static IEnumerable<T> Union<T>(ImmutableArray<DocumentedRule> rules, Func<DocumentedRule, ImmutableArray<T>> of) =>
        rules.SelectMany(rule => of(rule)).Distinct();

    private static ScriptArray List<T>(IEnumerable<T> items, Func<T, object> value) => new(items.Select(value));

    private ScriptObject OfRule(DocumentedRule rule)
    {
        Metadata metadata = rule.Metadata;
        ScriptObject values = MetadataObject.Of(metadata);
        values["scope"] = new ScriptArray(metadata.Scope);
        values["related"] = List(metadata.Related, related => new ScriptObject { ["id"] = related.Id, ["type"] = related.Type });
        values["category"] = rule.LogSource?.Category;
        values["product"] = rule.LogSource?.Product;
        values["service"] = rule.LogSource?.Service;
        values["definition"] = rule.LogSource?.Definition;
        values["index"] = rule.Index;
        values["queries"] = List(rule.Queries, query => OfConversion(rule, query));
        values["problems"] = List(Problems(rule), problem => OfDiagnostic(problem, rule.Document.Span.Source));
        values["findings"] = List(Findings(rule), finding => OfDiagnostic(finding, rule.Document.Span.Source));
        AddCatalogued(values, [rule]);
        return values;
    }

    private static ScriptObject OfTactic(Tactic tactic) => new()
    {
        ["id"] = tactic.Id,
        ["key"] = tactic.Key,
        ["name"] = tactic.Name,
        ["url"] = tactic.Url,
        ["retired"] = tactic.IsRetired,
    };

    private static ScriptObject OfTechnique(Technique technique) => new()
    {
        ["id"] = technique.Id,
        ["name"] = technique.Name,
        ["url"] = technique.Url,
        ["retired"] = technique.IsRetired,
        ["successor"] = technique.Successor,
    };

    private static ScriptObject OfEventType(EventType type) => new()
    {
        ["name"] = type.Name,
        ["event_id"] = type.EventId,
        ["platform"] = type.Platform,
        ["channel"] = type.Channel,
        ["provider"] = type.Provider,
        ["fields"] = new ScriptArray(type.Fields),
    };

    /// <summary>The queries of all rules of a file for one target, one under another, and what is to be said of them.</summary>
    private ScriptObject OfTarget(IGrouping<string, (DocumentedRule Rule, Conversion Query)> group)
    {
        string[] queries = [.. group.SelectMany(pair => pair.Query.Queries)];
        return new ScriptObject
        {
            ["target"] = group.Key,
            ["format"] = group.First().Query.Format,
            ["text"] = queries.Length == 0 ? null : Conversion.Joined(queries, group.First().Query.Frame),
            ["texts"] = new ScriptArray(queries),
            ["notes"] = List(group.SelectMany(pair => Notes(pair.Rule, pair.Query)).Distinct(), note => OfDiagnostic(note, group.First().Rule.Document.Span.Source)),
        };
    }

    private ScriptObject OfConversion(DocumentedRule rule, Conversion conversion) => new()
    {
        ["target"] = conversion.Target,
        ["format"] = conversion.Format,
        ["status"] = conversion.Status.ToString().ToLowerInvariant(),
        ["text"] = conversion.Query,
        ["texts"] = new ScriptArray(conversion.Queries),
        ["notes"] = List(Notes(rule, conversion), note => OfDiagnostic(note, rule.Document.Span.Source)),
    };

    /// <summary>Why there is no rule to convert; empty if there is one.</summary>
    private static IEnumerable<Diagnostic> Problems(DocumentedRule rule) =>
        rule.Document.Document is null ? rule.Document.Diagnostics.Where(diagnostic => diagnostic.Severity > Severity.Info) : [];

    /// <summary>What checks have found, except what is a problem as well.</summary>
    private static IEnumerable<Diagnostic> Findings(DocumentedRule rule) =>
        rule.Findings.Where(finding => !Problems(rule).Any(problem => problem.Code.Id == finding.Code.Id && problem.Span == finding.Span));

    /// <summary>
    /// Why a query is missing or means something else than the rule. What is merely worth knowing of a query that is there, and
    /// what is said of the rule whatever the target, is left out; so is what the specification's own page leaves out.
    /// </summary>
    private static IEnumerable<Diagnostic> Notes(DocumentedRule rule, Conversion conversion) => conversion.Diagnostics
        .Where(diagnostic => (diagnostic.Severity > Severity.Info && diagnostic.Code != Codes.FixedShape) || conversion.Status is ConversionStatus.Skipped)
        .Except(rule.Document.Diagnostics);

    /// <summary>Line and column are those of the rule's file; a place in a pipeline or filter stands in front of the message, as in records.</summary>
    private ScriptObject OfDiagnostic(Diagnostic diagnostic, SourceText source)
    {
        Span? own = diagnostic.Span?.Source.Path == source.Path ? diagnostic.Span : null;
        string? elsewhere = own is null && diagnostic.Span is { } span ? $"{span.Source.Path}:{span.Position.Line}:{span.Position.Column}: " : null;
        return new ScriptObject
        {
            ["code"] = diagnostic.Code.Id,
            ["link"] = codes(diagnostic.Code.Id)?.Address,
            ["severity"] = diagnostic.Severity.ToString().ToLowerInvariant(),
            ["message"] = elsewhere + diagnostic.Message,
            ["hint"] = diagnostic.Hint,
            ["line"] = own?.Position.Line,
            ["column"] = own?.Position.Column,
        };
    }
}
