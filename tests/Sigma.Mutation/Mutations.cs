using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Sigma.Mutation;

/// <summary>The changes that a piece of code can have. What the compiler then refuses is left out.</summary>
internal static class Mutations
{
    private static readonly Dictionary<SyntaxKind, SyntaxKind[]> Operators = new()
    {
        [SyntaxKind.EqualsExpression] = [SyntaxKind.NotEqualsExpression],
        [SyntaxKind.NotEqualsExpression] = [SyntaxKind.EqualsExpression],
        [SyntaxKind.LessThanExpression] = [SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanOrEqualExpression],
        [SyntaxKind.LessThanOrEqualExpression] = [SyntaxKind.LessThanExpression, SyntaxKind.GreaterThanExpression],
        [SyntaxKind.GreaterThanExpression] = [SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.LessThanOrEqualExpression],
        [SyntaxKind.GreaterThanOrEqualExpression] = [SyntaxKind.GreaterThanExpression, SyntaxKind.LessThanExpression],
        [SyntaxKind.AddExpression] = [SyntaxKind.SubtractExpression],
        [SyntaxKind.SubtractExpression] = [SyntaxKind.AddExpression],
        [SyntaxKind.MultiplyExpression] = [SyntaxKind.DivideExpression],
        [SyntaxKind.DivideExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.LogicalAndExpression] = [SyntaxKind.LogicalOrExpression],
        [SyntaxKind.LogicalOrExpression] = [SyntaxKind.LogicalAndExpression],
        [SyntaxKind.BitwiseAndExpression] = [SyntaxKind.BitwiseOrExpression],
        [SyntaxKind.BitwiseOrExpression] = [SyntaxKind.BitwiseAndExpression],
        [SyntaxKind.LeftShiftExpression] = [SyntaxKind.RightShiftExpression],
        [SyntaxKind.RightShiftExpression] = [SyntaxKind.LeftShiftExpression],
        [SyntaxKind.AddAssignmentExpression] = [SyntaxKind.SubtractAssignmentExpression],
        [SyntaxKind.SubtractAssignmentExpression] = [SyntaxKind.AddAssignmentExpression],
        [SyntaxKind.OrAssignmentExpression] = [SyntaxKind.AndAssignmentExpression],
        [SyntaxKind.AndAssignmentExpression] = [SyntaxKind.OrAssignmentExpression],
        [SyntaxKind.PreIncrementExpression] = [SyntaxKind.PreDecrementExpression],
        [SyntaxKind.PostIncrementExpression] = [SyntaxKind.PostDecrementExpression],
        [SyntaxKind.PreDecrementExpression] = [SyntaxKind.PreIncrementExpression],
        [SyntaxKind.PostDecrementExpression] = [SyntaxKind.PostIncrementExpression],
    };

    /// <summary>Calls that have a counterpart of the same shape.</summary>
    private static readonly Dictionary<string, string> Calls = Both(
        ("First", "Last"), ("FirstOrDefault", "LastOrDefault"), ("Any", "All"), ("Min", "Max"), ("MinBy", "MaxBy"), ("OrderBy", "OrderByDescending"), ("Order", "OrderDescending"),
        ("Skip", "Take"), ("SkipWhile", "TakeWhile"), ("StartsWith", "EndsWith"), ("TrimStart", "TrimEnd"), ("ToUpperInvariant", "ToLowerInvariant"), ("IndexOf", "LastIndexOf"),
        ("IndexOfAny", "LastIndexOfAny"), ("Union", "Intersect"), ("Append", "Prepend"), ("Ceiling", "Floor"), ("Exists", "TrueForAll"), ("FindIndex", "FindLastIndex"));

    /// <summary>Calls that only choose from, or sort, what they are called on.</summary>
    private static readonly HashSet<string> Sieves =
        ["Where", "Distinct", "DistinctBy", "Reverse", "Skip", "Take", "SkipWhile", "TakeWhile", "OrderBy", "Order", "ThenBy", "Trim", "TrimStart", "TrimEnd", "ToUpperInvariant", "ToLowerInvariant", "Except", "Concat"];

