using Sigma.Tests.Backends;
using Sigma.Tests.CommandLine;
using Sigma.Tests.Docs;
using Sigma.Tests.Errors;

namespace Sigma.Tests.Golden;

/// <summary>Accepting writes what the program makes, and nothing else.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class GoldenFilesTests : IDisposable
{
    private readonly TemporaryFolder copy = new();

    public void Dispose() => copy.Dispose();

    /// <summary>The folders and pages with golden files.</summary>
    public static TheoryData<string> Kinds => ["backends/splunk/expected", "tests/Sigma.Tests/Errors", "docs/explain.md", "docs/built-in-pipelines.md"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Accepting_without_a_change_changes_nothing(string kind)
    {
        Copy(kind);
        Dictionary<string, DateTime> times = TimesOf(kind);

        Accept(kind);

        TimesOf(kind).Should().Equal(times, "a file that is the same already is not written");
        ShouldBeTheRepositorys(kind);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Accepting_writes_what_is_made_now(string kind)
    {
        Copy(kind);
        string one = Directory.Exists(copy[kind]) ? Directory.GetFiles(copy[kind]).Where(file => !file.EndsWith(".yml", StringComparison.Ordinal)).Order().First() : copy[kind];
        string right = File.ReadAllText(one);
        string line = right.Split('\n').Last(line => line.Length > 20);
        if (kind.EndsWith(".md", StringComparison.Ordinal))
        {
            // Only the outputs are the program's; the last line of the first that is shown.
            int output = right.IndexOf("$ sigmac ", StringComparison.Ordinal);
            line = right[output..right.IndexOf("\n```", output, StringComparison.Ordinal)].Split('\n').Last(line => line.Length > 0);
        }

        File.WriteAllText(one, right.Replace(line + "\n", "something else\n", StringComparison.Ordinal));
        File.ReadAllText(one).Should().NotBe(right);

        Accept(kind);

        ShouldBeTheRepositorys(kind);
    }

    [Fact]
    public void A_file_that_nothing_is_made_for_goes_and_one_that_is_missing_comes()
    {
        copy.With("folder/stale.txt", "s").With("folder/same.txt", "a");

        new GoldenFiles(copy.Path, accepts: true).CheckFolder("folder", new Dictionary<string, string> { ["same.txt"] = "a", ["new.txt"] = "b" });

        copy.Files("folder").Should().Equal("new.txt", "same.txt");
        copy.Read("folder/new.txt").Should().Be("b");
    }

    [Fact]
    public void Without_accepting_a_difference_fails_and_nothing_is_written()
    {
        copy.With("folder/a.txt", "a").With("folder/stale.txt", "s");
        var golden = new GoldenFiles(copy.Path, accepts: false);

        golden.Invoking(files => files.Check("folder/a.txt", "b")).Should().Throw<Exception>().WithMessage("*tests/accept.sh*");
        golden.Invoking(files => files.CheckFolder("folder", new Dictionary<string, string> { ["a.txt"] = "a" })).Should().Throw<Exception>().WithMessage("*stale.txt*");

        copy.Files("folder").Should().Equal("a.txt", "stale.txt");
        copy.Read("folder/a.txt").Should().Be("a");
    }

    private void Accept(string kind)
    {
        var golden = new GoldenFiles(copy.Path, accepts: true);
        switch (kind)
        {
            case "backends/splunk/expected":
                ExpectedQueriesTests.Check(golden, "splunk");
                break;
            case "tests/Sigma.Tests/Errors":
                foreach (string fixture in Directory.GetFiles(copy[kind], "SIG*.yml"))
                {
                    ErrorFixtureTests.Check(golden, Path.GetFileName(fixture));
                }

                break;
            case "docs/explain.md":
                ExplainPageTests.Check(golden);
                break;
            default:
                BuiltInPipelinesPageTests.Check(golden);
                break;
        }
    }

    private void Copy(string kind)
    {
        string from = Path.Combine(Repository.Root, kind);
        string[] files = Directory.Exists(from) ? [.. Directory.GetFiles(from).Where(file => !file.EndsWith(".cs", StringComparison.Ordinal))] : [from];
        foreach (string file in files)
        {
            copy.With(Path.GetRelativePath(Repository.Root, file), File.ReadAllBytes(file));
        }
    }

    private Dictionary<string, DateTime> TimesOf(string kind) => FilesOf(kind).ToDictionary(file => file, File.GetLastWriteTimeUtc);

    private IEnumerable<string> FilesOf(string kind) => Directory.Exists(copy[kind]) ? Directory.GetFiles(copy[kind]) : [copy[kind]];

    private void ShouldBeTheRepositorys(string kind)
    {
        foreach (string file in FilesOf(kind))
        {
            File.ReadAllBytes(file).Should().Equal(File.ReadAllBytes(Path.Combine(Repository.Root, Path.GetRelativePath(copy.Path, file))), file);
        }
    }
}
