using System.Collections.Immutable;
using System.Globalization;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>The aggregations of the older form, after a <c>|</c>.</summary>
internal sealed partial class ConditionParser
{
    private Correlation ParseAggregation(out ImmutableArray<NearSearch> near)
    {
        near = [];
        Token pipe = tokens[position++];
        Token function = Current;
        if (function.Kind is not TokenKind.Word)
        {
            throw Unexpected("an aggregation");
        }

        if (function.Is("near"))
        {
            return ParseNear(pipe, out near);
        }

        CorrelationType? type = function.Text.ToLowerInvariant() switch
        {
            "count" => CorrelationType.EventCount,
            "sum" => CorrelationType.ValueSum,
            "avg" => CorrelationType.ValueAverage,
            "min" => CorrelationType.ValueMinimum,
            "max" => CorrelationType.ValueMaximum,
            _ => null,
        };
        if (type is null)
        {
            diagnostics.Add(Diagnostic.UnknownAggregation(function.Span, function.Text).WithHint(UsualMistakes.OfAggregation(function.Text)));
            throw new BrokenCondition();
        }

        position++;
        var places = ImmutableDictionary.CreateBuilder<string, Span>(StringComparer.Ordinal);
        string? field = ParseAggregatedField(function, places);
        if (field is not null && type is CorrelationType.EventCount)
        {
            type = CorrelationType.ValueCount;
        }
        else if (field is null && type is not CorrelationType.EventCount)
        {
            diagnostics.Add(Diagnostic.AggregationNeedsField(function.Span, function.Text));
        }

        ImmutableArray<string> groups = Current.Is("by") ? ParseGroupBy(places) : [];
        Threshold threshold = ParseThreshold();
        return new Correlation(type.Value, field is null ? [] : [field], groups, timeframe, [threshold], pipe.Span.To(threshold.Span))
        {
            IsInline = true,
            Places = places.ToImmutable(),
        };
    }

    private string? ParseAggregatedField(Token function, ImmutableDictionary<string, Span>.Builder places)
    {
        if (Current.Kind is not TokenKind.Open)
        {
            throw Unexpected($"'(' after {function.Text}");
        }

        position++;
        string? field = null;
        if (Current.Kind is TokenKind.Word)
        {
            places[Current.Text] = Current.Span;
            ArraySelectors.Check(Current.Text, Current.Span, diagnostics);
            field = tokens[position++].Text;
        }

        if (Current.Kind is not TokenKind.Close)
        {
            throw Unexpected("')'");
        }

        position++;
        return field;
    }

    private ImmutableArray<string> ParseGroupBy(ImmutableDictionary<string, Span>.Builder places)
    {
        var fields = ImmutableArray.CreateBuilder<string>();
        do
        {
            position++;
            if (Current.Kind is not TokenKind.Word)
            {
                throw Unexpected("a field");
            }

            places.TryAdd(Current.Text, Current.Span);
            ArraySelectors.Check(Current.Text, Current.Span, diagnostics);
            fields.Add(tokens[position++].Text);
        }
        while (Current.Kind is TokenKind.Comma);
        return fields.DrainToImmutable();
    }

    private Threshold ParseThreshold()
    {
        Token op = Current;
        if (op.Kind is not TokenKind.Operator || Comparisons.Signed(op.Text) is not { } comparison)
        {
            throw Unexpected("<, <=, >, >= or ==");
        }

        position++;
        Token number = Current;
        if (number.Kind is not TokenKind.Word || !decimal.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            throw Unexpected("a number");
        }

        position++;
        return new Threshold(comparison, ScalarTypes.CanonicalNumber(number.Text) ?? number.Text, op.Span.To(number.Span));
    }

    /// <summary><c>| near a and not b</c>: the search, and also each of these, within the timeframe.</summary>
    private Correlation ParseNear(Token pipe, out ImmutableArray<NearSearch> near)
    {
        var searches = ImmutableArray.CreateBuilder<NearSearch>();
        ConditionNode expression = new IdentifierCondition(Condition.SearchName, pipe.Span);
        do
        {
            position++;
            ConditionNode search = ParseNot();
            Span span = search.Span;
            bool negated = false;
            while (search is NotCondition not)
            {
                negated = !negated;
                search = not.Operand;
            }

            string name = $"near_{searches.Count + 1}";
            searches.Add(new NearSearch(name, search, negated));
            Bound(searches.Count, tokens[position - 1]);
            ConditionNode operand = new IdentifierCondition(name, span);
            expression = new AndCondition(expression, negated ? new NotCondition(operand, span) : operand, pipe.Span);
        }
        while (Current.Is("and"));
        near = searches.DrainToImmutable();
        return new Correlation(CorrelationType.Temporal, [], [], timeframe, [], pipe.Span.To(tokens[position - 1].Span))
        {
            IsInline = true,
            Expression = expression,
        };
    }
}
