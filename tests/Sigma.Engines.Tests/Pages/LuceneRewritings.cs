using System.Text;
using System.Text.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Pages;

/// <summary>What is wrong in the query strings of 2020, put right in their own text.</summary>
internal static partial class LuceneRewritings
{
    private const string Reserved = @"+-!(){}[]^""~:/\";

    /// <summary>D1: the backslash that ends a value is escaped before the modifier's wildcard comes.</summary>
    public static string EscapeLastBackslash(string text, RuleFacts facts)
    {
        foreach (var glued in facts.Texts.Where(t => t.GluesToModifier))
        {
            // What stands before the backslash is the same in every dialect, as far back as it needs no escaping.
            var before = glued.Text.Parts[^2].Text.TrimEnd('\\');
            var tail = LastWord().Match(before) is { Length: > 0 } word ? word.Value : before[^1..];
            text = Regex.Replace(text, Regex.Escape(tail) + @"\\\*(?=[\s"")\]]|$)", tail.Replace("$", "$$") + @"\\*");
        }

        return text;
    }

    /// <summary>D14: a search instead of a match of the whole, in the sub-field with the whole value, without PCRE's classes.</summary>
    public static Func<string, RuleFacts, string> TranslateRegex(string subField) => (text, facts) => !facts.HasRegex ? text
        : FieldRegex().Replace(text, found =>
            $"{found.Groups[1].Value}{subField}:/.*{found.Groups[2].Value.Replace(@"\d", "[0-9]").Replace(@"\W", "[^0-9A-Za-z_]")}.*/");

    /// <summary>D15: the only keyword of a detection loses the quotes that made its wildcards literal.</summary>
    public static string UnquoteLoneKeyword(string text, RuleFacts facts) => !facts.HasLoneWildcardKeyword ? text
        : LoneKeyword().Replace(text, found => found.Groups[1].Value.Replace(" ", @"\ "));

    /// <summary>D8: fields have no keyword sub-field.</summary>
    public static string DropSubField(string text, RuleFacts facts) => text.Replace(".keyword:", ":");

    /// <summary>D8: a blank inside a term is escaped.</summary>
    public static string EscapeBlanks(string text, RuleFacts facts) => ReplaceTerms(
        text, facts.Texts.Where(t => t.Text.HasWildcards || t.Item.Field is null).Select(t => t.Item.Field is null ? Anywhere(t.Text) : t.Text), term => term.Replace(" ", @"\ "));

    /// <summary>D23: a value without wildcards among others with them is quoted.</summary>
    public static string QuotePlainAmongWildcards(string text, RuleFacts facts) => ReplaceTerms(
        text, facts.Texts.Where(t => t.StandsInMixedList && !t.Text.HasWildcards && t.Item.Field is not null).Select(t => t.Text), term => $"\"{term}\"");

    /// <summary>The same in es-qs, which escaped blanks.</summary>
    public static string QuotePlainAmongEscaped(string text, RuleFacts facts) => ReplaceTerms(
        text, facts.Texts.Where(t => t.StandsInMixedList && !t.Text.HasWildcards && t.Item.Field is not null).Select(t => t.Text), term => $"\"{term}\"", escapedBlanks: true);

    /// <summary>A text as a term of the program of 2020, which escaped everything but blanks.</summary>
    private static string Term(SigmaString text)
    {
        var output = new StringBuilder();
        foreach (var part in text.Parts)
        {
            output.Append(part.Kind switch { PartKind.Many => "*", PartKind.One => "?", _ => Escape(part.Text) });
        }

        return output.ToString();
    }

    private static string Escape(string literal) =>
        string.Concat(literal.Select(c => Reserved.Contains(c) || c is '*' or '?' ? $@"\{c}" : c.ToString())).Replace("&&", @"\&&").Replace("||", @"\||");

    private static SigmaString Anywhere(SigmaString text) => text.WithLeadingWildcard().WithTrailingWildcard();

    // Longest first, and each place once: a short value may be part of a long one.
    private static string ReplaceTerms(string text, IEnumerable<SigmaString> values, Func<string, string> replacement, bool escapedBlanks = false)
    {
        var terms = values.Select(Term).Select(term => escapedBlanks ? term.Replace(" ", @"\ ") : term).Distinct().OrderByDescending(term => term.Length).ToList();
        return terms.Count == 0 ? text
            : Regex.Replace(text, $@"(?<=[(:\s]|^)(?:{string.Join('|', terms.Select(Regex.Escape))})(?=[)\s]|$)", found => replacement(found.Value));
    }

    [GeneratedRegex(@"[A-Za-z0-9.]+$")]
    private static partial Regex LastWord();

    [GeneratedRegex(@"([\w.\\*]+):/((?:[^/\\]|\\.)*)/")]
    private static partial Regex FieldRegex();

    [GeneratedRegex(@"(?<=[( ]|^)""((?:[^""\\]|\\.)*)""(?=[) ]|$)")]
    private static partial Regex LoneKeyword();
}
