using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Tests.Yaml;

/// <summary>YAML 1.2.2, section 7.4.2: a value of a map in braces may have an anchor, wherever it stands in it.</summary>
public sealed class AnchorScannerTests
{
    [Theory]
    [InlineData("{a: &x b, c: *x}", "a=b c=b")]
    [InlineData("{a: &x b, c: d}", "a=b c=d")]
    [InlineData("{a: &x 'b' , c: *x }", "a=b c=b")]
    [InlineData("{a: !!str &x 1, c: *x}", "a=1 c=1")]
    [InlineData("{a: &x !!str 1, c: *x}", "a=1 c=1")]
    [InlineData("{a: &x b,\n  c: &y d, e: *y}", "a=b c=d e=d")]
    [InlineData("{a: &x , c: *x}", "a= c=")]
    [InlineData("{&x a: &y b, c: *x, d: *y}", "a=b c=a d=b")]
    [InlineData("{a: &x b, c: {d: &z [e], f: *z}}", "a=b c=?")]
    public void An_anchor_is_no_end_of_a_map(string text, string expected)
    {
        YamlDocument document = Given.Yaml("m: " + text + "\n");

        document.Diagnostics.Should().BeEmpty();
        var map = (YamlMapping)((YamlMapping)document.Root!)["m"]!;
        string.Join(' ', map.Entries.Select(entry => $"{entry.Name}={(entry.Value as YamlScalar)?.Value ?? "?"}")).Should().Be(expected);
    }

    [Fact]
    public void Places_and_unknown_names_stay_what_they_are()
    {
        Given.Text(((YamlMapping)((YamlMapping)Given.Yaml("m: {a: &x b, c: d}\n").Root!)["m"]!)["c"]!.Span).Should().Be("d");
        Diagnostic finding = Given.Yaml("m: {a: &x b, c: *y}\n").Diagnostics.Should().ContainSingle().Subject;
        Given.Text(finding.Span).Should().Be("*y");
        Given.Yaml("m: {a: &x b c: d\n").Diagnostics.Should().ContainSingle().Which.Code.Should().Be(Codes.UnclosedFlow);
    }
}
