using Sigma.Events.Matching;

namespace Sigma.Tests.Logs;

/// <summary>The headers of syslogs as RFC 3164, RFC 5424, RFC 6587, the usual daemons and journalctl(1) write them.</summary>
public sealed class SyslogHeaderTests
{
    [Theory]
    [InlineData("Mar  2 2026 08:00:00 h sshd[12]: m")]
    [InlineData("Mar 02 2026 08:00:00 h sshd[12]: m")]
    [InlineData("2026 Mar  2 08:00:00 h sshd[12]: m")]
    [InlineData("<38>2026-03-02T09:00:00+0100 h sshd[12]: m")]
    [InlineData("2026-03-02T09:00:00+0100 h sshd[12]: m")]
    [InlineData("Mon 2026-03-02 08:00:00 UTC h sshd[12]: m")]
    [InlineData("Mon 2026-03-02 08:00:00.000000 UTC h sshd[12]: m")]
    [InlineData("1772438400.000000 h sshd[12]: m")]
    [InlineData("43 <38>1 2026-03-02T08:00:00Z h sshd 12 - - m")]
    [InlineData("2026-03-02T08:00:00Z h sshd(pam_unix)[12]: m")]
    public void A_header_tells_the_time_the_host_and_the_program(string line)
    {
        Event e = Only(line);

        (e.Find("hostname"), e.Find("program"), e.Find("pid"), e.Find("message")).Should().Be(("h", "sshd", "12", "m"));
        e.Log!.Name.Should().Be("linux sshd");
        EventTime.TryParse(e.Find("@timestamp"), out DateTimeOffset time).Should().BeTrue();
        time.Should().Be(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    }

    /// <summary>Without a year the time is in the last twelve months; its parts of a second count.</summary>
    [Theory]
    [InlineData("Mar 2 08:00:00 h sshd[12]: m", "h", "-03-02T08:00:00")]
    [InlineData("Mar  2 08:00:00.123456 h sshd[12]: m", "h", "-03-02T08:00:00.123456")]
    [InlineData("Mar  2 08:00:00 2001:db8::1 sshd[12]: m", "2001:db8::1", "-03-02T08:00:00")]
    [InlineData("Mar  2 08:00:00 fe80::192.0.2.1 sshd[12]: m", "fe80::192.0.2.1", "-03-02T08:00:00")]
    [InlineData("<38>Mar  2 08:00:00 sshd[12]: m", null, "-03-02T08:00:00")]
    [InlineData("Mar  2 08:00:00 sshd[12]: m", null, "-03-02T08:00:00")]
    public void A_header_of_the_old_form_may_lack_a_part(string line, string? host, string time)
    {
        Event e = Only(line);

        (e.Find("hostname"), e.Find("program"), e.Find("message")).Should().Be((host, "sshd", "m"));
        e.Find("@timestamp")![4..].Should().Be(time);
    }

    /// <summary>What begins with a time of ISO and a word with a colon is a line of any program; the word says what it likes.</summary>
    [Theory]
    [InlineData("2026-03-02T08:00:00Z sshd: m")]
    [InlineData("2026-03-02 08:00:00 sshd: m")]
    public void A_line_of_another_form_does_not_tell_a_program(string line) => Only(line).Log.Should().BeNull();

    /// <summary>A line that only begins with a time is read with the zone behind it, as PostgreSQL and servers of Ruby write it. A number of another kind is none.</summary>
    [Theory]
    [InlineData("2026-03-02 09:00:00+0100 m", 8)]
    [InlineData("2026-03-02 09:00:00 +0100 m", 8)]
    [InlineData("[2026-03-02 09:00:00 +01:00] m", 8)]
    [InlineData("2026-03-02 09:00:00,000 -03 [12] LOG:  m", 12)]
    [InlineData("2026-03-02 09:00:00.000 +1400 m", -5)]
    [InlineData("2026-03-02 09:00:00 -1500 m", 9)]
    [InlineData("2026-03-02 09:00:00 +0199 m", 9)]
    [InlineData("2026-03-02 09:00:00 -3 m", 9)]
    public void A_zone_behind_a_blank_belongs_to_the_time(string line, int hour)
    {
        EventTime.TryParse(Only(line).Find("@timestamp"), out DateTimeOffset time).Should().BeTrue();
        time.Should().Be(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddHours(hour));
    }

    private static Event Only(string line) => LogText.Events(line + "\n").Should().ContainSingle().Subject;
}
