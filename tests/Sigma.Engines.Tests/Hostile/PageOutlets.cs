using System.Text;
using System.Text.RegularExpressions;
using Sigma.Attack;
using Sigma.Cli;
using Sigma.Compilation;
using Sigma.Documentation;
using Sigma.Documentation.Site;
using Sigma.Engines.Tests.Hostile.Readers;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>What people open in a viewer or a browser, and what programs read of a run.</summary>
internal abstract class DocumentOutlet(string name) : Outlet(name)
{
    private static readonly Lazy<Compiler> Two = new(() => new Compiler([OwnTarget.Of("splunk"), OwnTarget.Of("grep")]));
    private static readonly Documenter Documents = new(AttackCatalog.BuiltIn, new DataNeeded(EventTypeCatalog.BuiltIn), TriggerCatalog.BuiltIn);

    public override IReadOnlyList<Place> Places =>
    [
        Place.Title, Place.Title, Place.Title, Place.Id, Place.Name, Place.Tag, Place.Tag, Place.Author, Place.Description, Place.Description, Place.Reference, Place.Reference, Place.Reference,
        Place.FalsePositive, Place.Date, Place.Custom, Place.Value, Place.Field, Place.Keyword, Place.GroupBy, Place.CountField, Place.ShownField, Place.Detection, Place.Category, Place.Product, Place.Service,
    ];

    public override int Share => 15;

    /// <summary>Half a surrogate is no character; UTF-8 has U+FFFD for it.</summary>
    protected static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    protected static DocumentedFile Document(HostileRule rule)
    {
        var source = new SourceText(rule[Place.Path], rule.Yaml());
        var documents = RuleReader.Read(source);
        return Documents.Document(source, documents, Two.Value.Convert(source));
    }
}

/// <summary>The Markdown page of a rule file.</summary>
internal sealed class MarkdownOutlet() : DocumentOutlet("page")
{
    private static readonly RulePage Page = RulePage.BuiltIn(AttackCatalog.BuiltIn.Version);

    public override Output Write(HostileRule rule)
    {
        var diagnostics = new List<Diagnostic>();
        var file = Document(rule);
        return new Output(rule, file.Rules.IsEmpty ? null : Page.Render(file, diagnostics), [.. diagnostics, .. file.Rules.SelectMany(one => one.Queries).SelectMany(query => query.Diagnostics)]);
    }

    public override Reading Read(Output output) => PageReader.ReadMarkdown(output.Text!);

    /// <summary>GitHub Flavored Markdown, 4.10: an escaped bar in a cell is a bar within bare links too, where this parser leaves the backslash.</summary>
    private static string WithoutEscapedBars(string text) => Meaning.Shown(text).Replace("\\|", "|");

    public override string? Misread(Output output, Reading reading)
    {
        var rule = output.Rule;
        // A page has no texts of a rule that cannot be read.
        if (rule.IsCorrelation || output.Diagnostics.Any(d => d.Severity is Severity.Error))
        {
            return null;
        }

        foreach (var (place, row) in new[] { (Place.Title, "Title"), (Place.Author, "Author"), (Place.Description, "Description"), (Place.FalsePositive, "False Positives") })
        {
            if (rule.Has(place) && rule[place].Trim().Length > 0 && !reading.Of(row).Any(text => Meaning.Shown(text) == Meaning.Shown(rule[place]) || WithoutEscapedBars(text) == WithoutEscapedBars(rule[place])))
            {
                return $"the {row} reads {reading.Of(row).FirstOrDefault()}";
            }
        }

        return null;
    }
}

/// <summary>The site of one rule.</summary>
internal sealed partial class SiteOutlet() : DocumentOutlet("site")
{
    /// <summary>How the site shows a character that is not seen: in an element with its code.</summary>
    [GeneratedRegex("<span class=\"unseen\" data-code=\"([0-9a-f]{1,6})\">([^<]{1,2})</span>")]
    private static partial Regex Unseen();

