using System.Globalization;
using System.Net;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>
/// Finds a value for one field that passes all of its tests together, in one of two ways. First it tries candidates that look like
/// values of real events: <see cref="TextAssembly"/> writes them for texts with wildcards, <see cref="RegexTexts"/> for regular
/// expressions, this class for the other kinds. Where none passes, <see cref="GlobWitness"/> decides for texts with wildcards whether
/// there is any; its texts are right but look like nothing.
/// </summary>
/// <param name="windows">Whether paths are those of Windows.</param>
internal sealed class FieldSolver(bool windows)
{
    /// <summary>How many texts are tried before the tests count as too hard together.</summary>
    private const int MostTries = 400;

    /// <summary>How a time is written.</summary>
    public const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Tells which values a test accepts.</summary>
    public ValueAcceptance Test { get; } = new();

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
        if (Array.Exists(texts, text => Array.Exists(unwanted, not => GlobWitness.Includes(not, text))))
        {
            impossible = true;
            return null;
        }

        int tries = 0;
        bool all = true;
        bool mindsCase = literals.Concat(keywords).Any(literal => literal.Value is not (StringValue { Cased: false } or NullValue or ExistsValue or NumberValue or BooleanValue or CidrValue));
        foreach (FieldValue candidate in Candidates(field, wanted, other, mindsCase))
        {
            if (tries++ == MostTries)
            {
                all = false;
                break;
            }

            if (Fits(candidate))
            {
                return candidate;
            }
        }

        // A text that is given whole, a number or an absence leaves no choice; of patterns, the walk decides.
        bool closed = wanted.Any(literal => literal.Value is NullValue or ExistsValue { Exists: false } or NumberValue or BooleanValue
            || (literal.Value is StringValue { Text.HasWildcards: false } && literal.Field is not null));
        if (closed && all)
        {
            impossible = agrees is null;
            return null;
        }

        if (texts.Length < wanted.Length || texts.Length == 0)
        {
            return null;
        }

