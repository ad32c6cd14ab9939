using System.Diagnostics;

namespace Sigma.Mutation;

/// <summary>Starts this program in the folder that has the mutated libraries, to run tests there.</summary>
/// <param name="folder">The folder.</param>
/// <param name="tests">The name of the assembly of the tests.</param>
internal sealed class TestProcesses(string folder, string tests)
{
    /// <summary>The name of the assembly of the tests.</summary>
    public string Tests => tests;

    /// <summary>This program, as it stands in the folder.</summary>
    public string Program => Path.Combine(folder, "Sigma.Mutation.dll");

    /// <summary>Starts a process; what it writes as errors is left out.</summary>
    /// <param name="arguments">What it is told.</param>
    /// <param name="environment">What it finds in its environment beside what this process has.</param>
    public Process Start(string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet",
            ["exec", "--runtimeconfig", Path.Combine(folder, tests + ".runtimeconfig.json"), "--depsfile", Path.Combine(folder, tests + ".deps.json"), Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x80000000";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";

        // A method with all its mutants keeps the variables of them all.
        start.Environment["DOTNET_DefaultStackSize"] = "0x4000000";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
