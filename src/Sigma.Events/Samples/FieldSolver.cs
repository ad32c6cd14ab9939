using System.Globalization;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>
/// Finds a value for one field that passes all of its tests together, in one of two ways. First it tries candidates that look like
/// values of real events: <see cref="TextAssembly"/> writes them for texts with wildcards, <see cref="RegexTexts"/> for regular
/// expressions, <see cref="TypedCandidates"/> for numbers, addresses and times. Where none passes, <see cref="Contradiction"/> looks whether
/// there is any; its texts are right but look like nothing.
/// </summary>
internal sealed class FieldSolver
{
    /// <summary>How many texts are tried before the tests count as too hard together.</summary>
    private const int MostTries = 400;

    /// <summary>How a time is written.</summary>
    public const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private readonly bool windows;
    private readonly Contradiction contradiction;

    /// <summary>Creates a solver.</summary>
    /// <param name="windows">Whether paths are those of Windows.</param>
    public FieldSolver(bool windows)
    {
        this.windows = windows;
        contradiction = new Contradiction(Test);
    }

    /// <summary>Tells which values a test accepts.</summary>
    public ValueAcceptance Test { get; } = new();

    /// <summary>Whether tests exclude each other also for a field with several values, given that they do for one.</summary>
    /// <param name="literals">The tests.</param>
    /// <param name="keywords">Keywords that may stand nowhere in the event.</param>
    public bool HoldsForLists(IReadOnlyList<Literal> literals, IReadOnlyList<Literal> keywords) => contradiction.HoldsForLists(literals, keywords);

    /// <summary>Finds a value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="literals">The tests.</param>
    /// <param name="keywords">Keywords that may stand nowhere in the event.</param>
    /// <param name="other">Gives the values of other fields.</param>
    /// <param name="impossible">Whether there is certainly no value.</param>
    /// <param name="agrees">What else the value must be; null for nothing.</param>
    /// <returns>The value; null where none was found.</returns>
    public FieldValue? Solve(
        string field,
        IReadOnlyList<Literal> literals,
        IReadOnlyList<Literal> keywords,
        Func<string, FieldValue> other,
        out bool impossible,
        Predicate<FieldValue>? agrees = null)
    {
        impossible = false;
        Literal[] wanted = [.. literals.Where(literal => literal.Wanted)];
        bool free = wanted.Length == 0;
        if ((free || Array.TrueForAll(wanted, MayBeAbsent)) && Fits(FieldValue.Absent))
        {
            return FieldValue.Absent;
        }

        StringValue[] texts = [.. wanted.Where(literal => literal.Value is StringValue).Select(Whole)];
        StringValue[] unwanted = [.. literals.Concat(keywords).Where(literal => !literal.Wanted && literal.Value is StringValue).Select(Whole)];
        bool excluded = Array.Exists(texts, one => Array.Exists(unwanted, not => PatternWitness.Includes(not, one)));
        bool mindsCase = literals.Concat(keywords).Any(literal => Contradiction.MindsCase(literal.Value));
        foreach (FieldValue candidate in excluded ? [] : Candidates(field, literals, other, mindsCase).Take(MostTries))
        {
            if (Fits(candidate))
            {
                return candidate;
            }
        }

        if (Fits(FieldValue.Null))
        {
            return FieldValue.Null;
        }

        impossible = contradiction.Holds(literals, keywords, out string? text);
        return !impossible && text is not null && Fits(FieldValue.OfText(text)) ? FieldValue.OfText(text) : null;

        bool Fits(FieldValue value) => Passes(value, literals, keywords, other) && agrees?.Invoke(value) is not false;
    }

