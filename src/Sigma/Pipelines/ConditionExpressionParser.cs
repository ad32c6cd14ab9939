using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>Parses <c>rule_cond_expr</c> and its like: <c>and</c>, <c>or</c>, <c>not</c> and brackets over condition ids.</summary>
internal sealed class ConditionExpressionParser
{
    /// <summary>How deep brackets may be, and how many operands there may be: the tree is walked recursively.</summary>
    private const int MaxDepth = 64;
    private const int MaxOperands = 1000;

    private readonly List<Token> tokens;
    private readonly List<string> ids;
    private readonly HashSet<string> used = [];
    private int position;
    private int depth;
    private int operands;

    private ConditionExpressionParser(List<Token> tokens, List<string> ids)
    {
        this.tokens = tokens;
        this.ids = ids;
    }

    private Token Current => tokens[position];

    /// <summary>Parses an expression; every condition must be named in it, and every name must be a condition.</summary>
    public static ConditionExpression? Parse(YamlScalar written, List<string> ids, List<Diagnostic> diagnostics)
    {
        var parser = new ConditionExpressionParser(ConditionLexer.Read(written), ids);
        try
        {
            ConditionExpression expression = parser.ParseOr();
            if (parser.Current.Kind is not TokenKind.End)
            {
                throw new BrokenExpression($"'{parser.Current.Text}' is too much");
            }

            if (ids.Find(id => !parser.used.Contains(id)) is { } unused)
            {
                throw new BrokenExpression(unused.Length == 0 ? "the conditions must be a map of ids" : $"it does not use '{unused}'");
            }

            return expression;
        }
        catch (BrokenExpression exception)
        {
            diagnostics.Add(Diagnostic.PipelineExpression(written.Span, written.Value, exception.Message));
            return null;
        }
    }

    private ConditionExpression ParseOr()
    {
        ConditionExpression left = ParseAnd();
        while (Current.Is("or"))
        {
            position++;
            left = new ConditionExpression.Or(left, ParseAnd());
        }

        return left;
    }

    private ConditionExpression ParseAnd()
    {
        ConditionExpression left = ParseOperand();
        while (Current.Is("and"))
        {
            position++;
            left = new ConditionExpression.And(left, ParseOperand());
        }

        return left;
    }

    private ConditionExpression ParseOperand()
    {
        Token token = tokens[position];
        if (++depth > MaxDepth)
        {
            throw new BrokenExpression("it is nested too deep");
        }

        ConditionExpression result;
        if (token.Is("not"))
        {
            position++;
            result = new ConditionExpression.Not(ParseOperand());
        }
        else if (token.Kind is TokenKind.Open)
        {
            position++;
            result = ParseOr();
            if (Current.Kind is not TokenKind.Close)
            {
                throw new BrokenExpression("a bracket is not closed");
            }

            position++;
        }
        else
        {
            int index = token.Kind is TokenKind.Word ? ids.IndexOf(token.Text) : -1;
            if (index < 0)
            {
                throw new BrokenExpression(token.Kind is TokenKind.End ? "unexpected end" : $"unknown condition '{token.Text}'");
            }

            position++;
            used.Add(token.Text);
            if (++operands > MaxOperands)
            {
                throw new BrokenExpression($"it has more than {MaxOperands} operands");
            }

            result = new ConditionExpression.Reference(index);
        }

        depth--;
        return result;
    }

    private sealed class BrokenExpression(string message) : Exception(message);
}
