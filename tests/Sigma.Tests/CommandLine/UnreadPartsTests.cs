namespace Sigma.Tests.CommandLine;

/// <summary>Events of which a part is not read are counted in the last lines: 0 matches say nothing of what is in them.</summary>
public sealed class UnreadPartsTests : IDisposable
{
    private const string Rule = "title: Logon\nlogsource: {product: windows, service: security}\ndetection:\n  s: {EventID: 4624}\n  condition: s\n";
    private const string Note = "with fields only in the text of a message, where rules for fields do not look; export the log as .evtx or XML\n";

    private readonly TemporaryFolder folder = new TemporaryFolder().With("rule.yml", Rule);

    public void Dispose() => folder.Dispose();

    [Theory]
    // Fluent Bit's winevtlog without render_event_as_xml, Get-WinEvent | ConvertTo-Json, and the Event Viewer.
    [InlineData("{\"ProviderName\":\"Microsoft-Windows-Security-Auditing\",\"EventID\":4624,\"Channel\":\"Security\",\"Message\":\"m\",\"StringInserts\":[\"S-1-5-18\",\"x\"]}\n", true)]
    [InlineData("[{\"Id\":4624,\"LogName\":\"Security\",\"ProviderName\":\"P\",\"Message\":\"m\",\"Properties\":[{\"Value\":\"x\"}]}]", true)]
    [InlineData("Level,Date and Time,Source,Event ID,Task Category\r\nInformation,1/2/2026 3:04:05 AM,Microsoft-Windows-Security-Auditing,4624,Logon,\"An account was successfully logged on.\"\r\n", true)]
    // Those of other forms, and of other logs.
    [InlineData("{\"EventID\":4624,\"Channel\":\"Security\",\"StringInserts\":[\"x\"],\"EventData\":{\"LogonType\":3}}\n", false)]
    [InlineData("{\"EventID\":4624,\"Channel\":\"Security\",\"LogonType\":3,\"Message\":\"m\"}\n", false)]
    [InlineData("{\"Properties\":[{\"Value\":\"x\"}],\"Message\":\"m\",\"EventID\":4624,\"Channel\":\"Security\"}\n", false)]
    [InlineData("{\"StringInserts\":[\"x\"]}\n", false)]
    public void Fields_that_are_only_in_a_message_are_said(string content, bool isSaid)
    {
        folder.With("e", content);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "e");

        run.Error.Contains("sigmac: 1 event " + Note, StringComparison.Ordinal).Should().Be(isSaid, run.Error);
    }

    [Theory]
    [InlineData("\"TimeCreated\":\"02.03.2026 08:00:00\"", "sigmac: 2 matching events without a time, since TimeCreated is not in a format that sigmac reads as a time\n")]
    [InlineData("\"time\":\"08:00:00\"", "sigmac: 2 matching events without a time, since time is not in a format that sigmac reads as a time\n")]
    [InlineData("\"TimeCreated\":\"2026-03-02 08:00:00\"", null)]
    [InlineData("\"a\":\"b\"", null)]
    public void Times_that_are_not_read_are_said(string time, string? note)
    {
        string line = $"{{\"EventID\":4624,\"Channel\":\"Security\",{time}}}\n";
        folder.With("e", line + line);

        ProgramRun run = Sigmac.Run(folder, "match", "-r", "rule.yml", "e");

        run.Lines.Should().HaveCount(2);
        if (note is null)
        {
            run.Error.Should().NotContain("without a time");
        }
        else
        {
            run.Error.Should().Contain(note);
        }
    }
}
