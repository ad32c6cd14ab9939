using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Sigma.Cli;

namespace Sigma.Tests.CommandLine;

/// <summary>What a run of the program left behind.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard output.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>
/// Runs the program: within the tests' own process, which takes milliseconds, or another program that the environment names.
/// What only a process has (signals, closed streams, terminals, memory) is tested with <see cref="RunProcess"/> and <see cref="Shell"/>.
/// </summary>
internal static class Sigmac
{
    /// <summary>Names another program to test, say a native one.</summary>
    private const string Variable = "SIGMAC_PROGRAM";

    private static readonly string? Named = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? File.Exists(named) ? Path.GetFullPath(named) : throw new FileNotFoundException($"{Variable} names no file.", named)
        : null;

    private static readonly string[] Program = Named is null ? ["dotnet", "exec", typeof(ExitCode).Assembly.Location] : [Named];

    /// <summary>Variables of the machine that tests run on, which change what is written.</summary>
    private static readonly string[] Removed = ["NO_COLOR", "CI", "GITHUB_ACTIONS"];

    /// <summary>Only a program that hangs takes longer, however busy the machine is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>A process has one working folder, so runs within this one take turns.</summary>
    private static readonly Lock WorkingFolder = new();

    /// <summary>Which commands the system has, each asked once.</summary>
    private static readonly ConcurrentDictionary<string, bool> Commands = new(StringComparer.Ordinal);

    /// <summary>The words that a shell script starts the program with.</summary>
    public static string ShellWords => string.Join(' ', Program.Select(word => $"'{word}'"));

    /// <summary>Writes a script that is the program to other scripts, which are tested and not the process; it has no standard input.</summary>
    public static void WriteProgram(TemporaryFolder folder, string path)
    {
        folder.With(path, Named is null ? ProgramServer.Client : $"#!/bin/sh\nexec {ShellWords} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder[path], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Runs the program in a folder.</summary>
    public static ProgramRun Run(TemporaryFolder folder, params string[] arguments) => Run(folder, null, arguments);

    /// <summary>Runs the program in a folder, with bytes on standard input.</summary>
    public static ProgramRun Run(TemporaryFolder folder, byte[]? input, string[] arguments) => Run(folder.Path, input, [], arguments);

    /// <summary>Runs the program in a folder below that of the test.</summary>
    public static ProgramRun RunBelow(TemporaryFolder folder, string below, params string[] arguments) => Run(folder[below], null, [], arguments);

    /// <summary>Runs the program in a folder, with variables in its environment.</summary>
    public static ProgramRun RunWith(TemporaryFolder folder, (string Name, string Value)[] environment, params string[] arguments) =>
        Run(folder.Path, null, environment, arguments);

    /// <summary>Runs the program as it is built within this process, even where another one is named.</summary>
    public static ProgramRun RunWithin(TemporaryFolder folder, byte[] input, params string[] arguments) => Checked(RunHere(folder.Path, input, [], arguments));

    /// <summary>Runs the program in a process of its own.</summary>
    public static ProgramRun RunProcess(TemporaryFolder folder, byte[]? input, (string Name, string Value)[] environment, params string[] arguments) =>
        StartProgram(folder.Path, input, environment, arguments);

    /// <summary>Runs a script in which <c>sigmac</c> is the program.</summary>
    public static ProgramRun Shell(TemporaryFolder folder, string script) =>
        Start(folder.Path, "bash", ["-c", $"sigmac() {{ {ShellWords} \"$@\"; }}\n{script}"], null, []);

    private static ProgramRun Run(string folder, byte[]? input, (string Name, string Value)[] environment, string[] arguments) =>
        Named is null ? Checked(RunHere(folder, input ?? [], environment, arguments)) : StartProgram(folder, input, environment, arguments);

    private static ProgramRun StartProgram(string folder, byte[]? input, (string Name, string Value)[] environment, string[] arguments) =>
        Start(folder, Program[0], [.. Program[1..], .. arguments], input, environment);

    /// <summary>Runs the program within this process. Nothing is asserted of the run.</summary>
    public static ProgramRun RunHere(string folder, byte[] input, (string Name, string Value)[] environment, string[] arguments)
    {
        var recorded = new RecordedEnvironment(input, environment.ToDictionary(variable => variable.Name, variable => variable.Value));
        lock (WorkingFolder)
        {
            string before = Directory.GetCurrentDirectory();
            Directory.SetCurrentDirectory(folder);
            try
            {
                // On a thread of its own, so that a run that hangs fails its test and not all of them.
                var run = Task.Factory.StartNew(() => Cli.CommandLine.Run(arguments, recorded), TaskCreationOptions.LongRunning);
                return run.Wait(Patience) ? recorded.Finish(run.Result) : throw new TimeoutException($"sigmac {string.Join(' ', arguments)} does not end.");
            }
            finally
            {
                Directory.SetCurrentDirectory(before);
            }
        }
    }

    private static ProgramRun Checked(ProgramRun run)
    {
        (run.Output + run.Error).Should().NotContain("   at ", "no input shows a stack trace");
        return run;
    }

    /// <summary>Whether a command of the system is there.</summary>
    public static bool Has(string command) => Commands.GetOrAdd(command, Answers);

    private static bool Answers(string command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static ProgramRun Start(
        string folder, string program, string[] arguments, byte[]? input, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardErrorEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (string name in Removed)
        {
            start.Environment.Remove(name);
        }

        // What a process of a second learns about its own code never pays.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            using Stream stream = process.StandardInput.BaseStream;
            stream.Write(input ?? []);
        }
        catch (IOException)
        {
            // The program has ended without reading its input, as it does after a mistake on its command line.
        }

        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"sigmac {string.Join(' ', arguments)} does not end.");
        }

        return Checked(new ProgramRun(process.ExitCode, output.Result, error.Result));
    }
}
