using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Sigma.Pipelines;

/// <summary>A request to a web server.</summary>
/// <param name="Url">The address.</param>
/// <param name="Method">GET, POST, …</param>
/// <param name="Headers">The request's headers.</param>
/// <param name="Query">The query string, which follows the question mark of the address.</param>
/// <param name="Form">A body of form fields; null for none.</param>
/// <param name="Json">A body of JSON; null for none.</param>
/// <param name="Timeout">How long it may take in all.</param>
/// <param name="MaxBytes">How long the answer may be.</param>
internal sealed record HttpCall(
    string Url,
    string Method,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    IReadOnlyList<KeyValuePair<string, string>> Query,
    IReadOnlyList<KeyValuePair<string, string>>? Form,
    string? Json,
    TimeSpan Timeout,
    int MaxBytes);

/// <summary>A program to run.</summary>
/// <param name="Words">The program and its arguments, or one text for the shell.</param>
/// <param name="Shell">Whether it is a text for the shell.</param>
/// <param name="Folder">The folder it runs in.</param>
/// <param name="Timeout">How long it may take.</param>
/// <param name="MaxBytes">How much it may write.</param>
internal sealed record CommandCall(IReadOnlyList<string> Words, bool Shell, string Folder, TimeSpan Timeout, int MaxBytes);

/// <summary>Gets text from files, web servers and programs, within limits on size and time.</summary>
internal static class ExternalSources
{
    private static readonly Lazy<HttpClient> Client = new(static () => new HttpClient { Timeout = Timeout.InfiniteTimeSpan });

    /// <summary>Reads a stream as UTF-8.</summary>
    /// <exception cref="ExternalSourceException">It is longer than allowed, or no UTF-8.</exception>
    public static string ReadText(Stream stream, int maxBytes)
    {
        using var content = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            content.Write(buffer, 0, read);
            if (content.Length > maxBytes)
            {
                throw new ExternalSourceException($"it is longer than {maxBytes} bytes");
            }
        }

        ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ExternalSourceException("it is not valid UTF-8");
        }
    }

    /// <summary>Sends a request and reads the answer.</summary>
    /// <exception cref="ExternalSourceException">There is no valid answer within the limits.</exception>
    public static string Request(HttpCall call)
    {
        try
        {
            using var limit = new CancellationTokenSource(call.Timeout);
            using var request = new HttpRequestMessage(new HttpMethod(call.Method), Address(call))
            {
                Content = call.Form is not null ? new FormUrlEncodedContent(call.Form)
                    : call.Json is not null ? new StringContent(call.Json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"))
                    : null,
            };
            foreach ((string name, string value) in call.Headers)
            {
                if (!request.Headers.TryAddWithoutValidation(name, value))
                {
                    request.Content?.Headers.TryAddWithoutValidation(name, value);
                }
            }

            using HttpResponseMessage response = Client.Value.Send(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw new ExternalSourceException($"the server answered {(int)response.StatusCode}");
            }

            using Stream body = response.Content.ReadAsStream(limit.Token);

            // Reading does not look at the token, but ends when the stream is closed under it.
            using CancellationTokenRegistration closing = limit.Token.Register(body.Dispose);
            string text = ReadText(body, call.MaxBytes);
            limit.Token.ThrowIfCancellationRequested();
            return text;
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            throw new ExternalSourceException($"no whole answer came within {call.Timeout.TotalSeconds} seconds");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or FormatException or ArgumentException)
        {
            throw new ExternalSourceException(exception.Message);
        }
    }

    /// <summary>Runs a program and reads what it writes.</summary>
    /// <exception cref="ExternalSourceException">It fails, or breaks a limit.</exception>
    public static string Run(CommandCall call)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = call.Folder };
        string[] words = !call.Shell ? [.. call.Words]
            : OperatingSystem.IsWindows() ? ["cmd.exe", "/c", call.Words[0]]
            : ["/bin/sh", "-c", call.Words[0]];
        start.FileName = words[0];
        foreach (string word in words.AsSpan(1))
        {
            start.ArgumentList.Add(word);
        }

        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            using var limit = new Timer(_ => Kill(process), null, call.Timeout, Timeout.InfiniteTimeSpan);
            var clock = Stopwatch.StartNew();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text;
            try
            {
                text = ReadText(process.StandardOutput.BaseStream, call.MaxBytes);
            }
            catch (ExternalSourceException)
            {
                Kill(process);
                throw;
            }

            process.WaitForExit();
            if (clock.Elapsed >= call.Timeout)
            {
                throw new ExternalSourceException($"it was not done within {call.Timeout.TotalSeconds} seconds");
            }

            if (process.ExitCode != 0)
            {
                string said = errors.GetAwaiter().GetResult().Trim();
                throw new ExternalSourceException($"it ended with {process.ExitCode}{(said.Length == 0 ? "" : ": " + said.Split('\n')[0].TrimEnd())}");
            }

            return text;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            throw new ExternalSourceException(exception.Message);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It was done just now.
        }
    }

    private static string Address(HttpCall call)
    {
        if (call.Query.Count == 0)
        {
            return call.Url;
        }

        string query = string.Join('&', call.Query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return call.Url + (call.Url.Contains('?') ? '&' : '?') + query;
    }
}
