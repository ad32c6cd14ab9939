using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Tests.Yaml;

/// <summary>YAML 1.2.2, section 8.1.1.1: lines of blanks in front of a block's text, with no indented more than the text.</summary>
public sealed class LeadingBlanksTests
{
    [Theory]
    [InlineData("|\n  \n  text\n", "\ntext\n")]
    [InlineData("|\n \n  \n\n  text\n  more\n", "\n\n\ntext\nmore\n")]
    [InlineData("|-\n    \n    text\n", "\ntext")]
    [InlineData("|+\n  \n  text\n\n", "\ntext\n\n")]
    [InlineData(">\n  \n  text\n  more\n", "\ntext more\n")]
    [InlineData("| # why\n  \n  text\n", "\ntext\n")]
    [InlineData("&a |\n  \n  text\n", "\ntext\n")]
    [InlineData("|2\n  \n  text\n", "\ntext\n")]
    [InlineData("|\r\n  \r\n  text\r\n", "\ntext\n")]
    [InlineData("|2\n    \n  text\n", "  \ntext\n")]
    [InlineData("|2-\n     \n    text\n", "   \n  text")]
    [InlineData("|-1\n    \n  text\n", "   \n text")]
    [InlineData("|2\r\n    \r\n  text\r\n", "  \ntext\n")]
    [InlineData("|2\n    \n  \ue000text\n", "  \n\ue000text\n")]
    [InlineData(">2\n    \n  text\n", "  \ntext\n")]
    public void They_are_empty_lines(string block, string expected)
    {
        string text = $"title: T\ndescription: {block}level: high\n";
        var root = (YamlMapping)Given.Yaml(text).Root!;
        ((YamlScalar)root["description"]!).Value.Should().Be(expected);
        YamlScalar level = (YamlScalar)root["level"]!;
        level.Span.Characters.ToString().Should().Be("high");
        level.Span.Position.Should().Be((text.TrimEnd().Split('\n').Length, 8));
    }

    [Fact]
    public void A_block_of_nothing_but_blanks_is_empty()
    {
        var root = (YamlMapping)Given.Yaml("a: |\n  \nb: c\n").Root!;
        ((YamlScalar)root["a"]!).Value.Trim().Should().BeEmpty();
        ((YamlScalar)root["b"]!).Span.Position.Should().Be((3, 4));
    }

    /// <summary>With the indentation in the header they are text where there are more; each such block costs a pass, so that only some are read.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Blanks_of_the_text_itself_are_kept(int blocks, bool isRead)
    {
        YamlDocument document = Given.Yaml(string.Concat(Enumerable.Range(0, blocks).Select(number => $"k{number}:\n  - |1\n     \n   x\n")));

        if (isRead)
        {
            ((YamlMapping)document.Root!).Entries.Should().HaveCount(blocks).And.OnlyContain(entry => ((YamlScalar)((YamlSequence)entry.Value).Items[0]).Value == "  \nx\n");
        }
        else
        {
            document.Diagnostics.Should().ContainSingle().Which.Code.Should().Be(Codes.InvalidYaml);
        }
    }

    [Fact]
    public void Places_behind_them_stay_right_through_several_documents()
    {
        const string Rule = "title: T\ndescription: |\n  \n   \n   text\nlogsource: {product: windows}\ndetection: {s: {A|endwith: b}, condition: s}\n";
        IReadOnlyList<ReadDocument> read = RuleReader.Read(new SourceText("a.yml", "title: [broken\n---\n" + Rule + "---\n" + Rule));
        read.Should().HaveCount(3);
        Given.Text(read[1].Diagnostics.Single().Span).Should().Be("endwith");
        Given.Place(read[1].Diagnostics.Single().Span).Should().Be("9:19");
        Given.Place(read[2].Diagnostics.Single().Span).Should().Be("17:19");
        read[1].Metadata.Description.Should().Be("\n\ntext\n");
    }

    [Fact]
    public void More_blanks_than_the_text_is_indented_are_refused_with_what_to_do()
    {
        Diagnostic finding = Given.Yaml("a: |\n    \n  text\n").Diagnostics.Should().ContainSingle().Subject;
        finding.Code.Should().Be(Codes.InvalidYaml);
        finding.Message.Should().Contain("indented more than the text");
        finding.Hint.Should().Be("remove the spaces of that line");
    }

    [Fact]
    public void Other_texts_keep_their_blanks()
    {
        var root = (YamlMapping)Given.Yaml("a: |\n  \n  x: |\n     \n      y\nb: 'q: |\n\n   z'\n").Root!;
        ((YamlScalar)root["b"]!).Value.Should().Be("q: |\nz");
    }
}
