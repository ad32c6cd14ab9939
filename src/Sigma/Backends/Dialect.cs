using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Sigma.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>A later stage of a query, for conditions that the search itself cannot say.</summary>
/// <param name="Conjunct">How a condition that all events must meet is appended; null if only flags work.</param>
/// <param name="Flag">How a condition is noted on each event as a flag; null if it cannot be.</param>
/// <param name="FlagTest">How the search asks for the flag.</param>
/// <param name="Search">How the rest of the condition is searched for after the flags.</param>
/// <param name="And">Between the operands of a conjunction in the stage; null if that is as in the search.</param>
/// <param name="Or">Between the operands of a disjunction in the stage; null if that is as in the search.</param>
internal sealed record Stage(Template? Conjunct, Template? Flag, Template? FlagTest, Template? Search, string? And, string? Or);

/// <summary>How regular expressions of rules are written.</summary>
/// <param name="Dialect">The target's dialect.</param>
/// <param name="Replacements">Sequences of the written expression that become others.</param>
/// <param name="EscapeSlash">Whether a slash is escaped, where slashes are the target's quotes.</param>
/// <param name="GroupsBefore">How many capturing groups the templates open before the expression; null if it stands alone.</param>
internal sealed record RegexStyle(RegexDialect Dialect, Replacements Replacements, bool EscapeSlash, int? GroupsBefore)
{
    /// <summary>The style that the expression is written in, as a text of the language with its quotes; null if shapes have the quotes.</summary>
    public TextStyle? Text { get; init; }

    /// <summary>The longest expression that the target takes; null if there is no limit.</summary>
    public ExpressionLength? Longest { get; init; }

    /// <summary>Whether the engine compares the whole value, so that a search must let anything stand around the expression.</summary>
    public bool Anchored { get; init; }

    /// <summary>Whether the engine's <c>.</c> takes line breaks.</summary>
    public bool DotAll { get; init; }

    /// <summary>Whether other characters than a line feed end a line for the engine, so that its <c>.</c> does not take them.</summary>
    public bool MoreLineEnds { get; init; }
}

/// <summary>How a query language is written: all of it data from a <c>backend.yml</c>, with the user's options put in.</summary>
internal sealed record Dialect
{
    /// <summary>So many field names are remembered as they are written; rules share a few hundred.</summary>
    private const int MaxRemembered = 4096;

    /// <summary>Longer names are not remembered, since a language may last as long as the process.</summary>
    private const int LongestRemembered = 256;

    private Shape[]?[] resolved = new Shape[]?[Enum.GetValues<ConditionKind>().Length];

    /// <summary>The target's name for people, for messages.</summary>
    public required string Title { get; init; }

    /// <summary>Which class writes its expressions; <c>text</c> for all that is plain text.</summary>
    public required string EmitterName { get; init; }

    /// <summary>Between the operands of a conjunction.</summary>
    public required string And { get; init; }

    /// <summary>Between the operands of a disjunction.</summary>
    public required string Or { get; init; }

    /// <summary>A negation; null if the language has none, so that each test is written as its opposite.</summary>
    public required Template? Not { get; init; }

    /// <summary>Whether a test of a field that an event lacks is neither true nor false, unless its shape says otherwise.</summary>
    public required bool Unknown { get; init; }

    /// <summary>Whether the definition says so, one way or the other.</summary>
    public required bool SaysMissing { get; init; }

    /// <summary>Makes a condition that may be unknown false; null if none is unknown.</summary>
    public required Template? NullSafe { get; init; }

    /// <summary>Brackets.</summary>
    public required Template Group { get; init; }

    /// <summary>What selects every event.</summary>
    public required string Everything { get; init; }

    /// <summary>Whole field names that need no quotes; null if all do.</summary>
    public required Regex? PlainField { get; init; }

    /// <summary>Words that are not plain field names, in any letter case. Where names have no quotes, their first letter is escaped.</summary>
    public required IReadOnlyList<string> ReservedFields { get; init; }

    /// <summary>What stands between the parts of a name, none of which may be a reserved word either; null where only whole names count.</summary>
    public required string? FieldSeparator { get; init; }

    /// <summary>Words that mean something else where a field's name stands, however they are written.</summary>
    public required IReadOnlyList<string> RefusedFields { get; init; }

