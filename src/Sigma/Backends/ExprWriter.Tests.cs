using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends;

/// <content>Single tests, by their shapes.</content>
internal sealed partial class ExprWriter
{
    private static readonly Dictionary<string, string> Inverses = new(StringComparer.Ordinal)
    {
        ["lt"] = "gte",
        ["lte"] = "gt",
        ["gt"] = "lte",
        ["gte"] = "lt",
        ["eq"] = "neq",
        ["neq"] = "eq",
    };

    /// <summary>Writes one test by the shape of its kind.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="match">The test.</param>
    /// <param name="opposite">Whether its opposite is written instead, by 'negated' of the shape.</param>
    public void WriteTest(StringBuilder output, MatchExpr match, bool opposite = false)
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

            if (opposite)
            {
                context.Refuse(match.Span, "the opposite of an expression in its own language", "the language has no NOT");
            }

            output.Append(expression.For(match.Field is null ? "" : dialect.FieldText(match.Field)));
        }
        else if (match.IsList && match.Values[0] is StringValue or NumberValue or BooleanValue)
        {
            WriteList(output, match, opposite);
        }
        else
        {
            WriteSingle(output, match, match.Values[0], opposite);
        }
    }

    private void WriteSingle(StringBuilder output, MatchExpr match, Value value, bool opposite)
    {
        (Shape? shape, ConditionKind kind, Loss loss) = Resolve(ShapeSelector.KindOf(dialect, value, match.Field is null), match.Field, value);
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

        if (value is FieldReferenceValue reference && Resolve(kind, reference.Field, value) is { Shape: { Template: null } other })
        {
            // A field whose type takes no comparison takes none from the other side either.
            context.Refuse(value.Span, ShapeSelector.Describe(kind, value), other.Note ?? "the language has nothing for it");
            return;
        }

        if (opposite && shape.Negated is null)
        {
            context.Refuse(value.Span, "the opposite of " + ShapeSelector.Describe(kind, value), "the language has no NOT");
            return;
        }

        Announce(shape, value.Span, [value]);
        if (shape.MappedIpv4 is { } mapped && value is CidrValue { Network: var network } && HoldsMappedIpv4(network))
        {
            context.Approximate(value.Span, Approximation.Broader, mapped);
        }

        WriteTemplate(output, opposite ? shape.Negated! : shape.Template, match, value, kind);
    }

    /// <summary>Whether addresses of IPv4, written as those of IPv6 (RFC 4291, section 2.5.5.2), are in a network of IPv6.</summary>
    private static bool HoldsMappedIpv4(IPNetwork network)
    {
        if (network.BaseAddress.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return false;
        }

        // Two networks have addresses in common if the shorter prefix is that of both. IPNetwork.Contains takes a mapped address for one of IPv4.
        int common = Math.Min(network.PrefixLength, 96);
        UInt128 mask = common == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - common);
        UInt128 asked = BinaryPrimitives.ReadUInt128BigEndian(network.BaseAddress.GetAddressBytes());
        UInt128 mapped = BinaryPrimitives.ReadUInt128BigEndian(IPAddress.Any.MapToIPv6().GetAddressBytes());
        return ((asked ^ mapped) & mask) == UInt128.Zero;
    }

    private ResolvedShape Resolve(ConditionKind kind, string? field, Value value)
    {
        ResolvedShape resolved = TemplateResolver.Resolve(dialect, kind, field, value);
        return Widen && resolved.Shape is { Stage: not null } ? new ResolvedShape(dialect.ShapeFor(kind, field), kind, Loss.None) : resolved;
    }

    private void WriteList(StringBuilder output, MatchExpr match, bool opposite)
    {
        if (ShapeSelector.ListShape(dialect, match) is not { } shape || (opposite && shape.Negated is null))
        {
            // A backend without lists links single tests.
            WriteTests(output, match.Values.Select(value => (Expr)new MatchExpr(match.Field, [value], false, value.Span)), opposite);
            return;
        }

        if (match.Values.Length > dialect.Limits.Items)
        {
            WriteTests(output, match.Values.Chunk(dialect.Limits.Items.Value).Select(part => (Expr)new MatchExpr(match.Field, [.. part], true, part[0].Span)), opposite);
            return;
        }

        Template template = opposite ? shape.Negated! : shape.Template!;

        Announce(shape, match.Span, match.Values.AsSpan());
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

    private void WriteTests(StringBuilder output, IEnumerable<Expr> tests, bool opposite) =>
        WriteGroup(output, [.. opposite ? tests.Select(test => new NotExpr(test, test.Span)) : tests], opposite ? dialect.And : dialect.Or);

    private void WriteItems(StringBuilder output, MatchExpr match, Shape shape)
    {
        for (int i = 0; i < match.Values.Length; i++)
        {
            output.Append(i == 0 ? "" : shape.Separator);
            bool plain = match.Values[i] is not StringValue { Text.HasWildcards: true };
            Template item = match.Values[i] is NumberValue && shape.NumberItem is not null ? shape.NumberItem
                : plain && shape.PlainItem is not null ? shape.PlainItem : shape.Item!;
            if (match.Values[i] is StringValue text && Array.Find(item.Segments, s => s.Style is not null).Style is { } style)
            {
                TemplateResolver.Announce(context, style.LossOn(text.Text), text);
            }

            WriteTemplate(output, item, match, match.Values[i], ConditionKind.List);
        }
    }

    private void Announce(Shape shape, Span span, ReadOnlySpan<Value> values)
    {
        if (shape.Note is { } note)
        {
            context.Approximate(span, shape.Approximation, note);
        }

        if (shape.RegardsCase is { } regard)
        {
            foreach (Value value in values)
            {
                if (value is StringValue { Cased: false } text && TextCase.IsAny(text.Text))
                {
                    context.Approximate(value.Span, Approximation.Narrower, regard);
                    return;
                }
            }
        }
    }

    private void WriteTemplate(StringBuilder output, Template template, MatchExpr match, Value value, ConditionKind kind)
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
                    if (value is not StringValue && segment.Style is { Fits: { } form } && !form.IsMatch(TextOf(value).Literal!))
                    {
                        context.Refuse(value.Span, ShapeSelector.Describe(kind, value), "the language has no such value for the type of the field");
                    }

                    segment.Style?.Write(output, AffixText.Of(kind, TextOf(value)));
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
                case Placeholder.Inverse:
                    output.Append(dialect.Operators[Inverses[OperatorName(value)]]);
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
                    WritePart(output, (TimePartValue)value);
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException(segment.Placeholder.ToString());
            }
        }
    }

    private void WritePart(StringBuilder output, TimePartValue value)
    {
        string part = value.Part.ToString().ToLowerInvariant();
        if (dialect.TimeParts is null)
        {
            output.Append(part);
        }
        else if (dialect.TimeParts.TryGetValue(part, out string? name))
        {
            output.Append(name);
        }
        else
        {
            context.Refuse(value.Span, $"the {part} of a date", "the language has nothing for it");
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
        CompareValue compare => SigmaString.OfLiteral(compare.Number),
        BooleanValue boolean => SigmaString.OfLiteral(boolean.Value ? "true" : "false"),
        _ => SigmaString.Empty,
    };
}
