using Sigma.Events.Logs;
using Sigma.Events.Matching;

namespace Sigma.Tests.Logs;

/// <summary>
/// Logs of accesses as Apache and nginx document them: client and user write most of a line, and whatever they send, it is an event of a web server
/// with all of its fields.
/// </summary>
public sealed class AccessLineTests
{
    private const string Begin = "1.2.3.4 - - [02/Mar/2026:08:00:00 +0000] ";

    /// <summary>RFC 9112, 3.2: a target is a path, a URI, a host with a port for CONNECT, or a star. What is none of these names no host.</summary>
    [Theory]
    [InlineData("OPTIONS * HTTP/1.1", "*", null)]
    [InlineData("GET foo HTTP/1.0", "foo", null)]
    [InlineData("GET error:invalid-request HTTP/1.0", "error:invalid-request", null)]
    [InlineData("GET http://ex.com/x HTTP/1.1", "/x", "ex.com")]
    [InlineData("CONNECT ex.com:443 HTTP/1.1", null, "ex.com")]
    [InlineData("CONNECT [2001:db8::1]:443 HTTP/1.1", null, "[2001:db8::1]")]
    public void Only_a_target_with_a_host_names_one(string request, string? stem, string? host)
    {
        Event e = LogText.Events($"{Begin}\"{request}\" 200 12\n").Should().ContainSingle().Subject;

        (e.Find("cs-uri-stem"), e.Find("cs-host")).Should().Be((stem, host));
    }

    [Theory]
    // A user of Basic authentication may have blanks, and brackets.
    [InlineData("1.2.3.4 - a b [02/Mar/2026:08:00:00 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"sqlmap\"", "cs-username=a b|c-useragent=sqlmap|c-uri=/|c-ip=1.2.3.4")]
    [InlineData("1.2.3.4 - x [02/Mar/2025:08:00:00 +0000] [02/Mar/2026:08:00:00 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"sqlmap\"", "cs-username=x [02/Mar/2025:08:00:00 +0000]|c-useragent=sqlmap|@timestamp=2026-03-02T08:00:00+00:00")]
    [InlineData("1.2.3.4 - x\\\"] \\\"GET [02/Mar/2026:08:00:00 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"sqlmap\"", "cs-username=x\"] \"GET|c-useragent=sqlmap")]
    // A request with quotes, blanks, without a version, or in no HTTP at all.
    [InlineData(Begin + "\"GET /a?q=\\\"x y HTTP/1.1\" 200 12 \"-\" \"sqlmap\"", "c-uri=/a?q=\"x y|cs-uri-query=q=\"x y|c-useragent=sqlmap|cs-method=GET")]
    [InlineData(Begin + "\"GET /a?q=\\\" 200 12 \\\"-\\\" \\\"good\\\" HTTP/1.1\" 404 7 \"-\" \"sqlmap\"", "sc-status=404|sc-bytes=7|c-useragent=sqlmap")]
    [InlineData(Begin + "\"GET /a?x=union select HTTP/1.1\" 200 12 \"-\" \"sqlmap\"", "c-uri=/a?x=union select|cs-uri-query=x=union select|cs-uri-stem=/a")]
    [InlineData(Begin + "\"GET /a b\" 200 12", "c-uri=/a b|sc-bytes=12")]
    [InlineData(Begin + "\"propfind /a HTTP/1.1\" 405 - \"-\" \"x\"", "cs-method=propfind|c-uri=/a")]
    [InlineData(Begin + "\"M-SEARCH * HTTP/1.1\" 405 - \"-\" \"x\"", "cs-method=M-SEARCH|c-uri=*")]
    [InlineData(Begin + "\"-\" 408 -", "sc-status=408")]
    // Servers that write quotes and backslashes of a client as they are.
    [InlineData(Begin + "\"GET /a?q=\"x HTTP/1.1\" 200 12 \"-\" \"sqlmap\"", "c-uri=/a?q=\"x|c-useragent=sqlmap")]
    [InlineData(Begin + "\"GET /a\\\" 200 12 \"-\" \"sqlmap\"", "c-uri=/a\\|c-useragent=sqlmap")]
    [InlineData(Begin + "\"GET / HTTP/1.1\" 200 12 \"a\"b\" \"sqlmap \"x\" y\\\"", "cs-referer=a\"b|c-useragent=sqlmap \"x")]
    [InlineData(Begin + "\"GET / HTTP/1.1\" 200 12 \"-\" \"sqlmap\\\"", "c-useragent=sqlmap\\")]
    [InlineData(Begin + "\"GET / HTTP/1.1\" 200 12 \"-\" \"sqlmap", "c-useragent=sqlmap")]
    // Apache: quotes and backslashes by backslashes, control characters as in C, others as \xhh. nginx: all as \xhh.
    [InlineData(Begin + "\"GET / HTTP/1.1\" 200 12 \"-\" \"() { \\\"x\\\" }\"", "c-useragent=() { \"x\" }")]
    [InlineData(Begin + "\"GET / HTTP/1.1\" 200 12 \"-\" \"() { \\x22x\\x22 } \\x5C\"", "c-useragent=() { \"x\" } \\")]
    [InlineData(Begin + "\"GET /\\xc3\\xa4\\\\x HTTP/1.1\" 200 12 \"a\\tb\" \"\\xD0\\xB6 \\n\"", "c-uri=/ä\\x|cs-referer=a\tb|c-useragent=ж \n")]
    [InlineData(Begin + "\"GET / HTTP/1.1\" 200 12 \"-\" \"C:\\q \\xzz\"", "c-useragent=C:\\q \\xzz")]
    // Debian's vhost_combined is "%v:%p %h …", and Apache's own example for virtual hosts "%v …".
    [InlineData("www.x:80 1.2.3.4 - - [02/Mar/2026:08:00:00 +0000] \"GET /a HTTP/1.1\" 200 12 \"-\" \"sqlmap\"", "cs-host=www.x|s-port=80|c-ip=1.2.3.4|c-uri=/a|c-useragent=sqlmap")]
    [InlineData("www.x:443 host.example.net - a b [02/Mar/2026:08:00:00 +0000] \"GET /a HTTP/1.1\" 200 12 \"-\" \"sqlmap\"", "cs-host=www.x|c-ip=host.example.net|cs-username=a b")]
    [InlineData("www.x ::1 - bob [02/Mar/2026:08:00:00 +0000] \"GET /a HTTP/1.1\" 200 12", "cs-host=www.x|c-ip=::1|cs-username=bob")]
    // A client by name, one with its port (nginx), and one of IPv6.
    [InlineData("host.example.net - - [02/Mar/2026:08:00:00 +0000] \"GET /a HTTP/1.1\" 200 12", "c-ip=host.example.net")]
    [InlineData("1.2.3.4:5555 - bob [02/Mar/2026:08:00:00 +0000] \"GET /a HTTP/1.1\" 200 12", "c-ip=1.2.3.4:5555|cs-username=bob")]
    [InlineData("2001:db8::1 - bob [02/Mar/2026:08:00:00 +0000] \"GET /a HTTP/1.1\" 200 12", "c-ip=2001:db8::1|cs-username=bob")]
    // nginx's $time_iso8601.
    [InlineData("1.2.3.4 - - [2026-03-02T08:00:00+01:00] \"GET /a HTTP/1.1\" 200 12", "c-ip=1.2.3.4|@timestamp=2026-03-02T08:00:00+01:00")]
    public void Whatever_a_client_sends_is_an_access(string line, string fields)
    {
        foreach (string content in (string[])[line + "\n", $"{line}\n{line}\n"])
        {
            List<Event> events = LogText.Events(content);

            events.Should().OnlyContain(e => e.Log != null && e.Log.Category == "webserver");
            foreach (string pair in System.Text.RegularExpressions.Regex.Split(fields, @"\|(?=[@a-z-]+=)"))
            {
                int equals = pair.IndexOf('=', StringComparison.Ordinal);
                events[0].Find(pair[..equals]).Should().Be(pair[(equals + 1)..], $"{pair[..equals]} of {line}");
            }

            events[0].Find("message").Should().Be(line);
        }
    }

