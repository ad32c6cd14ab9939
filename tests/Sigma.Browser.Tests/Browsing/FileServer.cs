using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sigma.Browser.Tests.Browsing;

/// <summary>Serves a folder on this machine, as any server of files would.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly string root;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    /// <summary>Starts to serve a folder.</summary>
    public FileServer(string root)
    {
        this.root = Path.GetFullPath(root);
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>The address of the folder.</summary>
    public string Address => $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/";

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

            _ = AnswerAsync(client);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                var reader = new StreamReader(stream, Encoding.ASCII);
                string? request = await reader.ReadLineAsync();
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                    // The headers are not needed.
                }

                string path = Path.GetFullPath(Path.Combine(root, Uri.UnescapeDataString((request ?? "").Split(' ').ElementAtOrDefault(1) ?? "").TrimStart('/')));
                bool there = path.StartsWith(root, StringComparison.Ordinal) && File.Exists(path);
                byte[] content = there ? await File.ReadAllBytesAsync(path) : [];
                string type = Path.GetExtension(path) switch
                {
                    ".html" => "text/html",
                    ".css" => "text/css",
                    ".js" => "text/javascript",
                    ".svg" => "image/svg+xml",
                    _ => "application/octet-stream",
                };
                await stream.WriteAsync(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {(there ? "200 OK" : "404 Not Found")}\r\nContent-Type: {type}\r\nX-Content-Type-Options: nosniff\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"));
                await stream.WriteAsync(content);
            }
            catch (IOException)
            {
                // The browser has gone away.
            }
        }
    }
}
