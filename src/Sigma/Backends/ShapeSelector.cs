using System.Collections.Immutable;
using Sigma.Queries;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>Finds which kind of condition a value makes, and gives every test of an expression a form that has one shape.</summary>
internal static class ShapeSelector
{
    /// <summary>The kind of condition that a single value makes of a field or keyword.</summary>
    public static string KindOf(Value value, bool keyword) => value switch
    {
        StringValue { Cased: true } when keyword => "keyword_cased",
        StringValue { Cased: true } text => text.Text.HasWildcards ? "cased_wildcard" : "cased",
        StringValue text when keyword => text.Text.HasWildcards ? "keyword_wildcard" : "keyword",
        StringValue text => text.Text.IsEmpty ? "empty" : text.Text.HasWildcards ? "wildcard" : "text",
        NumberValue => keyword ? "keyword" : "number",
        BooleanValue => keyword ? "keyword" : "boolean",
        RegexValue => keyword ? "keyword_regex" : "regex",
        CidrValue => "cidr",
        CompareValue => "compare",
        NullValue => "null",
        ExistsValue exists => exists.Exists ? "exists" : "not_exists",
        FieldReferenceValue { StartsWith: true, EndsWith: true } => "field_contains",
        FieldReferenceValue { StartsWith: true } => "field_startswith",
        FieldReferenceValue { EndsWith: true } => "field_endswith",
        FieldReferenceValue => "field_equals",
        TimePartValue => "time_part",
        QueryExpressionValue => "query_expression",
        _ => throw new System.Diagnostics.UnreachableException(value.GetType().Name),
    };

    /// <summary>What a kind of condition is called in a message.</summary>
    public static string Describe(string kind, Value value) => kind switch
    {
        "text" or "keyword" or "cased" => "a text",
        "keyword_cased" or "cased_wildcard" => "a text with regard to case",
        "wildcard" or "keyword_wildcard" or "pattern" or "keyword_pattern" or "unwritable" or "keyword_unwritable" => "this wildcard text",
        "empty" => "the empty text",
        "keyword_regex" => "a regular expression without a field",
        "exists" or "not_exists" => "whether a field exists",
        _ => ModifierSite.Describe(value),
    };

    /// <summary>
    /// Splits tests whose values need different shapes into alternatives, and writes networks as patterns where the backend
    /// has no test for them.
    /// </summary>
    public static Expr Split(Dialect dialect, Expr expr) => expr.Rewrite(match => SplitTest(dialect, match));

    private static Expr SplitTest(Dialect dialect, MatchExpr match)
    {
        if (match.Values is [CidrValue cidr] && dialect.ShapeFor("cidr", match.Field) is { Expand: true })
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
        string kind = KindOf(value, keyword);
        if (kind == "empty")
        {
            return !dialect.ShapesByKind.ContainsKey("empty");
        }

        if (value is not StringValue text)
        {
            return true;
        }

        if (text.Cased)
        {
            return false;
        }

        Loss alone = LossOn(dialect, kind, field, text.Text);
        if (alone is not Loss.None && dialect.ShapeFor(ShapeLookup.KindFor(alone, field), field) is not null)
        {
            return false;
        }

        // A text that the items of a list would lose more of than a test of its own is tested by itself.
        string list = keyword ? "keyword_list" : text.Text.HasWildcards ? "wildcard_list" : "list";
        return dialect.ShapeFor(list, field) is not { Item: { } item } || (StyleOf(item)?.LossOn(text.Text) & ~alone) is null or Loss.None;
    }

    /// <summary>What a backend's ordinary shape for a text could not say of it.</summary>
    public static Loss LossOn(Dialect dialect, string kind, string? field, SigmaString text)
    {
        return (dialect.ShapeFor(kind, field)?.Template is { } template ? StyleOf(template) : null)?.LossOn(text) ?? Loss.None;
    }

    private static TextStyle? StyleOf(Template template) => Array.Find(template.Segments, segment => segment.Style is not null).Style;
}
