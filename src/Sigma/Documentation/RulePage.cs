using System.Collections.Immutable;
using Scriban;
using Scriban.Runtime;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Documentation;

/// <summary>The page of a rule file: a Scriban template, the built-in one or the user's. docs/templates.md lists what it can use.</summary>
public sealed class RulePage
{
    private readonly Scriban.Template template;
    private readonly ITemplateLoader? loader;
    private readonly string attackVersion;

    private RulePage(Scriban.Template template, ITemplateLoader? loader, string attackVersion)
    {
        this.template = template;
        this.loader = loader;
        this.attackVersion = attackVersion;
    }

    /// <summary>The built-in page.</summary>
    /// <param name="attackVersion">The version of ATT&amp;CK that names come from.</param>
    public static RulePage BuiltIn(string attackVersion)
    {
        using Stream stream = typeof(RulePage).Assembly.GetManifestResourceStream("templates/page.scriban")!;
        using var reader = new StreamReader(stream);
        return new RulePage(Scriban.Template.Parse(reader.ReadToEnd()), null, attackVersion);
    }

    /// <summary>Renders the page of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="diagnostics">Takes what is wrong with the template.</param>
    /// <returns>The text; null after a report.</returns>
    public string? Render(DocumentedFile file, List<Diagnostic> diagnostics)
    {
        var scope = new TemplateContext { StrictVariables = false, NewLine = "\n", LoopLimit = 200_000, LimitToString = 0, TemplateLoader = loader };
        scope.PushGlobal(Globals(file));
        return template.Render(scope);
    }

    private ScriptObject Globals(DocumentedFile file)
    {
        DocumentedRule first = file.Rules[0];
        var globals = new ScriptObject
        {
            ["rule"] = RuleObject(first.Metadata),
            ["text"] = file.Source.Text,
            ["path"] = file.Source.Path,
            ["tactics"] = Array(Union(file, rule => rule.Tactics), TacticObject),
            ["techniques"] = Array(Union(file, rule => rule.Techniques), TechniqueObject),
            ["data_needed"] = Array(Union(file, rule => rule.DataNeeded).OrderBy(type => type.Name, StringComparer.Ordinal), EventObject),
            ["enrichments"] = Array(Union(file, rule => rule.Enrichments), text => text),
            ["triggers"] = Array(Union(file, rule => rule.Triggers), TechniqueObject),
            ["other_tags"] = Array(Union(file, rule => rule.OtherTags), text => text),
            ["queries"] = Array(file.Rules.SelectMany(rule => rule.Queries).GroupBy(query => query.Target), QueryObject),
            ["attack_version"] = attackVersion,
        };
        globals.SetValue("cell", DelegateCustomFunction.CreateFunc<string?, string>(Markdown.Cell), true);
        globals.SetValue("link", DelegateCustomFunction.CreateFunc<string?, string>(Markdown.Link), true);
        globals.SetValue("fence", DelegateCustomFunction.CreateFunc<string?, string>(Markdown.Fence), true);
        return globals;
    }

    private static IEnumerable<T> Union<T>(DocumentedFile file, Func<DocumentedRule, ImmutableArray<T>> of) => file.Rules.SelectMany(rule => of(rule)).Distinct();

    private static ScriptArray Array<T>(IEnumerable<T> items, Func<T, object> value) => new(items.Select(value));

    private static object TacticObject(Tactic tactic) => new ScriptObject { ["id"] = tactic.Id, ["key"] = tactic.Key, ["name"] = tactic.Name, ["url"] = tactic.Url };

    private static object TechniqueObject(Technique technique) => new ScriptObject
    {
        ["id"] = technique.Id,
        ["name"] = technique.Name,
        ["url"] = technique.Url,
        ["retired"] = technique.IsRetired,
        ["successor"] = technique.Successor,
    };

    private static object EventObject(EventType type) => new ScriptObject
    {
        ["name"] = type.Name,
        ["event_id"] = type.EventId,
        ["platform"] = type.Platform,
        ["channel"] = type.Channel,
        ["provider"] = type.Provider,
        ["fields"] = new ScriptArray(type.Fields),
    };

    private static object QueryObject(IGrouping<string, Conversion> conversions) => new ScriptObject
    {
        ["target"] = conversions.Key,
        ["text"] = string.Join("\n", conversions.Select(conversion => conversion.Query).OfType<string>()),
    };

    private static ScriptObject RuleObject(Metadata metadata) => new()
    {
        ["title"] = metadata.Title,
        ["id"] = metadata.Id,
        ["description"] = metadata.Description,
        ["author"] = metadata.Author,
        ["level"] = metadata.Level?.ToString().ToLowerInvariant(),
        ["status"] = metadata.Status?.ToString().ToLowerInvariant(),
        ["falsepositives"] = new ScriptArray(metadata.FalsePositives),
        ["references"] = new ScriptArray(metadata.References),
    };
}
