using Sigma.Attack;
using Sigma.Text;

namespace Sigma.Tests.Documentation;

/// <summary>The specification's page comes out byte for byte, with the built-in catalogues alone.</summary>
public sealed class SeedPageTests
{
    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void The_seeds_rule_becomes_the_seeds_page() =>
        Documented.Page(new SourceText("seed.yml", SeedTexts.Rule), AttackCatalog.BuiltIn).Should().Be(SeedTexts.Page);

    [SharedFact]
    public void The_seeds_page_in_this_project_is_the_specification() =>
        File.ReadAllText(Sigma.Engines.Tests.Engines.SharedFolder.In("seed.md")).Should().Be(SeedTexts.Page);
}
