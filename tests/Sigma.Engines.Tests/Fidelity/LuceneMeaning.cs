using System.Collections.Concurrent;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Sigma.Engines.Tests.Engines;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// What a rule means in an index: a plain value is looked for in the field, a value with wildcards, one that regards case, an
/// expression and the empty text in its keyword sub-field. A keyword field is compared whole and by case; an analysed one
/// holds a value if the value's words stand in it side by side, or if one of its words fits the wildcards.
/// </summary>
/// <param name="view">How the product indexes an event.</param>
/// <param name="keyword">The sub-field's ending.</param>
/// <param name="folding">Whether values disregard case, as the option case_insensitive_whitelist has it.</param>
/// <param name="keywords">Whether a value without a field is one that any field contains.</param>
internal sealed class LuceneMeaning(LuceneView view, string keyword, Folding folding, bool keywords = false)
{
    private readonly Analyzer words = QueryStringParser.AnalyzerOf(view);
    private readonly ConcurrentDictionary<string, string[]> cut = new(StringComparer.Ordinal);

    public ValueTest Test => Holds;

    /// <summary>A plain value without words has no meaning on an analysed field: the product leaves the condition out.</summary>
    public bool HasWords(string text) => Words(text).Length > 0;

    private bool Holds(DetectionItem item, Value value, EngineEvent e)
    {
        if (item.Field is null && keywords)
        {
            return e.Present.Any(field => ValueMeaning.Fits(value, field.Value, folding, whole: false));
        }

        if (item.Field is null)
        {
            throw new NotSupportedException("a keyword has one of two forms, which the rule alone does not tell");
        }

        if (value is NullValue or ExistsValue)
        {
            return e.Data.GetValueOrDefault(item.Field) is null == (value is NullValue or ExistsValue { Exists: false });
        }

        var sub = !IsPlain(value) || Text(value).Text.HasWildcards || Text(value).Text.IsEmpty || folding != Folding.None || InListWithWildcards(item, value);
        sub &= value is not (CompareValue or CidrValue) && (value is StringValue or RegexValue || folding != Folding.None);
        var name = sub ? item.Field + keyword : item.Field;
        return e.Data.GetValueOrDefault(item.Field) is { } text && Holds(name, text, value);
    }

    private bool Holds(string field, string text, Value value)
    {
        if (!view.IsText(field) || value is CompareValue or CidrValue)
        {
            return ValueMeaning.Fits(value, text, folding, whole: true);
        }

        return value switch
        {
            StringValue { Text.HasWildcards: false } plain => Beside(Words(text), Words(plain.Text.Literal!)),
            NumberValue number => Beside(Words(text), Words(number.Text)),
            BooleanValue boolean => Beside(Words(text), [boolean.Value ? "true" : "false"]),
            _ => throw new NotSupportedException("a wildcard on an analysed field"),
        };
    }

    private static bool Beside(string[] text, string[] wanted) =>
        Enumerable.Range(0, Math.Max(0, text.Length - wanted.Length + 1)).Any(at => text.AsSpan(at, wanted.Length).SequenceEqual(wanted));

    /// <summary>In a list of plain texts with wildcards among them, all are looked for as wildcards are.</summary>
    private static bool InListWithWildcards(DetectionItem item, Value value) =>
        item is { IsList: true, All: false } && IsPlain(value) && item.Values.Where(IsPlain).Any(one => Text(one).Text.HasWildcards);

    private static bool IsPlain(Value value) => value is StringValue { Cased: false } or NumberValue or BooleanValue;

    private static StringValue Text(Value value) => value as StringValue ?? new StringValue(SigmaString.OfLiteral("1"), false, value.Span);

    private string[] Words(string text) => cut.GetOrAdd(text, one =>
    {
        var found = new List<string>();
        using var stream = words.GetTokenStream("message", one);
        var term = stream.AddAttribute<ICharTermAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            found.Add(term.ToString());
        }

        stream.End();
        return [.. found];
    });
}
