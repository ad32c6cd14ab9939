using System.Text;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.LogPoint;

/// <summary>
/// A search's condition ("Simple Search"): words, phrases, and fields with values; NOT or a -, then OR, then AND, which is
/// implied. Words of the language have no case. Values disregard case; * stands for any characters, ? for one.
/// </summary>
internal sealed class LogPointSearch
{
    private static readonly string[] Words = ["and", "or", "not", "in", "process", "filter", "search", "chart"];
    private static readonly string[] Operators = ["!=", "<=", ">=", "=", "<", ">"];

    private readonly SearchScanner scanner;

    private LogPointSearch(SearchScanner scanner) => this.scanner = scanner;

    public static SearchTest Parse(string text)
    {
        var scanner = new SearchScanner(text, verbatim: true);
        var test = new LogPointSearch(scanner).And();
        scanner.SkipBlanks();
        return scanner.End ? test : throw scanner.Error("the condition ends here");
    }

    private SearchTest And()
    {
        var operands = new List<SearchTest> { Or() };
        for (scanner.SkipBlanks(); !scanner.End && scanner.Current != ')'; scanner.SkipBlanks())
        {
            TakeWord("and");
            operands.Add(Or());
        }

        return operands.Count == 1 ? operands[0] : row => operands.TrueForAll(operand => operand(row));
    }

    private SearchTest Or()
    {
        var operands = new List<SearchTest> { Not() };
        while (TakeWord("or"))
        {
            operands.Add(Not());
        }

        return operands.Count == 1 ? operands[0] : row => operands.Exists(operand => operand(row));
    }

    private SearchTest Not()
    {
        if (!TakeWord("not") && !scanner.Take("-"))
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
        var quoted = scanner.AtQuote;
        var word = quoted ? scanner.Quoted(scanner.Current) : Plain();
        if (!quoted && Words.Contains(word.ToLowerInvariant()))
        {
            throw scanner.Error($"'{word}' is a word of the language");
        }

        if (TakeWord("in"))
        {
            return In(Field(word, quoted));
        }

        return Operators.FirstOrDefault(scanner.Take) is { } sign
            ? Compare(Field(word, quoted), sign)
            : Keyword(quoted ? word : Bare(word));
    }

    /// <summary>The vendor's backend puts odd names in quotes and escapes nothing in them.</summary>
    private string Field(string word, bool quoted) =>
        word.Length > 0 && word.AsSpan().IndexOfAny('"', '\\') < 0 && (quoted || !word.Contains('*')) ? word : throw scanner.Error($"'{word}' is no field");

    private SearchTest In(string field)
    {
        scanner.Need("[");
        var values = new List<Func<string, bool>>();
        do
        {
            values.Add(Value());
        }
        while (scanner.Take(","));
        scanner.Need("]");
        return row => row.Texts(field).Any(text => values.Exists(value => value(text)));
    }

    private SearchTest Compare(string field, string sign)
    {
        if (sign is "=" or "!=")
        {
            var value = Value();
            return sign == "=" ? row => row.Texts(field).Any(value) : row => !row.Texts(field).Any(value);
        }

        // Of numbers; a - in front of one is part of it here.
        scanner.SkipBlanks();
        var word = (scanner.Take("-") ? "-" : "") + scanner.While(c => char.IsAsciiDigit(c) || c == '.');
        var wanted = SearchRow.Number(word) ?? throw scanner.Error($"'{word}' is no number");
        return row => row.Texts(field).Select(text => SearchRow.Number(text)).OfType<double>()
            .Any(actual => sign switch { "<" => actual < wanted, "<=" => actual <= wanted, ">" => actual > wanted, _ => actual >= wanted });
    }

    private Func<string, bool> Value()
    {
        scanner.SkipBlanks();
        return scanner.AtQuote ? Fits(scanner.Quoted(scanner.Current), whole: true) : Fits(Bare(Plain()), whole: true);
    }

    /// <summary>A phrase is found in the log as its words stand there, so from one border of words to another.</summary>
    private SearchTest Keyword(string phrase)
    {
        if (phrase == "*")
        {
            return _ => true;
        }

        var expression = Fits(phrase, whole: false);
        return row => row.Texts(LogPointEngine.Message).Any(expression);
    }

    /// <summary>
    /// A text between quotes, in which nothing is an escape: "does NOT require escaping of special chars like backslash" (an analyst of the vendor's
    /// in mitre-attack/car#105); and a text with a double quote stands in single ones (test_logpoint_double_quote_value of the vendor's backend).
    /// </summary>
    private Func<string, bool> Fits(string quoted, bool whole)
    {
        var text = new WildcardText(ignoreCase: true);
        for (var i = 0; i < quoted.Length; i++)
        {
            switch (quoted[i])
            {
                case '*':
                    text.AddMany();
                    break;
                case '?':
                    text.Add(WildcardText.One);
                    break;
                default:
                    // Half a surrogate is no character.
                    var isCharacter = Rune.TryGetRuneAt(quoted, i, out var character);
                    text.Add(isCharacter ? character.Value : Rune.ReplacementChar.Value);
                    i += isCharacter ? character.Utf16SequenceLength - 1 : 0;
                    break;
            }
        }

        return whole ? text.Fits : log => text.IsIn(log, IsWord(quoted.FirstOrDefault('*')), IsWord(quoted.LastOrDefault('*')));

        static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
    }

    private string Plain()
    {
        var word = scanner.While(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '*');
        return word.Length > 0 ? word : throw scanner.Error("a word is missing");
    }

    private string Bare(string word) =>
        Words.Contains(word.ToLowerInvariant()) ? throw scanner.Error($"'{word}' is a word of the language") : word;

    // "The search keywords are not case-sensitive."
    private bool TakeWord(string word) => scanner.TakeWord(word) || scanner.TakeWord(word.ToUpperInvariant());
}
