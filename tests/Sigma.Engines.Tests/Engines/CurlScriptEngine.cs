namespace Sigma.Engines.Tests.Engines;

/// <summary>A script of one or more curl commands after bash has read it: what each curl was given.</summary>
public sealed record CurlScriptResult(int ExitCode, string Error, IReadOnlyList<CurlCall> Calls)
{
    /// <summary>The files that the script left in the folder it ran in.</summary>
    public IReadOnlyList<string> Made { get; init; } = [];

    /// <summary>Accepted: bash took it, curl was called, and every body that reached it is JSON.</summary>
    public Verdict Verdict =>
        ExitCode != 0 || Error.Length > 0 ? new Verdict($"bash exit {ExitCode}: {Error.Trim()}")
        : Calls.Count == 0 ? new Verdict("the script calls no curl")
        : Calls.Select(call => call.BodyVerdict).FirstOrDefault(verdict => !verdict.Accepted, Verdict.Accept);
}

/// <summary>
/// Runs import scripts with bash in a folder of their own, where the first `curl` on PATH writes down its arguments and
/// the body it reads from standard input. Nothing leaves the machine.
/// </summary>
public static class CurlScriptEngine
{
    private const int SecondsAScript = 10;

    // Built-ins only, but for the one `cat`: a script of a whole rule pack makes hundreds of calls. Standard input is read
    // only when an argument says that curl would read it.
    private const string StubCurl = """
        #!/bin/sh
        n=0
        while [ -e "$CURL_CALLS/$n.arguments" ]; do n=$((n + 1)); done
        printf '%s\0' "$@" >"$CURL_CALLS/$n.arguments"
        for argument in "$@"; do
          if [ "$argument" = "@-" ] || [ "$argument" = "--data-binary=@-" ] || [ "$argument" = "-d@-" ]; then
            exec cat >"$CURL_CALLS/$n.body"
          fi
        done
        """;

    // Each script in a folder of its own, its calls beside it.
    private const string Loop = """
        for script in *.sh; do
          export CURL_CALLS="$PWD/$script.calls"
          (ulimit -t "$SECONDS_A_SCRIPT"; cd "$script.folder"; PATH="$STUBS:$PATH" exec "$READER" "../$script" >/dev/null 2>"$CURL_CALLS/error")
          echo $? >"$CURL_CALLS/exit"
        done
        """;

    public static bool Present { get; } = !OperatingSystem.IsWindows() && ShellProcess.Works("bash", "-c", "true");

    /// <summary>Whether the smaller shell that is <c>sh</c> on Debian is there too.</summary>
    public static bool DashPresent { get; } = !OperatingSystem.IsWindows() && ShellProcess.Works("dash", "-c", "true");

    public static CurlScriptResult Run(string script) => RunAll([script])[0];

    /// <summary>Every script, one after another, each read by a shell of its own.</summary>
    public static IReadOnlyList<CurlScriptResult> RunAll(IReadOnlyList<string> scripts, string reader = "bash")
    {
        using var folder = new ScratchFolder();
        using var stubs = new ScratchFolder();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(stubs.Write("curl", StubCurl + "\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        for (var i = 0; i < scripts.Count; i++)
        {
            folder.Write($"{i:D5}.sh", scripts[i]);
            Directory.CreateDirectory(Path.Combine(folder.Path, $"{i:D5}.sh.folder"));
            Directory.CreateDirectory(Path.Combine(folder.Path, $"{i:D5}.sh.calls"));
        }

        ShellProcess.Run("bash", ["-c", Loop], folder.Path, TimeSpan.FromSeconds(SecondsAScript * (scripts.Count + 1)),
            ("STUBS", stubs.Path), ("READER", reader), ("SECONDS_A_SCRIPT", SecondsAScript.ToString()));
        return [.. scripts.Select((_, i) => Read(folder, $"{i:D5}.sh.calls"))];
    }

    private static CurlScriptResult Read(ScratchFolder folder, string calls) =>
        new(int.Parse(folder.Read($"{calls}/exit")), folder.Read($"{calls}/error"), [.. ReadCalls(folder, calls)])
        {
            Made = [.. Directory.GetFileSystemEntries(Path.Combine(folder.Path, calls.Replace(".calls", ".folder", StringComparison.Ordinal)))],
        };

    private static IEnumerable<CurlCall> ReadCalls(ScratchFolder folder, string calls)
    {
        for (var n = 0; folder.Read($"{calls}/{n}.arguments") is { Length: > 0 } arguments; n++)
        {
            yield return new CurlCall(arguments[..^1].Split('\0'), folder.Read($"{calls}/{n}.body"));
        }
    }
}