        return GlobWitness.Find(texts, unwanted, out impossible) is { } witness && Fits(FieldValue.OfText(witness)) ? FieldValue.OfText(witness) : null;

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
        return literal.Field is not null ? value : value with { Text = value.Text.WithLeadingWildcard().WithTrailingWildcard() };
    }

    /// <summary>A text with its letters in both cases, in every way; the caller ends it, since there may be very many.</summary>
    private static IEnumerable<string> Recased(string text)
    {
        int[] letters = [.. text.Index().Where(one => char.ToUpperInvariant(one.Item) != char.ToLowerInvariant(one.Item)).Select(one => one.Index)];
        for (ulong way = 0; letters.Length >= 64 || way < 1UL << letters.Length; way++)
        {
            char[] written = text.ToLowerInvariant().ToCharArray();
            foreach ((int bit, int place) in letters.Take(64).Index())
            {
                written[place] = (way >> bit & 1) == 1 ? char.ToUpperInvariant(written[place]) : written[place];
            }

            yield return new string(written);
        }
    }

    private IEnumerable<FieldValue> Candidates(string field, Literal[] wanted, Func<string, FieldValue> other, bool mindsCase)
    {
        StringValue[] texts = [.. wanted.Where(literal => literal.Value is StringValue).Select(Whole)];
        if (Array.Find(texts, text => !text.Text.HasWildcards) is { } exact)
        {
            string text = exact.Text.Literal ?? "";
            IEnumerable<string> written = [text, text.ToUpperInvariant(), text.ToLowerInvariant()];
            return (mindsCase && !exact.Cased ? written.Concat(Recased(text)) : written).Select(FieldValue.OfText);
        }

        foreach (Literal literal in wanted)
        {
            switch (literal.Value)
            {
                case NumberValue number when literal.Field is not null:
                    return [FieldValue.OfNumber(number.Text)];
                case BooleanValue boolean:
                    return [windows ? FieldValue.OfText(boolean.Value ? "true" : "false") : FieldValue.OfBoolean(boolean.Value)];
                case CidrValue:
                    return Hosts(wanted);
                case CompareValue:
                    return Numbers(wanted);
                case TimePartValue:
                    return Times(wanted);
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
            SigmaString.OfLiteral(number.Text).WithLeadingWildcard().WithTrailingWildcard(), false, number.Span))];
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

    private static IEnumerable<FieldValue> Hosts(Literal[] wanted)
    {
        // The smallest of the networks, for an address must be in all of them.
        IPNetwork network = wanted.Select(literal => literal.Value).OfType<CidrValue>().MaxBy(value => value.Network.PrefixLength)!.Network;
        byte[] first = network.BaseAddress.GetAddressBytes();
        int free = (first.Length * 8) - network.PrefixLength;
        foreach (int host in (int[])[17, 5, 1, 9, 33, 66, 129, 200, 2, 6, 0, 3])
        {
            if (free < 8 && host >= 1 << free)
            {
                continue;
            }

            byte[] address = [.. first];
            address[^1] |= (byte)host;
            yield return FieldValue.OfText(new IPAddress(address).ToString());
        }

        for (int bit = 8; bit < Math.Min(free, 32); bit++)
        {
            byte[] address = [.. first];
            address[^1] |= 7;
            address[^(1 + (bit / 8))] |= (byte)(1 << (bit % 8));
            yield return FieldValue.OfText(new IPAddress(address).ToString());
        }
    }

    /// <summary>Numbers at the bounds first, then beside and between them.</summary>
    private static IEnumerable<FieldValue> Numbers(Literal[] wanted)
    {
        decimal[] bounds = [.. wanted.Select(literal => literal.Value).OfType<CompareValue>()
            .Select(compare => TryNumber(compare.Number, out decimal number) ? number : 0).Distinct()];
        foreach (decimal step in (decimal[])[0, 1, -1, 0.5m, -0.5m, 10, -10])
        {
            foreach (decimal bound in bounds)
            {
                decimal number;
                try
                {
                    number = bound + step;
                }
                catch (OverflowException)
                {
                    continue;
                }

                yield return FieldValue.OfNumber(number.ToString(CultureInfo.InvariantCulture));
            }
        }

        yield return FieldValue.OfNumber(((bounds.Min() / 2) + (bounds.Max() / 2)).ToString(CultureInfo.InvariantCulture));
    }

    private IEnumerable<FieldValue> Times(Literal[] wanted)
    {
        TimePartValue[] parts = [.. wanted.Select(literal => literal.Value).OfType<TimePartValue>()];
        int[] years = [.. Near(TimePart.Year).Where(year => year is > 0 and < 9999).DefaultIfEmpty(2024)];
        int[] hours = [.. Near(TimePart.Hour).Where(hour => hour is >= 0 and < 24).DefaultIfEmpty(9)];
        int[] minutes = [.. Near(TimePart.Minute).Where(minute => minute is >= 0 and < 60).DefaultIfEmpty(30)];
        foreach (int year in years)
        {
            var start = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
            for (int day = 0; day < 366; day++)
            {
                foreach (int hour in hours)
                {
                    foreach (int minute in minutes)
                    {
                        DateTimeOffset time = start.AddDays(day).AddHours(hour).AddMinutes(minute);
                        FieldValue value = FieldValue.OfText(time.ToString(TimeForm, CultureInfo.InvariantCulture));
                        if (Array.TrueForAll(wanted, literal => Test.Accepts(literal.Value, value, _ => FieldValue.Absent)))
                        {
                            yield return value;
                        }
                    }
                }
            }
        }

        IEnumerable<int> Near(TimePart kind) => parts.Where(part => part.Part == kind)
            .SelectMany(part => TryNumber(part.Number, out decimal number) ? [(int)number, (int)number + 1, (int)number - 1] : Array.Empty<int>());
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
