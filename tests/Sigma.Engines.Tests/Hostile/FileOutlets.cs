using System.Text;
using Sigma.Cli;
using Sigma.Compilation;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>The files that <c>convert -o</c> writes, whose names a template makes of a rule's texts.</summary>
internal sealed class FileNameOutlet() : DocumentOutlet("file names")
{
    public override int Share => 4;

    private static readonly Lazy<Compiler> Splunk = new(() => new Compiler([OwnTarget.Of("splunk")]));

    private static readonly string?[] Templates =
    [
        null, "{{ rule.title }}{{ extension }}", "{{ rule.id }}/{{ rule.name }}", "{{ rule.tags[0] }}", "{{ path }}", "a/{{ rule.title }}/{{ index }}.{{ target }}", "{{ rule.level }}-{{ rule.title | string.slice 0 5 }}",
    ];

    public override IReadOnlyList<Place> Places => [Place.Title, Place.Title, Place.Id, Place.Name, Place.Tag, Place.Path, Place.Path];

    public override Output Write(HostileRule rule)
    {
        var folder = Directory.CreateTempSubdirectory("sigmac-names-");
        try
        {
            return Write(rule, Path.Combine(folder.FullName, "out"), folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Output Write(HostileRule rule, string output, string around)
    {
        var conversions = Splunk.Value.Convert(new SourceText("rule.yml", rule.Yaml())).Where(one => one.Query is not null).ToList();
        var diagnostics = new List<Diagnostic>();
        var names = new StringBuilder();
        foreach (var template in Templates)
        {
            var before = Files(around).Count;
            var tree = OutputTree.Open(Path.Combine(output, names.Length.ToString()), OutputBounds.Regular, template, Limits.Default, diagnostics)!;
            // The second rule has the first one's name wherever the template does not tell them apart.
            var written = conversions.Concat(conversions)
                .Select(conversion => tree.Write(new RuleInput(rule[Place.Path], rule[Place.Path]), conversion, new OutputText(conversion.Extension, "x"u8.ToArray())))
                .Count(finding => finding is null || Kept(diagnostics, finding));
            var files = Files(around).Count - before;
            if (files != written)
            {
                throw new Unreadable($"{files} files, where {written} were written");
            }

            names.Append('\n');
        }

        foreach (var file in Files(around))
        {
            names.Append(Path.GetRelativePath(output, file)).Append('\n');
        }

        return new Output(rule, conversions.Count == 0 ? null : names.ToString().TrimStart('\n'), [.. diagnostics, .. Splunk.Value.Convert(new SourceText("rule.yml", rule.Yaml())).SelectMany(one => one.Diagnostics)]);
    }

    public override Reading Read(Output output)
    {
        var reading = new Reading();
        foreach (var name in output.Text!.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = name.Split('/');
            if (parts.Contains("..") || Path.IsPathRooted(name))
            {
                throw new Unreadable($"a file outside the folder: {name}");
            }

            foreach (var part in parts)
            {
                if (part.Any(c => char.IsControl(c) || "\\:*?\"<>|\u202e\u2028".Contains(c)) || part[0] is '-' or ' ' || part[^1] is ' ' or '.' || Encoding.UTF8.GetByteCount(part) > 202
                    || Devices.Contains(part.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase))
                {
                    throw new Unreadable($"a name that is not safe: {part}");
                }
            }
        }

        return reading;
    }

    private static readonly string[] Devices = ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })];

    private static bool Kept(List<Diagnostic> diagnostics, Diagnostic finding)
    {
        diagnostics.Add(finding);
        return false;
    }

    private static IReadOnlyList<string> Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
}

/// <summary>Texts for a terminal: what <c>explain</c> shows of a rule, and the table of <c>match</c>.</summary>
internal sealed class TerminalOutlet() : DocumentOutlet("explain and tables")
{
    private static readonly Lazy<Compiler> Splunk = new(() => new Compiler([OwnTarget.Of("splunk")]));

    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Path];

    public override Output Write(HostileRule rule)
    {
        var documents = RuleReader.Read(new SourceText(rule[Place.Path], rule.Yaml()));
        using var text = new StringWriter { NewLine = "\n" };
        var writer = new ExplanationText(text, colour: false, verbose: true);
        var diagnostics = new List<Diagnostic>();
        foreach (var explanation in Splunk.Value.Explain(documents, RuleSet.Link(documents)))
        {
            writer.Write(explanation, rule[Place.Path], withParsed: true);
            diagnostics.AddRange(explanation.Conversion.Diagnostics);
        }

        using var stream = new MemoryStream();
        using (var table = MatchWriter.Create("table", stream))
        {
            table.Write(new RuleMatch(new MatchedRule(documents[0].Metadata, rule[Place.Path]), null, 1, [new MatchedField(rule[Place.Field], rule[Place.Value])]), rule[Place.Path], null);
        }

        return new Output(rule, text + Encoding.UTF8.GetString(stream.ToArray()), diagnostics);
    }

    public override Reading Read(Output output)
    {
        Terminal.Check(output.Text!);
        return new Reading();
    }
}
