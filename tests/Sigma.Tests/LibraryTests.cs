using Sigma.Compilation;
using Sigma.Events;
using Sigma.Text;

namespace Sigma.Tests;

/// <summary>The library's front door says what is wrong, and leaves nothing out in silence.</summary>
public sealed class LibraryTests
{
    private const string Rule = "title: T\nlogsource: {category: test}\ndetection: {s: {A: b}, condition: s}\n";

    [Theory]
    [InlineData("splnk", null, null, null, "SIG0703")]
    [InlineData("splunk", "nothing", null, null, "SIG0704")]
    [InlineData("splunk", null, "nothing", null, "SIG0705")]
    [InlineData("splunk", null, null, "no_such_pipeline", "SIG0401")]
    [InlineData("es-qs", null, null, "splunk_windows", "SIG0411")]
    public void What_does_not_exist_or_fit_is_told_when_the_compiler_is_made(string target, string? format, string? option, string? pipeline, string code)
    {
        var settings = new SigmaCompilerSettings
        {
            Format = format,
            Options = option is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [option] = "x" },
            Pipelines = pipeline is null ? [] : [pipeline],
        };
        FluentActions.Invoking(() => SigmaCompiler.For(target, settings)).Should().Throw<SetupException>()
            .Which.Diagnostics.Should().ContainSingle(d => d.Severity == Severity.Error).Which.Code.Id.Should().Be(code);
    }

    [Fact]
    public void A_broken_file_is_a_failed_conversion_and_the_others_are_converted()
    {
        IReadOnlyList<Conversion> conversions = SigmaCompiler.For("splunk").Convert(new Dictionary<string, string> { ["a.yml"] = Rule, ["b.yml"] = "{", ["c.yml"] = Rule });
        conversions.Select(conversion => conversion.Status).Should().Equal(ConversionStatus.Converted, ConversionStatus.Failed, ConversionStatus.Converted);
        conversions[1].Diagnostics.Should().NotBeEmpty();
        conversions[1].Diagnostics[0].ToString().Should().StartWith("b.yml:1:").And.Contain(": error SIG0");
    }

    [Fact]
    public void A_matcher_counts_over_events_and_tells_what_it_could_not_judge()
    {
        SigmaMatcher matcher = SigmaMatcher.For($"name: r\n{Rule}---\ntitle: C\ncorrelation: {{type: event_count, rules: r, group-by: [U], timespan: 1m, condition: {{gte: 2}}}}\n---\n{Rule.Replace("A: b", "A|re: '^(?=(a+)+$)'")}");
        string Event(string a, int second) => $$"""{"A":"{{a}}","U":"u","time":"2026-01-01T00:00:0{{second}}Z"}""";

        matcher.Diagnostics.Should().NotContain(d => d.Severity == Severity.Error);
        matcher.Match(Event("b", 0)).Should().BeEmpty("the rule is counted by the correlation");
        matcher.Match(Event("b", 1)).Should().ContainSingle().Which.Correlation!.Value.Should().Be(2);
        matcher.NotJudged.Should().BeEmpty();
        matcher.Match(Event(new string('a', 5_000) + "!", 2)).Should().BeEmpty();
        matcher.NotJudged.Should().ContainSingle().Which.Metadata.Title.Should().Be("T");
        matcher.Forgotten.Should().Be(0);
        FluentActions.Invoking(() => matcher.Match("[1]")).Should().Throw<FormatException>();
    }
}
