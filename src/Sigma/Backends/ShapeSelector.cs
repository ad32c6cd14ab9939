using System.Collections.Immutable;
using System.Net.Sockets;
using Sigma.Queries;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>Finds which kind of condition a value makes, and gives every test of an expression a form that has one shape.</summary>
internal static class ShapeSelector
{
    /// <summary>The kind of condition that a single value makes of a field or keyword in a language.</summary>
    public static ConditionKind KindOf(Dialect dialect, Value value, bool keyword) =>
        !keyword && value is StringValue text && AffixText.KindOf(text) is { } affix && dialect.ShapesByKind.ContainsKey(affix)
            ? affix
            : !keyword && IsAnything(value) && dialect.ShapesByKind.ContainsKey(ConditionKind.Anything)
            ? ConditionKind.Anything
            : !keyword && value is StringValue { Cased: true, Text.IsEmpty: true } && dialect.ShapesByKind.ContainsKey(ConditionKind.Empty)
            ? ConditionKind.Empty
            : value is CidrValue { Network.BaseAddress.AddressFamily: AddressFamily.InterNetworkV6 } && dialect.ShapesByKind.ContainsKey(ConditionKind.CidrV6)
            ? ConditionKind.CidrV6
            : KindOf(value, keyword);

    private static bool IsAnything(Value value) =>
        value is StringValue { Text: { HasWildcards: true, HasPlaceholders: false } text } && text.Parts.All(part => part.Kind is PartKind.Many);

    /// <summary>The kind of condition that a single value makes of a field or keyword.</summary>
    private static ConditionKind KindOf(Value value, bool keyword) => value switch
    {
        StringValue { Cased: true } when keyword => ConditionKind.KeywordCased,
        StringValue { Cased: true } text => text.Text.HasWildcards ? ConditionKind.CasedWildcard : ConditionKind.Cased,
        StringValue text when keyword => text.Text.HasWildcards ? ConditionKind.KeywordWildcard : ConditionKind.Keyword,
        StringValue text => text.Text.IsEmpty ? ConditionKind.Empty : text.Text.HasWildcards ? ConditionKind.Wildcard : ConditionKind.Text,
        NumberValue => keyword ? ConditionKind.Keyword : ConditionKind.Number,
        BooleanValue => keyword ? ConditionKind.Keyword : ConditionKind.Boolean,
        RegexValue => keyword ? ConditionKind.KeywordRegex : ConditionKind.Regex,
        CidrValue => ConditionKind.Cidr,
        CompareValue => ConditionKind.Compare,
        NullValue => ConditionKind.Null,
        ExistsValue exists => exists.Exists ? ConditionKind.Exists : ConditionKind.NotExists,
        FieldReferenceValue { StartsWith: true, EndsWith: true } => ConditionKind.FieldContains,
        FieldReferenceValue { StartsWith: true } => ConditionKind.FieldStartsWith,
        FieldReferenceValue { EndsWith: true } => ConditionKind.FieldEndsWith,
        FieldReferenceValue => ConditionKind.FieldEquals,
        TimePartValue => ConditionKind.TimePart,
        QueryExpressionValue => ConditionKind.QueryExpression,
        _ => throw new System.Diagnostics.UnreachableException(value.GetType().Name),
    };

    /// <summary>What a kind of condition is called in a message.</summary>
    public static string Describe(ConditionKind kind, Value value) => kind switch
    {
        ConditionKind.Text or ConditionKind.Keyword or ConditionKind.Cased => "a string",
        ConditionKind.KeywordCased or ConditionKind.CasedWildcard => "a case-sensitive string",
        ConditionKind.Wildcard or ConditionKind.KeywordWildcard or ConditionKind.Pattern or ConditionKind.KeywordPattern or ConditionKind.Unwritable or ConditionKind.KeywordUnwritable => "this wildcard text",
        ConditionKind.StartsWith or ConditionKind.EndsWith or ConditionKind.Contains or ConditionKind.Anything => "this wildcard text",
        ConditionKind.CasedStartsWith or ConditionKind.CasedEndsWith or ConditionKind.CasedContains => "a case-sensitive string",
        ConditionKind.Empty => "the empty string",
        ConditionKind.KeywordRegex => "a regular expression without a field",
        ConditionKind.Exists or ConditionKind.NotExists => "whether a field exists",
        _ => ModifierSite.Describe(value),
    };

