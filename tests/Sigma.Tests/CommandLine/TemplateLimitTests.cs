namespace Sigma.Tests.CommandLine;

/// <summary>The limits of templates hold wherever the program runs one (docs/limits.md, "Templates").</summary>
public sealed class TemplateLimitTests : IDisposable
{
    private const string Long = "{{ \"a\" * 300000000 }}";
    private const string Endless = "{{ for i in 1..100000000 }}{{ end }}";

    private readonly TemporaryFolder folder = new TemporaryFolder()
        .With("rule.yml", "title: T\nlogsource: {category: test}\ndetection: {s: {a: b}, condition: s}\n");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("convert", Long)]
    [InlineData("convert", Endless)]
    [InlineData("doc", Long)]
    [InlineData("doc", Endless)]
    [InlineData("site", Long)]
    [InlineData("site", Endless)]
    [InlineData("finalizer", Long)]
    [InlineData("finalizer", Endless)]
    public void A_template_that_needs_too_much_is_ended(string where, string template)
    {
        folder.With("page.scriban", template).With("theme/rule.scriban", template)
            .With("pipeline.yml", $"finalizers: [{{type: template, template: '{template}'}}]\n");

        ProgramRun run = Sigmac.Run(folder, where switch
        {
            "convert" => ["convert", "-t", "splunk", "-o", "out", "--output-template", template, "rule.yml"],
            "doc" => ["doc", "-t", "splunk", "--template", "page.scriban", "rule.yml"],
            "site" => ["doc", "-f", "html", "-t", "splunk", "--template", "theme", "-o", "out", "rule.yml"],
            _ => ["convert", "-t", "splunk", "-p", "pipeline.yml", "rule.yml"],
        });

        run.ExitCode.Should().BeOneOf([1, 2], run.Error);
        run.Error.Should().Contain("error SIG0623");
        run.Output.Length.Should().BeLessThan(100_000);
    }

    [Fact]
    public void A_folder_without_a_target_is_told()
    {
        folder.With("empty/readme.txt", "x");
        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "--backends", "empty", "rule.yml");
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("error SIG0512: no target in 'empty'");
        run.Output.Should().BeEmpty();
    }
}