    /// <summary>The changes of a node, not of what is within it.</summary>
    public static IEnumerable<(string Kind, SyntaxNode Instead)> Of(SyntaxNode node) => node switch
    {
        BinaryExpressionSyntax binary => OfBinary(binary),
        AssignmentExpressionSyntax assignment when Operators.TryGetValue(assignment.Kind(), out SyntaxKind[]? others) =>
            others.Select(kind => ("operator", (SyntaxNode)AssignmentExpression(kind, assignment.Left, assignment.Right))),
        PrefixUnaryExpressionSyntax unary => OfPrefix(unary),
        PostfixUnaryExpressionSyntax unary when Operators.TryGetValue(unary.Kind(), out SyntaxKind[]? others) =>
            others.Select(kind => ("operator", (SyntaxNode)PostfixUnaryExpression(kind, unary.Operand))),
        LiteralExpressionSyntax literal => OfLiteral(literal),
        InterpolatedStringExpressionSyntax { Contents.Count: > 0 } => [("text", Text(""))],
        ConditionalExpressionSyntax choice => [("branch", Bracketed(choice.WhenTrue)), ("branch", Bracketed(choice.WhenFalse)), ("condition", choice.WithCondition(Negated(choice.Condition)))],
        IfStatementSyntax branch => [("condition", branch.WithCondition(Never(branch.Condition))), ("condition", branch.WithCondition(Always(branch.Condition)))],
        WhileStatementSyntax loop => [("condition", loop.WithCondition(Never(loop.Condition)))],
        ForStatementSyntax { Condition: { } condition } loop => [("condition", loop.WithCondition(Never(condition)))],
        IsPatternExpressionSyntax test => OfPattern(test),
        RelationalPatternSyntax relation => OfRelation(relation),
        BinaryPatternSyntax pattern => [("pattern", BinaryPattern(pattern.IsKind(SyntaxKind.AndPattern) ? SyntaxKind.OrPattern : SyntaxKind.AndPattern, pattern.Left, pattern.Right))],
        UnaryPatternSyntax { Pattern: var inner } => [("pattern", ParenthesizedPattern(inner))],
        InvocationExpressionSyntax call => OfCall(call),
        SwitchExpressionSyntax { Arms.Count: > 1 } choice => choice.Arms.Where(arm => arm.Pattern is not DiscardPatternSyntax)
            .Select(arm => ("arm removed", (SyntaxNode)choice.WithArms(choice.Arms.Remove(arm)))),
        WhenClauseSyntax guard => [("condition", guard.WithCondition(Always(guard.Condition)))],
        ExpressionStatementSyntax statement => [("statement removed", Block())],
        ContinueStatementSyntax => [("statement removed", Block()), ("jump", BreakStatement())],
        BreakStatementSyntax { Parent: not SwitchSectionSyntax } => [("statement removed", Block())],
        ReturnStatementSyntax { Expression: { } value } statement when value is not LiteralExpressionSyntax => [("value returned", statement.WithExpression(Default()))],
        YieldStatementSyntax { Expression: not null } => [("statement removed", Block())],
        ForEachStatementSyntax => [("statement removed", Block())],
        _ => [],
    };

    private static IEnumerable<(string, SyntaxNode)> OfBinary(BinaryExpressionSyntax binary)
    {
        if (binary.IsKind(SyntaxKind.CoalesceExpression))
        {
            return [("operator", Bracketed(binary.Left)), ("operator", Bracketed(binary.Right))];
        }

        var all = new List<(string, SyntaxNode)>();
        foreach (SyntaxKind kind in Operators.GetValueOrDefault(binary.Kind(), []))
        {
            all.Add(("operator", BinaryExpression(kind, Bracketed(binary.Left), Bracketed(binary.Right))));
        }

        if (binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression)
        {
            all.Add(("operand removed", Bracketed(binary.Left)));
            all.Add(("operand removed", Bracketed(binary.Right)));
        }

        return all;
    }

    private static IEnumerable<(string, SyntaxNode)> OfPrefix(PrefixUnaryExpressionSyntax unary) =>
        unary.IsKind(SyntaxKind.LogicalNotExpression) || unary.IsKind(SyntaxKind.UnaryMinusExpression) ? [("operator", Bracketed(unary.Operand))]
        : Operators.GetValueOrDefault(unary.Kind(), []).Select(kind => ("operator", (SyntaxNode)PrefixUnaryExpression(kind, unary.Operand)));