    /// <summary>The most characters that a field's name may have; null for no bound.</summary>
    public int? LongestField { get; init; }

    /// <summary>What the system itself makes of field names, in turn; without it, names stay.</summary>
    public required IReadOnlyList<(Regex Pattern, string With)> FieldReplacements { get; init; }

    /// <summary>How other field names are written; null if they cannot be.</summary>
    public required TextStyle? FieldStyle { get; init; }

    /// <summary>The text styles by name.</summary>
    public required IReadOnlyDictionary<string, TextStyle> Texts { get; init; }

    /// <summary>The shapes by kind; alternatives in order.</summary>
    public required IReadOnlyDictionary<ConditionKind, Shape[]> ShapesByKind { get; init; }

    /// <summary>All shapes of the language and of its variants, with the kind of condition that each is for.</summary>
    public IEnumerable<(ConditionKind Kind, Shape Shape)> AllShapes => Variants.Values.Prepend(this)
        .SelectMany(language => language.ShapesByKind).SelectMany(pair => pair.Value.Select(shape => (pair.Key, shape))).Distinct();

    /// <summary>How comparisons are written, by the modifier's name.</summary>
    public required IReadOnlyDictionary<string, string> Operators { get; init; }

    /// <summary>How regular expressions are written; null if the target has none.</summary>
    public required RegexStyle? Regex { get; init; }

    /// <summary>What parts of a date are called, by the modifier's name; null if as in rules. A part that is not there cannot be said.</summary>
    public required IReadOnlyDictionary<string, string>? TimeParts { get; init; }

    /// <summary>The later stages by name.</summary>
    public required IReadOnlyDictionary<string, Stage> Stages { get; init; }

    /// <summary>The language where it is written otherwise for a format, by the name of the variant.</summary>
    public IReadOnlyDictionary<string, Dialect> Variants { get; init; } = new Dictionary<string, Dialect>();

    /// <summary>What the engine takes.</summary>
    public required EngineLimits Limits { get; init; }

    /// <summary>Why the target has no correlations, or lacks some; for messages.</summary>
    public required string? CorrelationNote { get; init; }

    /// <summary>What is to be said of a count over a timeframe that the target cannot keep to; <c>{timespan}</c> is the timeframe.</summary>
    public required string? CorrelationTimespanNote { get; init; }

    /// <summary>
    /// The columns that queries of correlations make for themselves, which no field to group by may be called: names that may end with a
    /// star; <c>{type}</c> stands for the type of the correlation, <c>{rule}</c> for the name of each of its rules.
    /// </summary>
    public IReadOnlyList<string> CorrelationColumns { get; init; } = [];

    /// <summary>Whether the templates of correlations can put several searches together (<c>searches</c>).</summary>
    public required bool CorrelationSearches { get; init; }

    /// <summary>How a correlation's condition asks whether a rule has matched; <c>{rule}</c> is its name. Null where it cannot.</summary>
    public required Template? CorrelationRuleTest { get; init; }

    /// <summary>How a field's name is written in an expression of a later stage; null if that is as it is.</summary>
    public required TextStyle? FieldExpressionStyle { get; init; }

    /// <summary>What is known of the tables that hold the events; null if nothing is.</summary>
    public TableCatalog? Tables { get; init; }

    /// <summary>The columns of the table that is searched; null if they are not known.</summary>
    public TableColumns? Columns { get; init; }

