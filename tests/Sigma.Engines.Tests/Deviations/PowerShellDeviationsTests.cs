using System.Text;
using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.Deviations;

/// <summary>Where a command of 2020 does not run in PowerShell, or finds other events than its rule.</summary>
public sealed class PowerShellDeviationsTests
{
    [Theory]
    [InlineData("""Get-WinEvent | where {($_.message -match "Message.*.*DownloadFile(.*") }""", PowerShellFlawKind.Pattern)]
    [InlineData("""Get-WinEvent | where {($_.message -match "*\perfc.dat*") }""", PowerShellFlawKind.Pattern)]
    [InlineData("""Get-WinEvent | where {($_.message -match "CommandLine.*cmd /c \"whoami\"") }""", PowerShellFlawKind.Syntax)]
    [InlineData("""Get-WinEvent | where {($_.ID -eq "4688" -and  -not (-not ParentImage="*")) }""", PowerShellFlawKind.Syntax)]
    [InlineData("""Get-WinEvent | where {($_.message -match "Image.*C:\\$Recycle.bin\\.*") }""", PowerShellFlawKind.Interpolation)]
    public void D06_text_put_into_a_pattern_as_it_is_breaks_it(string history, PowerShellFlawKind kind) =>
        PowerShellEngine.Flaws(history)[0].Kind.Should().Be(kind);

    [Theory]
    [InlineData("Message", "x.DownloadFile('a')", """Get-WinEvent | where { $_.message -match "Message.*\.DownloadFile\(" }""")]
    [InlineData("CommandLine", "cmd /c \"whoami\"", """Get-WinEvent | where { $_.message -match "CommandLine.*cmd /c `"whoami`"" }""")]
    [InlineData("Image", @"C:\$Recycle.bin\a.exe", """Get-WinEvent | where { $_.message -match "Image.*C:\\\`$Recycle\.bin\\" }""")]
    public void D06_escaped_for_the_pattern_and_then_for_the_string_it_finds_the_event(string field, string value, string right)
    {
        PowerShellEngine.Accepts(right).Should().Be(Verdict.Accept);
        PowerShellEngine.Run(right, [EngineEvent.Of(1, "Security", 1, (field, value))]).RecordIds.Should().Equal(1);
    }

    [Fact]
    public void D06_a_variable_in_the_string_makes_it_another_pattern_without_a_word()
    {
        var run = PowerShellEngine.Run(
            """Get-WinEvent | where {($_.message -match "Image.*C:\\$Recycle.bin\\.*") }""",
            [
                EngineEvent.Of(1, "Security", 1, ("Image", @"C:\$Recycle.bin\a.exe")),
                EngineEvent.Of(2, "Security", 1, ("Image", @"C:\xbin\a")),
            ]);

        run.Verdict.Should().Be(Verdict.Accept);
        run.RecordIds.Should().Equal(2);
    }

    [Fact]
    public void D10_a_regular_expression_that_2020_refused_is_a_match()
    {
        var run = PowerShellEngine.Run(
            """Get-WinEvent | where { $_.message -match 'CommandLine.*\$PSHome\[\s*\d{1,3}\s*\]' }""",
            [
                EngineEvent.Of(1, "Security", 1, ("CommandLine", "$PSHome[ 21 ]")),
                EngineEvent.Of(2, "Security", 1, ("CommandLine", "$PSHome[x]")),
            ]);

        run.RecordIds.Should().Equal(1);
    }

    [Fact]
    public void D11_without_its_timeframe_a_count_over_six_days_is_an_alarm()
    {
        var oneADay = Enumerable.Range(0, 6).Select(day => At(day, EngineEvent.Noon.AddDays(day))).ToList();
        var sixAtOnce = Enumerable.Range(0, 6).Select(second => At(second, EngineEvent.Noon.AddSeconds(second))).ToList();
        const string History = "Get-WinEvent | group-object MachineName | where { $_.count -gt 5 } | select name,count | sort -desc";
        const string Right = """
            Get-WinEvent | select MachineName, @{n='Bucket'; e={ [math]::Floor($_.TimeCreated.Ticks / [timespan]::FromMinutes(5).Ticks) }} |
              group-object MachineName, Bucket | where { $_.count -gt 5 } | select name,count
            """;

        PowerShellEngine.Run(History, oneADay).Rows.Should().HaveCount(1);
        PowerShellEngine.Run(Right, oneADay).Rows.Should().BeEmpty();
        PowerShellEngine.Run(Right, sixAtOnce).Rows.Should().HaveCount(1);

        static EngineEvent At(long id, DateTime time) => EngineEvent.Of(id, "Security", 1, ("CommandLine", "whoami")) with { Time = time };
    }

