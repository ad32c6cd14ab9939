using Sigma.Events.Matching;

namespace Sigma.Tests.Logs;

/// <summary>The escapes of text logs, as the formats define them.</summary>
public sealed class TextEscapeTests
{
    private const string Zeek = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tx\n#fields\tts\tt\tl\n#types\ttime\tstring\t";

    /// <summary>ArcSight's Common Event Format: in the extension a backslash and an equals sign are escaped, and line ends are <c>\n</c> and <c>\r</c>.</summary>
    [Theory]
    [InlineData(@"C:\\new\\reg.exe", @"C:\new\reg.exe")]
    [InlineData(@"\\\\srv\\admin$ a\=b", @"\\srv\admin$ a=b")]
    [InlineData(@"one\ntwo\r\nthree", "one\ntwo\r\nthree")]
    [InlineData(@"a\\=b \\\=c", @"a\=b \=c")]
    [InlineData(@"CORP\Joe", @"CORP\Joe")]
    public void An_extension_of_CEF_is_read_from_left_to_right(string written, string meant) =>
        Only($"CEF:0|V|P|1|1|n|1|filePath={written} act=x\n").Find("filePath").Should().Be(meant);

    [Fact]
    public void A_header_of_CEF_is_read_from_left_to_right() => Only(@"CEF:0|V|P|1|1|C:\\new\|x\\|1|act=x" + "\n").Find("name").Should().Be(@"C:\new|x\");

    /// <summary>RFC 5424, 6.3.3: quotes, backslashes and closing brackets are escaped, and a backslash before anything else is a backslash.</summary>
    [Fact]
    public void Structured_data_are_read_from_left_to_right() =>
        Only("<34>1 2026-03-02T08:00:00Z h app 1 - [x@1 p=\"C:\\\\new\\\\\\\"q\\]\\n\"] m\n").Find("p").Should().Be("C:\\new\\\"q]\\n");

    /// <summary>
    /// Zeek's Desc.cc (AddBytes) and its function get_escaped_string: a backslash is written twice, and bytes that cannot be printed, or are not UTF-8, as
    /// <c>\xhh</c>.
    /// </summary>
    [Theory]
    [InlineData(@"\\\\10.0.0.1\\ADMIN$", @"\\10.0.0.1\ADMIN$")]
    [InlineData(@"C:\\x41", @"C:\x41")]
    [InlineData(@"caf\xc3\xa9 a\x09b", "café a\tb")]
    [InlineData(@"\x2d", "-")]
    [InlineData(@"\xff", "\uFFFD")]
    [InlineData("(empty)", "")]
    public void A_text_of_Zeek_is_what_was_seen(string written, string meant) => Only($"{Zeek}set[string]\n1772438400.1\t{written}\t-\n").Find("t").Should().Be(meant);

    /// <summary>Each item of a list is written as a value of its own; the separator in one is <c>\x2c</c>. Bro 2 called a set a table.</summary>
    [Theory]
    [InlineData("set[string]")]
    [InlineData("vector[string]")]
    [InlineData("table[string]")]
    public void The_items_of_a_list_of_Zeek_are_values(string type)
    {
        Only($"{Zeek}{type}\n1772438400.1\tx\ta,b\\x2cc,-,(empty)\n").Values.Where(value => value.Name == "l").Select(value => (value.Kind, value.Text)).Should()
            .Equal((EventValueKind.Text, "a"), (EventValueKind.Text, "b,c"), (EventValueKind.Null, ""), (EventValueKind.Text, ""));

        Only($"{Zeek}{type}\n1772438400.1\tx\t(empty)\n").Values.Where(value => value.Name == "l").Select(value => value.Kind).Should().Equal(EventValueKind.Null);
    }

    /// <summary>
    /// W3C, Extended Log File Format: strings are in quotes, with a quote of their own twice. Microsoft's proxies separate by tabs. IIS writes what a client sent
    /// as it is, with a plus for each blank.
    /// </summary>
    [Theory]
    [InlineData("\"a \"\"b\"\" c\"", "a \"b\" c", ' ')]
    [InlineData("\"\"", "", ' ')]
    [InlineData("\"a+b", "\"a b", ' ')]
    [InlineData("Mozilla/5.0 (X11)", "Mozilla/5.0 (X11)", '\t')]
    [InlineData("\"Mozilla/5.0 (X11)\"", "Mozilla/5.0 (X11)", '\t')]
    [InlineData("", "", '\t')]
    public void A_value_of_a_W3C_log_is_what_was_sent(string written, string meant, char separator)
    {
        string[] names = ["date", "time", "c-ip", "cs-method", "cs-uri-stem", "cs(User-Agent)", "sc-status"];
        string[] values = ["2026-03-02", "08:00:00", "10.0.0.9", "GET", "/a", written, "200"];

        Event e = Only($"#Fields: {string.Join(separator, names)}\n{string.Join(separator, values)}\n");

        (e.Find("cs-user-agent") ?? "").Should().Be(meant);
        e.Find("sc-status").Should().Be("200");
    }

    /// <summary>A client that sends a quote in one header and another in the next cannot make its line unreadable.</summary>
    [Fact]
    public void Quotes_of_a_client_do_not_join_columns()
    {
        Event e = Only("#Fields: date time c-ip cs-method cs-uri-stem cs(User-Agent) cs(Referer) sc-status\n2026-03-02 08:00:00 10.0.0.9 GET /a \"sqlmap x\" 200\n");

        e.Find("cs-user-agent").Should().Be("\"sqlmap");
        e.Find("cs-referer").Should().Be("x\"");
    }

    /// <summary>sudoers(5), "LOG FORMAT": the command is the rest of the line.</summary>
    [Fact]
    public void A_command_of_sudo_has_its_arguments()
    {
        Event e = Only("Mar  2 08:00:00 h sudo:      joe : TTY=pts/0 ; PWD=/home/joe/my files ; USER=root ; COMMAND=/bin/sh -c USER=x ; id\n");

        e.Find("COMMAND").Should().Be("/bin/sh -c USER=x ; id");
        e.Find("PWD").Should().Be("/home/joe/my files");
        e.Find("USER").Should().Be("root");
    }

    private static Event Only(string content) => LogText.Events(content).Should().ContainSingle().Subject;
}