    private static IEnumerable<(string, SyntaxNode)> OfLiteral(LiteralExpressionSyntax literal) => literal.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => [("truth value", LiteralExpression(SyntaxKind.FalseLiteralExpression))],
        SyntaxKind.FalseLiteralExpression => [("truth value", LiteralExpression(SyntaxKind.TrueLiteralExpression))],
        SyntaxKind.NumericLiteralExpression when literal.Token.Value is int number => number == 0
            ? [("number", Number(1))]
            : [("number", Number(number + 1)), ("number", Number(number - 1))],
        SyntaxKind.StringLiteralExpression => [("text", Text(literal.Token.ValueText.Length > 0 ? "" : "?!"))],
        SyntaxKind.CharacterLiteralExpression => [("text", LiteralExpression(SyntaxKind.CharacterLiteralExpression, Literal('\u0001')))],
        _ => [],
    };

    private static IEnumerable<(string, SyntaxNode)> OfPattern(IsPatternExpressionSyntax test)
    {
        if (test.Pattern is UnaryPatternSyntax { Pattern: var inner })
        {
            return [("condition", test.WithPattern(inner))];
        }

        // What names a part of its value cannot be turned round.
        return test.Pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().Any()
            ? []
            : [("condition", test.WithPattern(UnaryPattern(Token(TriviaList(), SyntaxKind.NotKeyword, TriviaList(Space)), ParenthesizedPattern(test.Pattern))))];
    }

    private static IEnumerable<(string, SyntaxNode)> OfRelation(RelationalPatternSyntax relation)
    {
        SyntaxKind other = relation.OperatorToken.Kind() switch
        {
            SyntaxKind.LessThanToken => SyntaxKind.LessThanEqualsToken,
            SyntaxKind.LessThanEqualsToken => SyntaxKind.LessThanToken,
            SyntaxKind.GreaterThanToken => SyntaxKind.GreaterThanEqualsToken,
            _ => SyntaxKind.GreaterThanToken,
        };
        return [("pattern", relation.WithOperatorToken(Token(TriviaList(), other, TriviaList(Space))))];
    }

    private static IEnumerable<(string, SyntaxNode)> OfCall(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } access)
        {
            return [];
        }

        var all = new List<(string, SyntaxNode)>();
        if (name.Identifier.Text == "Any" && call.ArgumentList.Arguments.Count == 0)
        {
            all.Add(("call", Negated(call)));
        }
        else if (Calls.TryGetValue(name.Identifier.Text, out string? other))
        {
            all.Add(("call", call.WithExpression(access.WithName(IdentifierName(other)))));
        }

        if (Sieves.Contains(name.Identifier.Text))
        {
            all.Add(("call removed", access.Expression));
        }

        return all;
    }

    private static Dictionary<string, string> Both(params (string A, string B)[] pairs) =>
        pairs.SelectMany(pair => new[] { pair, (A: pair.B, B: pair.A) }).ToDictionary(pair => pair.A, pair => pair.B);

    // Not a constant, so that what follows is not known to be unreachable.
    private static BinaryExpressionSyntax Never(ExpressionSyntax condition) =>
        BinaryExpression(SyntaxKind.LogicalAndExpression, Bracketed(condition), LiteralExpression(SyntaxKind.FalseLiteralExpression));

    private static BinaryExpressionSyntax Always(ExpressionSyntax condition) =>
        BinaryExpression(SyntaxKind.LogicalOrExpression, Bracketed(condition), LiteralExpression(SyntaxKind.TrueLiteralExpression));

    private static PrefixUnaryExpressionSyntax Negated(ExpressionSyntax expression) => PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, Bracketed(expression));

    private static ExpressionSyntax Bracketed(ExpressionSyntax expression) =>
        expression is ThrowExpressionSyntax ? expression.WithoutTrivia() : ParenthesizedExpression(expression.WithoutTrivia());

    private static ExpressionSyntax Default() =>
        PostfixUnaryExpression(SyntaxKind.SuppressNullableWarningExpression, LiteralExpression(SyntaxKind.DefaultLiteralExpression)).WithLeadingTrivia(Space);

    private static LiteralExpressionSyntax Number(int number) =>
        LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(number.ToString(CultureInfo.InvariantCulture), number));

    private static LiteralExpressionSyntax Text(string text) => LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(text));
}
