using System.Net.Sockets;

namespace Sigma.Tests.CommandLine;

/// <summary>
/// Nothing outside the folder it was found in is read, however a repository tries: links, paths in its files, and things that
/// are no files. A text of a file that is none of ours never shows.
/// </summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class BoundsTests : IDisposable
{
    private const string Secret = "root:$6$SECRET-HASH:19000";

    private const string Cases = "tests:\n  - name: one\n    data: {0}\n    matches: 1\n";

    private readonly TemporaryFolder folder = new();

    public BoundsTests() => folder.With("outside/secret.yml", Rule.For("outside")).With("outside/shadow", Secret + "\n").With("outside/deep/x.yml", Rule.For("deep"))
        .With("outside/events.json", "{\"f\":\"inside\",\"SECRET-HASH\":1}\n").With("repo/a.yml", Rule.For("inside"));

    public void Dispose() => folder.Dispose();

    private void Link(string link, string target) => File.CreateSymbolicLink(folder[link], target);

    private ProgramRun Run(params string[] arguments)
    {
        ProgramRun run = Sigmac.Run(folder, arguments);
        (run.Output + run.Error).Should().NotContain("SECRET-HASH");
        return run;
    }

    [Theory]
    [InlineData("../outside/secret.yml")]
    [InlineData("../outside/shadow")]
    [InlineData("hop.link")]
    public void A_linked_rule_outside_is_left_out_with_a_word(string target)
    {
        Link("repo/x.yml", target);
        Link("repo/hop.link", "../outside/secret.yml");

        ProgramRun run = Run("convert", "-t", "splunk", "repo");

        (run.ExitCode, run.Output).Should().Be((0, "f=\"inside\"\n"));
        run.Error.Should().Contain("SIG0117").And.Contain("skipped 'repo/x.yml'");
    }

    [Fact]
    public void A_link_in_a_circle_is_called_one()
    {
        Link("repo/x.yml", "y.yml");
        Link("repo/y.yml", "x.yml");

        ProgramRun found = Run("convert", "-t", "splunk", "repo");
        (found.ExitCode, found.Output).Should().Be((0, "f=\"inside\"\n"));
        found.Error.Should().Contain("skipped 'repo/x.yml': it is a link that leads in a circle");

        ProgramRun named = Run("convert", "-t", "splunk", "repo/x.yml");
        named.ExitCode.Should().Be(2);
        named.Error.Should().Contain("'repo/x.yml' is a link that leads in a circle, not a file");
    }

    [Fact]
    public void A_link_inside_is_followed_and_one_outside_where_it_is_wanted()
    {
        folder.With("repo/kept/b.txt", Rule.For("b"));
        Link("repo/b.yml", "kept/b.txt");
        Link("repo/x.yml", "../outside/secret.yml");
        Directory.CreateSymbolicLink(folder["repo/sub"], "../outside/deep");
        Directory.CreateSymbolicLink(folder["repo/loop"], "..");

        Run("convert", "-t", "splunk", "repo").Output.Should().Be("f=\"inside\"\nf=\"b\"\n");
        ProgramRun followed = Run("convert", "-t", "splunk", "--follow-links", "repo");
        followed.Output.Should().Contain("f=\"b\"").And.Contain("f=\"outside\"").And.Contain("f=\"deep\"");
    }

    [Fact]
    public void A_path_on_the_command_line_is_read_whatever_it_is()
    {
        Link("link.yml", "outside/secret.yml");
        Directory.CreateSymbolicLink(folder["linked"], "outside/deep");

        Run("convert", "-t", "splunk", "link.yml", "linked").Output.Should().Be("f=\"outside\"\nf=\"deep\"\n");
    }

    /// <summary>A folder's name is no beginning of another's.</summary>
    [Fact]
    public void A_neighbour_whose_name_begins_alike_is_outside()
    {
        folder.With("repo-private/x.yml", Rule.For("private"));
        Link("repo/x.yml", "../repo-private/x.yml");

        Run("convert", "-t", "splunk", "repo").Output.Should().Be("f=\"inside\"\n");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("../outside/events.json", false)]
    [InlineData("events.json", true)]
    [InlineData("/proc/self/environ", false)]
    [InlineData("../outside/nowhere.json", false)]
    public void Events_of_a_case_lie_where_the_case_was_found(string data, bool linked)
    {
        folder.With("repo/a.tests.yml", string.Format(Cases, data));
        if (linked)
        {
            Link("repo/events.json", "../outside/events.json");
        }

        ProgramRun run = Run("test", "repo");

        run.ExitCode.Should().Be(1);
        (run.Output + run.Error).Should().Contain("is not in");
        (run.Output + run.Error).Should().NotContain("there is no file");
    }

    [Theory]
    [InlineData("..", "../shared/events.json")]
    [InlineData(".", "events.json")]
    public void Events_within_the_folder_given_are_read(string from, string data)
    {
        folder.With("repo/rules/a.yml", Rule.For("inside")).With("repo/rules/a.tests.yml", string.Format(Cases, data))
            .With("repo/rules/" + from + "/" + (from == "." ? "" : "shared/") + "events.json", "{\"f\":\"inside\"}\n");

        ProgramRun run = Run("test", "repo");

        run.ExitCode.Should().Be(0, run.Output + run.Error);
    }

    [Fact]
    public void Linked_cases_and_events_outside_are_left_out()
    {
        Link("repo/a.tests.yml", "../outside/shadow");
        Link("repo/e.json", "../outside/events.json");
        Directory.CreateSymbolicLink(folder["repo/logs"], "../outside");

        Run("test", "repo").Error.Should().Contain("SIG0117");
        ProgramRun match = Run("match", "-r", "repo/a.yml", "--with-event", "-f", "ndjson", "repo");
        match.Error.Should().Contain("skipped 'repo/e.json'").And.Contain("skipped 'repo/logs'");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("pipelines: [../outside/shadow]")]
    [InlineData("pipelines: [linked]")]
    [InlineData("pipelines: [.git/config]")]
    [InlineData("pipelines: ['x/../../outside/shadow']")]
    [InlineData("pipelines: [ABSOLUTE/outside/shadow]")]
    [InlineData("backends: ../outside")]
    [InlineData("doc: {template: ../outside/shadow}")]
    [InlineData("doc: {data-needed: ../outside}")]
    [InlineData("attack: ../outside/shadow")]
    public void A_configuration_that_was_found_names_nothing_outside(string setting)
    {
        folder.With("repo/.git/config", "token = SECRET-HASH\n").With("repo/.sigmac.yml", "targets: splunk\n" + setting.Replace("ABSOLUTE", folder.Path) + "\n");
        Link("repo/linked", "../outside/shadow");

        ProgramRun run = Sigmac.RunBelow(folder, "repo", "convert", "a.yml");

        (run.ExitCode, run.Output).Should().Be((2, ""));
        run.Error.Should().Contain("SIG0118").And.NotContain("SECRET-HASH");
    }

    [Fact]
    public void A_configuration_that_is_a_link_outside_is_refused()
    {
        Link("repo/.sigmac.yml", "../outside/shadow");

        ProgramRun run = Sigmac.RunBelow(folder, "repo", "convert", "-t", "splunk", "a.yml");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("SIG0118").And.NotContain("SECRET-HASH");
    }

    [Fact]
    public void A_configuration_that_was_given_may_name_what_it_likes()
    {
        folder.With("repo/mine.yml", "targets: splunk\npipelines: [../outside/p.yml]\n").With("outside/p.yml", "transformations:\n  - type: field_name_prefix\n    prefix: my_\n");

        Run("convert", "--config", "repo/mine.yml", "repo/a.yml").Output.Should().Be("my_f=\"inside\"\n");
    }

    /// <summary>The user may give any file, and its text still does not get into a log.</summary>
    [Theory]
    [InlineData("convert", "-t", "splunk", "-p", "outside/shadow", "repo/a.yml")]
    [InlineData("convert", "-t", "splunk", "--filter-file", "outside/shadow", "repo/a.yml")]
    [InlineData("convert", "-t", "splunk", "--config", "outside/shadow", "repo/a.yml")]
    [InlineData("convert", "-t", "splunk", "outside/shadow")]
    [InlineData("doc", "--template", "outside/none", "repo/a.yml")]
    [InlineData("test", "--data", "outside/shadow", "repo")]
    public void Messages_do_not_show_a_file_that_is_none_of_ours(params string[] arguments) => Run(arguments).ExitCode.Should().NotBe(0);

    [Theory]
    [InlineData("template: ../../outside/shadow")]
    [InlineData("template: linked.scriban")]
    public void A_backend_reads_its_own_folder_only(string template)
    {
        folder.With("targets/mine/backend.yml", "name: mine\ntitle: Mine\ninherits: splunk\nformats:\n  default: {description: d, " + template + "}\n");
        Directory.CreateDirectory(folder["targets/mine/formats"]);
        Link("targets/mine/formats/linked.scriban", "../../../outside/shadow");

        Run("convert", "-t", "mine", "--backends", "targets", "repo/a.yml").ExitCode.Should().Be(2);
    }

    [Fact]
    public void A_theme_and_a_folder_of_pipelines_take_no_links_from_outside()
    {
        folder.With("theme/site.css", "/* mine */").With("pipes/p.yml", "transformations:\n  - type: field_name_prefix\n    prefix: my_\n");
        Link("theme/extra.txt", "../outside/shadow");
        Link("pipes/x.yml", "../outside/shadow");

        Run("doc", "-f", "html", "-t", "splunk", "--template", "theme", "-o", "pages", "repo/a.yml").Error.Should().Contain("SIG0117");
        folder.Files("pages").Should().NotContain(file => file.EndsWith("extra.txt", StringComparison.Ordinal));
        ProgramRun run = Run("convert", "-t", "splunk", "-p", "pipes", "repo/a.yml");
        run.Output.Should().Be("my_f=\"inside\"\n");
        run.Error.Should().Contain("skipped 'pipes/x.yml'");
    }

    [BashFact]
    public void What_is_no_file_is_left_out_with_a_word()
    {
        Sigmac.Shell(folder, "mkfifo repo/p.yml repo/e.json repo/c.tests.yml").ExitCode.Should().Be(0);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder["repo/s.yml"]));
        folder.With("repo/empty.yml", "");

        ProgramRun run = Run("convert", "-t", "splunk", "repo");
        run.Output.Should().Be("f=\"inside\"\n");
        run.Error.Should().Contain("skipped 'repo/p.yml': it is a pipe, not a file").And.Contain("skipped 'repo/s.yml': it is a socket, not a file");
        Run("test", "repo").Error.Should().Contain("skipped 'repo/c.tests.yml'");
        Run("match", "-r", "repo/a.yml", "repo").Error.Should().Contain("skipped 'repo/e.json'");
    }

    [Trait(Tier.Name, Tier.Slow)]
    [BashTheory]
    [InlineData("convert -t splunk p")]
    [InlineData("convert -t splunk -p p repo")]
    [InlineData("convert -t splunk --config p repo")]
    [InlineData("convert -t splunk --filter-file p repo")]
    [InlineData("match -r p repo/a.yml")]
    [InlineData("match -r repo/a.yml p")]
    [InlineData("test --data p repo")]
    [InlineData("doc --template p repo/a.yml")]
    [InlineData("check --baseline p repo/a.yml")]
    [InlineData("check --baseline p --write-baseline repo/a.yml")]
    [InlineData("check --validator-config p repo/a.yml")]
    [InlineData("migrate --validators p")]
    [InlineData("coverage --compare p repo/a.yml")]
    [InlineData("coverage --attack p repo/a.yml")]
    [InlineData("doc -t splunk --attack p repo/a.yml")]
    [InlineData("fit -r repo/a.yml --schema p")]
    public void A_pipe_that_is_named_is_not_waited_for(string arguments)
    {
        Sigmac.Shell(folder, "mkfifo p").ExitCode.Should().Be(0);

        // A run that waits fails by Sigmac's own patience.
        ProgramRun run = Run(arguments.Split(' '));

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("SIG0115").And.Contain("'p' is a pipe, not a file");
    }

    [Theory]
    [InlineData("check repo/a.yml --baseline")]
    [InlineData("check repo/a.yml --validator-config")]
    [InlineData("migrate --validators")]
    [InlineData("coverage repo/a.yml --attack")]
    [InlineData("doc -t splunk repo/a.yml --attack")]
    [InlineData("fit -r repo/a.yml --schema")]
    public void A_folder_and_nothing_are_no_files(string arguments)
    {
        Run([.. arguments.Split(' '), "repo"]).Should().Be(new ProgramRun(2, "", "sigmac: error SIG0101: cannot read the file: repo: it is a folder, not a file\n"));
        Run([.. arguments.Split(' '), ""]).Should().Be(new ProgramRun(2, "", "sigmac: error SIG0701: no such file or folder: ''\n"));
    }

    /// <summary>Its files are ordinary ones, unlike all others below /dev.</summary>
    [BashFact]
    public void A_pipe_in_the_folder_in_memory_is_not_waited_for()
    {
        if (!Directory.Exists("/dev/shm"))
        {
            return;
        }

        string pipe = $"/dev/shm/sigmac-{Guid.NewGuid()}";
        Sigmac.Shell(folder, $"mkfifo {pipe}").ExitCode.Should().Be(0);
        try
        {
            ProgramRun run = Sigmac.Run(folder, "convert", "-t", "splunk", pipe);
            run.ExitCode.Should().Be(2);
            run.Error.Should().Contain("SIG0115");
        }
        finally
        {
            File.Delete(pipe);
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [BashTheory]
    [InlineData("cat repo/a.yml | sigmac convert -t splunk /dev/stdin")]
    [InlineData("sigmac convert -t splunk <(cat repo/a.yml)")]
    [InlineData("sigmac convert -t splunk --filter-file <(printf 'title: F\\nlogsource: {category: other}\\nfilter: {rules: any, s: {g: x}, condition: not s}\\n') repo/a.yml")]
    public void What_the_shell_puts_there_is_read(string script) => Sigmac.Shell(folder, script).Output.Should().Contain("f=\"inside\"");
}
