using Sigma.Engines.Tests.Engines;
using Sigma.Tests;

namespace Sigma.Engines.Tests.SelfTests;

public sealed class PowerShellEngineTests
{
    [Fact]
    public void The_seeds_command_finds_the_seeds_events()
    {
        PowerShellEngine.Accepts(SeedTexts.PowerShell).Should().Be(Verdict.Accept);

        var run = PowerShellEngine.Run(SeedTexts.PowerShell, Seed.Events);

        run.Verdict.Should().Be(Verdict.Accept);
        run.RecordIds.Should().Equal(Seed.Expected);
        run.Rows[0].Keys.Should().Equal("TimeCreated", "Id", "RecordId", "ProcessId", "MachineName", "Message");
    }

    [Theory]
    [InlineData("Get-WinEvent | where { $_.a -match \"a\\\"b\" }", PowerShellFlawKind.Syntax, 41)]
    [InlineData("Get-WinEvent | where { -not a=\"*\" }", PowerShellFlawKind.Syntax, 28)]
    [InlineData("Get-WinEvent | where { $_.a -match \"f(\" }", PowerShellFlawKind.Pattern, 36)]
    [InlineData("Get-WinEvent | where { $_.a -cnotmatch '*a' }", PowerShellFlawKind.Pattern, 40)]
    [InlineData("Get-WinEvent | where { $_.a -match \"C:\\\\$Recycle\" }", PowerShellFlawKind.Interpolation, 36)]
    public void A_flaw_is_named_with_its_place(string command, PowerShellFlawKind kind, int column)
    {
        var flaw = PowerShellEngine.Flaws(command).First();

        flaw.Kind.Should().Be(kind);
        flaw.Column.Should().Be(column);
        PowerShellEngine.Accepts(command).Accepted.Should().BeFalse();
    }

    [Fact]
    public void Patterns_are_what_regex_gets_after_powershell_has_read_its_escapes() =>
        PowerShellEngine.Patterns("""{ ($a -match "x`"`$y" -or $b -notmatch 'it''s') -and $c -cmatch "z" -and $d -eq "no" }""")
            .Select(p => (p.Value, p.CaseSensitive))
            .Should().Equal(("x\"$y", false), ("it's", false), ("z", true));

    [Fact]
    public void A_command_it_does_not_know_or_an_error_on_the_way_is_reported()
    {
        PowerShellEngine.Run("Get-WinEvent | Frob-Nicate", Seed.Events).Verdict.Refusal.Should().Contain("Frob-Nicate");
        PowerShellEngine.Run("Get-WinEvent | where { $_.message -match '(' }", Seed.Events).Verdict.Accepted.Should().BeFalse();
        PowerShellEngine.Run("Get-WinEvent -ProviderName x", Seed.Events).Verdict.Accepted.Should().BeFalse();
    }

    [Theory]
    [InlineData("Get-WinEvent -FilterHashtable @{LogName='Security'; Id=5156}", new long[] { 1, 2, 3, 4 })]
    [InlineData("Get-WinEvent -FilterHashtable @{LogName='Security'; Id=4624,4625}", new long[] { 5 })]
    [InlineData("Get-WinEvent -FilterHashtable @{LogName='Security'; Id=5156; DestPort='443'}", new long[] { 3 })]
    [InlineData("Get-WinEvent -FilterHashtable @{LogName='Security'; StartTime=(Get-Date).AddMinutes(-61)}", new long[] { 1, 2, 3, 4, 5 })]
    [InlineData("Get-WinEvent -FilterHashtable @{LogName='Security'; StartTime=(Get-Date).AddMinutes(-59)}", new long[0])]
    [InlineData("Get-WinEvent -LogName Sec*", new long[] { 1, 2, 3, 4, 5 })]
    [InlineData("Get-WinEvent -LogName System", new long[0])]
    [InlineData("Get-WinEvent | ? { ([xml]$_.ToXml()).Event.EventData.Data | ? { $_.Name -eq 'LayerRTID' -and $_.'#text' -ceq '40' } }", new long[] { 4 })]
    [InlineData("Get-WinEvent | ? { $_.Properties[0].Value -eq '443' }", new long[] { 3 })]
    [InlineData("Get-WinEvent | ? { $_.Properties[0].Value -eq '44' }", new long[0])]
    public void Get_WinEvent_filters_as_the_real_one(string command, long[] expected)
    {
        var run = PowerShellEngine.Run(command, Seed.Events);

        run.Verdict.Should().Be(Verdict.Accept);
        run.RecordIds.Should().Equal(expected);
    }

    [Fact]
    public void Groups_counts_and_orders_rows()
    {
        var run = PowerShellEngine.Run(
            "Get-WinEvent | group-object Id | where { $_.count -gt 0 } | select name,count | sort count -desc", Seed.Events);

        run.Verdict.Should().Be(Verdict.Accept);
        run.Rows.Select(row => (row["name"], row["count"])).Should().Equal(("5156", 4), ("4624", 1));
    }

    [Fact]
    public void Calculates_columns_and_counts_distinct_values()
    {
        const string Command = """
            Get-WinEvent | select Id, @{n='Port'; e={ $_.Properties[0].Value }} | group Id |
              foreach { [PSCustomObject]@{ 'Id' = $_.name; 'Count' = ($_.group.Port | sort -u).count } } | sort Id
            """;

        var run = PowerShellEngine.Run(Command, Seed.Events);

        run.Verdict.Should().Be(Verdict.Accept);
        run.Rows.Select(row => (row["Id"], row["Count"])).Should().Equal(("4624", 1), ("5156", 3));
    }
}
