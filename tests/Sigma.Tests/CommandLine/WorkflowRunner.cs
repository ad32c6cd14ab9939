using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sigma.Tests.CommandLine;

/// <summary>How a step of a workflow ended.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="ExitCode">The exit code of its script.</param>
/// <param name="Log">Both streams of its script.</param>
internal sealed record StepResult(string Name, int ExitCode, string Log);

/// <summary>
/// Runs the scripts of <c>action.yml</c> and of the sample workflow as a runner of GitHub Actions does: with bash, the inputs as
/// environment, and the program under test in the place of the one that the action builds.
/// </summary>
internal sealed partial class WorkflowRunner
{
    private readonly TemporaryFolder folder;
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);
    private readonly List<StepResult> results = [];

    /// <summary>Prepares a checkout of the action in a folder, beside the repository of rules in <c>work</c>.</summary>
    public WorkflowRunner(TemporaryFolder folder)
    {
        this.folder = folder;
        CopySigmac(folder, "action");
        Directory.CreateDirectory(folder["work"]);
    }

    /// <summary>What the steps did.</summary>
    public IReadOnlyList<StepResult> Results => results;

    /// <summary>Whether the job is green.</summary>
    public bool IsGreen => results.All(result => result.ExitCode == 0);

    /// <summary>The whole log.</summary>
    public string Log => string.Concat(results.Select(result => $"## {result.Name}: {result.ExitCode}\n{result.Log}"));

    /// <summary>The paths that a step keeps as artifacts.</summary>
    public List<string> Kept { get; } = [];

    /// <summary>Reads a YAML file of the repository.</summary>
    public static YamlMappingNode Read(string path)
    {
        var stream = new YamlStream();
        using var text = new StringReader(File.ReadAllText(Path.Combine(Backends.Repository.Root, path)));
        stream.Load(text);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    /// <summary>The entries of a map.</summary>
    public static Dictionary<string, YamlNode> Map(YamlNode node) =>
        ((YamlMappingNode)node).Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The text of a scalar.</summary>
    public static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    /// <summary>One word for a shell.</summary>
    public static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Puts what CI uses of this repository into a folder, and beside it a <c>dotnet</c> whose build is the program under test.</summary>
    public static void CopySigmac(TemporaryFolder folder, string name)
    {
        foreach (string part in (string[])["samples/ci", ".github"])
        {
            foreach (string file in Directory.GetFiles(Path.Combine(Backends.Repository.Root, part)))
            {
                Directory.CreateDirectory(folder[$"{name}/{part}"]);
                File.Copy(file, folder[$"{name}/{part}/{Path.GetFileName(file)}"]);
            }
        }

        Sigmac.WriteProgram(folder, "program");
        folder.With("bin/dotnet", """
            #!/bin/sh
            [ "$1 $2 $3 $4" = 'build src/Sigma.Cli -c Release' ] || { echo "dotnet $*: this is not the build" >&2; exit 1; }
            mkdir -p src/Sigma.Cli/bin/Release/net10.0
            cp "$(dirname "$0")/../program" src/Sigma.Cli/bin/Release/net10.0/sigmac

            """);
        Sigmac.Shell(folder, "chmod +x bin/dotnet").ExitCode.Should().Be(0);
    }

    /// <summary>Runs the job of the sample workflow.</summary>
    /// <param name="baseOfPullRequest">The commit that a pull request starts from; empty for a push.</param>
    public void RunWorkflow(string baseOfPullRequest = "")
    {
        var context = new Dictionary<string, string>(StringComparer.Ordinal) { ["github.event.pull_request.base.sha"] = baseOfPullRequest };
        foreach (YamlNode node in (YamlSequenceNode)Map(Map(Map(Read("samples/ci/github-actions.yml"))["jobs"])["rules"])["steps"])
        {
            Dictionary<string, YamlNode> step = Map(node);
            Dictionary<string, YamlNode> with = step.TryGetValue("with", out YamlNode? given) ? Map(given) : [];
            switch (Text(step["uses"]).Split('@')[0])
            {
                case "actions/checkout":
                    Text(with["fetch-depth"]).Should().Be("0", "'since' needs the history");
                    break;
                case "actions/upload-artifact" when IsGreen || Text(step["if"]) == "${{ !cancelled() }}":
                    Kept.Add(Text(with["path"]));
                    break;
                case "OWNER/sigmac":
                    RunAction(with.Select(pair => (pair.Key, Evaluate(Text(pair.Value), context))).ToArray());
                    break;
                case var other:
                    throw new InvalidOperationException($"The workflow uses {other}.");
            }
        }
    }

    /// <summary>Runs the action.</summary>
    /// <param name="inputs">Its inputs; the others have their defaults.</param>
    public void RunAction(params (string Name, string Value)[] inputs)
    {
        Dictionary<string, YamlNode> action = Map(Read("action.yml"));
        var context = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, YamlNode input) in Map(action["inputs"]))
        {
            string? value = inputs.FirstOrDefault(given => given.Name == name).Value;
            context["inputs." + name] = value ?? (Map(input).TryGetValue("default", out YamlNode? otherwise)
                ? Text(otherwise) : throw new InvalidOperationException($"The input {name} is missing."));
        }

        inputs.Select(input => "inputs." + input.Name).Should().BeSubsetOf(context.Keys);
        bool built = false;
        foreach (YamlNode node in (YamlSequenceNode)Map(action["runs"])["steps"])
        {
            Dictionary<string, YamlNode> step = Map(node);
            if (!step.TryGetValue("run", out YamlNode? run))
            {
                Text(step["uses"]).Should().StartWith("actions/setup-dotnet@");
                continue;
            }

            bool runs = step.TryGetValue("if", out YamlNode? condition) ? Text(condition) switch
            {
                "${{ !cancelled() && steps.build.outcome == 'success' }}" => built,
                var other => throw new InvalidOperationException($"The action has the condition {other}."),
            } : IsGreen;
            if (!runs)
            {
                continue;
            }

            Text(step["shell"]).Should().Be("bash");
            var environment = (step.TryGetValue("env", out YamlNode? env) ? Map(env) : [])
                .ToDictionary(pair => pair.Key, pair => Evaluate(Text(pair.Value), context));
            int code = RunStep(Text(step["name"]), Text(run), environment);
            built |= step.TryGetValue("id", out YamlNode? id) && Text(id) == "build" && code == 0;
        }
    }

    /// <summary>Runs a script.</summary>
    private int RunStep(string name, string script, Dictionary<string, string> environment)
    {
        script.Should().NotContain("${{", "no input is part of a script's text");
        folder.With("step.sh", script).With("github-env", "");
        var all = new Dictionary<string, string>(variables, StringComparer.Ordinal)
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_ACTION_PATH"] = folder["action"],
            ["GITHUB_WORKSPACE"] = folder["work"],
            ["GITHUB_ENV"] = folder["github-env"],
        };
        foreach ((string variable, string value) in environment)
        {
            all[variable] = value;
        }

        string exports = string.Concat(all.Select(pair => $"export {pair.Key}={Quote(pair.Value)}\n"));
        // Only the build needs the other dotnet; the program under test may need the real one.
        string path = script.Contains("dotnet build", StringComparison.Ordinal) ? $"export PATH={Quote(folder["bin"])}:\"$PATH\"\n" : "";
        ProgramRun run = Sigmac.Shell(folder, $"{exports}{path}cd work; bash --noprofile --norc -eo pipefail ../step.sh 2>&1");
        foreach (string line in folder.Read("github-env").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            variables[line.Split('=', 2)[0]] = line.Split('=', 2)[1];
        }

        results.Add(new StepResult(name, run.ExitCode, run.Output));
        return run.ExitCode;
    }

    private static string Evaluate(string text, Dictionary<string, string> context) =>
        Expression().Replace(text, match => context.TryGetValue(match.Groups[1].Value, out string? value)
            ? value : throw new InvalidOperationException($"{match.Value} is not known."));

    [GeneratedRegex(@"\$\{\{ *(.+?) *\}\}")]
    private static partial Regex Expression();
}