    private ConcurrentDictionary<string, string> Remembered { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The language over one table.</summary>
    public Dialect Over(TableColumns? columns) =>
        columns == Columns ? this : this with { Columns = columns, Remembered = new ConcurrentDictionary<string, string>(StringComparer.Ordinal) };

    /// <summary>The language with other shapes for some kinds of conditions.</summary>
    public Dialect With(IReadOnlyDictionary<ConditionKind, Shape[]> shapes)
    {
        var all = new Dictionary<ConditionKind, Shape[]>(ShapesByKind);
        foreach ((ConditionKind kind, Shape[] alternatives) in shapes)
        {
            all[kind] = alternatives;
        }

        return this with { ShapesByKind = all, resolved = new Shape[]?[resolved.Length] };
    }

    /// <summary>A field's name as it stands in a query: quoted where it needs to be, and read as a text if its column is none.</summary>
    public string FieldText(string field)
    {
        if (Remembered.TryGetValue(field, out string? known))
        {
            return known;
        }

        string text = Columns is null ? Write(field) : Columns.Text(this, field);
        if (field.Length <= LongestRemembered && text.Length <= 4 * LongestRemembered && Remembered.Count < MaxRemembered)
        {
            Remembered[field] = text;
        }

        return text;
    }

    /// <summary>A name by itself, quoted where it needs to be.</summary>
    public string Write(string field)
    {
        field = Renamed(field);
        bool reserved = IsReserved(field);
        return FieldStyle is not { } style || (IsPlain(field) && !reserved) ? field
            : style.Open.Length == 0 && reserved ? style.Escape + Written(style, field)
            : Written(style, field);
    }

    /// <summary>A field's name as it stands in an expression of a later stage.</summary>
    public string FieldExpression(string field) => Columns is not null ? Columns.Name(this, field)
        : FieldExpressionStyle is { } style ? Written(style, Renamed(field))
        : Tables is not null ? Write(field) : Renamed(field);

    /// <summary>Whether a field's name can be written: in the search, or in an expression of a later stage.</summary>
    public bool CanName(string field, bool expression)
    {
        field = Renamed(field);
        if (field.Length > LongestField)
        {
            return false;
        }

        if (expression && Tables is null)
        {
            return FieldExpressionStyle is { } later ? CanWrite(later, field) : IsPlain(field) || FieldNames.IsOrdinary(field);
        }

        return !(!expression && RefusedFields.Contains(field, FieldReplacements.Count > 0 ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal))
            && (FieldStyle is { } style ? IsPlain(field) || CanWrite(style, field) : IsPlain(field) && !IsReserved(field));
    }

    private bool IsReserved(string field) => ReservedFields.Contains(field, StringComparer.OrdinalIgnoreCase)
        || (FieldSeparator is { } separator && field.Split(separator).Any(part => ReservedFields.Contains(part, StringComparer.OrdinalIgnoreCase)));

    private string Renamed(string field)
    {
        foreach ((Regex pattern, string with) in FieldReplacements)
        {
            field = pattern.Replace(field, with);
        }

        return field;
    }

    /// <summary><c>[^ ]</c> takes every control character.</summary>
    public bool IsPlain(string field) => !ControlCharacters.In(field) && PlainField is not null && PlainField.IsMatch(field);

    /// <summary>Whether a style has a way to write a text.</summary>
    public static bool CanWrite(TextStyle style, string text) =>
        (style.LossOn(SigmaString.OfLiteral(text)) & (Loss.NoCharacter | Loss.ControlWidened | Loss.NoForm)) is Loss.None;

    /// <summary>A name in a style.</summary>
    public static string Written(TextStyle style, string field)
    {
        var text = new StringBuilder();
        style.Write(text, SigmaString.OfLiteral(field));
        return text.ToString();
    }

    /// <summary>Finds the shape for a kind of condition and a field.</summary>
    /// <returns>The shape, or null if the backend says nothing about the kind and nothing stands in for it.</returns>
    public Shape? ShapeFor(ConditionKind kind, string? field)
    {
        // Two threads that look for the first time find the same.
        foreach (Shape shape in resolved[(int)kind] ??= Alternatives(kind))
        {
            if (shape.IsFor(field) && (shape.Plain is null || (field is not null && IsPlain(field) == shape.Plain)) && (shape.Types is null || (field is not null && Columns?.TypeOf(field) is { } type && shape.Types.Contains(type))))
            {
                return shape;
            }
        }

        return null;
    }

    /// <summary>The name under which a field's whole values are counted: as the shape <c>aggregation</c> says, unquoted.</summary>
    public string AggregationField(string field) => ShapeFor(ConditionKind.Aggregation, field)?.Template is { } template
        ? string.Concat(template.Segments.Select(segment => segment.Placeholder is Placeholder.Field ? field : segment.Literal))
        : field;

    private Shape[] Alternatives(ConditionKind kind)
    {
        for (ConditionKind? current = kind; current is { } known; current = Shapes.Of(known)?.Fallback)
        {
            if (ShapesByKind.TryGetValue(known, out Shape[]? alternatives))
            {
                return alternatives;
            }
        }

        return [];
    }
}
