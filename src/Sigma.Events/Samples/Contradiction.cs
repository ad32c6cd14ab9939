using Sigma.Events.Matching;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>
/// Decides whether tests of one field certainly exclude each other. That a few values fail proves nothing, so each step is an argument about all values:
/// no value at all, numbers by their range, addresses by their networks, a whole text in all its letter cases, and texts with wildcards by a walk
/// through all patterns at once. A test that is none of these, such as a regular expression, is taken to pass.
/// </summary>
/// <param name="test">Tells which values a test accepts.</param>
internal sealed class Contradiction(ValueAcceptance test)
{
    /// <summary>In so many letter cases a whole text is tried.</summary>
    private const int MostSpellings = 512;

    /// <summary>What a field is that has no value.</summary>
    private enum Empty
    {
        /// <summary>The event does not have it.</summary>
        Absent,

        /// <summary><c>null</c>, or an empty list.</summary>
        Null,

        /// <summary>It has fields of its own.</summary>
        Object,
    }

    /// <summary>Whether no event passes the tests in which the field has one value at most.</summary>
    /// <param name="literals">The tests of the field, and wanted keywords.</param>
    /// <param name="keywords">Keywords that may stand nowhere in the event.</param>
    /// <param name="text">A text that probably passes, where one came up; null otherwise.</param>
    public bool Holds(IReadOnlyList<Literal> literals, IReadOnlyList<Literal> keywords, out string? text)
    {
        (Literal[] wanted, Literal[] unwanted) = Split(literals, keywords);
        return IsEmpty(wanted, unwanted, out text) || HasDeadKeyword(literals, keywords);
    }

    /// <summary>Whether no event passes them, however many values the field has. One value may pass one test, and another one another.</summary>
    /// <param name="literals">The tests, which exclude each other for one value.</param>
    /// <param name="keywords">Keywords that may stand nowhere in the event.</param>
    public bool HoldsForLists(IReadOnlyList<Literal> literals, IReadOnlyList<Literal> keywords)
    {
        (Literal[] wanted, Literal[] unwanted) = Split(literals, keywords);
        bool mustBeAbsent = Array.Exists(wanted, literal => literal.Value is ExistsValue { Exists: false }) || Array.Exists(unwanted, literal => literal.Value is ExistsValue { Exists: true });
        return wanted.Length <= 1 || mustBeAbsent || Array.Exists(wanted, literal => IsEmpty([literal], unwanted, out _)) || HasDeadKeyword(literals, keywords);
    }

    /// <summary>The tests of the field itself. A wanted keyword may stand in another field.</summary>
    private static (Literal[] Wanted, Literal[] Unwanted) Split(IReadOnlyList<Literal> literals, IReadOnlyList<Literal> keywords) =>
        ([.. literals.Where(literal => literal.Wanted && literal.Field is not null)], [.. literals.Where(literal => !literal.Wanted), .. keywords]);

    /// <summary>Whether some keyword stands only in texts that have an unwanted one.</summary>
    private bool HasDeadKeyword(IReadOnlyList<Literal> literals, IReadOnlyList<Literal> keywords) =>
        literals.Any(literal => literal.Wanted && literal.Field is null && IsEmpty([literal], [.. keywords], out _));

    private bool IsEmpty(Literal[] wanted, Literal[] unwanted, out string? text)
    {
        text = null;
        foreach (Empty state in (Empty[])[Empty.Absent, Empty.Null, Empty.Object])
        {
            if (Array.TrueForAll(wanted, literal => Holds(literal, state)) && !Array.Exists(unwanted, literal => Holds(literal, state)))
            {
                return false;
            }
        }

        return Array.Exists(wanted, literal => literal.Value is NullValue or ExistsValue { Exists: false })
            || Array.Exists(unwanted, literal => literal.Value is ExistsValue { Exists: true })
            || HasNoText([.. wanted.Where(IsOfTexts)], [.. unwanted.Where(IsOfTexts)], out text);
    }

    private static bool Holds(Literal literal, Empty state) => literal.Value switch
    {
        NullValue => state is not Empty.Object,
        ExistsValue exists => exists.Exists == state is not Empty.Absent,
        _ => false,
    };

    /// <summary>Whether a test may tell one text from another. What refers to another field depends on that one.</summary>
    private static bool IsOfTexts(Literal literal) => literal.Value is not (NullValue or ExistsValue or FieldReferenceValue);

