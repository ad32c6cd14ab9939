using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sigma.Tests.CommandLine;

/// <summary>
/// Runs the program for scripts: what they start as sigmac asks this server, in the tests' process. So a test of a script does not pay for
/// the start of a runtime each time that the script calls the program. <see cref="ProcessTests"/> shows that both do the same.
/// </summary>
internal sealed class ProgramServer
{
    private static readonly Lazy<ProgramServer> TheOne = new(() => new ProgramServer());

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    private ProgramServer()
    {
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>
    /// A script of bash that takes the arguments, working folder and variables of the program, and gives its exit code and streams. It has no
    /// standard input, and the streams come when the run is over, the output first.
    /// </summary>
    public static string Client => $$"""
        #!/usr/bin/env bash
        answer=$(mktemp -d) && exec 3<>/dev/tcp/127.0.0.1/{{((IPEndPoint)TheOne.Value.listener.LocalEndpoint).Port}} || exit 126
        { printf '%s\0' "$answer" "$PWD" "$#" "$@"; env -0; printf '\0'; } >&3
        read -r code <&3
        cat "$answer/output"
        cat "$answer/error" >&2
        rm -r "$answer"
        exit "$code"

        """;

    private async Task ServeAsync()
    {
        while (true)
        {
            TcpClient client = await listener.AcceptTcpClientAsync();
            _ = Task.Factory.StartNew(() => Answer(client), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private static void Answer(TcpClient client)
    {
        using (client)
        using (var stream = new BufferedStream(client.GetStream()))
        {
            string answer = ReadWord(stream);
            ProgramRun run;
            try
            {
                string folder = ReadWord(stream);
                string[] arguments = new string[int.Parse(ReadWord(stream))];
                for (int i = 0; i < arguments.Length; i++)
                {
                    arguments[i] = ReadWord(stream);
                }

                run = Sigmac.RunHere(folder, [], [.. ReadVariables(stream)], arguments);
            }
            catch (Exception exception)
            {
                // As a process would end; no test expects it.
                run = new ProgramRun(134, "", $"Unhandled exception. {exception}");
            }

            File.WriteAllText(Path.Combine(answer, "output"), run.Output);
            File.WriteAllText(Path.Combine(answer, "error"), run.Error);
            stream.Write(Encoding.ASCII.GetBytes($"{run.ExitCode}\n"));
        }
    }

    private static IEnumerable<(string Name, string Value)> ReadVariables(Stream stream)
    {
        for (string word = ReadWord(stream); word.Length > 0; word = ReadWord(stream))
        {
            string[] parts = word.Split('=', 2);
            yield return (parts[0], parts[1]);
        }
    }

    /// <summary>Reads up to the next NUL.</summary>
    private static string ReadWord(Stream stream)
    {
        var bytes = new List<byte>();
        for (int next = stream.ReadByte(); next > 0; next = stream.ReadByte())
        {
            bytes.Add((byte)next);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
