using System.Collections.Concurrent;
using System.Text;
using Sigma.Events.Samples;
using Sigma.RegularExpressions;

namespace Sigma.Checks.Meanings;

/// <summary>The regular expression is a plain text.</summary>
internal sealed class RegexPlain : RuleCheck
{
    /// <summary>What was found of a letter, which is the same in every expression.</summary>
    private static readonly ConcurrentDictionary<Rune, string> OfLetters = new();

    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1709", "regex_plain", CheckGroup.Meaning, Severity.Info, "the regular expression is a plain text")
        {
            Hint = "write '|contains|cased', or '|contains' if capital letters do not matter",
            Why = """
            An expression without a special character finds the text anywhere in the value, with the same letters. 'contains' says
            so, and most systems find it faster; with '^' or '$' it is 'startswith', 'endswith' or the whole value. 're' tells
            capital letters from small ones, unless '(?i)' or '|i' says otherwise, and so does 'cased'. The hint names what the two
            do not have in common: '$' also stands before a line break at the end, and a case-insensitive expression takes
            a few letters for each other that Sigma's texts do not, such as U+212A (the Kelvin sign) for 'k'.
            """,
            Wrong = """
            detection:
                selection:
                    CommandLine|re: '.*whoami.*'
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains|cased: 'whoami'
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Field.Length > 0 && item.Modifiers is ["re"] or ["re", "i"]))
        {
            RegexFlags flags = item.Modifiers.Count > 1 ? RegexFlags.IgnoreCase : RegexFlags.None;
            foreach (YamlScalar value in item.Values)
            {
                if (RegexPattern.TryParse(value.Value, flags, out RegexPattern? pattern, out _) && Plain(pattern) is var (text, modifier))
                {
                    bool cased = pattern.HasCasedLetters;
                    string place = modifier switch { "startswith" => " at the start", "endswith" => " at the end", "" => " as the whole value", _ => "" };
                    string insensitive = modifier.Length > 0 ? $"'|{modifier}'" : "the text without a modifier";
                    string hint = cased ? $"write '{(modifier.Length > 0 ? "|" + modifier : "")}|cased', or {insensitive} if capital letters do not matter" : $"write {insensitive}";
                    report.Add(this, value.Span, $"the regular expression is the plain text '{text}'{place}", hint + Differences(pattern, text, modifier));
                }
            }
        }
    }

    /// <summary>What the expression takes and the text does not, or the other way round; empty for nothing.</summary>
    private static string Differences(RegexPattern pattern, string text, string modifier)
    {
        string differences = modifier is "endswith" or "" ? "; the expression also takes a line break behind the text" : "";
        if (pattern.HasCasedLetters)
        {
            return differences;
        }

        foreach (Rune letter in text.EnumerateRunes().Distinct())
        {
            differences += OfLetters.GetOrAdd(letter, DifferencesOf);
        }

        return differences;
    }

    /// <summary>What a case-insensitive expression takes for a letter and a text does not, or the other way round.</summary>
    private static string DifferencesOf(Rune letter)
    {
        var tests = new ValueAcceptance();
        var expression = new RegexValue(SigmaString.OfLiteral(letter.ToString()), RegexFlags.IgnoreCase, default);
        return string.Concat(LetterCase.Related(letter)
            .Where(other => tests.Accepts(expression, FieldValue.OfText(other.ToString()), _ => FieldValue.Absent) != (LetterCase.Folded(other.Value) == LetterCase.Folded(letter.Value)))
            .Select(other => $"; the two differ in whether U+{other.Value:X4} is '{letter}'"));
    }

    /// <summary>The text that an expression is, and the modifier for the place where it has to stand; null for other expressions.</summary>
    private static (string Text, string Modifier)? Plain(RegexPattern pattern)
    {
        List<RegexNode> parts = pattern.Root is RegexSequence sequence ? [.. sequence.Items] : [pattern.Root];
        if (!pattern.Trivia.IsEmpty)
        {
            return null;
        }

        if (parts is [RegexInlineFlags { Options: "i" }, ..])
        {
            parts.RemoveAt(0);
        }

        bool starts = parts is [RegexAnchor { Letter: '^' }, ..];
        bool ends = parts is [.., RegexAnchor { Letter: '$' }];
        parts = [.. parts.Skip(starts || IsAnything(parts.FirstOrDefault()) ? 1 : 0)];
        parts = [.. parts.SkipLast(ends || IsAnything(parts.LastOrDefault()) ? 1 : 0)];
        if (parts.Count == 0 || !parts.TrueForAll(part => part is RegexLiteral { CodePoint: >= ' ' and not ('*' or '?' or (>= 0xD800 and <= 0xDFFF)) }))
        {
            return null;
        }

        // Two backslashes would be one in a value, and wildcards something else.
        string text = string.Concat(parts.Cast<RegexLiteral>().Select(literal => char.ConvertFromUtf32(literal.CodePoint)));
        return text.Contains(@"\\", StringComparison.Ordinal) || text.Any(char.IsControl) ? null : (text, starts && ends ? "" : starts ? "startswith" : ends ? "endswith" : "contains");
    }

    private static bool IsAnything(RegexNode? part) => part is RegexRepeat { Min: 0, Max: null, Greed: not RegexGreed.Possessive, Body: RegexAnyCharacter };
}
