using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Sigma.Engines.Tests.Engines;

/// <summary>One runspace for the whole test run (opening it costs a quarter of a second), used by one query at a time.</summary>
internal static class PowerShellSession
{
    // Long enough for a busy machine; what hangs is ended all the same.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly Lock Gate = new();
    private static readonly Lazy<Runspace> Shared = new(Open);

    public static PowerShellRun Run(string command, List<WinEventRecord> events, DateTime now)
    {
        lock (Gate)
        {
            var variables = Shared.Value.SessionStateProxy;
            variables.SetVariable(GetWinEventCommand.EventsVariable, events);
            variables.SetVariable(GetDateCommand.NowVariable, now);
            using var shell = PowerShell.Create(Shared.Value);
            shell.AddScript(command, useLocalScope: true);
            return Invoke(shell);
        }
    }

    private static PowerShellRun Invoke(PowerShell shell)
    {
        PSDataCollection<PSObject> output = [];
        var errors = new List<string>();
        try
        {
            var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
            if (!running.AsyncWaitHandle.WaitOne(Timeout))
            {
                shell.Stop();
                throw new TimeoutException($"The command was still running after {Timeout}.");
            }

            shell.EndInvoke(running);
        }
        catch (RuntimeException refusal)
        {
            errors.Add(refusal.Message);
        }

        errors.AddRange(shell.Streams.Error.Select(error => error.ToString()));
        return new PowerShellRun([.. output.Where(item => item is not null).Select(Row)], errors);
    }

    private static Dictionary<string, object?> Row(PSObject item)
    {
        var row = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in item.Properties)
        {
            row[property.Name] = property.Value is PSObject wrapped ? wrapped.BaseObject : property.Value;
        }

        return row;
    }

    private static Runspace Open()
    {
        var state = InitialSessionState.CreateDefault2();
        Add<GetWinEventCommand>("Get-WinEvent");
        Add<SelectObjectCommand>("Select-Object");
        Add<GroupObjectCommand>("Group-Object");
        Add<SortObjectCommand>("Sort-Object");
        Add<MeasureObjectCommand>("Measure-Object");
        Add<GetDateCommand>("Get-Date");
        // Only Windows has this alias: elsewhere `sort` is the machine's own program. The queries are for Windows.
        state.Commands.Add(new SessionStateAliasEntry("sort", "Sort-Object"));
        var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;

        void Add<TCommand>(string name) => state.Commands.Add(new SessionStateCmdletEntry(name, typeof(TCommand), helpFileName: null));
    }
}
