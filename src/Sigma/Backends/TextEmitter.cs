using System.Text;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Writes expressions in any plain text dialect; all it knows of the language is what the backend says.</summary>
/// <param name="backend">The target.</param>
internal sealed class TextEmitter(Backend backend) : Emitter(backend)
{
    /// <inheritdoc/>
    public override EmittedQuery Emit(Expr expr, string? variant, List<Diagnostic> diagnostics)
    {
        var context = new EmitContext(Backend.Dialect, diagnostics);
        Expr split = ShapeSelector.Split(Backend.Dialect, expr);
        string text = new StagedWriter(Backend.Dialect, context).Write(split);
        return new EmittedQuery(context.Failed ? null : text);
    }
}

/// <summary>Writes the tree: operators, brackets, and each test by its shape.</summary>
/// <param name="dialect">The target's language.</param>
/// <param name="context">Receives the diagnostics.</param>
internal sealed class ExprWriter(Dialect dialect, EmitContext context)
{
    /// <summary>No query is longer; a template that writes an operand twice doubles it with each negation.</summary>
    private const int MaxLength = 64 * 1024 * 1024;

    /// <summary>Names the flags that stand for tests of a later stage; null if there are none.</summary>
    public IReadOnlyDictionary<MatchExpr, string>? Flags { get; init; }

    /// <summary>Whether texts are written by their ordinary shape even where that is wider than the rule.</summary>
    public bool Widen { get; init; }

    /// <summary>The later stage that is written, which may link its tests otherwise; null in the search.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Writes an expression.</summary>
    public void Write(StringBuilder output, Expr expr)
    {
        if (output.Length > MaxLength)
        {
            context.GiveUp(expr.Span, MaxLength);
            return;
        }

        switch (expr)
        {
            case AndExpr and:
                WriteGroup(output, and.Operands, Stage?.And ?? dialect.And);
                break;
            case OrExpr or:
                WriteGroup(output, or.Operands, Stage?.Or ?? dialect.Or);
                break;
            case NotExpr not:
                context.EnterNot();
                Around(output, dialect.Not, (this, not.Operand), static (into, what) => what.Item1.WriteNegated(into, what.Operand));
                context.LeaveNot();
                break;
            case MatchExpr match when Flags is not null && Flags.TryGetValue(match, out string? test):
                output.Append(test);
                break;
            case MatchExpr match:
                WriteTest(output, match);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(expr.GetType().Name);
        }
    }

    /// <summary>A negated expression has brackets, so a single keyword in them keeps the form of a list.</summary>
    private void WriteNegated(StringBuilder output, Expr operand)
    {
        if (operand is AndExpr { Operands: [MatchExpr { Field: null, IsList: false, Values: [StringValue { Cased: false } or NumberValue] } keyword] }
            && Flags?.ContainsKey(keyword) is not true
            && context.CheckPlaceholders(keyword.Values[0])
            && dialect.ShapeFor(ConditionKind.KeywordList, null) is { Template: not null, Item: not null })
        {
            WriteList(output, keyword);
        }
        else
        {
            WriteOperand(output, operand);
        }
    }

    private void WriteOperand(StringBuilder output, Expr operand)
    {
        if (operand is AndExpr or OrExpr)
        {
            Write(output, operand);
        }
        else
        {
            Around(output, dialect.Group, (this, operand), static (into, what) => what.Item1.Write(into, what.operand));
        }
    }

    private void WriteGroup(StringBuilder output, IReadOnlyList<Expr> operands, string link)
    {
        Around(output, dialect.Group, (this, operands, link), static (into, what) => what.Item1.WriteOperands(into, what.operands, what.link));
    }

    private void WriteOperands(StringBuilder output, IReadOnlyList<Expr> operands, string link)
    {
        bool loose = link == dialect.Or && operands.Count > 1;
        for (int i = 0; i < operands.Count; i++)
        {
            output.Append(i == 0 ? "" : link);
            if (loose && IsLoose(operands[i]))
            {
                WriteOperand(output, operands[i]);
            }
            else
            {
                Write(output, operands[i]);
            }
        }
    }

    /// <summary>Writes a template around a part of the query, which is made once, however often the template has it.</summary>
    private void Around<T>(StringBuilder output, Template template, T part, Action<StringBuilder, T> write)
    {
        int from = -1;
        int length = 0;
        foreach (Segment segment in template.Segments)
        {
            if (segment.Placeholder is null)
            {
                output.Append(segment.Literal);
            }
            else if (from < 0)
            {
                from = output.Length;
                write(output, part);
                length = output.Length - from;
            }
            else if (output.Length + (long)length > MaxLength)
            {
                context.GiveUp(default, MaxLength);
            }
            else
            {
                output.Append(output.ToString(from, length));
            }
        }
    }

    /// <summary>A piece of query of a pipeline's has no shape; it stands as its author wrote it.</summary>
    private bool IsLoose(Expr operand) => operand is MatchExpr { Values: [not QueryExpressionValue] } match
        && dialect.ShapeFor(ShapeSelector.KindOf(match.Values[0], match.Field is null), match.Field) is { Loose: true };

    /// <summary>Writes one test by the shape of its kind.</summary>
    public void WriteTest(StringBuilder output, MatchExpr match)
    {
        if (!match.Values.All(context.CheckPlaceholders))
        {
            return;
        }

        if (match.Values is [QueryExpressionValue expression])
        {
            if (match.Field is not null)
            {
                context.CheckField(match.Field, match.Span, expression: false);
            }

            output.Append(expression.Expression.Replace("{field}", match.Field is null ? "" : dialect.FieldText(match.Field), StringComparison.Ordinal));
        }
        else if (match.IsList && match.Values[0] is StringValue or NumberValue or BooleanValue)
        {
            WriteList(output, match);
        }
        else
        {
            WriteSingle(output, match, match.Values[0]);
        }
    }

