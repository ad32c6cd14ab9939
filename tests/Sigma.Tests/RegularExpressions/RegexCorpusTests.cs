using Sigma.RegularExpressions;
using Xunit.Abstractions;
using YamlDotNet.RepresentationModel;

namespace Sigma.Tests.RegularExpressions;

/// <summary>Every regular expression of the public rules parses. They are looked for beside the repository, and skipped without.</summary>
public class RegexCorpusTests(ITestOutputHelper output)
{
    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Every_regular_expression_of_the_public_rules_parses()
    {
        if (FindCorpus() is not { } folder)
        {
            output.WriteLine("skipped: no ../shared/corpus/sigmahq beside the repository");
            return;
        }

        var refusals = new List<string>();
        var counts = new Dictionary<string, int>();
        var values = Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(file => File.ReadAllText(file).Contains("|re", StringComparison.Ordinal))
            .SelectMany(ReadFile).Distinct().ToList();
        foreach (var (text, flags) in values)
        {
            RegexPattern.TryParse(text, flags, out var pattern, out var error).Should().BeTrue($"{text}: {error}");
            foreach (var dialect in Enum.GetValues<RegexDialect>())
            {
                var translation = RegexWriter.Write(pattern!, dialect);
                var outcome = translation.Text is null ? "refused" : translation.Notes.IsEmpty ? "exact" : translation.Notes.Max(n => n.Effect).ToString();
                var isSame = translation.Text == text ? ", byte for byte" : string.Empty;
                counts[$"{dialect}: {outcome}{isSame}"] = counts.GetValueOrDefault($"{dialect}: {outcome}{isSame}") + 1;
                refusals.AddRange(translation.Notes.Where(n => n.Effect is RegexEffect.Refused or RegexEffect.More).Select(n => $"{dialect}: {text}: {n}"));
            }
        }

        values.Should().NotBeEmpty();
        output.WriteLine($"{values.Count} different regular expressions");
        counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList().ForEach(pair => output.WriteLine($"{pair.Key}: {pair.Value}"));
        refusals.ForEach(output.WriteLine);
    }

    private static string? FindCorpus()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sigma.sln")))
            {
                var roots = new[] { folder.Parent, folder.Parent?.Parent }.OfType<DirectoryInfo>();
                return roots.Select(root => Path.Combine(root.FullName, "shared", "corpus", "sigmahq")).FirstOrDefault(Directory.Exists);
            }
        }

        return null;
    }

    private static List<(string Text, RegexFlags Flags)> ReadFile(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(file)));
        var found = new List<(string, RegexFlags)>();
        stream.Documents.ToList().ForEach(document => Collect(document.RootNode, found));
        return found;
    }

    private static void Collect(YamlNode node, List<(string Text, RegexFlags Flags)> found)
    {
        foreach (var child in (node as YamlSequenceNode)?.Children ?? [])
        {
            Collect(child, found);
        }

        foreach (var (key, value) in (node as YamlMappingNode)?.Children ?? Enumerable.Empty<KeyValuePair<YamlNode, YamlNode>>())
        {
            var modifiers = key.ToString().Split('|')[1..];
            if (!modifiers.Contains("re"))
            {
                Collect(value, found);
                continue;
            }

            var flags = (modifiers.Contains("i") ? RegexFlags.IgnoreCase : RegexFlags.None)
                | (modifiers.Contains("m") ? RegexFlags.Multiline : RegexFlags.None)
                | (modifiers.Contains("s") ? RegexFlags.DotAll : RegexFlags.None);
            var values = value is YamlSequenceNode list ? list.Children : [value];
            found.AddRange(values.Select(item => (((YamlScalarNode)item).Value ?? string.Empty, flags)));
        }
    }
}
