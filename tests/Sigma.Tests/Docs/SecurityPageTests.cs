using System.Text.RegularExpressions;
using Sigma.Tests.Backends;

namespace Sigma.Tests.Docs;

/// <summary>Every promise of SECURITY.md names the tests that hold it, and these exist.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "SECURITY.md"));

    private static readonly Lazy<HashSet<string>> Classes = new(() =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => ClassName().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)),
    ]);

    public static TheoryData<string> Promises() =>
        [.. Page.Split("## What is promised")[1].Split("## What is not promised")[0].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line != "| Promise | Tests |")];

    [Theory]
    [MemberData(nameof(Promises))]
    public void A_promise_names_tests_that_exist(string row)
    {
        string[] tests = [.. TestName().Matches(row.Split('|')[2]).Select(match => match.Groups[1].Value)];

        tests.Should().NotBeEmpty();
        Classes.Value.Should().Contain(tests);
    }

    [Fact]
    public void There_are_promises() => Promises().Count.Should().BeGreaterThan(10);

    [GeneratedRegex(@"class (\w+Tests)\b")]
    private static partial Regex ClassName();

    [GeneratedRegex(@"`(\w+Tests)`")]
    private static partial Regex TestName();
}