    [Theory]
    [InlineData(Begin + "\"\\x16\\x03\\x01\" 400 - \"-\" \"-\"")]
    [InlineData(Begin + "\"hello there\" 400 - \"-\" \"-\"")]
    public void A_client_that_speaks_no_HTTP_asks_for_no_URI(string line)
    {
        Event e = LogText.Events(line + "\n")[0];

        e.Find("sc-status").Should().Be("400");
        e.Find("c-uri").Should().BeNull();
        e.Find("cs-method").Should().BeNull();
    }

    [Theory]
    [InlineData("1.2.3.4 - - [02/Mar/2026:08:00:00 +0000] GET / HTTP/1.1 200 12")]
    [InlineData("1.2.3.4 - - [monday afternoon, about 4] \"GET / HTTP/1.1\" 200 12")]
    [InlineData("1.2.3.4 - - [02/Mar/2026:08:00:00 +0000] \"GET / HTTP/1.1\"")]
    [InlineData("[02/Mar/2026:08:00:00 +0000] \"GET / HTTP/1.1\" 200 12")]
    public void Another_line_is_none(string line) => ServerLine.IsOne(line).Should().BeFalse();

    /// <summary>A line that is made to be slow to read is read in time that grows with its length.</summary>
    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_long_line_is_read_in_proportion()
    {
        foreach (string begin in (string[])[Begin + "\"", "1.2.3.4 - ", Begin + "\"GET / HTTP/1.1\" 200 1 \""])
        {
            Scaling.ShouldBeLinear(10_000, size =>
            {
                string line = begin + string.Concat(Enumerable.Repeat("\" \" 200 x \\\" [02/Mar/2026:08:00:00 +0000] ", size));
                return ThreadTime.Of(() => ServerLine.IsOne(line));
            });
        }
    }
}
