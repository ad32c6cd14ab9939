using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>The specification's rule in seven languages.</summary>
public sealed class SeedTests
{
    [Theory]
    [InlineData("powershell", SeedTexts.PowerShell)]
    [InlineData("es-qs", SeedTexts.ElasticsearchQuery)]
    [InlineData("xpack-watcher", SeedTexts.Watcher)]
    [InlineData("graylog", SeedTexts.Graylog)]
    [InlineData("splunk", SeedTexts.Splunk)]
    [InlineData("logpoint", SeedTexts.LogPoint)]
    [InlineData("grep", SeedTexts.Grep)]
    public void The_seeds_rule_becomes_the_seeds_query(string target, string query)
    {
        var source = SourceText.Decode("seed.yml", System.Text.Encoding.UTF8.GetBytes(SeedTexts.Rule), out _);

        var conversion = new Compiler([Repository.Target(target)]).Convert(source).Should().ContainSingle().Subject;

        conversion.Status.Should().Be(ConversionStatus.Converted);
        conversion.Query.Should().Be(query);
    }
}
