namespace Sigma.Tests.CommandLine;

/// <summary>A template that ends within braces is a mistake wherever users write templates; the engine itself would show a part of it, or nothing.</summary>
public sealed class UnclosedTemplateTests : IDisposable
{
    private const string Rule = "title: T\nlogsource: {category: test}\ndetection: {s: {A: b}, condition: s}\n";

    private readonly TemporaryFolder folder = new TemporaryFolder().With("r.yml", Rule);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("x {{ rule.title  ", "'{{' is not closed", "close it with '}}'", 7)]
    [InlineData("{{ query }} {{- # rest", "'{{-' is not closed", "close it with '}}'", 17)]
    [InlineData("{{ query", "'{{' is not closed", "close it with '}}'", 5)]
    [InlineData("{%{ query", "'{%{' is not closed", "close it with '}%}'", 5)]
    [InlineData("{%%{ {{ query }}", "'{%%{' is not closed", "close it with '}%%}'", 5)]
    public void In_a_pipeline(string template, string message, string hint, int column)
    {
        folder.With("p.yml", $"name: p\npostprocessing:\n  - type: template\n    template: |-\n      {template}\n");
        ProgramRun run = Run("convert", "-t", "splunk", "-p", folder["p.yml"], folder["r.yml"]);
        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain($"p.yml:5:{column + 2}: error SIG0423: invalid template: {message}").And.Contain(hint);
    }

    [Fact]
    public void In_a_name_of_a_file()
    {
        ProgramRun run = Run("convert", "-t", "splunk", "-o", folder["out"], "--output-template", "x-{{ rule.title", folder["r.yml"]);
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("SIG0711: invalid output template: '{{' is not closed, at character 3\n   close it with '}}'");
        Directory.Exists(folder["out"]).Should().BeFalse();
    }

    [Fact]
    public void In_a_page()
    {
        folder.With("page.md", "a\n# {{ rule.title\n");
        ProgramRun run = Run("doc", "-t", "splunk", "--template", folder["page.md"], folder["r.yml"]);
        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("SIG0718").And.Contain(":2:3: error").And.Contain("'{{' is not closed").And.Contain("close it with '}}'");
    }

    [Fact]
    public void In_a_part_that_a_page_includes()
    {
        folder.With("page/page.scriban", "{{ include 'part.scriban' }}").With("page/part.scriban", "a\n{{ file.title");
        ProgramRun run = Run("doc", "-t", "splunk", "--template", folder["page"], folder["r.yml"]);
        run.ExitCode.Should().NotBe(0);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("part.scriban': 2:1 '{{' is not closed; close it with '}}'");
    }

    [Fact]
    public void In_a_theme_of_the_site()
    {
        folder.With("theme/rule.scriban", "<p>\n  {{ rule.title");
        ProgramRun run = Run("doc", "-f", "html", "-o", folder["site"], "--template", folder["theme"], folder["r.yml"]);
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("rule.scriban:2:3: error SIG0718").And.Contain("'{{' is not closed").And.Contain("close it with '}}'");
    }

    [Fact]
    public void In_a_format_of_ones_own_target()
    {
        folder.With("mine/backend.yml", "extends: splunk\nname: mine\ntitle: Mine\nformats:\n  x:\n    description: D\n    template: x.scriban\n")
            .With("mine/formats/x.scriban", "{{ query }} {{ rule.title\n");
        ProgramRun run = Run("convert", "-t", "mine", "-f", "x", "--backends", folder["mine"], folder["r.yml"]);
        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("x.scriban:1:13: error SIG0509: invalid template: '{{' is not closed").And.Contain("close it with '}}'");
    }

    [Theory]
    [InlineData("{{ '{{' }} {{ query }}")]
    [InlineData("{%{ {{ }%} {{ query }}")]
    [InlineData("{{ # all of it }}{{ query }} }}")]
    public void What_is_closed_is_no_mistake(string template)
    {
        folder.With("p.yml", $"name: p\npostprocessing:\n  - type: template\n    template: |-\n      {template}\n");
        Run("convert", "-t", "splunk", "-p", folder["p.yml"], folder["r.yml"]).ExitCode.Should().Be(0);
    }

    private ProgramRun Run(params string[] arguments) => Sigmac.Run(folder, arguments);
}
