using System.Diagnostics;

namespace Sigma.Engines.Tests.Engines;

/// <summary>A finished run of a program: never a hanging one, a run past its time is killed with its children.</summary>
internal sealed record ShellProcess(int ExitCode, string Output, string Error)
{
    public static ShellProcess Run(string program, IReadOnlyList<string> arguments, string folder, TimeSpan timeout,
        params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // grep -P takes invalid UTF-8 and non-ASCII case by the locale, so the locale is part of the test.
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(timeout))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} was still running after {timeout}.");
        }

        return new ShellProcess(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Whether a program is on PATH and ends with 0 when asked with these arguments.</summary>
    public static bool Works(string program, params string[] arguments)
    {
        try
        {
            return Run(program, arguments, Path.GetTempPath(), TimeSpan.FromSeconds(10)).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
