namespace Sigma.Engines.Tests.Engines;

/// <summary>
/// What the shell and grep made of one command line. Exit 0 is lines found, 1 is none found, 2 and above is a command
/// that grep, PCRE or the shell refused.
/// </summary>
public sealed record GrepResult(int ExitCode, IReadOnlyList<string> MatchingLines, string Error)
{
    public Verdict Verdict => ExitCode > 1 ? new Verdict($"exit {ExitCode}: {Error.Trim()}") : Verdict.Accept;
}

/// <summary>Runs whole grep command lines, quotes and all, through sh, as a user would paste them.</summary>
public static class GrepEngine
{
    private const int SecondsACommand = 10;

    // A refusal at compile time needs a line to read: grep compiles its pattern before it reads, but the backtracking
    // limit only shows while it matches.
    private static readonly string[] SomeLines = ["EventID=1 Image=C:\\Windows\\System32\\cmd.exe CommandLine=cmd /c whoami"];

    // The command stands in a file of its own: `sh -c` would put its own limit on the length of an argument on top of
    // grep's, and one broken quote cannot swallow the next command. The subshell reads it rather than a second sh, and
    // ulimit stops it rather than timeout: each saves a process, and there are hundreds of commands.
    private const string Loop = """
        for command in *.command; do
          (ulimit -t "$SECONDS_A_COMMAND"; . "./$command") <"$command.lines" >"$command.out" 2>"$command.err"
          echo $? >"$command.exit"
        done
        """;

    public static bool Present { get; } = ShellProcess.Works("sh", "-c", "echo ab | grep -qP '^(?=a)'");

    public static Verdict Accepts(string command) => Run(command, SomeLines).Verdict;

    public static GrepResult Run(string command, IEnumerable<string> lines) => RunAll([command], lines)[0];

    /// <summary>Every command over the same lines, in one shell.</summary>
    public static IReadOnlyList<GrepResult> RunAll(IReadOnlyList<string> commands, IEnumerable<string> lines)
    {
        var same = lines.ToList();
        return RunEach([.. commands.Select(command => (command, (IReadOnlyList<string>)same))]);
    }

    /// <summary>Every command over lines of its own, in one shell.</summary>
    public static IReadOnlyList<GrepResult> RunEach(IReadOnlyList<(string Command, IReadOnlyList<string> Lines)> commands)
    {
        using var folder = new ScratchFolder();
        for (var i = 0; i < commands.Count; i++)
        {
            folder.Write($"{i:D5}.command", commands[i].Command + "\n");
            folder.Write($"{i:D5}.command.lines", string.Concat(commands[i].Lines.Select(line => line + "\n")));
        }

        ShellProcess.Run("sh", ["-c", Loop], folder.Path, TimeSpan.FromSeconds(SecondsACommand * (commands.Count + 1)),
            ("SECONDS_A_COMMAND", SecondsACommand.ToString()));
        return [.. commands.Select((_, i) => Read(folder, $"{i:D5}.command"))];
    }

    public static IReadOnlyList<Verdict> AcceptsAll(IReadOnlyList<string> commands) =>
        [.. RunAll(commands, SomeLines).Select(result => result.Verdict)];

    /// <summary>The record numbers of the events whose line the command lets through.</summary>
    public static IReadOnlyList<long> Search(string command, IEnumerable<EngineEvent> events) => SearchAll([command], events)[0];

    /// <summary>The same for many commands over the same events, in one shell.</summary>
    public static IReadOnlyList<IReadOnlyList<long>> SearchAll(IReadOnlyList<string> commands, IEnumerable<EngineEvent> events)
    {
        var lines = events.Select(e => (e.RecordId, e.Line)).ToList();
        var results = RunAll(commands, lines.Select(line => line.Line));
        return [.. commands.Zip(results).Select(pair => Found(pair.First, pair.Second))];

        IReadOnlyList<long> Found(string command, GrepResult result)
        {
            if (!result.Verdict.Accepted)
            {
                throw new InvalidOperationException($"{command}\n{result.Verdict}");
            }

            var found = result.MatchingLines.ToHashSet();
            return [.. lines.Where(line => found.Contains(line.Line)).Select(line => line.RecordId).Order()];
        }
    }

    private static GrepResult Read(ScratchFolder folder, string command) => new(
        int.Parse(folder.Read(command + ".exit")),
        folder.Read(command + ".out").Split('\n', StringSplitOptions.RemoveEmptyEntries),
        folder.Read(command + ".err"));
}
