using System.Text;
using System.Text.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Pages;

/// <summary>The same for PowerShell: the patterns of 2020 are read token by token and written again, escaped.</summary>
internal static partial class PowerShellRewritings
{
    private const string Metacharacters = @"\*+?|{}[]()^$.";

    /// <summary>D6: texts are escaped for .NET and then for the string; null tests are tests.</summary>
    public static string EscapePatterns(string text, RuleFacts facts)
    {
        var literal = facts.Texts.Where(t => t.HasLiteralWildcard && !t.GluesToModifier).Select(t => (Written(t.Text), t)).ToList();
        var escaped = Pattern().Replace(text, found => $"-match \"{Escape(found.Groups[1].Value, literal)}\"");
        return !facts.HasNull ? escaped : NullTest().Replace(escaped, found => $"$_.message -notmatch \"{found.Groups[1].Value}:[ \\t]*\\S\"");
    }

    /// <summary>D28: the texts of a list have their field's name in front, as single ones do.</summary>
    public static string NameListed(string text, RuleFacts facts)
    {
        foreach (var item in facts.Items.Where(item => item is { IsList: true, All: false, Field: not (null or "EventID") } && item.Values.Any(value => value is StringValue)))
        {
            var group = Group(item, name: false);
            var at = text.IndexOf(group, StringComparison.Ordinal);
            text = at < 0 ? text : string.Concat(text.AsSpan(0, at), Group(item, name: true), text.AsSpan(at + group.Length));
        }

        return text;
    }

    private static string Group(DetectionItem item, bool name) => "(" + string.Join(" -or ", item.Values.Select(value =>
    {
        var text = value switch { StringValue s => s.Text, NumberValue number => SigmaString.OfLiteral(number.Text), _ => SigmaString.Empty };
        var head = name || text.HasWildcards ? item.Field + ".*" : "";
        return $"$_.message -match \"{head}{Pattern(text)}\"";
    })) + ")";

    private static string Pattern(SigmaString text) => string.Concat(text.Parts.Select(part => part.Kind switch
    {
        PartKind.Many => ".*",
        PartKind.One => ".",
        _ => string.Concat(part.Text.Select(Escape)),
    }));

    /// <summary>D24: what is not ASCII is written by its code.</summary>
    public static string WriteAscii(string text, RuleFacts facts) =>
        string.Concat(text.Select(c => c <= '~' ? c.ToString() : $"\\u{(int)c:x4}"));

    /// <summary>D19: a log name with a blank is quoted.</summary>
    public static string QuoteLogName(string text, RuleFacts facts) => BlankLogName().Replace(text, "-LogName '$1' |");

    /// <summary>D21: a rule without a log of its own does not get that of the rule before it.</summary>
    public static string DropCarriedLogName(string text, string ours)
    {
        var lines = text.Split('\n');
        var wanted = ours.Split('\n');
        for (var i = 1; i < lines.Length && lines.Length == wanted.Length; i++)
        {
            var log = LogName().Match(lines[i]).Value;
            if (log.Length > 0 && LogName().Match(lines[i - 1]).Value == log && !wanted[i].StartsWith("Get-WinEvent -LogName", StringComparison.Ordinal))
            {
                lines[i] = lines[i].Replace(log, "Get-WinEvent |");
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>The command up to the end of its filter, which is all that a count shares with ours.</summary>
    public static string Filter(string command) => command[..(command.IndexOf(") }", StringComparison.Ordinal) + 1)];

    private static string Escape(string pattern, IEnumerable<(string Written, RuleText Text)> literal)
    {
        foreach (var (written, text) in literal)
        {
            var at = pattern.IndexOf(written, StringComparison.Ordinal);
            if (at >= 0 && at + written.Length == pattern.Length)
            {
                // Without wildcards it is a plain value of its list, and those stand without the field's name.
                var head = text.Text.HasWildcards || !text.Item.IsList ? pattern[..at] : "";
                return head + Pattern(text.Text);
            }
        }

        return string.Concat(Tokens().Matches(pattern).Select(token => token.Value switch
        {
            ".*" or "*" => ".*",
            @"\\" => Escape('\\'),
            "\\\"" => Escape('"'),
            @"\+" => Escape('+'),
            [var c] => Escape(c),
            var other => throw new InvalidOperationException(other),
        }));
    }

    private static string Escape(char c) => (Metacharacters.Contains(c) ? "\\" : "") + (c is '"' or '$' or '`' ? "`" : "") + c;

    /// <summary>A text with a literal star as 2020 wrote it: the backslash in front doubled, the star a wildcard.</summary>
    private static string Written(SigmaString text)
    {
        var output = new StringBuilder();
        foreach (var c in text.ToString())
        {
            output.Append(c switch { '\\' => @"\\", '*' => ".*", '"' => "\\\"", _ => c.ToString() });
        }

        return output.ToString();
    }

    [GeneratedRegex(@"-match ""((?:\\.|[^""\\])*)""")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\.\*|\\\\|\\""|\\\+|.")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"-not (\w+)=""\*""")]
    private static partial Regex NullTest();

    [GeneratedRegex(@"-LogName (\w+ \w+) \|")]
    private static partial Regex BlankLogName();

    [GeneratedRegex(@"^Get-WinEvent -LogName \S+ \|")]
    private static partial Regex LogName();
}
