using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>Whether a query finds what the rule with the hostile text as plain data finds, and nothing of what it does not.</summary>
internal static partial class Meaning
{
    private const string Other = "zzz";

    private static readonly string[] Exact = ["", "|contains", "|startswith", "|endswith", "|cased", "|contains|cased"];

    /// <summary>Looks at a query.</summary>
    /// <param name="output">What was converted.</param>
    /// <param name="finds">The query, as its reader has it.</param>
    /// <param name="wholeMessage">Whether a keyword is compared with the whole message.</param>
    /// <param name="inLine">Whether the message is one line in which everything is looked for.</param>
    public static string? Check(Output output, Func<Trial, bool> finds, bool wholeMessage, bool inLine)
    {
        var rule = output.Rule;
        var value = Around(rule);
        var full = new Dictionary<string, string> { [HostileRule.GuardField] = HostileRule.GuardValue, [rule[Place.Field]] = value };
        var words = rule.Shape is Shape.Keyword or Shape.Keywords or Shape.KeywordAndField ? rule[Place.Keyword] : "";
        var keyword = wholeMessage ? words : $"{HostileRule.GuardValue} {words} {value}";
        var without = new Dictionary<string, string>(full);
        without.Remove(HostileRule.GuardField);
        // A field of the guard's name with a text of the guard's would be the guard itself.
        if (rule[Place.Field] != HostileRule.GuardField && finds(new Trial(without, wholeMessage ? words : $"{words} {value}")))
        {
            return "it finds an event without what the rule demands";
        }

        if (!IsExact(rule, inLine))
        {
            return null;
        }

        var codes = output.Diagnostics.Select(d => d.Code.Id).ToHashSet();
        if (!codes.Overlaps(["SIG0603", "SIG0608"]) && !finds(new Trial(full, keyword)))
        {
            return "it misses the very text that was put in";
        }

        var sought = rule.Shape is Shape.Keyword or Shape.Keywords ? words : rule[Place.Value];
        var otherLine = $"{HostileRule.GuardValue} {Other}";
        if (rule.Shape is Shape.FieldOnly || codes.Overlaps(["SIG0602", "SIG0608"]) || otherLine.Contains(sought, StringComparison.OrdinalIgnoreCase)
            || CultureInfo.InvariantCulture.CompareInfo.IndexOf(otherLine, sought, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0)
        {
            return null;
        }

        var other = new Dictionary<string, string> { [HostileRule.GuardField] = HostileRule.GuardValue, [rule[Place.Field]] = Other };
        return finds(new Trial(other, wholeMessage ? Other : otherLine)) ? "it finds an event without the text that was put in" : null;
    }

    /// <summary>The value of an event that the rule's test fits.</summary>
    public static string Around(HostileRule rule) => rule.Modifiers switch
    {
        "|contains" or "|contains|cased" => "a" + rule[Place.Value] + "b",
        "|startswith" => rule[Place.Value] + "b",
        "|endswith" => "a" + rule[Place.Value],
        _ => rule[Place.Value],
    };

    /// <summary>Whether the rule means just the texts in it, and the trial's event is one that it means.</summary>
    public static bool IsExact(HostileRule rule, bool inLine) =>
        !rule.Raw && Exact.Contains(rule.Modifiers) && rule.Shape is not (Shape.Not or Shape.Near) && !rule.IsCorrelation
        && !new[] { Place.LogName, Place.Channel, Place.Product, Place.Service, Place.Category }.Any(rule.Has)
        && rule[Place.Value].Trim().Length > 0 && rule[Place.Keyword].Trim().Length > 0 && rule[Place.Field].IndexOfAny(['*', '|']) < 0 && rule[Place.Field].Length > 0
        // Names that begin so are not of "them".
        && !rule[Place.Detection].StartsWith('_')
        && !(inLine && LineBreak().IsMatch(rule[Place.Value] + rule[Place.Keyword]));

    /// <summary>A text for people: what cannot be shown may have become a blank or a sign, and blanks are all alike.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text)
        {
            shown.Append(char.IsControl(c) || char.IsSurrogate(c) || char.IsWhiteSpace(c) || c is '\uFFFD' or '\u200b' or '\ufeff' or >= '\ufffe'
                || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned ? ' ' : c);
        }

        return Blanks().Replace(Written().Replace(shown.ToString(), " "), " ").Trim();
    }

    /// <summary>The letters and digits of a text: what is left of a name that was made safe.</summary>
    public static string Letters(string text) => string.Concat(Written().Replace(text, "").Where(char.IsAsciiLetterOrDigit));

    [GeneratedRegex(@"[\n\r\v\f\x85\u2028\u2029\0]")]
    private static partial Regex LineBreak();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();

    /// <summary>A control character written out for people.</summary>
    [GeneratedRegex(@"\\u\{[0-9a-f]+\}")]
    private static partial Regex Written();
}
