using System.Text.Json;

namespace Sigma.Engines.Tests.Engines;

/// <summary>One call of curl: its arguments after the shell, and the body it read.</summary>
public sealed record CurlCall(IReadOnlyList<string> Arguments, string Body)
{
    // The options, of those a script here may use, whose value is the next argument.
    private static readonly HashSet<string> TakesValue =
        ["-H", "--header", "-X", "--request", "-d", "--data", "--data-binary", "-u", "--user", "-o", "--output", "--cacert", "-m"];

    public string? Url => Arguments
        .Where((argument, i) => !argument.StartsWith('-') && (i == 0 || !TakesValue.Contains(Arguments[i - 1])))
        .FirstOrDefault();

    public Verdict BodyVerdict
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Body);
                return Verdict.Accept;
            }
            catch (JsonException error)
            {
                return new Verdict("the body is not JSON: " + error.Message);
            }
        }
    }

    /// <summary>The body as the watch it stores.</summary>
    public Watch Watch => Watch.Read(Body);
}
