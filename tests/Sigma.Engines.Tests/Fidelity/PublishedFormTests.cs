using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>The option <c>form</c>: the published form of a query and the plain one, read from the languages' documentation.</summary>
public sealed class PublishedFormTests
{
    [NeedsTheory(Needs.Grep)]
    [InlineData("fA: 106", "grep -P '^.*106'", "grep -P '^(?=.*106)'")]
    [InlineData("fA: [1, 2]", "grep -P '^(?:.*1|.*2)'", "grep -P '^(?=.*(?:1|2))'")]
    [InlineData("fA: 1\n    fB: 2", "grep -P '^(?:.*(?=.*1)(?=.*2))'", "grep -P '^(?=.*1)(?=.*2)'")]
    [InlineData("fA: x\n    fB: y", "grep -iP '^(?=.*x)(?=.*y)'", "grep -iP '^(?=.*x)(?=.*y)'")]
    public void Grep_has_a_plain_form_that_finds_the_same(string items, string published, string plain)
    {
        string[] lines = ["a=106", "1", "2", "1 2", "2 1", "x y", "Y X", "x", "3"];

        string first = OwnTarget.Query(OwnTarget.Of("grep"), Finding.Rule(items));
        string second = OwnTarget.Query(OwnTarget.Of("grep", null, ("form", "plain")), Finding.Rule(items));

        first.Should().Be(published);
        second.Should().Be(plain);
        GrepEngine.Run(second, lines).MatchingLines.Should().NotBeEmpty().And.Equal(GrepEngine.Run(first, lines).MatchingLines);
    }

    [Theory]
    [InlineData("published", "($_.message -match \"1\" -or $_.message -match \"2\")")]
    [InlineData("plain", "($_.message -match \"fA.*1\" -or $_.message -match \"fA.*2\")")]
    public void PowerShell_searches_for_the_name_with_each_number_of_a_list(string form, string expected) =>
        OwnTarget.Query(OwnTarget.Of("powershell", null, ("form", form)), Finding.Rule("fA: [1, 2]")).Should().Contain($"| where {{{expected} }}");
}