    private void WriteSingle(StringBuilder output, MatchExpr match, Value value)
    {
        (Shape? shape, ConditionKind kind, Loss loss) = Resolve(ShapeSelector.KindOf(value, match.Field is null), match.Field, value);
        if (value is StringValue text)
        {
            TemplateResolver.Announce(context, loss, text);
        }

        if (value is CidrValue && shape is { Expand: true })
        {
            context.Refuse(value.Span, "this network", "no patterns with wildcards match exactly its addresses in every notation");
            return;
        }

        if (shape?.Template is null)
        {
            context.Refuse(value.Span, ShapeSelector.Describe(kind, value), shape?.Note ?? "the language has nothing for it");
            return;
        }

        Announce(shape, value.Span);
        WriteTemplate(output, shape.Template, match, value);
    }

    private ResolvedShape Resolve(ConditionKind kind, string? field, Value value) =>
        Widen ? new ResolvedShape(dialect.ShapeFor(kind, field), kind, Loss.None) : TemplateResolver.Resolve(dialect, kind, field, value);

    private void WriteList(StringBuilder output, MatchExpr match)
    {
        context.CheckLength(match);
        bool wildcards = match.Values.Any(v => v is StringValue { Text.HasWildcards: true });
        ConditionKind kind = match.Field is null ? ConditionKind.KeywordList : wildcards ? ConditionKind.WildcardList : ConditionKind.List;
        if (dialect.ShapeFor(kind, match.Field) is not { Template: { } template, Item: not null } shape)
        {
            // A backend without lists links single tests.
            WriteGroup(output, [.. match.Values.Select(value => new MatchExpr(match.Field, [value], false, value.Span))], dialect.Or);
            return;
        }

        Announce(shape, match.Span);
        foreach (Segment segment in template.Segments)
        {
            switch (segment.Placeholder)
            {
                case null:
                    output.Append(segment.Literal);
                    break;
                case Placeholder.Field:
                    WriteField(output, match.Field, match.Span);
                    break;
                case Placeholder.Name:
                    WriteName(output, match.Field!, match.Span);
                    break;
                default:
                    WriteItems(output, match, shape);
                    break;
            }
        }
    }

    private void WriteItems(StringBuilder output, MatchExpr match, Shape shape)
    {
        for (int i = 0; i < match.Values.Length; i++)
        {
            output.Append(i == 0 ? "" : shape.Separator);
            bool plain = match.Values[i] is not StringValue { Text.HasWildcards: true };
            Template item = plain && shape.PlainItem is not null ? shape.PlainItem : shape.Item!;
            if (match.Values[i] is StringValue text && Array.Find(item.Segments, s => s.Style is not null).Style is { } style)
            {
                TemplateResolver.Announce(context, style.LossOn(text.Text), text);
            }

            WriteTemplate(output, item, match, match.Values[i]);
        }
    }

    private void Announce(Shape shape, Span span)
    {
        if (shape.Note is { } note)
        {
            context.Approximate(span, shape.Approximation, note);
        }
    }

    private void WriteTemplate(StringBuilder output, Template template, MatchExpr match, Value value)
    {
        foreach (Segment segment in template.Segments)
        {
            switch (segment.Placeholder)
            {
                case null:
                    output.Append(segment.Literal);
                    break;
                case Placeholder.Field:
                    WriteField(output, match.Field, match.Span);
                    break;
                case Placeholder.Text:
                    segment.Style?.Write(output, TextOf(value));
                    break;
                case Placeholder.Number:
                    output.Append(value switch
                    {
                        CompareValue compare => compare.Number,
                        TimePartValue part => part.Number,
                        NumberValue number => number.Text,
                        _ => "",
                    });
                    break;
                case Placeholder.Operator:
                    output.Append(dialect.Operators[OperatorName(value)]);
                    break;
                case Placeholder.Regex:
                    output.Append(dialect.Regex is { } style ? context.Translate((RegexValue)value, style) : "");
                    break;
                case Placeholder.Cidr:
                    output.Append(((CidrValue)value).Network.ToString());
                    break;
                case Placeholder.Other:
                    WriteField(output, ((FieldReferenceValue)value).Field, value.Span);
                    break;
                case Placeholder.Name:
                    WriteName(output, match.Field!, match.Span);
                    break;
                case Placeholder.OtherName:
                    WriteName(output, ((FieldReferenceValue)value).Field, value.Span);
                    break;
                case Placeholder.Part:
                    output.Append(((TimePartValue)value).Part.ToString().ToLowerInvariant());
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException(segment.Placeholder.ToString());
            }
        }
    }

    private void WriteField(StringBuilder output, string? field, Span span)
    {
        if (field is not null)
        {
            context.CheckField(field, span, expression: false);
            output.Append(dialect.FieldText(field));
        }
    }

    private void WriteName(StringBuilder output, string field, Span span)
    {
        context.CheckField(field, span, expression: true);
        output.Append(dialect.FieldExpression(field));
    }

    private static string OperatorName(Value value) =>
        Comparisons.NameOf(value is CompareValue compare ? compare.Comparison : ((TimePartValue)value).Comparison);

    private static SigmaString TextOf(Value value) => value switch
    {
        StringValue text => text.Text,
        NumberValue number => SigmaString.OfLiteral(number.Text),
        BooleanValue boolean => SigmaString.OfLiteral(boolean.Value ? "true" : "false"),
        _ => SigmaString.Empty,
    };
}
