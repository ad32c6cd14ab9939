using Sigma.Cli;

namespace Sigma.Tests.CommandLine;

/// <summary>Names of files made of a stranger's text are safe on every system, and stay in their folder.</summary>
public sealed class OutputNameTests
{
    [Theory]
    [InlineData("deep/rule.splunk.txt", "deep/rule.splunk.txt")]
    [InlineData("Größe – 日本.txt", "Größe – 日本.txt")]
    [InlineData("-rf", "_-rf")]
    [InlineData("a/-K/b", "a/_-K/b")]
    [InlineData("a\nb\u001b[31m\u202ec.txt", "a-b-[31m-c.txt")]
    [InlineData("con", "_con")]
    [InlineData("CON.splunk.txt", "_CON.splunk.txt")]
    [InlineData("nul .txt", "_nul .txt")]
    [InlineData("com1/lpt².x", "_com1/_lpt².x")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("a:b\\c*?\"<>|d", "a-b-c------d")]
    [InlineData("a. .", "a")]
    [InlineData("...", "_")]
    [InlineData(" a", "_ a")]
    [InlineData("../x", "../x")]
    public void A_path_is_made_safe(string path, string safe) => OutputName.Safe(path).Should().Be(safe);

    [Theory]
    [InlineData("a")]
    [InlineData("日")]
    [InlineData("\U0001F600")]
    public void A_long_part_keeps_its_ending(string letter)
    {
        string name = OutputName.Safe("x/" + string.Concat(Enumerable.Repeat(letter, 500)) + ".splunk.txt");
        name.Should().StartWith("x/" + letter).And.EndWith(letter + ".txt");
        System.Text.Encoding.UTF8.GetByteCount(name).Should().BeInRange(190, 202);
    }

    [Theory]
    [InlineData("../../x", "..-..-x")]
    [InlineData("a/b\\c\0", "a-b-c-")]
    [InlineData(null, null)]
    public void A_text_of_a_rule_opens_no_folder(string? text, string? piece) => OutputName.Piece(text).Should().Be(piece);

    [Fact]
    public void A_rules_title_names_a_file_in_the_output_folder()
    {
        using TemporaryFolder folder = new TemporaryFolder()
            .With("a.yml", Rule.For("a").Replace("title: ", "title: ../../-rf "))
            .With("b.yml", Rule.For("b").Replace("title: ", "title: con/"));

        ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", "-o", "out", "--output-template", "{{ rule.title }}.txt", "a.yml", "b.yml");

        run.ExitCode.Should().Be(0, run.Error);
        folder.Files("out").Should().HaveCount(2).And.OnlyContain(name => !name.Contains('/') && !name.StartsWith('-'));
    }
}
