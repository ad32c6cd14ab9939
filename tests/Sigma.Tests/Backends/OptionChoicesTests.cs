using Sigma.Backends;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>An option that takes one of some words, each of which sets other options.</summary>
public class OptionChoicesTests
{
    private const string Options = """
        options:
          kind: {default: a, description: x, choices: {a: {}, b: {sub: .b, time: t}}}
          sub: {default: .a, description: x, pattern: '^[.a-z]*\z'}
          time: {default: '', description: x}

        """;

    [Fact]
    public void A_word_sets_the_others()
    {
        Values([]).Should().Equal(new Dictionary<string, string> { ["kind"] = "a", ["sub"] = ".a", ["time"] = "" });
        Values(new() { ["kind"] = "b" }).Should().Equal(new Dictionary<string, string> { ["kind"] = "b", ["sub"] = ".b", ["time"] = "t" });
    }

    [Fact]
    public void What_is_given_takes_precedence_over_a_word() =>
        Values(new() { ["kind"] = "b", ["sub"] = ".c" }).Should().Equal(new Dictionary<string, string> { ["kind"] = "b", ["sub"] = ".c", ["time"] = "t" });

    [Fact]
    public void Another_word_is_refused()
    {
        var diagnostics = new List<Diagnostic>();
        new BackendCatalog([new OwnTarget(OwnTarget.Plain + Options)]).Read("own", new Dictionary<string, string> { ["kind"] = "c" }, diagnostics).Should().BeNull();

        diagnostics.Should().ContainSingle().Which.Message.Should().Be("the option 'kind' must be one of a, b, not 'c'");
    }

    [Theory]
    [InlineData("{default: c, description: x, choices: {a: {}}}", "SIG0503")]
    [InlineData("{default: a, description: x, choices: {a: {nosuch: y}}}", "SIG0502")]
    [InlineData("{default: a, description: x, choices: {a: {sub: A B}}}", "SIG0503")]
    public void A_choice_that_cannot_be_is_a_mistake(string kind, string code) =>
        new OwnTarget(OwnTarget.Plain + "options:\n  kind: " + kind + "\n  sub: {description: x, pattern: '^[.a-z]*\\z'}\n").Findings()
            .Select(finding => finding.Code.Id).Should().Equal(code);

    private static IReadOnlyDictionary<string, string> Values(Dictionary<string, string> given)
    {
        var diagnostics = new List<Diagnostic>();
        Backend? backend = new BackendCatalog([new OwnTarget(OwnTarget.Plain + Options)]).Read("own", given, diagnostics);
        diagnostics.Should().BeEmpty();
        return backend!.OptionValues;
    }
}
