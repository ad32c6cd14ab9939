namespace Sigma.Tests.Pipelines;

/// <summary>
/// Fields and values as the Sysmon module of Winlogbeat leaves them (elastic/beats, x-pack/winlogbeat/module/sysmon/ingest/sysmon.yml).
/// </summary>
public class SysmonModuleTests
{
    [Theory]
    [InlineData("network_connection", "Initiated: 'true'", "network.direction:/[eE][gG][rR][eE][sS][sS]/")]
    [InlineData("network_connection", "Initiated: false", "network.direction:/[iI][nN][gG][rR][eE][sS][sS]/")]
    [InlineData("registry_set", "Details: 'DWORD (0x00000001)'", "registry.data.strings:\"1\"")]
    [InlineData("registry_set", "Details: 'DWORD (0x00000d3d)'", "registry.data.strings:\"3389\"")]
    [InlineData("registry_set", "Details: abc", "registry.data.strings:/[aA][bB][cC]/")]
    [InlineData("process_creation", "Hashes|contains: 'MD5=01234567890123456789012345678901'", "process.hash.md5:\"01234567890123456789012345678901\"")]
    [InlineData("process_creation", "Hashes|contains: 'IMPHASH=01234567890123456789012345678901'", "process.pe.imphash:\"01234567890123456789012345678901\"")]
    [InlineData("process_creation", "Imphash: abc", "process.pe.imphash:/[aA][bB][cC]/")]
    [InlineData("image_load", "Hashes|contains: 'MD5=01234567890123456789012345678901'", "file.hash.md5:\"01234567890123456789012345678901\"")]
    [InlineData("image_load", "Imphash: abc", "file.pe.imphash:/[aA][bB][cC]/")]
    public void A_rule_asks_for_what_the_module_writes(string category, string selection, string test) =>
        BuiltInRun.Convert(BuiltInRun.Rule($"product: windows, category: {category}", selection), "lucene", own: true, []).Query
            .Should().Contain(test).And.NotContain("winlog.event_data");

    [Theory]
    [InlineData("Details: 'DWORD (0x12345678)'")]
    [InlineData("Details|startswith: 'DWORD'")]
    [InlineData("Details: 'QWORD (0x00000001-0x00000001)'")]
    public void A_number_without_its_decimal_form_is_refused(string selection)
    {
        Sigma.Compilation.Conversion conversion = BuiltInRun.Convert(
            BuiltInRun.Rule("product: windows, category: registry_set", selection), "lucene", own: true, []);

        conversion.Query.Should().BeNull();
        conversion.Diagnostics.Select(diagnostic => diagnostic.Code.Id).Should().Contain("SIG0410");
    }
}