    private bool HasNoText(Literal[] wanted, Literal[] unwanted, out string? text)
    {
        text = null;
        StringValue[] strings = [.. wanted.Select(StringOf).OfType<StringValue>()];
        StringValue[] notStrings = [.. unwanted.Select(StringOf).OfType<StringValue>()];
        if (Array.Exists(strings, one => Array.Exists(notStrings, not => PatternWitness.Includes(not, one))))
        {
            return true;
        }

        NumberRange? numbers = RangeOf(wanted, unwanted);
        CidrValue[] networks = [.. wanted.Select(literal => literal.Value).OfType<CidrValue>()];
        if (numbers is { IsEmpty: true } || (numbers is not null && networks.Length > 0))
        {
            // No address is a number: it has three points, or a colon.
            return true;
        }

        if (networks.Length > 0
            && NetworkSpace.IsEmpty([.. networks.Select(value => value.Network)], [.. unwanted.Select(literal => literal.Value).OfType<CidrValue>().Select(value => value.Network)]))
        {
            return true;
        }

        if (Array.Find(strings, one => !one.Text.HasWildcards && !one.Text.HasPlaceholders) is { } whole && FailsInAllCases(whole, wanted, unwanted) is { } fails)
        {
            return fails;
        }

        List<TextPattern> patterns = [.. strings.Select(TextPattern.Of).OfType<TextPattern>()];
        if (numbers is not null)
        {
            patterns.Add(numbers.Only is { } only ? NumberTexts.AllOf(only) : NumberTexts.Any);
        }

        IEnumerable<TextPattern> others = notStrings.Select(TextPattern.Of).Concat(unwanted.Select(NumberOf).Select(number => number is { } not ? NumberTexts.SomeOf(not) : null)).OfType<TextPattern>();
        text = PatternWitness.Find(patterns, others, out bool impossible);
        return impossible;
    }

    /// <summary>The numbers that pass; null where the value need not be a number.</summary>
    private static NumberRange? RangeOf(Literal[] wanted, Literal[] unwanted)
    {
        var range = new NumberRange();
        bool isNumber = false;
        foreach (Literal literal in wanted.Concat(unwanted))
        {
            bool isComparison = literal.Value switch
            {
                CompareValue compare => range.Narrow(compare.Comparison, compare.Number, literal.Wanted),
                NumberValue number when literal.Field is not null => range.Narrow(Comparison.Equal, number.Text, literal.Wanted),
                _ => false,
            };
            isNumber |= isComparison && literal.Wanted;
        }

        return isNumber ? range : null;
    }

    /// <summary>The number that a test of a field is for.</summary>
    private static Number? NumberOf(Literal literal) => literal is { Value: NumberValue number, Field: not null } && Number.TryParse(number.Text, out Number parsed) ? parsed : null;

    /// <summary>The string that a test compares texts with: that of a keyword may stand anywhere in a text.</summary>
    private static StringValue? StringOf(Literal literal) => literal.Value switch
    {
        StringValue text when literal.Field is not null => text,
        StringValue text => text with { Text = text.Text.WithWildcards() },
        NumberValue number when literal.Field is null => new StringValue(SigmaString.OfLiteral(number.Text).WithWildcards(), false, number.Span),
        BooleanValue boolean => new StringValue(SigmaString.OfLiteral(boolean.Value ? "true" : "false"), false, boolean.Span),
        _ => null,
    };

    /// <summary>Whether a whole text fails in all of its letter cases; null where these are too many, or an expression took too long.</summary>
    private bool? FailsInAllCases(StringValue whole, Literal[] wanted, Literal[] unwanted)
    {
        if (wanted.Concat(unwanted).Any(literal => !test.CanTest(literal.Value, literal.Field is null)))
        {
            return null;
        }

        string text = whole.Text.Literal ?? "";
        bool mindsCase = !whole.Cased && wanted.Concat(unwanted).Any(literal => MindsCase(literal.Value));
        int gaveUp = RegexTest.GaveUp + RegexTest.LeftOut;
        int tried = 0;
        foreach (string spelling in mindsCase ? LetterCase.Spellings(text) : [text])
        {
            if (++tried > MostSpellings)
            {
                return null;
            }

            FieldValue value = FieldValue.OfText(spelling);
            if (Array.TrueForAll(wanted, literal => Accepts(literal, value)) && !Array.Exists(unwanted, literal => Accepts(literal, value)))
            {
                return false;
            }
        }

        return RegexTest.GaveUp + RegexTest.LeftOut == gaveUp ? true : null;
    }

    private bool Accepts(Literal literal, FieldValue value) => test.Accepts(literal.Value, value, _ => FieldValue.Absent, literal.Field is null);

    /// <summary>Whether a test may tell capital letters from small ones.</summary>
    public static bool MindsCase(Value value) => value is not (StringValue { Cased: false } or NullValue or ExistsValue or NumberValue or BooleanValue or CompareValue or CidrValue);
}
