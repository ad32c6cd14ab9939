using Sigma.Backends;

namespace Sigma.Tests.Backends;

/// <summary>The names that people try lead to targets that there are, and what is said to have none has none.</summary>
public sealed class KnownSystemsTests
{
    private static readonly BackendCatalog Catalog = new();

    public static TheoryData<string> WithTarget => [.. KnownSystems.WithTarget.Keys];

    public static TheoryData<string> WithoutTarget => [.. KnownSystems.WithoutTarget.Keys];

    public static TheoryData<string> Targets => [.. Catalog.Names];

    [Theory]
    [MemberData(nameof(WithTarget))]
    public void A_name_leads_to_a_target(string name)
    {
        Catalog.Names.Should().NotContain(name, "the name of a target needs no entry");
        Aliases().Should().NotContain(name, "a backend says that itself").And.Contain(KnownSystems.WithTarget[name], "the entry says an alias, or a target");
        KnownSystems.Hint(name, Catalog).Should().StartWith("the target for it is '");
    }

    [Theory]
    [MemberData(nameof(WithoutTarget))]
    public void A_system_without_a_target_is_called_by_its_name(string name)
    {
        (string system, string? nearest) = KnownSystems.WithoutTarget[name];

        Aliases().Should().NotContain(name).And.NotContain(system, "there is a target for it now");
        KnownSystems.Hint(name, Catalog).Should().StartWith(
            $"sigmac has no target for {system} yet; " + (nearest is null ? "--backends adds one of your own" : "the nearest is '"));
    }

    /// <summary>The aliases are read without the rest of a backend.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void A_folder_has_the_aliases_of_its_target(string target)
    {
        IReadOnlyList<string> aliases = Catalog.Find(target)!.Aliases;

        aliases.Should().Equal(Repository.Backend(target).Aliases);
        foreach (string alias in aliases)
        {
            KnownSystems.Hint(alias, Catalog).Should().StartWith("the target for it is ").And.Contain($"'{target}'");
        }
    }

    [Theory]
    [InlineData("ELASTIC", "the target for it is 'eql' or 'es-qs' or 'esql' or 'lucene' or 'xpack-watcher'")]
    [InlineData("google_secops", "the target for it is 'secops'")]
    [InlineData("SPLUNK", "the target for it is 'splunk'")]
    [InlineData("ArcSight", "sigmac has no target for ArcSight yet; --backends adds one of your own")]
    [InlineData("nobody-knows-it", null)]
    [InlineData("", null)]
    public void Letter_case_and_underscores_do_not_matter(string name, string? hint) => KnownSystems.Hint(name, Catalog).Should().Be(hint);

    /// <summary>What is a format of a target leads to it, whether it is given as a target or as a format of another one.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("elastalert", "'-t lucene -f elastalert' is a format of this name")]
    [InlineData("kibana", "'-t lucene -f kibana_ndjson' is a format of this name")]
    [InlineData("Sentinel", "'-t kql -f sentinel_arm' or '-t kql -f sentinel_yaml' are formats of this name")]
    [InlineData("siem-rule", "'-t eql -f siem_rule_ndjson' or '-t esql -f siem_rule_ndjson' or '-t lucene -f siem_rule_ndjson' are formats of this name")]
    [InlineData("savedsearches", "'-t splunk -f savedsearches' is a format of this name")]
    [InlineData("kiba", null)]
    [InlineData("", null)]
    public void A_format_is_found_by_its_name(string name, string? hint)
    {
        FormatNames.Hint(name, Catalog)?.Split(' ').Order().Should().Equal(hint?.Split(' ').Order());
        (FormatNames.Hint(name, Catalog) is null).Should().Be(hint is null);
        if (hint is not null)
        {
            var diagnostics = new List<Sigma.Text.Diagnostic>();
            Catalog.Read(name, new Dictionary<string, string>(), diagnostics).Should().BeNull();
            diagnostics.Single().Hint.Should().EndWith(FormatNames.Hint(name, Catalog));
            using var folder = new CommandLine.TemporaryFolder();
            CommandLine.Sigmac.Run(folder.With("a.yml", "title: T\n"), "convert", "-t", "es-qs", "-f", name, "a.yml").Error.Should().Contain("it has default; " + FormatNames.Hint(name, Catalog));
        }
    }

    [Theory]
    [InlineData("aliases: [arcsight, esm]\n")]
    [InlineData("title: Mine\naliases: [esm, ArcSight]\n")]
    [InlineData("title: Mine\naliases: arcsight\n")]
    public void A_target_of_ones_own_is_known_by_its_aliases(string head) =>
        KnownSystems.Hint("arcsight", new BackendCatalog([new OwnTarget(head + OwnTarget.Plain)])).Should().Be("the target for it is 'own'");

    /// <summary>What a target extends may be known by another name; that is not the target's.</summary>
    [Fact]
    public void Aliases_are_not_inherited() =>
        new OwnTarget("extends: splunk\n").Aliases.Should().BeEmpty();

    private static string[] Aliases() => [.. Catalog.Names.Concat(Catalog.Names.SelectMany(name => Catalog.Find(name)!.Aliases)).Select(name => name.ToLowerInvariant())];
}
