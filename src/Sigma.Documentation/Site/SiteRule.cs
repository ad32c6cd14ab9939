using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Documentation.Site;

/// <summary>A rule file of the site.</summary>
/// <param name="Path">Its path below what the user gave, with slashes.</param>
/// <param name="File">Its rules.</param>
internal sealed record SiteSource(string Path, DocumentedFile File);

/// <summary>A rule of the site, with its address.</summary>
internal sealed class SiteRule
{
    private SiteRule(SiteSource source, DocumentedRule rule, string page)
    {
        Rule = rule;
        Text = source.File.Source;
        Path = source.Path;
        Page = page;
        Source = SourceOf(rule);
        Fields = FieldsOf(rule.Document.Document);
    }

    /// <summary>The rule.</summary>
    public DocumentedRule Rule { get; }

    /// <summary>The text of the file it stands in.</summary>
    public SourceText Text { get; }

    /// <summary>The file's path below what the user gave.</summary>
    public string Path { get; }

    /// <summary>The name of its page, without folder and ending.</summary>
    public string Page { get; }

    /// <summary>Its log source in one line, or what kind of document it is.</summary>
    public string Source { get; }

    /// <summary>The fields it tests, each once, in order.</summary>
    public ImmutableArray<string> Fields { get; }

    /// <summary>Its metadata.</summary>
    public Metadata Metadata => Rule.Metadata;

    /// <summary>The title, or what stands for a missing one.</summary>
    public string Title => Metadata.Title.Length > 0 ? Metadata.Title : System.IO.Path.GetFileName(Path);

    /// <summary>The product as filters compare it; empty for none.</summary>
    public string Product => Rule.LogSource?.Product?.ToLowerInvariant() ?? "";

    /// <summary>The day of the last change, comparable as text; empty if it is not known.</summary>
    public string Changed => (Metadata.Modified ?? Metadata.Date ?? "").Replace('/', '-');

    /// <summary>The level as the style sheet and the search call it.</summary>
    public string Level => Metadata.Level is { } level ? NameOf(level) : "none";

    /// <summary>rule, correlation, filter, or broken rule.</summary>
    public string Kind => Rule.Document.Document switch
    {
        SigmaRule => "rule",
        SigmaCorrelation => "correlation",
        SigmaFilter => "filter",
        _ => "broken rule",
    };

    /// <summary>Gives every rule of some files an address: its file's name, made different from others where needed.</summary>
    /// <param name="files">The files in the order of their paths.</param>
    public static ImmutableArray<SiteRule> Of(IReadOnlyList<SiteSource> files)
    {
        // Some file systems take names for the same that differ in case only.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var rules = ImmutableArray.CreateBuilder<SiteRule>();
        foreach (SiteSource file in files)
        {
            string name = FileNames.Of(System.IO.Path.GetFileNameWithoutExtension(file.Path));
            foreach (DocumentedRule rule in file.File.Rules)
            {
                string page = rule.Index == 0 ? name : $"{name}-{rule.Index + 1}";
                for (int number = 2; !taken.Add(page); number++)
                {
                    page = $"{name}-{number}";
                }

                rules.Add(new SiteRule(file, rule, page));
            }
        }

        return rules.ToImmutable();
    }

    /// <summary>The name of a value of level or status as rules write it.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string SourceOf(DocumentedRule rule)
    {
        if (rule.LogSource is not { } source)
        {
            return rule.Document.Document switch
            {
                SigmaCorrelation => "correlation",
                SigmaFilter => "filter",
                _ => "broken rule",
            };
        }

        return string.Join(" · ", new[] { source.Product, source.Category, source.Service }.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static ImmutableArray<string> FieldsOf(SigmaDocument? document)
    {
        ImmutableArray<NamedDetection> detections = document switch
        {
            SigmaRule rule => rule.Detections,
            SigmaFilter filter => filter.Detections,
            _ => [],
        };
        return [.. RuleItems.Of(detections).Select(item => item.Field).OfType<string>().Distinct(StringComparer.Ordinal)];
    }
}
