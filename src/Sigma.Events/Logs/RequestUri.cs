using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>The parts of what a client asked a web server or a proxy for, under the names that rules have for them.</summary>
internal static class RequestUri
{
    /// <summary>Adds a URI and its parts. A proxy's has a scheme and a host, a server's begins with a slash, and one to connect to is a host with a port; anything else
    /// has no host, such as the <c>*</c> of OPTIONS.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="result">Receives the values.</param>
    public static void Add(string uri, Event result)
    {
        int scheme = uri.IndexOf("://", StringComparison.Ordinal);
        int from = scheme is > 0 and < 10 ? scheme + 3 : 0;
        int path = uri.IndexOf('/', from);
        bool hasHost = from > 0 || (path < 0 && (AccessLine.PortOf(uri) > 0 || uri is ['[', ..]));
        string host = hasHost ? uri[from..(path < 0 ? uri.Length : path)] : "";
        string rest = !hasHost ? uri : path < 0 ? "" : uri[path..];
        int query = rest.IndexOf('?');
        Both("uri", uri, result);
        Both("uri-stem", query < 0 ? rest : rest[..query], result);
        Both("uri-query", query < 0 ? "" : rest[(query + 1)..], result);
        result.AddText("c-uri-extension", ExtensionOf(query < 0 ? rest : rest[..query]));
        if (host.Length > 0)
        {
            result.AddText("cs-host", host.LastIndexOf(':') is var port and > 0 && !host.EndsWith(']') ? host[..port] : host);
        }
    }

    /// <summary>What the last name of a path ends with, after the dot; empty for none.</summary>
    public static string ExtensionOf(string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        return name.LastIndexOf('.') is var dot and >= 0 ? name[(dot + 1)..] : "";
    }

    /// <summary>Rules for proxies have the prefix of the client, those for web servers that of client and server.</summary>
    private static void Both(string name, string value, Event result)
    {
        result.AddText("c-" + name, value);
        result.AddText("cs-" + name, value);
    }
}
