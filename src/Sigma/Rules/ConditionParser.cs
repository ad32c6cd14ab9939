using System.Collections.Immutable;
using System.Globalization;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>
/// Parses conditions. From loose to tight: <c>or</c>, <c>and</c>, <c>not</c>, selectors and names, brackets
/// (specification 2.1, "Condition"); behind a <c>|</c> the aggregations of the older form.
/// </summary>
internal sealed class ConditionParser
{
    private const int MaxDepth = 200;
    private const string Operand = "a detection";

    private readonly List<Token> tokens;
    private readonly IReadOnlyCollection<string> names;
    private readonly Timespan? timeframe;
    private readonly List<Diagnostic> diagnostics;
    private int position;
    private int depth;

    private ConditionParser(List<Token> tokens, IReadOnlyCollection<string> names, Timespan? timeframe, List<Diagnostic> diagnostics)
    {
        this.tokens = tokens;
        this.names = names;
        this.timeframe = timeframe;
        this.diagnostics = diagnostics;
    }

    private Token Current => tokens[position];

    /// <summary>Parses one condition.</summary>
    /// <param name="condition">The condition's text.</param>
    /// <param name="names">The detections that the rule has.</param>
    /// <param name="timeframe">The rule's timeframe, for an aggregation.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <returns>The condition; null when it is broken. Unknown names are reported but do not stop the parser.</returns>
    public static Condition? Parse(YamlScalar condition, IReadOnlyCollection<string> names, Timespan? timeframe, List<Diagnostic> diagnostics)
    {
        var parser = new ConditionParser(ConditionLexer.Read(condition), names, timeframe, diagnostics);
        try
        {
            ConditionNode search = parser.ParseOr();
            Correlation? aggregation = parser.Current.Kind is TokenKind.Pipe ? parser.ParseAggregation() : null;
            if (parser.Current.Kind is not TokenKind.End)
            {
                throw parser.Unexpected(aggregation is null ? "and, or or the end" : "the end");
            }

            return new Condition(search, aggregation, condition.Span);
        }
        catch (BrokenCondition)
        {
            return null;
        }
    }

    private ConditionNode ParseOr()
    {
        ConditionNode left = ParseAnd();
        while (Current.Is("or"))
        {
            position++;
            ConditionNode right = ParseAnd();
            left = new OrCondition(left, right, left.Span.To(right.Span));
        }

        return left;
    }

    private ConditionNode ParseAnd()
    {
        ConditionNode left = ParseNot();
        while (Current.Is("and"))
        {
            position++;
            ConditionNode right = ParseNot();
            left = new AndCondition(left, right, left.Span.To(right.Span));
        }

        return left;
    }

    private ConditionNode ParseNot()
    {
        var nots = new Stack<Token>();
        while (Current.Is("not") && !(names.Contains(Current.Text) && EndsOperand(tokens[position + 1])))
        {
            nots.Push(tokens[position++]);
        }

        ConditionNode node = ParseOperand();
        while (nots.TryPop(out Token not))
        {
            node = new NotCondition(node, not.Span.To(node.Span));
        }

        return node;
    }

    private ConditionNode ParseOperand()
    {
        Token token = Current;
        if (token.Kind is TokenKind.Open)
        {
            return ParseGroup(token);
        }

        if (token.Kind is not TokenKind.Word || ((token.Is("and") || token.Is("or")) && !names.Contains(token.Text)))
        {
            throw Unexpected(Operand);
        }

        position++;
        if (Current.Is("of") && (token.Is("all") || token.Is("any") || IsCount(token.Text)))
        {
            return ParseSelector(token);
        }

        if (!names.Contains(token.Text))
        {
            diagnostics.Add(Codes.UnknownDetection.At(token.Span, token.Text).WithHint(Suggestion.For(token.Text, names)));
        }

        return new IdentifierCondition(token.Text, token.Span);
    }

    private GroupCondition ParseGroup(Token open)
    {
        if (++depth > MaxDepth)
        {
            diagnostics.Add(Codes.ConditionTooDeep.At(open.Span, MaxDepth.ToString()));
            throw new BrokenCondition();
        }

        position++;
        ConditionNode inner = ParseOr();
        if (Current.Kind is not TokenKind.Close)
        {
            if (Current.Kind is TokenKind.End)
            {
                diagnostics.Add(Codes.UnclosedBracket.At(open.Span));
                throw new BrokenCondition();
            }

            throw Unexpected("and, or or a closing bracket");
        }

        depth--;
        return new GroupCondition(inner, open.Span.To(tokens[position++].Span));
    }

    private SelectorCondition ParseSelector(Token quantifier)
    {
        if (IsCount(quantifier.Text) && quantifier.Text != "1")
        {
            diagnostics.Add(Codes.SelectorCount.At(quantifier.Span, quantifier.Text));
        }

        position++;
        Token target = Current;
        if (target.Kind is not TokenKind.Word)
        {
            throw Unexpected("them, or a name with *");
        }

        position++;
        Span span = quantifier.Span.To(target.Span);
        string? pattern = target.Is("them") && !names.Contains(target.Text) ? null : target.Text;
        var selector = new SelectorCondition(quantifier.Is("all"), pattern, span);
        if (!names.Any(name => Selects(pattern, name)))
        {
            diagnostics.Add(Codes.EmptySelector.At(target.Span, target.Text).WithHint(Suggestion.For(target.Text.Replace("*", "", StringComparison.Ordinal), names)));
        }

        return selector;
    }

