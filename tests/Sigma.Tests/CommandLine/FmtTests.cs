namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac fmt</c>: one form, with all comments, and the same rule.</summary>
public sealed class FmtTests : IDisposable
{
    private const string Untidy = """
        # about the file
        logsource:
          product: windows   # the system
          category: process_creation

        detection:
          # about the selection
          selection:
            - Image|endswith: '\a.exe'
              User: root
            - Image: b
          filter:
              CommandLine|contains:
              - x   # why
              # between
              - "y"
          other: {a: [1,2,
             3]}
          condition: ( selection or other ) and not filter
        title: A
        description: |
          text

           more
        # about the level
        level: high
        owner: me
        id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
        falsepositives:
        - u


        """;

    private const string Tidy = """
        # about the file
        title: A
        id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
        description: |
          text

           more
        logsource:
            product: windows   # the system
            category: process_creation
        detection:
            # about the selection
            selection:
                - Image|endswith: '\a.exe'
                  User: root
                - Image: b
            filter:
                CommandLine|contains:
                    - x   # why
                    # between
                    - "y"
            other: {a: [1,2,
               3]}
            condition: (selection or other) and not filter
        falsepositives:
            - u
        # about the level
        level: high
        owner: me

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_rule_gets_the_usual_form_and_keeps_its_comments()
    {
        Given("a.yml", Untidy);

        ProgramRun run = Sigmac.Run(folder, "fmt", "a.yml");

        run.ExitCode.Should().Be(0);
        folder.Read("a.yml").Should().Be(Tidy.ReplaceLineEndings("\n"));
        Sigmac.Run(folder, "fmt", "--check", "a.yml").ExitCode.Should().Be(0);
    }

    [Fact]
    public void Check_names_the_files_and_writes_nothing()
    {
        Given("a.yml", Untidy);
        Given("b.yml", Tidy);

        ProgramRun run = Sigmac.Run(folder, "fmt", "--check", "a.yml", "b.yml");

        run.ExitCode.Should().Be(1);
        run.Output.Should().Be("a.yml\n");
        folder.Read("a.yml").Should().Be(Untidy.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Diff_shows_what_would_change()
    {
        Given("a.yml", Tidy + "\n\n");

        ProgramRun run = Sigmac.Run(folder, "fmt", "--diff", "a.yml");

        run.ExitCode.Should().Be(1);
        run.Output.Should().StartWith("--- a/a.yml\n+++ b/a.yml\n@@ -").And.Contain("\n-\n-\n");
    }

    [Theory]
    [InlineData("title: A\r\nlogsource:\r\n  product: windows\r\ndetection:\r\n  s:\r\n    a: b \r\n  condition: s\r\n", "title: A\r\nlogsource:\r\n    product: windows\r\ndetection:\r\n    s:\r\n        a: b\r\n    condition: s\r\n")]
    [InlineData("title: A\r\nlogsource: {product: windows}\r\ndetection:\r\n    s:\r\n        a: b\r\n    condition: s", "title: A\r\nlogsource: {product: windows}\r\ndetection:\r\n    s:\r\n        a: b\r\n    condition: s\r\n")]
    [InlineData("title: A\nlogsource: {product: windows}\ndetection:\n    s:\n        a: b\n    condition: s", "title: A\nlogsource: {product: windows}\ndetection:\n    s:\n        a: b\n    condition: s\n")]
    [InlineData("title: A\rlogsource: {category: test}\rdetection:\r  s: {A: b}\r  condition: s\r\r", "title: A\rlogsource: {category: test}\rdetection:\r    s: {A: b}\r    condition: s\r")]
    [InlineData("title: A\ndescription: |\n    a\r    b\nlogsource: {product: windows}\ndetection:\n  s:\n    a: b\n  condition: s\n", null)]
    [InlineData("title: A\nlogsource:\n    product: windows\ndetection:\n    s:\n        a: 'x\n\n          y'\n    condition: s\n", null)]
    [InlineData("title: A\nlogsource:\n    product: windows\ndetection:\n    s:\n        a: |2\n            x\n    condition: s\n", null)]
    [InlineData("title: A\nlogsource:\n    product: windows\ndetection:\n    s: &x\n        a: b\n    t: *x\n    condition: s or t\n", null)]
    public void Line_ends_and_texts_of_several_lines_are_kept(string before, string? after)
    {
        folder.With("a.yml", before);

        Sigmac.Run(folder, "fmt", "a.yml").ExitCode.Should().Be(0);

        folder.Read("a.yml").Should().Be(after ?? before);
    }

    [Theory]
    [InlineData("fmt")]
    [InlineData("check", "--fix", "--select", "final_newline")]
    public void A_link_stays_a_link(params string[] command)
    {
        if (OperatingSystem.IsWindows())
        {
            // Links need a privilege there.
            return;
        }

        folder.With("a.yml", Untidy.TrimEnd());
        File.CreateSymbolicLink(folder["link.yml"], folder["a.yml"]);

        ProgramRun run = Sigmac.Run(folder, [.. command, "link.yml"]);

        run.Error.Should().Contain("link.yml").And.Contain("it is a link; name the file that it leads to");
        new FileInfo(folder["link.yml"]).LinkTarget.Should().NotBeNull();
        folder.Read("a.yml").Should().Be(Untidy.TrimEnd());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void The_end_of_a_file_is_a_line_end_of_its_own_kind(string end)
    {
        string text = $"title: A{end}logsource: {{product: windows}}{end}detection: {{s: {{a: b}}, condition: s}}";
        folder.With("a.yml", text);

        Sigmac.Run(folder, "check", "--fix", "--select", "final_newline", "a.yml").ExitCode.Should().Be(0);

        folder.Read("a.yml").Should().Be(text + end);
    }

    [Fact]
    public void A_lone_carriage_return_among_line_feeds_is_said()
    {
        folder.With("a.yml", "title: A\ndescription: |\n    a\r    b\nlogsource: {product: windows}\ndetection: {s: {a: b}, condition: s}\n");

        Sigmac.Run(folder, "fmt", "--check", "a.yml").Error.Should().Contain("a.yml is left as it is: some of its lines end in a carriage return only");
    }

    [Theory]
    [InlineData("600", "fmt")]
    [InlineData("640", "check", "--fix", "--select", "final_newline")]
    [InlineData("755", "migrate")]
    public void The_permissions_of_a_file_are_kept(string mode, params string[] command)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        UnixFileMode wanted = (UnixFileMode)Convert.ToInt32(mode, 8);
        folder.With("a.yml", Untidy.Replace("title:", "date: 2020/01/10\ntitle:").TrimEnd());
        File.SetUnixFileMode(folder["a.yml"], wanted);
        string before = folder.Read("a.yml");

        Sigmac.Run(folder, [.. command, "a.yml"]).ExitCode.Should().Be(0);

        folder.Read("a.yml").Should().NotBe(before);
        File.GetUnixFileMode(folder["a.yml"]).Should().Be(wanted);
    }

    [Theory]
    [InlineData("fmt")]
    [InlineData("check", "--fix", "--select", "final_newline")]
    [InlineData("migrate")]
    public void A_read_only_file_is_left_alone_and_said(params string[] command)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string text = Untidy.Replace("title:", "date: 2020/01/10\ntitle:").TrimEnd();
        folder.With("a.yml", text);
        File.SetUnixFileMode(folder["a.yml"], (UnixFileMode)Convert.ToInt32("444", 8));

        ProgramRun run = Sigmac.Run(folder, [.. command, "a.yml"]);

        run.Error.Should().Contain("cannot write 'a.yml': it is read-only").And.NotContain("1 file of 1").And.NotContain("1 correction");
        run.ExitCode.Should().Be(1);
        folder.Read("a.yml").Should().Be(text);
    }

    [Fact]
    public void Documents_of_a_file_are_formatted_one_by_one()
    {
        folder.With("a.yml", "name: r\ntitle: A\nlogsource:\n  product: windows\ndetection:\n  s:\n    a: b\n  condition: s\n---\ncorrelation:\n  type: event_count\n  rules:\n  - r\n  timespan: 5m\n  condition:\n    gte: 3\ntitle: B\n");

        Sigmac.Run(folder, "fmt", "a.yml");

        folder.Read("a.yml").Should().Be("title: A\nname: r\nlogsource:\n    product: windows\ndetection:\n    s:\n        a: b\n    condition: s\n---\ntitle: B\ncorrelation:\n    type: event_count\n    rules:\n        - r\n    timespan: 5m\n    condition:\n        gte: 3\n");
    }

    [Fact]
    public void A_broken_rule_is_left_as_it_is_and_said()
    {
        folder.With("a.yml", "title: A\nlogsource:\n  product: windows\ndetection:\n  s:\n    a: b\n  condition: t\n");

        ProgramRun run = Sigmac.Run(folder, "fmt", "a.yml");

        run.Error.Should().Contain("a.yml is left as it is: it has errors");
        folder.Read("a.yml").Should().Contain("  product");
    }

    [Fact]
    public void Standard_input_is_written_to_standard_output() =>
        Sigmac.Run(folder, System.Text.Encoding.UTF8.GetBytes(Untidy), ["fmt", "-"]).Output.Should().Be(Tidy.ReplaceLineEndings("\n"));

    private void Given(string path, string text) => folder.With(path, text.ReplaceLineEndings("\n"));
}
