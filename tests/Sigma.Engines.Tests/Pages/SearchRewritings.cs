using System.Text.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Pages;

/// <summary>The same for the search languages of Splunk and LogPoint.</summary>
internal static partial class SearchRewritings
{
    /// <summary>D9: a star that the rule means acts as a wildcard, so the backslash in front of it goes.</summary>
    public static string WidenLiteralStar(string text, RuleFacts facts) =>
        facts.Texts.Any(t => t.HasLiteralWildcard && !t.GluesToModifier) ? LiteralStar().Replace(text, "*") : text;

    /// <summary>D11: the timeframe makes windows, and each is counted by itself.</summary>
    public static string BinByTimeframe(string text, RuleFacts facts) => facts.Rules.FirstOrDefault(rule => rule.Timeframe is not null) is not { } rule ? text
        : Count().Replace(text, $" | bin span={rule.Timeframe} _time as window | eventstats $1 by window,$2 | search");

    /// <summary>
    /// D9 for Splunk, where a later stage makes the search exact: ours without its stages is history's text with the star
    /// widened, and the stages test what the rule says. Brackets and the order of operands are not compared.
    /// </summary>
    public static bool IsStaged(string history, PageRun page)
    {
        var literal = page.Facts.Texts.Where(t => t.HasLiteralWildcard && !t.GluesToModifier).ToList();
        var stages = Stage().Matches(page.Ours);
        if (literal.Count == 0 || stages.Count != literal.Count)
        {
            return false;
        }

        var ours = page.Ours;
        foreach (var (stage, text) in stages.Zip(literal))
        {
            if (stage.Groups["field"].Value != text.Item.Field || !Tests(stage.Groups["regex"].Value, text.Text))
            {
                return false;
            }

            ours = ours.Replace(stage.Value, "").Replace($"{stage.Groups["flag"].Value}=1", Leaf(history, text));
        }

        // Where the search in front of the flags only keeps the number of events down, it says nothing of its own.
        var flagged = stages.Any(stage => stage.Groups["flag"].Length > 0);
        var wanted = Bag(flagged ? history : WidenLiteralStar(history, page.Facts)).ToList();
        var search = ours.Split(" | search ");
        return search.Any(part => Bag(part).SequenceEqual(wanted)) || Bag(string.Join(' ', search)).SequenceEqual(wanted);
    }

    /// <summary>D31: nothing is an escape between LogPoint's quotes, so a backslash is written once.</summary>
    public static string WriteBackslashesOnce(string text, RuleFacts facts) => text.Replace(@"\\", @"\");

    /// <summary>
    /// D31 for texts with a quote, which a later stage tests: ours without its stages has history's texts, read with its escapes, with any
    /// characters in place of each quote. Brackets and the order of operands are not compared.
    /// </summary>
    public static bool StagesQuotes(string history, string ours)
    {
        List<string> texts = [.. Escaped().Matches(history).Select(text => Regex.Replace(text.Value[1..^1], @"\\(.)", "$1"))];
        return texts.Exists(text => text.Contains('"')) && ours.Contains(@"\x22")
            && texts.Select(text => text.Replace('"', '*')).Order(StringComparer.Ordinal)
                .SequenceEqual(Plain().Matches(ours.Split(" | process ")[0]).Select(text => text.Value[1..^1]).Order(StringComparer.Ordinal));
    }

    private static string Leaf(string history, RuleText text) =>
        Regex.Matches(history, $@"{text.Item.Field}=""(?:[^""\\]|\\.)*""").Select(found => found.Value).First(leaf => LiteralStar().IsMatch(leaf));

    /// <summary>The stage's expression takes the text itself, whatever its case, and not another one for the star.</summary>
    private static bool Tests(string regex, SigmaString text)
    {
        var sample = string.Concat(text.Parts.Select(part => part.Kind is PartKind.Literal ? part.Text : "x"));
        return Regex.IsMatch(sample, regex) && Regex.IsMatch(sample.ToUpperInvariant(), regex)
            && !Regex.IsMatch(sample.Replace("*", "yy"), regex) && !Regex.IsMatch(sample + "z", regex);
    }

    private static IEnumerable<string> Bag(string query) => Leaves().Matches(query).Select(leaf => leaf.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"""[^""]*""")]
    private static partial Regex Plain();

    [GeneratedRegex(@"(?<!\\)\\\*")]
    private static partial Regex LiteralStar();

    [GeneratedRegex(@" \| eventstats (\S+ as val) by (\w+) ?\| search")]
    private static partial Regex Count();

    [GeneratedRegex(@" \| (?:where |eval (?<flag>sigma_\d+)=if\()match\('(?<field>\w+)',""(?<regex>[^""]*)""\)(?:,1,0\))?")]
    private static partial Regex Stage();

    [GeneratedRegex(@"\w+=""(?:[^""\\]|\\.)*""|""(?:[^""\\]|\\.)*""|\w+|\|")]
    private static partial Regex Leaves();
}
