using System.Text;
using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>One program that a command started: its name, its arguments, and what it read.</summary>
internal sealed record ShellCall(string Program, IReadOnlyList<string> Arguments, string Input);

/// <summary>
/// Real shells, bash and dash, in which all programs are false ones that write down what they are given: functions of the shell, which
/// start in no time, and the same on the path for what goes round functions. Many commands go through one shell, each in a file of its own; one that is more than a command shows itself by a second call, by a file, by a message
/// or by what it does to the commands behind it.
/// </summary>
internal static class ShellBatch
{
    public static IReadOnlyList<string> Shells { get; } = [.. new[] { "bash", "dash" }.Where(shell => !OperatingSystem.IsWindows() && ShellProcess.Works(shell, "-c", "true"))];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // Only a marker is called by no command of ours. A name of its own for every call: commands in the background share a folder.
    private const string Stub = """
        #!/bin/sh
        f="$CALLS/${0##*/}.$$"
        printf '%s\0' "$@" >"$f.arguments"
        for argument in "$@"; do
          case "$argument" in @-|--data-binary=@-|-d@-) exec /bin/cat >"$f.input" ;; esac
        done
        """;

    private const string Loop = """
        called() {
          called_file="$CALLS/$1.$$"
          while [ -e "$called_file.arguments" ]; do called_file="$called_file+"; done
          shift
          printf '%s\0' "$@" >"$called_file.arguments"
          for called_with in "$@"; do
            case "$called_with" in @-|--data-binary=@-|-d@-) /bin/cat >"$called_file.input"; return ;; esac
          done
        }
        curl() { called curl "$@"; }
        grep() { called grep "$@"; }
        marker() { called marker "$@"; }
        for n in $NUMBERS; do
          CALLS="$ROOT/$n.calls"; export CALLS
          (cd "$ROOT/$n.folder"; PATH="$STUBS"; . "$ROOT/$n.sh") >"$ROOT/$n.output" 2>"$ROOT/$n.error" </dev/null
          echo $? >"$ROOT/$n.exit"
        done
        """;

    /// <summary>The calls of each command, under one shell.</summary>
    /// <returns>For each command its calls, or why it is none.</returns>
    public static IReadOnlyList<(IReadOnlyList<ShellCall> Calls, string? Flaw)> Run(string shell, IReadOnlyList<string> commands)
    {
        using var folder = new ScratchFolder();
        using var stubs = new ScratchFolder();
        foreach (var name in new[] { "curl", "grep", "marker" })
        {
            var path = stubs.Write(name, Stub + "\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        for (var i = 0; i < commands.Count; i++)
        {
            // Half a surrogate is no text of a file; whoever writes it has to have replaced it.
            File.WriteAllText(Path.Combine(folder.Path, $"{i}.sh"), commands[i] + "\n", new UTF8Encoding(false));
            Directory.CreateDirectory(Path.Combine(folder.Path, $"{i}.folder"));
            Directory.CreateDirectory(Path.Combine(folder.Path, $"{i}.calls"));
        }

        ShellProcess.Run(shell, ["-c", Loop], folder.Path, Patience,
            ("NUMBERS", string.Join(' ', Enumerable.Range(0, commands.Count))), ("ROOT", folder.Path), ("STUBS", stubs.Path), ("ENV", ""), ("BASH_ENV", ""));
        return [.. commands.Select((_, i) => Result(folder, i))];
    }

    private static (IReadOnlyList<ShellCall> Calls, string? Flaw) Result(ScratchFolder folder, int i)
    {
        List<ShellCall> calls = [];
        foreach (var file in Directory.GetFiles(Path.Combine(folder.Path, $"{i}.calls"), "*.arguments"))
        {
            var name = Path.GetFileName(file);
            var arguments = File.ReadAllText(file);
            calls.Add(new ShellCall(
                name[..name.IndexOf('.')], arguments.Length == 0 ? [] : arguments[..^1].Split('\0'), folder.Read($"{i}.calls/{name[..^".arguments".Length]}.input")));
        }

        var made = Directory.GetFileSystemEntries(Path.Combine(folder.Path, $"{i}.folder"));
        var flaw = folder.Read($"{i}.exit").Trim() is not "0" and var exit ? $"exit {exit}: {folder.Read($"{i}.error")}"
            : folder.Read($"{i}.error") is { Length: > 0 } error ? $"says: {error}"
            : folder.Read($"{i}.output") is { Length: > 0 } output ? $"prints: {output}"
            : made.Length > 0 ? $"makes the file {Path.GetFileName(made[0])}"
            : null;
        return (calls, flaw);
    }
}
