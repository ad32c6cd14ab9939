using System.Text.RegularExpressions;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Documentation;

/// <summary>rules/README.md says what is in the folder: each file, what it shows, and how many there are.</summary>
public sealed partial class RulePackPageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "rules");

    private static readonly string Page = File.ReadAllText(Path.Combine(Folder, "README.md")).ReplaceLineEndings("\n");

    private static readonly (string Path, string Text, IReadOnlyList<ReadDocument> Documents)[] Files =
    [
        .. Repository.Rules.Select(file => (Path.GetRelativePath(Folder, file).Replace('\\', '/'), Text: File.ReadAllText(file).ReplaceLineEndings("\n")))
            .Select(file => (file.Item1, file.Text, RuleReader.Read(new SourceText(file.Item1, file.Text)))),
    ];

    [Fact]
    public void The_table_has_each_file_with_its_titles_and_what_it_shows()
    {
        Match[] rows = [.. FileRow().Matches(Page).Cast<Match>()];

        rows.Select(row => row.Groups["path"].Value).Should().BeEquivalentTo(Files.Select(file => file.Path));
        foreach (Match row in rows)
        {
            (string path, string text, IReadOnlyList<ReadDocument> documents) = Files.Single(file => file.Path == row.Groups["path"].Value);
            string[] titles = [.. TitlesOf(documents).Distinct()];
            string[] shown = row.Groups["title"].Value.Split("; ");
            string first = text.Split('\n')[0].Replace("|", "\\|", StringComparison.Ordinal);

            row.Groups["link"].Value.Should().Be(path);
            shown.Should().BeSubsetOf(titles, path);
            if (!documents.Any(document => document.Document is SigmaCorrelation or SigmaFilter))
            {
                shown.Should().Equal(titles, path);
            }

            // The table may leave a part out.
            first.Should().StartWith("# Shows: ", path).And.ContainAll(row.Groups["shows"].Value.Split(", "));
        }
    }

    [Fact]
    public void The_numbers_are_those_of_the_folder()
    {
        bool IsTied((string Path, string Text, IReadOnlyList<ReadDocument> Documents) file) => file.Documents.Any(document => document.Document is SigmaCorrelation or SigmaFilter);
        int rules = Files.Where(file => !IsTied(file)).Sum(file => file.Documents.Count(document => document.Document is SigmaRule));
        string[] words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"];

        Page.Should().Contain($"{rules} detection rules in {Files.Count(file => !IsTied(file))} files, and {words[Files.Count(IsTied)]} more files that each hold correlations or filters");
        Match[] folders = [.. FolderRow().Matches(Page).Cast<Match>()];
        folders.Select(row => row.Groups["folder"].Value).Should().BeEquivalentTo(Files.Select(file => file.Path.Split('/')[0]).Distinct());
        foreach (Match row in folders)
        {
            row.Groups["count"].Value.Should().Be(Files.Count(file => file.Path.StartsWith(row.Groups["folder"].Value + "/", StringComparison.Ordinal)).ToString(), row.Value);
        }
    }

    [Fact]
    public void Every_link_leads_to_the_file_of_its_name()
    {
        Match[] links = [.. Link().Matches(Page).Cast<Match>()];

        links.Should().HaveCountGreaterThan(Files.Length);
        foreach (Match link in links)
        {
            string target = link.Groups["target"].Value;
            File.Exists(Path.Combine(Folder, target)).Should().BeTrue(link.Value);
            Path.GetFileNameWithoutExtension(target).Should().Be(Path.GetFileNameWithoutExtension(link.Groups["text"].Value));
        }

        links.Select(link => link.Groups["target"].Value).Where(target => target.EndsWith(".yml", StringComparison.Ordinal) && !target.StartsWith("..", StringComparison.Ordinal))
            .Should().Contain(Files.Select(file => file.Path));
    }

    /// <summary>A placeholder is a name between percent signs in a value with <c>expand</c>.</summary>
    [Fact]
    public void The_placeholders_are_all_named()
    {
        string line = Page.Split('\n').Single(text => text.StartsWith("- `placeholders/` needs values for ", StringComparison.Ordinal));
        IEnumerable<string> used = Files.Where(file => file.Path.StartsWith("placeholders/", StringComparison.Ordinal)).SelectMany(file => Placeholder().Matches(file.Text)).Select(match => match.Value);

        Placeholder().Matches(line).Select(match => match.Value).Should().Equal(used.Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> TitlesOf(IReadOnlyList<ReadDocument> documents)
    {
        Type[] kinds = [typeof(SigmaFilter), typeof(SigmaCorrelation), typeof(SigmaRule)];
        Type kind = kinds.First(one => documents.Any(document => document.Document?.GetType() == one));
        return documents.Where(document => document.Document?.GetType() == kind).Select(document => document.Metadata.Title!);
    }

    [GeneratedRegex(@"^\| \[(?<path>[^\]]+)\]\((?<link>[^)]+)\) \| (?<title>[^|]+) \| (?<shows>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex FileRow();

    [GeneratedRegex(@"^\| `(?<folder>\w+)/` \| [^\n]*\((?<count>\d+) files\) \|$", RegexOptions.Multiline)]
    private static partial Regex FolderRow();

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<target>[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"%[a-z_]+%")]
    private static partial Regex Placeholder();
}
