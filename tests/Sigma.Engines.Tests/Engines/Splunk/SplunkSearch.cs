using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Splunk;

/// <summary>
/// The expression of the search command. "Boolean expressions" (Search Manual): NOT, then OR, then AND, which is implied;
/// the words are upper case. "search" (Search Reference): comparisons disregard case, * stands for any characters, a
/// network stands for its addresses, numbers compare by value and other texts by their characters. "Difference between
/// != and NOT": != wants the field to be there.
/// </summary>
internal sealed class SplunkSearch
{
    private static readonly string[] Operators = ["!=", "<=", ">=", "=", "<", ">"];
    private static readonly string[] Words = ["AND", "OR", "NOT", "IN", "BY", "AS"];

    private readonly SearchScanner scanner;

    private SplunkSearch(string text) => scanner = new SearchScanner(text);

    public static SearchTest Parse(string text)
    {
        var search = new SplunkSearch(text);
        var test = search.And();
        search.scanner.SkipBlanks();
        return search.scanner.End ? test : throw search.scanner.Error("the expression ends here");
    }

    private SearchTest And()
    {
        var operands = new List<SearchTest> { Or() };
        for (scanner.SkipBlanks(); !scanner.End && scanner.Current != ')'; scanner.SkipBlanks())
        {
            scanner.TakeWord("AND");
            operands.Add(Or());
        }

        return operands.Count == 1 ? operands[0] : row => operands.TrueForAll(operand => operand(row));
    }

    private SearchTest Or()
    {
        var operands = new List<SearchTest> { Not() };
        while (scanner.TakeWord("OR"))
        {
            operands.Add(Not());
        }

        return operands.Count == 1 ? operands[0] : row => operands.Exists(operand => operand(row));
    }

    private SearchTest Not()
    {
        if (!scanner.TakeWord("NOT"))
        {
            return Primary();
        }

        var operand = Not();
        return row => !operand(row);
    }

    private SearchTest Primary()
    {
        if (scanner.Take("("))
        {
            var inner = And();
            scanner.Need(")");
            return inner;
        }

        scanner.SkipBlanks();
        var quoted = scanner.Current == '"';
        var word = Word();
        if (!quoted && Words.Contains(word))
        {
            throw scanner.Error($"the word {word} stands for an operator");
        }

        if (scanner.TakeWord("IN"))
        {
            return In(word);
        }

        if (Operators.FirstOrDefault(scanner.Take) is not { } sign)
        {
            return Keyword(word);
        }

        if (word.Length == 0 || word.Contains('*'))
        {
            throw scanner.Error("a comparison needs the name of a field");
        }

        scanner.SkipBlanks();
        return Compare(word, sign, Word());
    }

    private SearchTest In(string field)
    {
        scanner.Need("(");
        var values = new List<SearchTest>();
        do
        {
            values.Add(Compare(field, "=", Word()));
        }
        while (scanner.Take(","));
        scanner.Need(")");
        return row => values.Exists(value => value(row));
    }

    /// <summary>"search": a text needs quotes if it has blanks, commas, pipes, quotes, brackets, or an operator's signs.</summary>
    private string Word()
    {
        scanner.SkipBlanks();
        if (scanner.Current == '"')
        {
            return SplunkText.OfSearch(scanner.Quoted('"'), scanner);
        }

        var word = scanner.While(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '{' or '}' or '@' or '-' or '*' or '/' or '$' or '%');
        return word.Length > 0 ? word : throw scanner.Error("a word is missing");
    }

    private static SearchTest Compare(string field, string sign, string value)
    {
        if (sign is "=" or "!=")
        {
            var fits = Fits(value);
            return sign == "=" ? row => row.Texts(field).Any(fits) : row => row.Texts(field).Any(text => !fits(text));
        }

        var wanted = SearchRow.Number(value);
        return row => row.Texts(field).Any(text =>
        {
            var order = wanted is { } number && SearchRow.Number(text) is { } actual
                ? actual.CompareTo(number)
                : string.Compare(text, value, StringComparison.OrdinalIgnoreCase);
            return sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
        });
    }

    private static Func<string, bool> Fits(string value)
    {
        if (IPNetwork.TryParse(value, out var network) && value.Contains('/'))
        {
            return text => IPAddress.TryParse(text, out var address) && network.Contains(address);
        }

        return WildcardText.OfStars(value, ignoreCase: true).Fits;
    }

    /// <summary>
    /// "About the search processing language syntax": a word or phrase is found in _raw as the index has it, so from one
    /// break between words to another; a * reaches over the rest of a word.
    /// </summary>
    private static SearchTest Keyword(string phrase)
    {
        if (phrase == "*")
        {
            return _ => true;
        }

        // A break is anything but a letter, a digit or _, or the phrase's own end is one.
        var runes = phrase.EnumerateRunes().ToList();
        var (before, after) = (runes.Count > 0 && !IsBreak(runes[0]), runes.Count > 0 && !IsBreak(runes[^1]));
        if (!phrase.Contains('\n'))
        {
            // A word has no line break in it.
            var words = WildcardText.OfStars(phrase, ignoreCase: true);
            return row => row.Texts(SplunkEngine.Raw).Any(text => text.Split('\n').Any(line => words.IsIn(line, before, after)));
        }

        var pattern = string.Join("[^\n]*?", phrase.Split('*').Select(Regex.Escape));
        var expression = new Regex(
            (before ? @"(?<![\p{L}\p{N}_])" : "") + pattern + (after ? @"(?![\p{L}\p{N}_])" : ""), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, SearchPattern.Patience);
        return row => row.Texts(SplunkEngine.Raw).Any(expression.IsMatch);

        static bool IsBreak(Rune rune) => !Rune.IsLetterOrDigit(rune) && rune.Value != '_';
    }
}
