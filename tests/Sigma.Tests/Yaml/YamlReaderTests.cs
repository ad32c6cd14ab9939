using System.Diagnostics;
using System.Text;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Tests.Yaml;

/// <summary>Broken, hostile and unusual files: each is answered, at once, at the right place.</summary>
public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("a:\n\tb: 1\n", "SIG0105", "2:1")]
    [InlineData("a:\n  b: 1\n\tc: 2\n", "SIG0105", "3:1")]
    [InlineData("a:\n  - x\n  \t- y\n", "SIG0105", "3:3")]
    [InlineData("t: |\n  \tcode\na: b: c\n", "SIG0104", "3:5")]
    [InlineData("a: b: c\nt: |\n  \tcode\n", "SIG0104", "1:5")]
    [InlineData("a: [1, 2\nb: 3\n", "SIG0106", "1:4")]
    [InlineData("a: {b: [1, {c: 2]}\n", "SIG0106", "1:12")]
    [InlineData("a: 'x\nb: 1\n", "SIG0104", "1:4")]
    [InlineData("a: \"C:\\Windows\"\n", "SIG0104", "1:7")]
    [InlineData("a: {b: \"C:\\Windows\"}\n", "SIG0104", "1:11")]
    [InlineData("a: [\"x\\uD800y\"]\n", "SIG0104", "1:5")]
    [InlineData("a: [\"x\\xZZ\"]\n", "SIG0104", "1:5")]
    [InlineData("a: %x\n", "SIG0104", "1:4")]
    [InlineData("a:\n  - b\n c: 1\n", "SIG0104", "3:2")]
    [InlineData("a: 1\na: 2\n", "SIG0107", "2:1")]
    [InlineData("? [x]\n: y\n", "SIG0112", "1:3")]
    [InlineData("a: *nowhere\n", "SIG0111", "1:4")]
    [InlineData("a: &x [*x]\n", "SIG0110", "1:8")]
    [InlineData("<<: 5\n", "SIG0113", "1:1")]
    public void A_mistake_is_reported_once_at_its_place(string text, string code, string place)
    {
        Diagnostic diagnostic = Given.Yaml(text).Diagnostics.Should().ContainSingle().Subject;
        (diagnostic.Code.Id, Given.Place(diagnostic.Span)).Should().Be((code, place));
    }

    /// <summary>A colon before a bracket ends a plain text, so that nothing is the value (YAML 1.2.2, section 7.3.3).</summary>
    [Theory]
    [InlineData("{a: b, c:}", "c", "1:8")]
    [InlineData("{c:}", "c", "1:2")]
    [InlineData("{c:, d: e}", "c", "1:2")]
    [InlineData("{c: , d: e}", "c", "1:2")]
    [InlineData("{'c:': }", "c:", "1:2")]
    [InlineData("{c:d: }", "c:d", "1:2")]
    public void A_key_without_a_value_before_a_bracket_has_no_colon(string text, string name, string place)
    {
        YamlMapping map = Given.Yaml(text).Root.Should().BeOfType<YamlMapping>().Subject;
        YamlEntry entry = map.Entries.Should().ContainSingle(one => one.Name == name).Subject;
        (ScalarType.Of((YamlScalar)entry.Value), Given.Place(entry.Key.Span)).Should().Be((ScalarType.Null, place));
    }

    [Fact]
    public void A_colon_at_the_end_of_a_list_makes_a_map()
    {
        YamlSequence list = Given.Yaml("[a, b:]").Root.Should().BeOfType<YamlSequence>().Subject;
        list.Items[0].Should().BeOfType<YamlScalar>();
        list.Items[1].Should().BeOfType<YamlMapping>().Which.Entries.Should().ContainSingle().Which.Name.Should().Be("b");
    }

    [Fact]
    public void A_duplicate_key_names_the_line_of_the_first()
    {
        Diagnostic duplicate = Given.Yaml("a:\n  x: 1\n  'y': 2\n  y: 3\n").Diagnostics.Should().ContainSingle().Subject;
        duplicate.Message.Should().Contain("'y'").And.Contain("line 3");
        Given.Place(duplicate.Span).Should().Be("4:3");
    }

    [Fact]
    public void An_alias_bomb_is_refused_quickly()
    {
        var text = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 12; i++)
        {
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Quick(() => Given.Yaml(text.ToString()).Diagnostics.Should().ContainSingle().Which.Code.Should().Be(Sigma.Text.Codes.TooManyNodes));
    }

    [Fact]
    public void Aliases_do_not_hide_how_deep_a_document_is()
    {
        var text = new StringBuilder("a0: &a0 x\n");
        for (int i = 1; i < 20; i++)
        {
            text.Append($"a{i}: &a{i} {new string('[', 10)}*a{i - 1}{new string(']', 10)}\n");
        }

        Given.Yaml(text.ToString()).Diagnostics.Should().ContainSingle().Which.Code.Should().Be(Sigma.Text.Codes.NestedTooDeep);
    }

    [Fact]
    public void Anchors_and_merge_keys_work_and_the_own_keys_win()
    {
        const string Text = "d: &d\n  x: 1\n  y: 2\ne: &e {z: 4}\nm:\n  <<: [*d, *e]\n  y: 3\n";
        YamlDocument document = Given.Yaml(Text);
        document.Diagnostics.Should().BeEmpty();
        var merged = (YamlMapping)((YamlMapping)document.Root!)["m"]!;
        merged.Entries.ToDictionary(e => e.Name, e => ((YamlScalar)e.Value).Value)
            .Should().BeEquivalentTo(new Dictionary<string, string> { ["x"] = "1", ["y"] = "3", ["z"] = "4" });
    }

    [Theory]
    [InlineData(63, false)]
    [InlineData(65, true)]
    [InlineData(100_000, true)]
    public void Nesting_is_followed_to_64_levels(int levels, bool refused) => Quick(() =>
    {
        YamlDocument document = Given.Yaml("a: " + new string('[', levels) + new string(']', levels));
        document.Diagnostics.Select(d => d.Code.Id).Should().Equal(refused ? ["SIG0108"] : []);
    });

    [Fact]
    public void A_hundred_thousand_open_brackets_end_quickly() => Quick(() =>
        Given.Yaml("a: " + new string('[', 100_000)).Diagnostics.Should().ContainSingle());

    [Fact]
    public void Deep_block_nesting_ends_quickly() => Quick(() =>
        Given.Yaml(string.Concat(Enumerable.Repeat("- ", 50_000)) + "x").Diagnostics.Should().ContainSingle());

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_list_of_a_hundred_thousand_values_is_read_in_linear_time() => Quick(() =>
    {
        string values = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"      - 'value {i}'\n"));
        SigmaRuleOf(Given.Head + "detection:\n  sel:\n    f|contains|all:\n" + values + "  condition: sel\n");
    });

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Many_broken_documents_are_read_in_linear_time() => Quick(() =>
        YamlReader.Read(new SourceText("a.yml", string.Concat(Enumerable.Repeat("---\na: [\n", 5_000)))).Should().HaveCount(5_000));

    [Fact]
    public void Every_document_is_read_around_a_broken_one()
    {
        const string Text = "a: 1\n---\nb: 'x\n---\nc: 1\n---\n\td: 1\n---\ne: {\n---\nf: 1\n";
        IReadOnlyList<YamlDocument> documents = YamlReader.Read(new SourceText("a.yml", Text));
        documents.Select(d => ((d.Root as YamlMapping)?.Entries[0].Name ?? "broken", d.Diagnostics.Count))
            .Should().Equal(("a", 0), ("broken", 1), ("c", 0), ("d", 0), ("broken", 1), ("f", 0));
        documents[1].Diagnostics.Should().ContainSingle().Which.Span!.Value.Position.Should().Be((3, 4));
    }

    [Theory]
    [InlineData("a: [1, 2\n---\nb: 3\n")]
    [InlineData("a: |\n  text\n  ---\n  more\nb: c: d\n---\nb: 3\n")]
    [InlineData("--- # first\na: 'x\n--- # second\nb: 3\n")]
    [InlineData("%YAML 9.9\n---\na: 1\n---\nb: 3\n")]
    [InlineData("a: 1\n]\n---\nb: 3\n")]
    public void The_document_behind_a_broken_one_is_not_lost(string text)
    {
        IReadOnlyList<YamlDocument> documents = YamlReader.Read(new SourceText("a.yml", text));
        documents.Should().HaveCount(2);
        documents[0].Root.Should().BeNull();
        documents[0].Diagnostics.Should().ContainSingle();
        documents[1].Diagnostics.Should().BeEmpty();
        ((YamlMapping)documents[1].Root!).Entries[0].Name.Should().Be("b");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("--- ~\n")]
    public void A_file_without_a_rule_says_so(string text) =>
        Given.Document(text).Diagnostics.Should().ContainSingle().Which.Severity.Should().Be(Severity.Error);

    [Fact]
    public void Unusual_yaml_is_read_as_it_means()
    {
        var root = (YamlMapping)Given.Yaml("%YAML 1.2\n---\n1: one\ntrue: two\nnull: three\n? long\n: four\nt: !!str 5\nn: 5\n...\n").Root!;
        root.Entries.Select(e => e.Name).Should().Equal("1", "true", "null", "long", "t", "n");
        ScalarType.Of((YamlScalar)root["t"]!).Should().Be(ScalarType.String);
        ScalarType.Of((YamlScalar)root["n"]!).Should().Be(ScalarType.Number);
    }

    private static void SigmaRuleOf(string text) =>
        Given.Document(text).Document.Should().BeOfType<Sigma.Rules.SigmaRule>();

    private static void Quick(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(1), "a machine may be busy, and what is not linear takes far longer");
    }
}