    private static readonly Lazy<DetectionSite> Site = new(() => new DetectionSite(SiteTheme.Open(null, []), AttackCatalog.BuiltIn));

    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Path];

    public override int Share => 2;

    public override Output Write(HostileRule rule)
    {
        var diagnostics = new List<Diagnostic>();
        var pages = new StringBuilder();
        var document = Document(rule);
        foreach (var file in Site.Value.Write([new SiteSource(rule[Place.Path], document)], 1, diagnostics))
        {
            if (file.Path.Split('/').Any(part => part is "" or "." or "..") || file.Path.Any(c => char.IsControl(c) || c is '\\' or ':'))
            {
                throw new Unreadable($"a file of the site at {file.Path}");
            }

            if (file.Path.EndsWith(".html", StringComparison.Ordinal))
            {
                pages.Append(Encoding.UTF8.GetString(file.Content.Span)).Append('\f');
            }
            else if (file.Path == "assets/index.js")
            {
                var script = Encoding.UTF8.GetString(file.Content.Span);
                JsonReader.Parse(script["window.sigmacIndex=".Length..script.LastIndexOf(';')]).Dispose();
            }
        }

        return new Output(rule, pages.ToString(), [.. diagnostics, .. document.Rules.SelectMany(one => one.Queries).SelectMany(query => query.Diagnostics)]);
    }

    public override Reading Read(Output output)
    {
        var all = new Reading();
        foreach (var page in output.Text!.Split('\f', StringSplitOptions.RemoveEmptyEntries))
        {
            var one = PageReader.ReadHtml(Unseen().Replace(page, mark => mark.Groups[2].Value == char.ConvertFromUtf32(Convert.ToInt32(mark.Groups[1].Value, 16)) ? mark.Groups[2].Value : mark.Value));
            all.Structure.UnionWith(one.Structure);
            all.Texts.AddRange(one.Texts);
        }

        return all;
    }

    public override string? Misread(Output output, Reading reading) =>
        output.Rule.Has(Place.Title) && !output.Rule.IsCorrelation && !output.Diagnostics.Any(d => d.Severity is Severity.Error) && output.Rule[Place.Title].Trim().Length > 0
            && !reading.Of("h1").Any(text => Meaning.Shown(text) == Meaning.Shown(output.Rule[Place.Title]))
            ? $"the headings are {string.Join(" / ", reading.Of("h1"))}" : null;
}

/// <summary>A JSON record a line, and beside it the messages on a terminal.</summary>
internal sealed class RecordOutlet() : DocumentOutlet("records and messages")
{
    private static readonly Lazy<Compiler> Splunk = new(() => new Compiler([OwnTarget.Of("splunk")]));

    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Path];

    public override int Share => 60;

    public override Output Write(HostileRule rule)
    {
        var conversions = Splunk.Value.Convert(new SourceText(rule[Place.Path], rule.Yaml())).ToList();
        var said = new StringWriter { NewLine = "\n" };
        foreach (var diagnostic in conversions.SelectMany(conversion => conversion.Diagnostics))
        {
            DiagnosticWriter.Write(said, diagnostic, false, rule[Place.Path]);
        }

        Terminal.Check(said.ToString());
        return new Output(rule, string.Concat(conversions.Select(conversion => Encoding.UTF8.GetString(ConversionRecord.Write(rule[Place.Path], conversion)))),
            [.. conversions.SelectMany(conversion => conversion.Diagnostics)]);
    }

    public override Reading Read(Output output)
    {
        var reading = new Reading();
        foreach (var line in output.Text!.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var record = JsonReader.Parse(line);
            reading.Count("records");
            reading.Structure.UnionWith(JsonReader.Keys(record.RootElement));
            reading.Texts.Add(("title", JsonReader.Text(record.RootElement, "title") ?? ""));
            reading.Texts.Add(("path", JsonReader.Text(record.RootElement, "path") ?? ""));
        }

        return reading;
    }

    public override string? Misread(Output output, Reading reading)
    {
        var rule = output.Rule;
        return rule.Has(Place.Path) && !reading.Of("path").All(path => path == Whole(rule[Place.Path])) ? $"the path is {reading.Of("path").FirstOrDefault()}" : null;
    }
}