    [Fact]
    public void D16_a_count_of_distinct_values_reads_properties_no_event_record_has()
    {
        // The data items of an event are no properties of its record, so every distinct count is of nothing.
        const string History =
            """Get-WinEvent | where { $_.ID -eq "4625" } | select WorkstationName, UserName | group WorkstationName | foreach { [PSCustomObject]@{'WorkstationName'=$_.name;'Count'=($_.group.UserName | sort -u).count} }  | sort count -desc | where { $_.count -gt 3 }""";
        var events = Enumerable.Range(0, 9)
            .Select(i => EngineEvent.Of(i, "Security", 4625, ("WorkstationName", "ws1"), ("UserName", $"user{i}")));

        var run = PowerShellEngine.Run(History, events);

        run.Verdict.Should().Be(Verdict.Accept);
        run.Rows.Should().BeEmpty();
    }

    [Fact]
    public void D19_a_log_name_with_a_blank_needs_quotes()
    {
        EngineEvent[] events = [EngineEvent.Of(1, "Windows PowerShell", 400, ("HostName", "ConsoleHost"))];

        PowerShellEngine.Accepts("Get-WinEvent -LogName Windows PowerShell").Should().Be(Verdict.Accept, "only the run shows it");
        PowerShellEngine.Run("Get-WinEvent -LogName Windows PowerShell", events).Verdict.Refusal
            .Should().Contain("positional parameter");
        PowerShellEngine.Run("Get-WinEvent -LogName 'Windows PowerShell'", events).RecordIds.Should().Equal(1);
    }

    [Fact]
    public void D20_of_several_conditions_that_count_only_the_first_was_written()
    {
        var second = Enumerable.Range(0, 9).Select(i => EngineEvent.Of(i, "Security", 4776, ("Workstation", "ws1"), ("UserName", $"user{i}"))).ToList();

        // The rule also has a condition over this event id, but nothing of it is in what was printed.
        PowerShellEngine.Run("""Get-WinEvent -LogName Security | where { $_.ID -eq "4625" }""", second).RecordIds.Should().BeEmpty();
        PowerShellEngine.Run("""Get-WinEvent -LogName Security | where { $_.ID -eq "4776" }""", second).RecordIds.Should().HaveCount(9);
    }

    [Fact]
    public void D21_the_log_of_the_rule_before_hides_events_of_any_other()
    {
        // A rule over process creation names no log: Security has such events as well.
        EngineEvent[] events = [EngineEvent.Of(1, "Security", 4688, ("CommandLine", "dnscmd /config"))];

        PowerShellEngine.Run("""Get-WinEvent -LogName Microsoft-Windows-Sysmon/Operational | where {$_.message -match "CommandLine.*dnscmd" }""", events)
            .RecordIds.Should().BeEmpty();
        PowerShellEngine.Run("""Get-WinEvent | where {$_.message -match "CommandLine.*dnscmd" }""", events).RecordIds.Should().Equal(1);
    }

    [Fact]
    public void D24_a_dash_in_a_file_that_is_read_in_the_ansi_code_page_ends_the_string()
    {
        const string History = "Get-WinEvent | where { $_.message -match \"Option –Save\" }";
        const string Right = "Get-WinEvent | where { $_.message -match \"Option \\u2013Save\" }";

        // Windows PowerShell reads a script without a mark at its start in the machine's code page, where the last byte of
        // the dash is a quote.
        PowerShellEngine.Flaws(AsAnsi(History)).Should().Contain(flaw => flaw.Kind == PowerShellFlawKind.Syntax);
        PowerShellEngine.Accepts(AsAnsi(Right)).Should().Be(Verdict.Accept);
        PowerShellEngine.Run(Right, [EngineEvent.Of(1, "Security", 1, ("Message", "Option –Save"))]).RecordIds.Should().Equal(1);

        static string AsAnsi(string text) =>
            CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public void A_field_and_value_that_stand_on_different_lines_of_the_message_are_no_match()
    {
        // The seed's form leans on this: the dot stops at the line's end, and the message has a line for each data item.
        EngineEvent[] events =
        [
            EngineEvent.Of(1, "Security", 1, ("Image", "cmd.exe"), ("ParentImage", "x.exe")),
            EngineEvent.Of(2, "Security", 1, ("Image", "y.exe"), ("ParentImage", "cmd.exe")),
            EngineEvent.Of(3, "Security", 1, ("Image", "y.exe"), ("Other", "cmd.exe")),
        ];

        PowerShellEngine.Run("""Get-WinEvent | where { $_.message -match "Image.*cmd\.exe" }""", events).RecordIds
            .Should().Equal([1, 2], "a field whose name ends alike is taken for it");
    }
}
