using Sigma.Backends;

namespace Sigma.Tests.Backends;

/// <summary>The names that people try lead to targets that there are, and what is said to have none has none.</summary>
public sealed class KnownSystemsTests
{
    private static readonly BackendCatalog Catalog = new();

    public static TheoryData<string> WithoutTarget => [.. KnownSystems.WithoutTarget.Keys];

    public static TheoryData<string> Targets => [.. Catalog.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_name_that_people_try_leads_to_the_target(string target)
    {
        foreach (string name in Catalog.Find(target)!.KnownAs)
        {
            Catalog.Names.Should().NotContain(name, "the name of a target needs no entry");
            Aliases().Should().NotContain(name, "an alias is known already");
            name.Should().NotContain("_", "it stands for a hyphen as well");
            KnownSystems.Hint(name, Catalog).Should().StartWith("the target for it is '").And.Contain($"'{target}'");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_system_without_a_target_leads_to_the_nearest(string target)
    {
        foreach ((string name, string system) in Catalog.Find(target)!.NearestTo)
        {
            Taken().Should().NotContain(name).And.NotContain(system, "there is a target for it now");
            KnownSystems.WithoutTarget.Should().NotContainKey(name);
            KnownSystems.Hint(name, Catalog).Should().StartWith($"sigmac has no target for {system} yet; the nearest is '").And.Contain($"'{target}'");
        }
    }

    [Theory]
    [MemberData(nameof(WithoutTarget))]
    public void A_system_without_a_target_is_called_by_its_name(string name)
    {
        string system = KnownSystems.WithoutTarget[name];

        Taken().Should().NotContain(name).And.NotContain(system, "there is a target for it now");
        KnownSystems.Hint(name, Catalog).Should().Be($"sigmac has no target for {system} yet; --backends adds one of your own");
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
    [InlineData("es|ql", "the target for it is 'esql'")]
    [InlineData("xsiam", "the target for it is 'cortex-xql'")]
    [InlineData("Splunk_SPL2", "sigmac has no target for SPL2 of Splunk yet; the nearest is 'splunk'")]
    [InlineData("mysql", "sigmac has no target for MySQL yet; the nearest is 'postgres'")]
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

    [Fact]
    public void A_target_of_ones_own_says_which_names_it_goes_by_and_what_it_is_nearest_to()
    {
        var catalog = new BackendCatalog([new OwnTarget("known_as: [esm, q-l]\nnearest_to: {arcsight: ArcSight}\n" + OwnTarget.Plain)]);

        KnownSystems.Hint("Q_L", catalog).Should().Be("the target for it is 'own'");
        KnownSystems.Hint("arcsight", catalog).Should().Be("sigmac has no target for ArcSight yet; the nearest is 'own'");
    }

    /// <summary>What a target extends may be known by another name; that is not the target's.</summary>
    [Fact]
    public void Names_are_not_inherited()
    {
        var own = new OwnTarget("extends: splunk\n");

        own.Aliases.Should().BeEmpty();
        own.KnownAs.Should().BeEmpty();
        own.NearestTo.Should().BeEmpty();
    }

    private static string[] Taken() => [.. Aliases(), .. Catalog.Names.SelectMany(name => Catalog.Find(name)!.KnownAs)];

    private static string[] Aliases() => [.. Catalog.Names.Concat(Catalog.Names.SelectMany(name => Catalog.Find(name)!.Aliases)).Select(name => name.ToLowerInvariant())];
}
