using System.Text.RegularExpressions;
using Sigma.Tests.Backends;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Tests.Schemas;

/// <summary>What the readers take is valid under the schemas of docs/schemas: the files of the project, and the examples of its pages.</summary>
public sealed partial class SchemaFileTests
{
    private const string Corpus = "tests/Sigma.Tests/Fuzzing/Corpus/";

    /// <summary>The rule pack, and all that stands beside the tests.</summary>
    private static readonly (EditorSchema Schema, string Folder, string Pattern)[] Places =
    [
        (EditorSchema.Rule, "rules", "*.yml"), (EditorSchema.Cases, "rules", "*.tests.yml"),
        (EditorSchema.Pipeline, "backends", "pipelines/*.yml"), (EditorSchema.Pipeline, "samples", "pipelines/*.yml"),
        (EditorSchema.Backend, "backends", "backend.yml"), (EditorSchema.Backend, "samples", "backend.yml"),
        (EditorSchema.Configuration, "src/Sigma.Cli/Configuration", "*.yml"),
        (EditorSchema.Rule, Corpus + "rules", "*.yml"), (EditorSchema.Rule, Corpus + "filters", "*.yml"), (EditorSchema.Cases, Corpus + "cases", "*.yml"),
        (EditorSchema.Pipeline, Corpus + "pipelines", "*.yml"), (EditorSchema.Backend, Corpus + "backends", "*.yml"),
        (EditorSchema.Configuration, Corpus + "configurations", "*.yml"),
        (EditorSchema.Rule, "tests/Sigma.Tests/Errors", "SIG0[236]*.yml"), (EditorSchema.Pipeline, "tests/Sigma.Tests/Errors", "SIG04*.yml"),
        (EditorSchema.Backend, "tests/Sigma.Tests/Errors", "SIG05*.yml"), (EditorSchema.Configuration, "tests/Sigma.Tests/Errors", "SIG09*.yml"),
        (EditorSchema.Cases, "tests/Sigma.Tests/Errors", "SIG081*.yml"),
    ];

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_file_that_the_reader_takes_is_valid()
    {
        var counts = EditorSchema.All.ToDictionary(schema => schema, _ => 0);
        foreach ((EditorSchema schema, string file) in Files())
        {
            string text = File.ReadAllText(file);
            if (ReaderOf.Complaints(schema, text).Count == 0)
            {
                schema.Accepts(text).Should().BeTrue($"{file} is valid under the schema '{schema}'");
                counts[schema]++;
            }
        }

        // A pattern of files that finds nothing would go unnoticed.
        counts.Should().OnlyContain(count => count.Value > 2);
        counts[EditorSchema.Rule].Should().BeGreaterThan(100);
        counts[EditorSchema.Pipeline].Should().BeGreaterThan(20);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void An_example_of_a_page_that_the_reader_takes_is_valid()
    {
        int examples = 0;
        foreach (string page in Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Append(Path.Combine(Repository.Root, "README.md")))
        {
            foreach (string text in Example().Matches(File.ReadAllText(page)).Select(match => match.Groups["text"].Value.ReplaceLineEndings("\n")))
            {
                foreach (EditorSchema schema in SchemasOf(text).Where(schema => ReaderOf.Complaints(schema, text).Count == 0))
                {
                    schema.Accepts(text).Should().BeTrue($"this example of {page} is valid under the schema '{schema}':\n{text}");
                    examples++;
                }
            }
        }

        examples.Should().BeGreaterThan(10);
    }

    private static IEnumerable<(EditorSchema Schema, string File)> Files()
    {
        foreach ((EditorSchema schema, string folder, string pattern) in Places)
        {
            var name = new Regex("/" + Regex.Escape(pattern).Replace(@"\*", "[^/]*").Replace(@"\[236]", "[236]") + "$");
            foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                string path = file.Replace(Path.DirectorySeparatorChar, '/');
                if (name.IsMatch(path) && (schema != EditorSchema.Rule || !path.EndsWith(".tests.yml", StringComparison.Ordinal)))
                {
                    yield return (schema, file);
                }
            }
        }
    }

    /// <summary>What an example is, by a key that no other kind of file has.</summary>
    private static IEnumerable<EditorSchema> SchemasOf(string text)
    {
        YamlMapping? root = YamlReader.Read(new SourceText("a.yml", text)).Select(document => document.Root).OfType<YamlMapping>().FirstOrDefault();
        (string Key, EditorSchema Schema)[] marks =
        [
            ("detection", EditorSchema.Rule), ("correlation", EditorSchema.Rule), ("filter", EditorSchema.Rule), ("transformations", EditorSchema.Pipeline),
            ("postprocessing", EditorSchema.Pipeline), ("fieldmappings", EditorSchema.Pipeline), ("tests", EditorSchema.Cases), ("expression", EditorSchema.Backend),
            ("extends", EditorSchema.Backend), ("convert", EditorSchema.Configuration), ("targets", EditorSchema.Configuration),
        ];
        return marks.Where(mark => root?[mark.Key] is not null).Select(mark => mark.Schema).Distinct();
    }

    [GeneratedRegex(@"^```yaml\r?\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
