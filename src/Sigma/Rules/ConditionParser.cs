using System.Collections.Immutable;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>
/// Parses conditions. From loose to tight: <c>or</c>, <c>and</c>, <c>not</c>, selectors and names, brackets
/// (specification 2.1, "Condition"); after a <c>|</c> the aggregations of the older form.
/// </summary>
internal sealed partial class ConditionParser
{
    private const int MostHints = 50;
    private const string Operand = "a detection";

    private readonly List<Token> tokens;
    private readonly DetectionNames names;
    private readonly Timespan? timeframe;
    private readonly List<Diagnostic> diagnostics;
    private int position;
    private int depth;
    private int height;

    private ConditionParser(List<Token> tokens, DetectionNames names, Timespan? timeframe, List<Diagnostic> diagnostics)
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
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The condition; null if it is broken. Unknown names are reported but do not stop the parser.</returns>
    public static Condition? Parse(YamlScalar condition, DetectionNames names, Timespan? timeframe, List<Diagnostic> diagnostics)
    {
        var parser = new ConditionParser(ConditionLexer.Read(condition), names, timeframe, diagnostics);
        try
        {
            ConditionNode search = parser.ParseOr();
            ImmutableArray<NearSearch> near = [];
            Correlation? aggregation = parser.Current.Kind is TokenKind.Pipe ? parser.ParseAggregation(out near) : null;
            if (parser.Current.Kind is not TokenKind.End)
            {
                throw parser.Unexpected(aggregation is null ? "'and', 'or' or the end" : "the end");
            }

            return new Condition(search, aggregation, condition.Span) { Near = near };
        }
        catch (BrokenCondition)
        {
            return null;
        }
    }

    private ConditionNode ParseOr()
    {
        ConditionNode left = ParseAnd();
        int leftHeight = height;
        while (Current.Is("or"))
        {
            Token or = tokens[position++];
            ConditionNode right = ParseAnd();
            left = new OrCondition(left, right, left.Span.To(right.Span));
            leftHeight = Bound(Math.Max(leftHeight, height) + 1, or);
        }

        height = leftHeight;
        return left;
    }

    private ConditionNode ParseAnd()
    {
        ConditionNode left = ParseNot();
        int leftHeight = height;
        while (Current.Is("and"))
        {
            Token and = tokens[position++];
            ConditionNode right = ParseNot();
            left = new AndCondition(left, right, left.Span.To(right.Span));
            leftHeight = Bound(Math.Max(leftHeight, height) + 1, and);
        }

        height = leftHeight;
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
            height = Bound(height + 1, not);
        }

        return node;
    }

    /// <summary>Keeps the tree so low that later passes can walk it recursively.</summary>
    private int Bound(int reached, Token at)
    {
        Limits limits = at.Span.Source.Limits;
        if (reached <= limits[Limits.ConditionDepth])
        {
            return reached;
        }

        diagnostics.Add(limits.Exceeded(Limits.ConditionDepth, Diagnostic.ConditionTooDeep, at.Span));
        throw new BrokenCondition();
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
        height = 1;
        if (Current.Is("of") && (token.Is("all") || token.Is("any") || IsCount(token.Text)))
        {
            return ParseSelector(token);
        }

        if (!names.Contains(token.Text))
        {
            diagnostics.Add(Diagnostic.UnknownDetection(token.Span, token.Text).WithHint(Hint(token.Text)));
        }

        return new IdentifierCondition(token.Text, token.Span);
    }

    private GroupCondition ParseGroup(Token open)
    {
        depth = Bound(depth + 1, open);
        position++;
        ConditionNode inner = ParseOr();
        if (Current.Kind is not TokenKind.Close)
        {
            if (Current.Kind is TokenKind.End)
            {
                diagnostics.Add(Diagnostic.UnclosedBracket(open.Span));
                throw new BrokenCondition();
            }

            throw Unexpected("'and', 'or' or a closing bracket");
        }

        depth--;
        height = Bound(height + 1, open);
        return new GroupCondition(inner, open.Span.To(tokens[position++].Span));
    }

    private SelectorCondition ParseSelector(Token quantifier)
    {
        if (IsCount(quantifier.Text) && quantifier.Text != "1")
        {
            diagnostics.Add(Diagnostic.SelectorCount(quantifier.Span, quantifier.Text));
        }

        position++;
        Token target = Current;
        if (target.Kind is not TokenKind.Word)
        {
            throw Unexpected("'them' or a name with *");
        }

        position++;
        Span span = quantifier.Span.To(target.Span);
        string? pattern = target.Is("them") && !names.Contains(target.Text) ? null : target.Text;
        var selector = new SelectorCondition(quantifier.Is("all"), pattern, span);
        if (names.Selected(pattern).Length == 0)
        {
            diagnostics.Add(names.IsOverspent
                ? span.Source.Limits.Exceeded(Limits.NameComparisons, Diagnostic.TooManyComparisons, target.Span)
                : Diagnostic.EmptySelector(target.Span, target.Text).WithHint(Hint(target.Text.Replace("*", "", StringComparison.Ordinal))));
        }

        return selector;
    }

    /// <summary>The detection that was probably meant. In a rule with many mistakes and many names it is not looked for, since each is compared with all.</summary>
    private string? Hint(string written) => diagnostics.Count < MostHints ? Suggestion.For(written, names) : null;

    /// <summary>Whether a selector's pattern takes a detection in. Names that start with <c>_</c> must be asked for.</summary>
    /// <param name="pattern">The pattern; null for <c>them</c>.</param>
    /// <param name="name">The detection's name.</param>
    internal static bool Selects(string? pattern, string name)
    {
        bool isInternal = name.StartsWith(RuleSet.InternalMark);
        if ((isInternal || name.StartsWith('_')) && pattern?.StartsWith(name[0]) is not true)
        {
            return false;
        }

        if (isInternal)
        {
            // A filter's own pattern: its prefix is the same in both, and the same rules apply after it.
            int behind = name.IndexOf(RuleSet.InternalMark, 1) + 1;
            return behind > 0 && string.CompareOrdinal(pattern, 0, name, 0, behind) == 0 && Selects(pattern![behind..], name[behind..]);
        }

        return pattern is null || Fits(pattern, name);
    }

    /// <summary>Whether a name fits a pattern, in which <c>*</c> stands for any characters and all others for themselves.</summary>
    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int star = pattern.IndexOf('*');
        if (star < 0)
        {
            return pattern.SequenceEqual(name);
        }

        if (!name.StartsWith(pattern[..star]))
        {
            return false;
        }

        pattern = pattern[(star + 1)..];
        name = name[star..];
        while ((star = pattern.IndexOf('*')) >= 0)
        {
            int at = name.IndexOf(pattern[..star]);
            if (at < 0)
            {
                return false;
            }

            pattern = pattern[(star + 1)..];
            name = name[(at + star)..];
        }

        return name.EndsWith(pattern);
    }

    private static bool IsCount(string text) => text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool EndsOperand(Token next) =>
        next.Kind is TokenKind.End or TokenKind.Close or TokenKind.Pipe || next.Is("and") || next.Is("or");

    private BrokenCondition Unexpected(string expected)
    {
        diagnostics.Add(Current.Kind is TokenKind.End
            ? Diagnostic.ConditionEnds(Current.Span, expected)
            : Diagnostic.ConditionUnexpected(Current.Span, Current.Text, expected));
        return new BrokenCondition();
    }

    /// <summary>Leaves the parser after the first thing it cannot make sense of; the diagnostic is already in the list.</summary>
    private sealed class BrokenCondition : Exception;
}
