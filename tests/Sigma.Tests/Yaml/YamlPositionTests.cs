using Sigma.Yaml;

namespace Sigma.Tests.Yaml;

/// <summary>Where nodes stand: a caret is only as good as the span it is drawn from.</summary>
public sealed class YamlPositionTests
{
    [Fact]
    public void Keys_and_values_know_their_line_and_column()
    {
        YamlMapping root = Root("title: A rule\nlogsource:\n    product:   windows\n");
        Given.Place(root.Entries[0].Key.Span).Should().Be("1:1");
        Given.Place(root.Entries[0].Value.Span).Should().Be("1:8");
        Given.Text(root.Entries[0].Value.Span).Should().Be("A rule");
        var inner = (YamlMapping)root["logsource"]!;
        Given.Place(inner.Entries[0].Key.Span).Should().Be("3:5");
        Given.Place(inner.Entries[0].Value.Span).Should().Be("3:16");
        Given.Text(inner.Span).Should().Be("product:   windows");
    }

    [Theory]
    [InlineData("a: 'it''s'\n", "'it''s'", "it's")]
    [InlineData("a: \"tab\\t\"\n", "\"tab\\t\"", "tab\t")]
    [InlineData("a: plain # comment\n", "plain", "plain")]
    [InlineData("a: |\n  one\n  two\nb: c\n", "|\n  one\n  two", "one\ntwo\n")]
    [InlineData("a: >-\n  one\n  two\n\nb: c\n", ">-\n  one\n  two", "one two")]
    [InlineData("a: one\n  two\nb: c\n", "one\n  two", "one two")]
    public void A_scalar_spans_what_is_written_and_holds_what_it_means(string text, string written, string meant)
    {
        var scalar = (YamlScalar)Root(text)["a"]!;
        scalar.Value.Should().Be(meant);
        Given.Text(scalar.Span).Should().Be(written);
    }

    [Fact]
    public void Columns_count_utf16_units_and_survive_what_stands_before()
    {
        YamlMapping root = Root("a: '\U0001F600é'\r\nb: 2\r\n");
        Given.Place(root.Entries[1].Key.Span).Should().Be("2:1");
        Given.Text(root.Entries[1].Value.Span).Should().Be("2");
        Given.Text(root.Entries[0].Value.Span).Should().Be("'\U0001F600é'");
    }

    [Fact]
    public void Lists_span_from_the_first_to_the_last_item()
    {
        YamlMapping root = Root("a:\n  - x\n  - 'y'\nb: [1, 2]\nc: {d: e}\n");
        Given.Text(root["a"]!.Span).Should().Be("- x\n  - 'y'");
        Given.Text(root["b"]!.Span).Should().Be("[1, 2]");
        Given.Text(root["c"]!.Span).Should().Be("{d: e}");
    }

    [Theory]
    [InlineData("a: selection and other\n", "other", "1:18")]
    [InlineData("a: 'selection and other'\n", "other", "1:19")]
    [InlineData("a: |\n  selection\n  and other\n", "other", "3:7")]
    [InlineData("a: >-  # why\n  selection\n\n  and other\n", "other", "4:7")]
    [InlineData("a: selection\n  and\n    other\n", "other", "3:5")]
    public void A_word_of_a_value_is_found_in_the_file(string text, string word, string place)
    {
        var scalar = (YamlScalar)Root(text)["a"]!;
        Sigma.Text.Span span = scalar.SpanOf(scalar.Value.IndexOf(word, StringComparison.Ordinal), word.Length);
        Given.Place(span).Should().Be(place);
        Given.Text(span).Should().Be(word);
    }

    [Theory]
    [InlineData("a: 'it''s other'\n")]
    [InlineData("a: \"\\x41 other\"\n")]
    [InlineData("a: \"x\n  other\"\n")]
    public void Where_escapes_move_words_the_whole_value_is_shown(string text)
    {
        var scalar = (YamlScalar)Root(text)["a"]!;
        scalar.SpanOf(scalar.Value.IndexOf("other", StringComparison.Ordinal), 5).Should().Be(scalar.Span);
    }

    [Fact]
    public void Positions_are_right_in_a_document_behind_a_broken_one()
    {
        const string Text = "a: 1\n---\nb: [1, 2\n---\nc:\n  d: 'e'\n";
        IReadOnlyList<YamlDocument> documents = YamlReader.Read(new Sigma.Text.SourceText("a.yml", Text));
        documents.Should().HaveCount(3);
        documents[1].Root.Should().BeNull();
        var last = (YamlMapping)documents[2].Root!;
        Given.Place(((YamlMapping)last["c"]!).Entries[0].Value.Span).Should().Be("6:6");
    }

    private static YamlMapping Root(string text) => (YamlMapping)Given.Yaml(text).Root!;
}