    private Correlation ParseAggregation()
    {
        Token pipe = tokens[position++];
        Token function = Current;
        if (function.Kind is not TokenKind.Word)
        {
            throw Unexpected("an aggregation");
        }

        if (function.Is("near"))
        {
            return ParseNear(pipe);
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
            diagnostics.Add(Codes.UnknownAggregation.At(function.Span, function.Text)
                .WithHint(Suggestion.For(function.Text, ["count", "sum", "avg", "min", "max", "near"])));
            throw new BrokenCondition();
        }

        position++;
        string? field = ParseAggregatedField(function);
        if (field is not null && type is CorrelationType.EventCount)
        {
            type = CorrelationType.ValueCount;
        }
        else if (field is null && type is not CorrelationType.EventCount)
        {
            diagnostics.Add(Codes.AggregationNeedsField.At(function.Span, function.Text));
        }

        ImmutableArray<string> groups = Current.Is("by") ? ParseGroupBy() : [];
        Threshold threshold = ParseThreshold();
        return new Correlation(type.Value, field is null ? [] : [field], groups, timeframe, [threshold], [], pipe.Span.To(threshold.Span))
        {
            IsInline = true,
        };
    }

    private string? ParseAggregatedField(Token function)
    {
        if (Current.Kind is not TokenKind.Open)
        {
            throw Unexpected($"'(' behind {function.Text}");
        }

        position++;
        string? field = null;
        if (Current.Kind is TokenKind.Word)
        {
            field = tokens[position++].Text;
        }

        if (Current.Kind is not TokenKind.Close)
        {
            throw Unexpected("')'");
        }

        position++;
        return field;
    }

    private ImmutableArray<string> ParseGroupBy()
    {
        var fields = ImmutableArray.CreateBuilder<string>();
        do
        {
            position++;
            if (Current.Kind is not TokenKind.Word)
            {
                throw Unexpected("a field");
            }

            fields.Add(tokens[position++].Text);
        }
        while (Current.Kind is TokenKind.Comma);
        return fields.DrainToImmutable();
    }

    private Threshold ParseThreshold()
    {
        Token op = Current;
        if (op.Kind is not TokenKind.Operator || op.Text == "!")
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
        Comparison comparison = op.Text switch
        {
            "<" => Comparison.Less,
            "<=" => Comparison.LessOrEqual,
            ">" => Comparison.Greater,
            ">=" => Comparison.GreaterOrEqual,
            "!=" => Comparison.NotEqual,
            _ => Comparison.Equal,
        };
        return new Threshold(comparison, ScalarTypes.CanonicalNumber(number.Text) ?? number.Text, op.Span.To(number.Span));
    }

    /// <summary><c>| near a and not b</c>: the search, and also each of these, within the timeframe.</summary>
    private Correlation ParseNear(Token pipe)
    {
        var others = ImmutableArray.CreateBuilder<ConditionNode>();
        do
        {
            position++;
            others.Add(ParseNot());
        }
        while (Current.Is("and"));
        return new Correlation(
            CorrelationType.Temporal, [], [], timeframe, [], others.DrainToImmutable(), pipe.Span.To(tokens[position - 1].Span))
        {
            IsInline = true,
        };
    }

    /// <summary>Whether a selector's pattern takes a detection in. Names that start with <c>_</c> must be asked for.</summary>
    /// <param name="pattern">The pattern; null for <c>them</c>.</param>
    /// <param name="name">The detection's name.</param>
    internal static bool Selects(string? pattern, string name)
    {
        if (name[0] is '_' or RuleSet.InternalMark && (pattern is null || pattern[0] != name[0]))
        {
            return false;
        }

        if (name[0] is RuleSet.InternalMark)
        {
            // A filter's own pattern: its prefix is the same in both, and behind it the same rules hold.
            int behind = name.IndexOf(RuleSet.InternalMark, 1) + 1;
            return string.CompareOrdinal(pattern, 0, name, 0, behind) == 0 && Selects(pattern![behind..], name[behind..]);
        }

        return pattern is null || System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(
            pattern.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("?", @"\?", StringComparison.Ordinal), name, ignoreCase: false);
    }

    private static bool IsCount(string text) => text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool EndsOperand(Token next) =>
        next.Kind is TokenKind.End or TokenKind.Close or TokenKind.Pipe || next.Is("and") || next.Is("or");

    private BrokenCondition Unexpected(string expected)
    {
        diagnostics.Add(Current.Kind is TokenKind.End
            ? Codes.ConditionEnds.At(Current.Span, expected)
            : Codes.ConditionUnexpected.At(Current.Span, Current.Text, expected));
        return new BrokenCondition();
    }

    /// <summary>Leaves the parser after the first thing it cannot make sense of; the diagnostic is already in the list.</summary>
    private sealed class BrokenCondition : Exception;
}
