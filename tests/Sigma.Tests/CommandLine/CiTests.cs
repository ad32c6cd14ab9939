using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sigma.Engines.Tests.Engines;
using YamlDotNet.RepresentationModel;

namespace Sigma.Tests.CommandLine;

/// <summary>
/// The action, the problem matcher, the hooks for pre-commit and the jobs of samples/ci: their steps are run on copies of rules. They are
/// green on the first day, and red with a message at its line when a rule is broken.
/// </summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class CiTests : IDisposable
{
    private const string Target = "rules/windows/builtin/sysmon/sysmon_monitoring_interrupted.yml";

    /// <summary>A folder of few rules, for what does not depend on them.</summary>
    private const string Few = "rules/windows/builtin/sysmon";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>What a problem matcher finds in a log: file, line, column, message. .NET's ECMAScript mode is what the runner uses.</summary>
    private static (string File, string Line, string Column, string Message)[] Annotations(string log)
    {
        JsonNode matchers = JsonNode.Parse(File.ReadAllText(Path.Combine(Backends.Repository.Root, ".github", "problem-matcher.json")))!;
        var found = new List<(string, string, string, string)>();
        foreach (JsonNode? matcher in matchers["problemMatcher"]!.AsArray())
        {
            JsonNode pattern = matcher!["pattern"]!.AsArray().Single()!;
            var regex = new Regex(pattern["regexp"]!.GetValue<string>(), RegexOptions.CultureInvariant | RegexOptions.ECMAScript);
            foreach (Match match in log.Split('\n').Select(line => regex.Match(line)).Where(match => match.Success))
            {
                string Group(string name) => pattern[name] is { } number ? match.Groups[number.GetValue<int>()].Value : "";
                found.Add((Group("file"), Group("line"), Group("column"), Group("message")));
            }
        }

        return [.. found];
    }

    /// <summary>Copies folders of rules of the pack, all of it by default. Rules that ask for values of one's own are left out of that.</summary>
    private void CopyRules(params string[] folders)
    {
        string root = Backends.Repository.Root;
        foreach (string file in Directory.GetFiles(Path.Combine(root, "rules"), "*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(root, file);
            if (folders.Length > 0 ? folders.Any(one => path.StartsWith(one + "/", StringComparison.Ordinal)) : !path.StartsWith("rules/placeholders/", StringComparison.Ordinal))
            {
                Copy(file, path);
            }
        }
    }

    private void Copy(string file, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[$"work/{path}"])!);
        File.Copy(file, folder[$"work/{path}"]);
    }

    /// <summary>Misspells a modifier of a rule.</summary>
    /// <returns>The line and column of it.</returns>
    private (string Line, string Column) Break(string path, string modifier)
    {
        string[] lines = folder.Read($"work/{path}").Split('\n');
        int line = Array.FindIndex(lines, text => text.Contains('|' + modifier, StringComparison.Ordinal));
        int column = lines[line].IndexOf('|' + modifier, StringComparison.Ordinal) + 1;
        lines[line] = lines[line].Insert(column, "x");
        folder.With($"work/{path}", string.Join('\n', lines));
        return ($"{line + 1}", $"{column + 1}");
    }

    private string Commit() =>
        Sigmac.Shell(folder, """
            cd work; export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
            [ -d .git ] || git init -q
            git add -A; git -c user.name=a -c user.email=a@example.org commit -q -m rules; git rev-parse HEAD
            """).Output.Trim();

    [CiFact]
    public void The_workflow_is_green_on_the_pack_and_keeps_what_it_made()
    {
        CopyRules();
        var runner = new WorkflowRunner(folder);

        runner.RunWorkflow();

        runner.IsGreen.Should().BeTrue(runner.Log);
        runner.Results.Select(result => result.Name).Should().Equal("Build sigmac", "Convert the rules", "Check the rules", "Run the test cases");
        runner.Results[0].Log.Should().Contain($"::add-matcher::{folder["action/.github/problem-matcher.json"]}");
        Annotations(runner.Log).Should().BeEmpty();
        runner.Log.Should().Contain("more are not possible", "the pack has rules that these targets cannot express");
        string kept = "work/" + runner.Kept.Should().ContainSingle().Subject;
        folder.Files(kept + "/queries/splunk").Should().HaveCountGreaterThan(50).And.Contain("windows/builtin/sysmon/sysmon_monitoring_interrupted.splunk.txt");
        folder.Files(kept + "/queries/es-qs").Should().HaveCountGreaterThan(50);
        folder.Read(kept + "/report.txt").Should().BeEmpty();
        folder.Read(kept + "/unsupported.txt").Should().Contain("\tSIG06");
        JsonNode.Parse(folder.Read(kept + "/check/findings.sarif"))!["runs"]![0]!["results"]!.AsArray().Should().NotBeEmpty();
        JsonNode.Parse(folder.Read(kept + "/check/gl-code-quality.json"))!.AsArray().Should().NotBeEmpty();
        XElement results = XDocument.Parse(folder.Read(kept + "/tests/results.xml")).Root!;
        ((int)results.Attribute("tests")!).Should().BePositive();
        ((int)results.Attribute("failures")!).Should().Be(0);
    }

    [CiFact]
    public void A_push_with_a_broken_rule_is_red_at_its_line_and_the_cases_run_all_the_same()
    {
        CopyRules(Few);
        (string line, string column) = Break(Target, "contains");
        var runner = new WorkflowRunner(folder);

        runner.RunWorkflow();

        runner.Results.Select(result => (result.Name, result.ExitCode)).Should().Contain(("Convert the rules", 1));
        runner.Results[^1].Name.Should().Be("Run the test cases");
        Annotations(runner.Results[1].Log).Should().Equal((Target, line, column, "unknown modifier 'xcontains'"));
        runner.Kept.Should().ContainSingle("results are kept of a red run too");
        folder.Read($"work/{runner.Kept[0]}/report.txt").Should().Contain($"splunk\t{Target}:{line}:{column}\tSIG0212\t");
    }

    [CiFact]
    public void A_pull_request_is_judged_by_the_rules_that_it_changes()
    {
        CopyRules(Few);
        Break(Target, "contains");
        string before = Commit();
        folder.With("work/rules/new.yml", Rule.For("new"));
        Commit();
        var green = new WorkflowRunner(folder);
        green.RunWorkflow(before);
        folder.With("work/rules/new.yml", Rule.Broken);
        using var second = new TemporaryFolder();
        var red = new WorkflowRunner(folder.MovedTo(second, "work"));
        red.RunWorkflow(before);

        green.Results[1].ExitCode.Should().Be(0, green.Log);
        green.Results[1].Log.Should().Contain("\n2 queries are in");
        red.Results[1].ExitCode.Should().Be(1);
        Annotations(red.Results[1].Log).Should().Equal(("rules/new.yml", "4", "11", "unknown modifier 'endwith'"));
    }

    [CiFact]
    public void A_failed_case_is_red_at_its_line()
    {
        CopyRules(Few);
        string cases = Target.Replace(".yml", ".tests.yml");
        folder.With($"work/{cases}", "tests:\n    - name: x\n      event: {EventID: 16}\n      matches: 0\n");
        var runner = new WorkflowRunner(folder);

        runner.RunWorkflow();

        runner.Results.Select(result => result.ExitCode).Should().Equal(0, 0, 0, 1);
        Annotations(runner.Results[^1].Log).Select(found => (found.File, found.Line)).Should().Equal((cases, "2"));
    }

    [CiFact(needsSharedFolder: true)]
    public void The_workflow_is_green_on_public_rules_without_cases_and_red_when_one_is_broken()
    {
        string corpus = SharedFolder.In("corpus", "sigmahq");
        string[] rules = [.. Directory.GetFiles(corpus, "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (string rule in rules.Where((_, i) => i % (rules.Length / 400) == 0).Take(400))
        {
            Copy(rule, Path.Combine("rules", Path.GetRelativePath(corpus, rule)));
        }

        var green = new WorkflowRunner(folder);
        green.RunWorkflow();
        string path = Path.GetRelativePath(folder["work"], Directory.GetFiles(folder["work/rules"], "*.yml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).First(file => File.ReadAllText(file).Contains("|endswith", StringComparison.Ordinal)));
        (string line, string column) = Break(path, "endswith");
        using var second = new TemporaryFolder();
        var red = new WorkflowRunner(folder.MovedTo(second, "work"));
        red.RunWorkflow();

        green.IsGreen.Should().BeTrue(green.Log);
        green.Results[1].Log.Should().MatchRegex(@"\n(79\d|800) queries are in");
        green.Results[3].Log.Should().Contain("No rule has a case yet.");
        XDocument.Parse(second.Read("work/sigmac-output/tests/results.xml")).Root!.Attribute("tests")!.Value.Should().Be("0");
        red.IsGreen.Should().BeFalse();
        Annotations(red.Results[1].Log).Should().Contain((path, line, column, "unknown modifier 'xendswith'"));
    }

    [CiFact]
    public void Inputs_turn_on_what_they_say()
    {
        CopyRules(Few, "rules/placeholders", "rules/modifiers");
        folder.With("work/may-fail", string.Join("\r\n", Directory.GetFiles(folder["work/rules/placeholders"]).Select(file => "rules/placeholders/" + Path.GetFileName(file))));
        var allowed = new WorkflowRunner(folder);
        allowed.RunAction(("targets", "splunk, es-qs\nlucene\n"), ("may-fail", "may-fail"), ("strict", "false"));
        Directory.GetDirectories(folder["work/sigmac-output/queries"]).Select(Path.GetFileName).Should().BeEquivalentTo("splunk", "es-qs", "lucene");
        using var second = new TemporaryFolder();
        var unsupported = new WorkflowRunner(folder.MovedTo(second, "work"));
        unsupported.RunAction(("targets", "es-qs"), ("may-fail", "may-fail"), ("fail-unsupported", "true"));
        using var third = new TemporaryFolder();
        var strict = new WorkflowRunner(second.MovedTo(third, "work"));
        strict.RunAction(("targets", "es-qs"), ("may-fail", "may-fail"), ("strict", "true"), ("require-tests", "true"));

        allowed.IsGreen.Should().BeTrue(allowed.Log);
        allowed.Log.Should().MatchRegex("(?m)^rules/placeholders/[a-z_]+\\.yml:\\d+:\\d+: may fail: SIG0605: ");
        Annotations(allowed.Log).Should().BeEmpty();
        unsupported.Results[1].ExitCode.Should().Be(1);
        unsupported.Results[3].ExitCode.Should().Be(0, "cases are not required");
        strict.Results[1].ExitCode.Should().Be(1);
        Annotations(strict.Results[1].Log).Should().Contain(found => found.File == Target && found.Message.StartsWith("no pipeline maps the field", StringComparison.Ordinal));
        strict.Results[3].ExitCode.Should().Be(1, "most rules have no case");
    }

    /// <summary>Names and texts that are commands to a shell or to the runner stay text.</summary>
    [CiFact]
    public void Nothing_hostile_is_run()
    {
        const string Rules = "a b\"; touch MADE; $(touch MADE) `touch MADE` '";
        folder.With($"work/{Rules}/x ##[error]y.yml", "title: \"##[add-mask]x\"\nlogsource: {product: linux}\ndetection:\n    s: {'f|##[error]\\n::error::z': x}\n    condition: s\n")
            .With($"work/{Rules}/--config.yml", Rule.For("fine"));
        var runner = new WorkflowRunner(folder);

        runner.RunAction(("rules", Rules), ("targets", "splunk"), ("output", "-o $(touch MADE)"), ("may-fail", ""), ("since", ""));

        Directory.GetFiles(folder.Path, "MADE", SearchOption.AllDirectories).Should().BeEmpty();
        folder.Files("work/-o $(touch MADE)/queries/splunk").Should().Equal("_--config.splunk.txt");
        runner.Results[1].ExitCode.Should().Be(1);
        string[] lines = runner.Results[1].Log.TrimEnd('\n').Split('\n');
        string token = lines[0].Should().StartWith("::stop-commands::").And.Subject[17..];
        token.Should().HaveLength(32);
        lines[^1].Should().Be($"::{token}::", "all that a rule says is before it");
        Annotations(runner.Results[1].Log).Should().ContainSingle().Which.File.Should().Be($"{Rules}/x ##[error]y.yml");
    }

    [CiFact]
    public void A_query_that_cannot_be_written_is_red()
    {
        folder.With("work/rules/a.yml", Rule.For("a")).With("work/rules/a.yaml", Rule.For("b"));
        var runner = new WorkflowRunner(folder);

        runner.RunAction(("targets", "splunk"));

        runner.Results[1].ExitCode.Should().Be(1);
        runner.Results[1].Log.Should().Contain("Some queries could not be written.");
        Annotations(runner.Results[1].Log).Should().ContainSingle();
    }

    [CiFact]
    public void The_job_for_GitLab_does_the_same()
    {
        CopyRules(Few);
        Dictionary<string, YamlNode> job = WorkflowRunner.Map(WorkflowRunner.Read("samples/ci/gitlab-ci.yml").Children.Single().Value);
        job.Keys.Should().BeSubsetOf(["image", "variables", "rules", "before_script", "script", "artifacts"]);
        WorkflowRunner.Map(job["artifacts"]).Keys.Should().BeSubsetOf(["when", "paths", "reports", "expire_in", "name"]);
        WorkflowRunner.Map(WorkflowRunner.Map(job["artifacts"])["reports"]).Keys.Should().Equal("codequality", "junit");
        foreach (YamlNode rule in (YamlSequenceNode)job["rules"])
        {
            WorkflowRunner.Map(rule).Keys.Should().BeSubsetOf(["if", "variables", "changes", "when"]);
        }

        WorkflowRunner.CopySigmac(folder, "work/sigmac");
        string variables = string.Concat(WorkflowRunner.Map(job["variables"]).Select(pair => $"export {pair.Key}={WorkflowRunner.Quote(WorkflowRunner.Text(pair.Value))}\n"));
        string Lines(string key) => string.Concat(((YamlSequenceNode)job[key]).Select(line => WorkflowRunner.Text(line) + "\n"));
        folder.With("before.sh", Lines("before_script")).With("script.sh", Lines("script"));
        string run = $"{variables}cd work; PATH={WorkflowRunner.Quote(folder["bin"])}:\"$PATH\" bash -eo pipefail ../before.sh && bash -eo pipefail ../script.sh 2>&1";

        ProgramRun green = Sigmac.Shell(folder, run);
        (string line, string column) = Break(Target, "contains");
        ProgramRun red = Sigmac.Shell(folder, run);

        green.ExitCode.Should().Be(0, green.Output);
        red.ExitCode.Should().Be(1);
        Annotations(red.Output).Should().Contain((Target, line, column, "unknown modifier 'xcontains'"));
        string results = WorkflowRunner.Text(WorkflowRunner.Map(WorkflowRunner.Map(job["artifacts"])["reports"])["junit"]);
        XDocument.Parse(folder.Read($"work/{results}")).Root!.Name.LocalName.Should().Be("testsuites");
    }

    [CiFact]
    public void The_hooks_judge_the_files_that_they_are_given()
    {
        CopyRules(Few);
        folder.With("work/ci.yml", "on: push\n").With("work/rules/broken.yml", Rule.Broken).With("work/.sigmac.yml", "targets: [splunk]\n")
            .With("work/-x.yml", Rule.For("x")).With("work/rules/a.yml", Rule.For("a"))
            .With("work/rules/a.tests.yml", "tests:\n    - event: {f: b}\n      matches: 1\n");
        WorkflowRunner.CopySigmac(folder, "hooks");
        string cases = Target.Replace(".yml", ".tests.yml");

        ProgramRun Hook(string id, params string[] files)
        {
            string entry = WorkflowRunner.Text(Hooks().Single(hook => WorkflowRunner.Text(hook["id"]) == id)["entry"]);
            return Sigmac.Shell(folder, $"cd work; export SIGMAC=../program; ../hooks/{entry} {string.Join(' ', files.Select(WorkflowRunner.Quote))} 2>&1");
        }

        (string Id, string[] Files, int Code)[] expected =
        [
            ("sigmac-check", ["ci.yml"], 0),
            ("sigmac-check", [cases], 0),
            ("sigmac-check", ["rules/broken.yml"], 1),
            ("sigmac-check", ["--select", "nix", "rules/broken.yml"], 2),
            ("sigmac-convert", [Target, "ci.yml", "-x.yml", cases], 0),
            ("sigmac-convert", ["ci.yml"], 0),
            ("sigmac-convert", [cases], 0),
            ("sigmac-convert", [Target, "rules/broken.yml"], 1),
            ("sigmac-convert", ["-t", "nix", Target], 2),
            ("sigmac-test", [Target, cases, "ci.yml"], 0),
            ("sigmac-test", ["ci.yml"], 0),
            ("sigmac-test", ["rules/a.tests.yml"], 1),
        ];
        foreach ((string id, string[] files, int code) in expected)
        {
            ProgramRun run = Hook(id, files);
            run.ExitCode.Should().Be(code, $"{id} {string.Join(' ', files)}: {run.Output}");
            (run.Output.Length > 0).Should().Be(code > 0);
        }

        Annotations(Hook("sigmac-convert", "rules/broken.yml").Output).Should().Equal(("rules/broken.yml", "4", "11", "unknown modifier 'endwith'"));
        Annotations(Hook("sigmac-test", "rules/a.tests.yml").Output).Select(found => (found.File, found.Line)).Should().Equal(("rules/a.tests.yml", "2"));
    }

    private static Dictionary<string, YamlNode>[] Hooks()
    {
        var stream = new YamlStream();
        using var text = new StringReader(File.ReadAllText(Path.Combine(Backends.Repository.Root, ".pre-commit-hooks.yaml")));
        stream.Load(text);
        return [.. ((YamlSequenceNode)stream.Documents.Single().RootNode).Select(WorkflowRunner.Map)];
    }

    /// <summary>The keys that the documentation of each system has; a mistyped one is ignored or refused there.</summary>
    [Fact]
    public void Each_file_has_only_keys_that_its_system_knows()
    {
        foreach (Dictionary<string, YamlNode> hook in Hooks())
        {
            hook.Keys.Should().Contain(["id", "name", "entry", "language"]).And.BeSubsetOf(
            [
                "id", "name", "entry", "language", "files", "exclude", "types", "types_or", "exclude_types", "always_run", "fail_fast", "verbose",
                "pass_filenames", "require_serial", "description", "language_version", "minimum_pre_commit_version", "args", "stages",
            ]);
            WorkflowRunner.Text(hook["language"]).Should().Be("script");
            new Regex(WorkflowRunner.Text(hook["files"])).IsMatch("rules/a.yml").Should().BeTrue();
            File.Exists(Path.Combine(Backends.Repository.Root, WorkflowRunner.Text(hook["entry"]).Split(' ')[0])).Should().BeTrue();
        }

        Dictionary<string, YamlNode> action = WorkflowRunner.Map(WorkflowRunner.Read("action.yml"));
        action.Keys.Should().Contain(["name", "description", "runs"]).And.BeSubsetOf(["name", "author", "description", "inputs", "outputs", "runs", "branding"]);
        foreach (YamlNode input in WorkflowRunner.Map(action["inputs"]).Values)
        {
            WorkflowRunner.Map(input).Keys.Should().Contain("description").And.BeSubsetOf(["description", "required", "default", "deprecationMessage"]);
        }

        WorkflowRunner.Text(WorkflowRunner.Map(action["runs"])["using"]).Should().Be("composite");
        StepsHaveKnownKeys(WorkflowRunner.Map(action["runs"])["steps"], needShell: true);

        Dictionary<string, YamlNode> workflow = WorkflowRunner.Map(WorkflowRunner.Read("samples/ci/github-actions.yml"));
        workflow.Keys.Should().Contain(["on", "jobs"]).And.BeSubsetOf(["name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs"]);
        foreach (YamlNode job in WorkflowRunner.Map(workflow["jobs"]).Values)
        {
            WorkflowRunner.Map(job).Keys.Should().Contain(["runs-on", "steps"]).And.BeSubsetOf(
                ["name", "permissions", "needs", "if", "runs-on", "environment", "concurrency", "outputs", "env", "defaults", "steps", "timeout-minutes", "strategy", "container", "services"]);
            StepsHaveKnownKeys(WorkflowRunner.Map(job)["steps"], needShell: false);
        }
    }

    private static void StepsHaveKnownKeys(YamlNode steps, bool needShell)
    {
        foreach (Dictionary<string, YamlNode> step in ((YamlSequenceNode)steps).Select(WorkflowRunner.Map))
        {
            step.Keys.Should().BeSubsetOf(["name", "id", "if", "uses", "with", "run", "shell", "env", "working-directory", "continue-on-error", "timeout-minutes"]);
            (step.ContainsKey("run") ^ step.ContainsKey("uses")).Should().BeTrue();
            (!needShell || step.ContainsKey("uses") || step.ContainsKey("shell")).Should().BeTrue("a composite action has no default shell");
        }
    }
}
