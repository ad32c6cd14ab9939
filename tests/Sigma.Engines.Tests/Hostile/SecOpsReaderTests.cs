using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Hostile.Readers;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Text;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>A reader that follows Google's page of the syntax reads every search and every rule of the pack and of the public collection, and nothing else.</summary>
public class SecOpsReaderTests(ITestOutputHelper log)
{
    [Theory]
    [InlineData(null)]
    [InlineData("rule")]
    public void Every_text_is_read(string? format)
    {
        var compiler = new Compiler([OwnTarget.Of("secops", format)]);
        IReadOnlyList<string> files = SharedFolder.Path is null ? OwnTarget.RulePack : [.. OwnTarget.RulePack, .. OwnTarget.RulesIn(SharedFolder.In("corpus", "sigmahq"))];
        var made = files.AsParallel().AsOrdered().SelectMany(file => compiler.Convert(SourceText.Decode(file, File.ReadAllBytes(file), out _))).SelectMany(conversion => conversion.Queries).ToList();
        log.WriteLine($"{made.Count} texts");
        made.Should().HaveCountGreaterThan(SharedFolder.Path is null ? 50 : 2000).And.OnlyContain(text => !text.Contains('\u0001') && !text.Contains('\u0002'));
        made.Select(text => (format is null ? SecOpsReader.ReadSearch(text) : SecOpsReader.ReadRule(text)).Texts.Count).Should().NotContain(0);
    }

    [Theory]
    [InlineData("a.b = \"c")]
    [InlineData("a.b = \"c\\d\"")]
    [InlineData("a.b = // c")]
    [InlineData("a.b = /c")]
    [InlineData("a.b = \"c\" d.e = \"f\"")]
    [InlineData("(a.b = \"c\"")]
    public void What_the_page_does_not_have_is_not_read(string text) => FluentActions.Invoking(() => SecOpsReader.ReadSearch(text)).Should().Throw<Unreadable>();
}
