using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sigma.Tests.CommandLine;

/// <summary>A request that a script sent.</summary>
/// <param name="Method">PUT, POST, …</param>
/// <param name="Address">The address as it went over the line, still encoded.</param>
/// <param name="Body">The body.</param>
internal sealed record ImportRequest(string Method, string Address, string Body);

/// <summary>Takes what import scripts send, on this machine.</summary>
internal sealed class ImportServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<ImportRequest, int> answer;
    private readonly List<ImportRequest> requests = [];

    /// <summary>Starts to listen.</summary>
    /// <param name="answer">The status that a request gets.</param>
    public ImportServer(Func<ImportRequest, int> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Its address, without a slash at the end.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>What was sent so far.</summary>
    public IReadOnlyList<ImportRequest> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            using (client)
            {
                await AnswerAsync(client.GetStream());
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            int read = await stream.ReadAsync(buffer);
            bytes.AddRange(buffer.AsSpan(0, read));
            byte[] all = [.. bytes];
            int head = all.AsSpan().IndexOf("\r\n\r\n"u8);
            string[] lines = head < 0 ? [] : Encoding.ASCII.GetString(all, 0, head).Split("\r\n");
            string? length = lines.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            int body = length is null ? 0 : int.Parse(length.Split(':')[1]);
            if (read == 0 || (head >= 0 && all.Length >= head + 4 + body))
            {
                string[] words = lines.Length > 0 ? lines[0].Split(' ') : ["", ""];
                var request = new ImportRequest(words[0], words[1], head < 0 ? "" : Encoding.UTF8.GetString(all, head + 4, all.Length - head - 4));
                lock (requests)
                {
                    requests.Add(request);
                }

                byte[] text = "answer \u001b]0;x\u0007"u8.ToArray();
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer(request)} X\r\nContent-Length: {text.Length}\r\nConnection: close\r\n\r\n"));
                await stream.WriteAsync(text);
                return;
            }
        }
    }
}
