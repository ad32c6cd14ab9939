using System.Text;
using System.Text.RegularExpressions;

namespace Sigma.Tests.Checks;

/// <summary>
/// Rules for the examples of checks: an example is a whole rule, or the keys in which it differs from an ordinary one;
/// <c># without key</c> takes one away.
/// </summary>
internal static partial class ExampleRule
{
    /// <summary>An ordinary rule without a finding.</summary>
    public const string Ordinary = """
        title: Whoami Is Run
        id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
        status: test
        description: Detects that a user asks who they are.
        references:
            - https://example.org/whoami
        author: Erika Mustermann
        date: 2026-01-10
        tags:
            - attack.discovery
            - attack.t1033
        logsource:
            category: process_creation
            product: windows
        detection:
            selection:
                Image|endswith: '\whoami.exe'
            condition: selection
        falsepositives:
            - Administrators
        level: medium

        """;

    /// <summary>The rule of an example.</summary>
    public static string Of(string example)
    {
        if (example.Contains("title:", StringComparison.Ordinal) && example.Contains("logsource:", StringComparison.Ordinal))
        {
            return example + "\n";
        }

        var keys = Blocks(Ordinary.ReplaceLineEndings("\n")).ToDictionary(block => block.Key, block => block.Text);
        foreach ((string key, string text) in Blocks(example.ReplaceLineEndings("\n") + "\n"))
        {
            if (key.StartsWith('-'))
            {
                keys.Remove(key[1..]);
            }
            else
            {
                keys[key] = text;
            }
        }

        if (keys.ContainsKey("correlation"))
        {
            keys.Remove("logsource");
            keys.Remove("detection");
        }

        return string.Concat(keys.Values);
    }

    /// <summary>Top-level keys with all that is below them.</summary>
    private static IEnumerable<(string Key, string Text)> Blocks(string text)
    {
        string key = "";
        var block = new StringBuilder();
        foreach (string line in text.Split('\n', StringSplitOptions.None)[..^1])
        {
            if (Without().Match(line) is { Success: true } without)
            {
                yield return ("-" + without.Groups["key"].Value, "");
            }
            else if (line.TrimStart(PlantedCases.Mark) is [not (' ' or '#' or '␠' or '␃'), ..])
            {
                if (block.Length > 0)
                {
                    yield return (key, block.ToString());
                }

                key = line[..line.IndexOf(':')].TrimStart(PlantedCases.Mark);
                block.Clear().Append(line).Append('\n');
            }
            else
            {
                block.Append(line).Append('\n');
            }
        }

        if (block.Length > 0)
        {
            yield return (key, block.ToString());
        }
    }

    [GeneratedRegex("^# without (?<key>[a-z]+)$")]
    private static partial Regex Without();
}