    /// <summary>Reads a number as rules and events write it.</summary>
    public static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Whether a value passes all tests, and no keyword stands in it.</summary>
    public bool Passes(FieldValue value, IReadOnlyList<Literal> literals, IReadOnlyList<Literal> keywords, Func<string, FieldValue> other)
    {
        for (int i = 0; i < literals.Count; i++)
        {
            if (Test.Accepts(literals[i].Value, value, other, literals[i].Field is null) != literals[i].Wanted)
            {
                return false;
            }
        }

        for (int i = 0; i < keywords.Count && value.IsPresent; i++)
        {
            if (Test.Accepts(keywords[i].Value, value, other, keyword: true))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Values that a field may have beside its tests, the likeliest first.</summary>
    public IEnumerable<FieldValue> Fillers(string field, Func<string, FieldValue> other) =>
        SampleVocabulary.Whole(SampleVocabulary.KindOf(field, windows), Program(other)).Concat([FieldValue.OfText("q"), FieldValue.OfText("zz9"), FieldValue.OfNumber(3)]);

    private static bool MayBeAbsent(Literal literal) => literal.Value is NullValue or ExistsValue { Exists: false };

    /// <summary>A keyword as what the whole text must look like.</summary>
    private static StringValue Whole(Literal literal)
    {
        var value = (StringValue)literal.Value;
        return literal.Field is not null ? value : value with { Text = value.Text.WithWildcards() };
    }

    private IEnumerable<FieldValue> Candidates(string field, IReadOnlyList<Literal> literals, Func<string, FieldValue> other, bool mindsCase)
    {
        Literal[] wanted = [.. literals.Where(literal => literal.Wanted)];
        StringValue[] texts = [.. wanted.Where(literal => literal.Value is StringValue).Select(Whole)];
        if (Array.Find(texts, text => !text.Text.HasWildcards) is { } exact)
        {
            string text = exact.Text.Literal ?? "";
            IEnumerable<string> written = [text, text.ToUpperInvariant(), text.ToLowerInvariant()];
            return (mindsCase && !exact.Cased ? written.Concat(LetterCase.Spellings(text)) : written).Select(FieldValue.OfText);
        }

        foreach (Literal literal in wanted)
        {
            switch (literal.Value)
            {
                case NumberValue when literal.Field is not null:
                case CompareValue:
                    return TypedCandidates.Numbers(literals);
                case BooleanValue boolean:
                    string word = boolean.Value ? "true" : "false";
                    return LetterCase.Spellings(word).Select(FieldValue.OfText).Prepend(windows ? FieldValue.OfText(word) : FieldValue.OfBoolean(boolean.Value));
                case CidrValue:
                    return TypedCandidates.Hosts(wanted);
                case TimePartValue:
                    return TypedCandidates.Times(wanted, Test);
            }
        }

        foreach (Literal literal in wanted)
        {
            if (literal.Value is FieldReferenceValue reference && other(reference.Field) is { IsPresent: true } given)
            {
                if (reference is { StartsWith: false, EndsWith: false })
                {
                    return [given];
                }

                SigmaString text = SigmaString.OfLiteral(given.Text);
                text = reference.EndsWith ? text.WithLeadingWildcard() : text;
                texts = [.. texts, new StringValue(reference.StartsWith ? text.WithTrailingWildcard() : text, false, reference.Span)];
            }
        }

        TextKind kind = SampleVocabulary.KindOf(field, windows);
        string? program = Program(other);
        NumberValue[] keywordNumbers = [.. wanted.Select(literal => literal.Value).OfType<NumberValue>()];
        texts = [.. texts, .. keywordNumbers.Select(number => new StringValue(
            SigmaString.OfLiteral(number.Text).WithWildcards(), false, number.Span))];
        RegexValue[] regexes = [.. wanted.Select(literal => literal.Value).OfType<RegexValue>()];
        return regexes.Length > 0 ? RegexCandidates(regexes, texts, kind, program)
            : texts.Length > 0 ? new TextAssembly(kind, program).Write(texts).Select(FieldValue.OfText)
            : Fillers(field, other);
    }

    /// <summary>Texts of expressions, alone, one within another, and with what the other tests ask for.</summary>
    private static IEnumerable<FieldValue> RegexCandidates(RegexValue[] regexes, StringValue[] texts, TextKind kind, string? program)
    {
        var patterns = new List<RegexPattern>();
        foreach (RegexValue regex in regexes)
        {
            if (regex.Pattern.Literal is { } text && RegexPattern.TryParse(text, regex.Flags, out RegexPattern? pattern, out _))
            {
                patterns.Add(pattern);
            }
        }

        var assembly = new TextAssembly(kind, program);
        for (int variant = 0; variant < 24; variant++)
        {
            string[] found = [.. patterns.Select(pattern => RegexTexts.Write(pattern, variant))];
            string together = string.Concat(found);
            if (texts.Length == 0)
            {
                yield return FieldValue.OfText(together);
                yield return FieldValue.OfText(string.Join(' ', found));
                yield return FieldValue.OfText(string.Join('\n', found));
                yield return FieldValue.OfText(string.Join('\n', found.Reverse()));
                if (found.Length > 1)
                {
                    for (int i = 0; i < patterns.Count; i++)
                    {
                        string rest = string.Concat(found.Where((_, at) => at != i));
                        yield return FieldValue.OfText(RegexTexts.Write(patterns[i], variant, rest));
                    }
                }

                yield return FieldValue.OfText(" " + together + " ");
                continue;
            }

            foreach (string piece in assembly.Write(texts).Take(3))
            {
                yield return FieldValue.OfText(piece + together);
                yield return FieldValue.OfText(together + piece);
                yield return FieldValue.OfText(SampleVocabulary.Join(kind, piece, together));
                yield return FieldValue.OfText(SampleVocabulary.Join(kind, together, piece));
                yield return FieldValue.OfText(together + "\n" + piece);
                yield return FieldValue.OfText(piece + "\n" + together);
                foreach (RegexPattern pattern in patterns)
                {
                    yield return FieldValue.OfText(RegexTexts.Write(pattern, variant, piece));
                }
            }

            foreach (string text in assembly.Write(texts, together).Take(6))
            {
                yield return FieldValue.OfText(text);
            }
        }
    }

    /// <summary>The file name of the program that the event is about, for command lines.</summary>
    public static string? Program(Func<string, FieldValue> other)
    {
        foreach (string field in (string[])["Image", "NewProcessName", "exe"])
        {
            if (other(field) is { Kind: FieldKind.Text, Text: { Length: > 0 } image })
            {
                string name = image[(image.LastIndexOfAny(['\\', '/']) + 1)..];
                return name.Length == 0 || name.Contains(' ') ? null : name;
            }
        }

        return null;
    }
}
