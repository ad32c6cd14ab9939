using Sigma.Attack;
using Sigma.Documentation;
using Sigma.Tests.CommandLine;
using Sigma.Text;

namespace Sigma.Tests.Documentation;

/// <summary>The built-in catalogues, and those that are read from files.</summary>
public sealed class CatalogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("execution", "TA0002", "Execution")]
    [InlineData("command_and_control", "TA0011", "Command and Control")]
    [InlineData("command-and-control", "TA0011", "Command and Control")]
    [InlineData("stealth", "TA0005", "Stealth")]
    [InlineData("defense_evasion", "TA0005", "Defense Evasion")]
    [InlineData("defense-impairment", "TA0112", "Defense Impairment")]
    [InlineData("ta0043", "TA0043", "Reconnaissance")]
    public void A_tag_names_a_tactic(string key, string id, string name)
    {
        Tactic tactic = AttackCatalog.BuiltIn.FindTactic(key)!;

        (tactic.Id, tactic.Name, tactic.Url).Should().Be((id, name, "https://attack.mitre.org/tactics/" + id));
    }

    [Theory]
    [InlineData("t1059.001", "PowerShell", "T1059.001")]
    [InlineData("T1086", "PowerShell", "T1059.001")]
    [InlineData("T1073", "DLL Side-Loading", "T1574.001")]
    [InlineData("T1562.001", "Disable or Modify Tools", "T1685")]
    [InlineData("T1070", "Indicator Removal", "T1070")]
    [InlineData("T1064", "Scripting", null)]
    public void A_technique_has_a_name_and_what_it_is_today(string id, string name, string? today)
    {
        Technique technique = AttackCatalog.BuiltIn.FindTechnique(id)!;

        technique.Name.Should().Be(name);
        AttackCatalog.BuiltIn.Current(technique)?.Id.Should().Be(today);
        technique.IsRetired.Should().Be(today != technique.Id);
    }

    [Fact]
    public void The_tables_hold_together()
    {
        AttackCatalog attack = AttackCatalog.BuiltIn;
        attack.Techniques.Select(technique => technique.Id).Should().OnlyHaveUniqueItems().And.OnlyContain(id => System.Text.RegularExpressions.Regex.IsMatch(id, @"^T\d{4}(\.\d{3})?$"));
        foreach (Technique technique in attack.Techniques)
        {
            technique.Name.Should().NotBeEmpty();
            technique.Tactics.IsEmpty.Should().Be(technique.IsRetired, technique.Id);
            technique.Tactics.All(key => attack.FindTactic(key) is not null).Should().BeTrue(technique.Id);
            if (technique.Successor is not null)
            {
                attack.Current(technique).Should().NotBeNull(technique.Id);
            }

            if (technique is { IsRetired: false, Parent: { } parent })
            {
                attack.FindTechnique(parent).Should().NotBeNull(technique.Id);
            }
        }

        // As MITRE counts Enterprise in version 19.
        attack.Techniques.Count(t => t is { Domain: "enterprise", IsRetired: false, Parent: null }).Should().Be(222);
        attack.Techniques.Count(t => t is { Domain: "enterprise", IsRetired: false, Parent: not null }).Should().Be(475);
    }

    [Fact]
    public void Event_types_have_names_channels_and_fields()
    {
        EventTypeCatalog.BuiltIn.Types.Select(type => type.Name).Should().OnlyHaveUniqueItems().And.OnlyContain(name => name.StartsWith("DN_"));
        EventTypeCatalog.BuiltIn.Types.Where(type => type.Platform == "Windows" && type.EventId is not null)
            .Should().OnlyContain(type => type.Channel != null && type.Provider != null && type.Fields.Length > 0)
            .And.HaveCountGreaterThan(80);
    }

    [Theory]
    [InlineData("T1086", true)]
    [InlineData("T1059.001", true)]
    [InlineData("T1134", false)]
    public void A_test_of_a_retired_technique_is_one_of_what_it_became(string id, bool has) => TriggerCatalog.BuiltIn.Has(id).Should().Be(has);

    [Fact]
    public void A_checkout_of_atomic_tests_is_read()
    {
        folder.With("atomic/atomics/T1003.001/T1003.001.yaml", "x").With("atomic/atomics/T1003.002/README.md", "x").With("atomic/atomics/Indexes/Indexes.yaml", "x");

        TriggerCatalog triggers = TriggerCatalog.Read(folder["atomic"], [])!;

        triggers.Count.Should().Be(1);
        triggers.Has("t1003.001").Should().BeTrue();
    }

    [Fact]
    public void A_folder_of_event_types_is_read()
    {
        folder.With("dn/a.yml", "title: DN_1_77_mine\nplatform: Windows\nchannel: Mine\nprovider: None\nfields:\n  - EventID\n  - User # who\n")
            .With("dn/b.yml", "title: DN_1_77_mine\neventID: 78\nplatform: Windows\nfields: [EventID]\n");
        var diagnostics = new List<Diagnostic>();

        EventTypeCatalog catalog = EventTypeReader.Read(folder["dn"], diagnostics)!;

        diagnostics.Should().BeEmpty();
        catalog.Types.Select(type => (type.Name, type.EventId, type.Channel, type.Provider)).Should().Equal(("DN_1_77_mine", "77", "Mine", null), ("b", "78", null, null));
        catalog.Types[0].Fields.Should().Equal("EventID", "User");
    }

    [SharedFact]
    public void The_published_folder_of_event_types_is_what_is_built_in()
    {
        var diagnostics = new List<Diagnostic>();

        EventTypeCatalog catalog = EventTypeReader.Read(Sigma.Engines.Tests.Engines.SharedFolder.In("reference", "data_needed"), diagnostics)!;

        diagnostics.Should().BeEmpty();
        catalog.Types.Select(Described).Should().Equal(EventTypeCatalog.BuiltIn.Types.Select(Described));

        static string Described(EventType type) => $"{type.Name} {type.EventId} {type.Platform} {type.Channel} {type.Provider} {string.Join(',', type.Fields)}";
    }

    [Fact]
    public void A_stix_bundle_is_read()
    {
        folder.With("enterprise.json", """
            {"type": "bundle", "id": "bundle--1", "objects": [
              {"type": "x-mitre-collection", "id": "c--1", "x_mitre_version": "42.1", "x_mitre_contents": [{"object_ref": "a--1", "name": "not this"}]},
              {"type": "x-mitre-matrix", "id": "m--1", "tactic_refs": ["t--2", "t--1"]},
              {"type": "x-mitre-tactic", "id": "t--1", "name": "Execution", "x_mitre_shortname": "execution", "external_references": [{"source_name": "mitre-attack", "external_id": "TA0002"}]},
              {"type": "x-mitre-tactic", "id": "t--2", "name": "Stealth", "x_mitre_shortname": "stealth", "external_references": [{"external_id": "TA0005", "source_name": "mitre-attack"}]},
              {"type": "attack-pattern", "id": "a--1", "name": "New Name", "x_mitre_domains": ["enterprise-attack"],
               "kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": "execution"}],
               "external_references": [{"source_name": "capec", "external_id": "CAPEC-1"}, {"source_name": "mitre-attack", "url": "x", "external_id": "T9001"}]},
              {"type": "attack-pattern", "id": "a--2", "name": "Old Name", "revoked": true, "external_references": [{"source_name": "mitre-attack", "external_id": "T1002"}]},
              {"type": "attack-pattern", "id": "a--3", "name": "Gone", "x_mitre_deprecated": true, "external_references": [{"source_name": "mitre-attack", "external_id": "T1003"}]},
              {"type": "relationship", "id": "r--1", "relationship_type": "revoked-by", "source_ref": "a--2", "target_ref": "a--1"},
              {"type": "malware", "id": "x--1", "name": "left out", "external_references": [{"source_name": "mitre-attack", "external_id": "S0001"}]}
            ]}
            """);
        var diagnostics = new List<Diagnostic>();

        AttackCatalog attack = StixReader.Read(folder["enterprise.json"], diagnostics)!;

        diagnostics.Should().BeEmpty();
        attack.Version.Should().Be("42.1");
        attack.Tactics.Select(tactic => tactic.Key).Should().Equal("stealth", "execution");
        attack.Techniques.Select(t => (t.Id, t.Name, t.IsRetired, t.Successor)).Should().Equal(
            ("T1002", "Old Name", true, "T9001"), ("T1003", "Gone", true, null), ("T9001", "New Name", false, null));
        attack.FindTechnique("T9001")!.Tactics.Should().Equal("execution");
    }

    [Fact]
    public void A_text_longer_than_the_buffer_does_not_stop_the_reader()
    {
        string pad = new('x', 700_000);
        folder.With("big.json", $$"""
            {"type": "bundle", "objects": [
              {"type": "malware", "description": "{{pad}}"},
              {"type": "attack-pattern", "id": "a", "name": "N", "description": "{{pad}}", "external_references": [{"source_name": "mitre-attack", "external_id": "T1001"}]}
            ]}
            """);

        StixReader.Read(folder["big.json"], [])!.FindTechnique("T1001")!.Name.Should().Be("N");
    }

    [Theory]
    [InlineData("{\"type\": \"bundle\",\n \"objects\": [", "line 2 is not valid JSON")]
    [InlineData("[]", "its 'objects' have no ATT&CK attack pattern")]
    [InlineData("{\"type\": \"bundle\", \"objects\": []}", "its 'objects' have no ATT&CK attack pattern")]
    public void A_file_that_is_no_bundle_is_refused(string text, string reason)
    {
        folder.With("a.json", text);
        var diagnostics = new List<Diagnostic>();

        StixReader.Read(folder["a.json"], diagnostics).Should().BeNull();

        diagnostics.Should().ContainSingle().Which.Message.Should().Contain(reason);
    }
}
