using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.LogPoint;
using Sigma.Engines.Tests.OwnRules;

namespace Sigma.Engines.Tests.Deviations;

/// <summary>
/// What LogPoint reads in a legacy query, by the reading of docs/deviations.md D31: nothing is an escape between quotes (mitre-attack/car#105,
/// SigmaHQ/sigma#3200, the vendor's converter).
/// </summary>
public sealed class LogPointDeviationsTests
{
    private static readonly EngineEvent[] Events =
    [
        EngineEvent.Of(1, "Security", 1, ("Image", @"C:\Windows\System32\net.exe"), ("CommandLine", "net group \"domain admins\" /domain")),
        EngineEvent.Of(2, "Security", 1, ("Image", @"C:\\Windows\\System32\\net.exe"), ("CommandLine", "net group domain")),
    ];

    [Theory]
    [InlineData(@"Image=""*\\net.exe""", "2")]
    [InlineData(@"Image=""*\net.exe""", "1 2")]
    [InlineData(@"Image=""C:\Windows\*""", "1")]
    [InlineData("CommandLine='*\"domain admins\"*'", "1")]
    [InlineData("* | process regex(\"(?P<sigma_1>(?is)^.*\\x22domain admins\\x22.*\\z)\", CommandLine) | search sigma_1=*", "1")]
    public void D31_a_backslash_is_one(string search, string found) =>
        string.Join(' ', LogPointEngine.Search(search, Events)).Should().Be(found);

    /// <summary>A quote ends the text, whatever stands before it.</summary>
    [Fact]
    public void D31_a_backslash_keeps_no_quote_inside() =>
        LogPointEngine.Accepts("CommandLine=\"net group \\\"domain admins\\\" /domain\"").Refusal.Should().NotBeNull();

    [Theory]
    [InlineData(@"Image|endswith: '\net.exe'", "1 2")]
    [InlineData(@"Image|startswith: 'C:\Windows\'", "1")]
    [InlineData("CommandLine|contains: '\"domain admins\"'", "1")]
    [InlineData("CommandLine: ['net group \"domain admins\" /domain', 'net group domain']", "1 2")]
    [InlineData(@"Image|re: '\\net\.exe$'", "1 2")]
    [InlineData(@"Image|cased: 'C:\Windows\System32\net.exe'", "1")]
    public void D31_our_query_finds_what_the_rule_means(string item, string found) =>
        string.Join(' ', LogPointEngine.Search(OwnTarget.Query(OwnTarget.Of("logpoint"),
            $"title: T\nlogsource: {{category: process_creation, product: windows}}\ndetection:\n  s:\n    {item}\n  condition: s\n"), Events)).Should().Be(found);
}