    /// <summary>
    /// Splits tests whose values need different shapes into alternatives, and writes networks as patterns where the backend
    /// has no test for them.
    /// </summary>
    public static Expr Split(Dialect dialect, Expr expr)
    {
        Expr split = expr.Rewrite(match => SplitTest(dialect, match));
        return dialect.Not is null ? Negations.PushDown(dialect, split) : split;
    }

    /// <summary>The shape that writes a test as a list; null if its values are no list, or the language has none.</summary>
    public static Shape? ListShape(Dialect dialect, MatchExpr match) =>
        match.Values[0] is StringValue or NumberValue or BooleanValue
            && dialect.ShapeFor(ListKind(match), match.Field) is { Template: not null, Item: not null } shape ? shape : null;

    /// <summary>The kind of condition that a list makes.</summary>
    public static ConditionKind ListKind(MatchExpr match) => match.Field is null ? ConditionKind.KeywordList
        : match.Values.Any(v => v is StringValue { Text.HasWildcards: true }) ? ConditionKind.WildcardList : ConditionKind.List;

    private static Expr SplitTest(Dialect dialect, MatchExpr match)
    {
        if (match.Values is [CidrValue cidr] && dialect.ShapeFor(ConditionKind.Cidr, match.Field) is { Expand: true })
        {
            MatchExpr expanded = NetworkPatterns.Expand(dialect, match, cidr);
            return ReferenceEquals(expanded, match) ? match : SplitTest(dialect, expanded);
        }

        if (match.Values.All(value => IsListable(dialect, match.Field, value)))
        {
            return match;
        }

        if (match.Values.Length == 1)
        {
            return match with { IsList = false };
        }

        ImmutableArray<Value> listed = [.. match.Values.Where(value => IsListable(dialect, match.Field, value))];
        IEnumerable<Expr> single = match.Values
            .Where(value => !IsListable(dialect, match.Field, value))
            .Select(value => (Expr)new MatchExpr(match.Field, [value], false, value.Span));
        return listed.IsEmpty
            ? new OrExpr([.. single], match.Span)
            : new OrExpr([new MatchExpr(match.Field, listed, true, match.Span), .. single], match.Span);
    }

    private static bool IsListable(Dialect dialect, string? field, Value value)
    {
        bool keyword = field is null;
        ConditionKind kind = KindOf(dialect, value, keyword);
        if (kind is ConditionKind.Empty)
        {
            return !dialect.ShapesByKind.ContainsKey(ConditionKind.Empty);
        }

        if (value is not StringValue text)
        {
            return true;
        }

        if (text.Cased || AffixText.IsAffix(kind) || kind is ConditionKind.Anything)
        {
            return false;
        }

        Loss alone = LossOn(dialect, kind, field, text.Text);
        if (alone is not Loss.None && dialect.ShapeFor(TemplateResolver.KindFor(alone, field), field) is not null)
        {
            return false;
        }

        // A text that is less exact as an item of a list than in a separate test is tested separately.
        ConditionKind list = keyword ? ConditionKind.KeywordList : text.Text.HasWildcards ? ConditionKind.WildcardList : ConditionKind.List;
        return dialect.ShapeFor(list, field) is not { Item: { } item } || (StyleOf(item)?.LossOn(text.Text) & ~alone) is null or Loss.None;
    }

    /// <summary>What a backend's ordinary shape for a text could not say of it.</summary>
    public static Loss LossOn(Dialect dialect, ConditionKind kind, string? field, SigmaString text)
    {
        return (dialect.ShapeFor(kind, field)?.Template is { } template ? StyleOf(template) : null)?.LossOn(text) ?? Loss.None;
    }

    /// <summary>Whether a backend's ordinary shape for a text stands in the search, and finds there at least what the text means.</summary>
    public static bool Widens(Dialect dialect, ConditionKind kind, string? field, SigmaString text) =>
        dialect.ShapeFor(kind, field) is { Stage: null, Template: { } template } && StyleOf(template)?.OnlyWidens(text) is not false;

    private static TextStyle? StyleOf(Template template) => Array.Find(template.Segments, segment => segment.Style is not null).Style;
}
