using System.Net;
using System.Net.Sockets;
using System.Text;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>What reaches outside to fill placeholders (docs/pipelines.md, "Placeholders" and "Security"): a file, a local web server, commands.</summary>
public sealed class ExternalPlaceholderTests : IDisposable
{
    private static readonly PipelineSettings Allowed = new() { Permissions = new PipelinePermissions(true, true, true) };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sigma-pipe-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("plaintext", "", " a \n\nb*\r\n", "'a','b*'")]
    [InlineData("plaintext", ", filter: '^[ac]'", "a\nb\nc\nxa", "'a','c'")]
    [InlineData("csv", ", csv_column: n", "m,n\n1,\"a,\"\"x\"\"\"\n2,b\n", "'a,\"x\"','b'")]
    [InlineData("csv", ", csv_column: 1", "m,n\n1,a\n2,b", "'a','b'")]
    [InlineData("csv", ", csv_column: 0, csv_has_header: false", "m,n\n1,a", "'m','1'")]
    [InlineData("json", ", jq_expression: '.g[].n'", "{\"g\": [{\"n\": \"a\"}, {\"n\": 5}, {\"n\": null}, {}]}", "'a','5'")]
    [InlineData("json", ", jq_expression: '.[\"g h\"][-1]'", "{\"g h\": [1, \"b\", \"c\"]}", "'c'")]
    [InlineData("json", ", jq_expression: '.\"g h\"[0]'", "{\"g h\": [1, \"b\"]}", "'1'")]
    [InlineData("yaml", ", jq_expression: '.[]'", "- a\n- b\n", "'a','b'")]
    public void Transformation_file_placeholders_read_every_format(string format, string parameters, string content, string expected)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "list.txt"), content);
        (string rule, string findings, _) = Run($"{{type: file_placeholders, path: list.txt, format: {format}{parameters}}}", Allowed);
        findings.Should().BeEmpty();
        rule.Should().Be(expected.Contains(',') && expected != "'a,\"x\"'" ? $"a={{{expected}}}" : $"a={expected}");
    }

    [Theory]
    [InlineData("path: none.txt", "", "SIG0418")]
    [InlineData("path: list.txt, filter: zzz", "a", "it has no value")]
    [InlineData("path: list.txt, format: json, jq_expression: .a", "{", "the JSON is broken")]
    [InlineData("path: list.txt, format: json, jq_expression: .a", "{\"a\": []}", "add [] to take each")]
    [InlineData("path: list.txt, format: json, jq_expression: .a", "[]", "wants 'a' of a list")]
    [InlineData("path: list.txt, format: csv, csv_column: q", "a,b\n1,2", "it has no column 'q'")]
    [InlineData("path: list.txt, format: yaml, jq_expression: .a", "a: [", "SIG0418")]
    public void Transformation_file_placeholders_refuse_the_rule_when_there_is_no_value(string parameters, string content, string expected)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "list.txt"), content);
        (_, string findings, string sentences) = Run($"{{type: file_placeholders, {parameters}}}", Allowed);
        findings.Should().Be("SIG0418 file_placeholders");
        (findings + sentences).Should().Contain(expected);
    }

    [Theory]
    [InlineData("path: a, format: xml", "SIG0409 xml")]
    [InlineData("path: a, format: csv", "SIG0407 ^{type: file_placeholders")]
    [InlineData("path: a, format: csv, csv_column: n, csv_has_header: false", "SIG0409 n")]
    [InlineData("path: a, format: json", "SIG0407 ^{type: file_placeholders")]
    [InlineData("path: a, format: json, jq_expression: '.a | map(.b)'", "SIG0429  | map(.b)")]
    [InlineData("path: a, format: json, jq_expression: 'a'", "SIG0429 a")]
    [InlineData("path: a, filter: '('", "SIG0216 (")]
    [InlineData("format: plaintext", "SIG0407 ^{type: file_placeholders")]
    public void Transformation_file_placeholders_point_at_mistakes(string parameters, string findings) =>
        Run($"{{type: file_placeholders, {parameters}}}", Allowed).Findings.Should().Be(findings);

    [Theory]
    [InlineData("type: file_placeholders, path: list.txt", "--allow-files")]
    [InlineData("type: http_placeholders, url: 'http://127.0.0.1:9/'", "--allow-http")]
    [InlineData("type: command_placeholders, cmd: 'printf a'", "--allow-commands")]
    public void Reaching_outside_is_refused_unless_allowed(string item, string flag)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "list.txt"), "a");
        var others = new PipelineSettings
        {
            Permissions = new PipelinePermissions(flag != "--allow-files", flag != "--allow-http", flag != "--allow-commands"),
        };
        (string rule, string findings, string sentences) = Run($"{{{item}}}", others);
        findings.Should().Be("SIG0417 " + item[6..item.IndexOf(',')]);
        sentences.Should().Contain(flag);
        rule.Should().Be("a='%p%'");
    }

    [Fact]
    public void Transformation_http_placeholders_send_what_is_asked_and_read_the_answer()
    {
        using var server = new OneAnswer("200 OK", "a\nb\n");
        Run($"{{type: http_placeholders, url: '{server.Url}x', method: POST, headers: {{X-Key: k}}, params: {{q: 'a b'}}, json_body: {{n: [1, x]}}}}", Allowed)
            .Rule.Should().Be("a={'a','b'}");
        server.Request.Should().StartWith("POST /x?q=a%20b HTTP/1.1").And.Contain("X-Key: k").And.EndWith("{\"n\": [1, \"x\"]}");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("404 Not Found", "a", "", "the server answered 404")]
    [InlineData("200 OK", "aaaaaaaaaaaa", ", max_body_size: 10", "it is longer than 10 bytes")]
    [InlineData("", "", ", timeout: 1", "within 1 seconds")]
    public void Transformation_http_placeholders_have_limits(string status, string body, string parameters, string expected)
    {
        using var server = new OneAnswer(status, body);
        (_, string findings, string sentences) = Run($"{{type: http_placeholders, url: '{server.Url}'{parameters}}}", Allowed);
        findings.Should().Be("SIG0418 http_placeholders");
        sentences.Should().Contain(expected);
    }

    [Theory]
    [InlineData("url: 'file:///etc/passwd'", "SIG0409 'file:///etc/passwd'")]
    [InlineData("url: 'http://x/', form_data: {a: 1}, json_body: {a: 1}", "SIG0428 {a: 1}")]
    [InlineData("url: 'http://x/', timeout: 0", "SIG0409 0")]
    public void Transformation_http_placeholders_point_at_mistakes(string parameters, string findings) =>
        Run($"{{type: http_placeholders, {parameters}}}", Allowed).Findings.Should().Be(findings);

    [Theory]
    [InlineData("cmd: 'printf \"a\\nb\"'", "a={'a','b'}")]
    [InlineData("cmd: [printf, 'a*']", "a='a*'")]
    public void Transformation_command_placeholders_take_what_a_program_writes(string parameters, string expected) =>
        Run($"{{type: command_placeholders, {parameters}}}", Allowed).Rule.Should().Be(expected);

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("cmd: 'printf a; echo broken >&2; exit 3'", "it ended with 3: broken")]
    [InlineData("cmd: 'sleep 30', timeout: 1", "it was not done within 1 seconds")]
    [InlineData("cmd: 'yes', max_stdout: 1000", "it is longer than 1000 bytes")]
    [InlineData("cmd: [no-such-program]", "no-such-program")]
    public void Transformation_command_placeholders_have_limits(string parameters, string expected)
    {
        (_, string findings, string sentences) = Run($"{{type: command_placeholders, {parameters}}}", Allowed);
        findings.Should().Be("SIG0418 command_placeholders");
        sentences.Should().Contain(expected);
    }

    [Fact]
    public void What_comes_from_outside_is_asked_for_once_in_a_run()
    {
        string log = Path.Combine(folder.FullName, "log");
        var settings = new PipelineSettings { Permissions = new PipelinePermissions(false, false, true) };
        var diagnostics = new List<Diagnostic>();
        Pipeline pipeline = Read($"{{type: command_placeholders, cmd: 'echo x >> {log}; printf a'}}", diagnostics);
        for (int i = 0; i < 3; i++)
        {
            new PipelineRun(Given.Rule("sel: {a|expand: ['%p%', '%q%']}\ncondition: sel\n"), diagnostics, settings).Apply([pipeline]);
        }

        File.ReadAllLines(log).Should().ContainSingle();
        diagnostics.Should().BeEmpty();
    }

    private Pipeline Read(string item, List<Diagnostic> diagnostics) =>
        PipelineReader.Read(new SourceText(Path.Combine(folder.FullName, "p.yml"), $"transformations:\n- {item}\n"), "p", diagnostics)!;

    private (string Rule, string Findings, string Sentences) Run(string item, PipelineSettings settings)
    {
        var diagnostics = new List<Diagnostic>();
        Pipeline pipeline = Read(item, diagnostics);
        var run = new PipelineRun(Given.Rule("sel: {a|expand: '%p%'}\ncondition: sel\n"), diagnostics, settings);
        if (diagnostics.Count == 0)
        {
            run.Apply([pipeline]);
        }

        return (
            PipedRule.Show(run.Rule.Detections[0].Body),
            PipedRule.FindingsOf(diagnostics),
            string.Join("; ", diagnostics.Select(d => $"{d.Message} {d.Hint}")));
    }

    /// <summary>A web server on this machine that takes one request. Without a status it never answers.</summary>
    private sealed class OneAnswer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource end = new();
        private readonly Task serving;

        public OneAnswer(string status, string body)
        {
            listener.Start();
            serving = Task.Run(() => ServeAsync(status, body));
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";

        public string Request { get; private set; } = "";

        public void Dispose()
        {
            end.Cancel();
            serving.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
            listener.Dispose();
            end.Dispose();
        }

        private static bool IsWhole(string request) =>
            request.Contains("\r\n\r\n", StringComparison.Ordinal) && (!request.StartsWith("POST", StringComparison.Ordinal) || request.EndsWith('}'));

        private async Task ServeAsync(string status, string body)
        {
            using TcpClient client = await listener.AcceptTcpClientAsync(end.Token);
            NetworkStream stream = client.GetStream();
            byte[] buffer = new byte[8192];
            for (int read = 1; read > 0 && !IsWhole(Request);)
            {
                read = await stream.ReadAsync(buffer, end.Token);
                Request += Encoding.UTF8.GetString(buffer, 0, read);
            }

            if (status.Length == 0)
            {
                await Task.Delay(Timeout.Infinite, end.Token);
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), end.Token);
        }
    }
}
