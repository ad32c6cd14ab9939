using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Cli;

/// <summary>
/// Tells rule files from the other files that a list of changed files has: a README, a workflow, cases of rules. A file is a rule
/// file if it has a key that rules, correlations and filters are known by, or one that is mistyped.
/// </summary>
internal static class RuleKeys
{
    /// <summary>With blanks, quotes and a slip, a key is no longer.</summary>
    private const int LongestKey = 64;

    private static readonly string[] Keys = ["detection", "logsource", "correlation", "filter", "action"];

    /// <summary>Returns whether a file that the user named may be a rule file. A broken one is, so that it is reported.</summary>
    /// <param name="input">The file.</param>
    public static bool MayBeIn(RuleInput input)
    {
        if (Path.GetFileName(input.Path) == ConfigurationOptions.FileName)
        {
            // It may have the key 'filter'.
            return false;
        }

        // A text may have an example of a rule in it. Only what YAML makes of the whole tells it from a rule.
        bool forRules = Path.GetExtension(input.Path).ToLowerInvariant() is ".yml" or ".yaml" or ".txt" or ".sigma" or ".rule" or "";
        SourceText source = input.Read(out Diagnostic? error);
        if (error is not null)
        {
            return forRules || error.Code == Codes.CannotRead;
        }

        if (forRules && HasLine(source.Text, atMargin: true))
        {
            return true;
        }

        IReadOnlyList<YamlDocument> documents = YamlReader.Read(source);
        bool broken = documents.Any(document => document.Diagnostics.Count > 0);
        return (!broken || forRules) && documents.Any(document => document.Root is YamlMapping map && map.Entries.Any(entry => IsOne(entry.Name)))
            || (broken && forRules && HasLine(source.Text, atMargin: false));
    }

    private static bool IsOne(string name) => Keys.Any(key => Suggestion.IsNear(name, key, edits: 1));

    /// <summary>Whether a line starts with such a key.</summary>
    /// <param name="text">The text.</param>
    /// <param name="atMargin">Whether only exact keys at the left margin count.</param>
    private static bool HasLine(string text, bool atMargin)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (line.IndexOf(':') is > 0 and < LongestKey and var colon)
            {
                ReadOnlySpan<char> key = line[..colon];
                if (atMargin ? Keys.AsSpan().Contains(key.ToString()) : IsOne(key.Trim(" \t\"'-{").ToString()))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
