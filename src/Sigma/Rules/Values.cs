using System.Collections.Immutable;
using System.Net;
using System.Text;
using Sigma.RegularExpressions;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>A value of a detection item after its modifiers: what a field is tested for.</summary>
/// <param name="Span">Its position in the rule or pipeline.</param>
public abstract record Value(Span Span);

/// <summary><c>'*\cmd.exe'</c>: a text, with wildcards and placeholders.</summary>
/// <param name="Text">Its parts.</param>
/// <param name="Cased">Whether it is case-sensitive (modifier <c>cased</c>).</param>
/// <param name="Span">Its position.</param>
public sealed record StringValue(SigmaString Text, bool Cased, Span Span) : Value(Span)
{
    /// <summary>Whether, between two encoding modifiers, each character stands for one byte.</summary>
    internal bool IsBytes { get; init; }
}

/// <summary><c>4624</c>, <c>0x1F</c>, <c>1.5</c>: a number.</summary>
/// <param name="Text">Its canonical decimal text.</param>
/// <param name="Span">Its position.</param>
public sealed record NumberValue(string Text, Span Span) : Value(Span);

/// <summary><c>true</c>.</summary>
/// <param name="Value">The truth value.</param>
/// <param name="Span">Its position.</param>
public sealed record BooleanValue(bool Value, Span Span) : Value(Span);

/// <summary><c>null</c>: the field is absent or has no value.</summary>
/// <param name="Span">Its position.</param>
public sealed record NullValue(Span Span) : Value(Span);

/// <summary><c>field|re: 'a.*b'</c>: a search by regular expression, case-sensitive unless a flag says otherwise.</summary>
/// <param name="Pattern">The expression; placeholders only with <c>expand</c>.</param>
/// <param name="Flags">The flags of the modifiers i, m and s.</param>
/// <param name="Span">Its position.</param>
public sealed record RegexValue(SigmaString Pattern, RegexFlags Flags, Span Span) : Value(Span);

/// <summary><c>field|cidr: 10.0.0.0/8</c>: an address of the network.</summary>
/// <param name="Network">The network; IPv4 or IPv6.</param>
/// <param name="Span">Its position.</param>
public sealed record CidrValue(IPNetwork Network, Span Span) : Value(Span);

/// <summary>How a number is compared.</summary>
public enum Comparison
{
    /// <summary>Equal; only with a part of a date.</summary>
    Equal,

    /// <summary><c>lt</c>.</summary>
    Less,

    /// <summary><c>lte</c>.</summary>
    LessOrEqual,

    /// <summary><c>gt</c>.</summary>
    Greater,

    /// <summary><c>gte</c>.</summary>
    GreaterOrEqual,

    /// <summary><c>neq</c>; only in the condition of a correlation.</summary>
    NotEqual,
}

/// <summary><c>field|gte: 10</c>.</summary>
/// <param name="Comparison">The operator.</param>
/// <param name="Number">The canonical decimal text of the number.</param>
/// <param name="Span">Its position.</param>
public sealed record CompareValue(Comparison Comparison, string Number, Span Span) : Value(Span);

/// <summary><c>field|exists: true</c>: whether the event has the field at all.</summary>
/// <param name="Exists">Whether it must, or must not, be there.</param>
/// <param name="Span">Its position.</param>
public sealed record ExistsValue(bool Exists, Span Span) : Value(Span);

/// <summary><c>field|fieldref: other</c>: the value of another field of the same event.</summary>
/// <param name="Field">The other field.</param>
/// <param name="StartsWith">Whether text may follow it (<c>startswith</c>, <c>contains</c>).</param>
/// <param name="EndsWith">Whether text may precede it (<c>endswith</c>, <c>contains</c>).</param>
/// <param name="Span">Its position.</param>
public sealed record FieldReferenceValue(string Field, bool StartsWith, bool EndsWith, Span Span) : Value(Span);

/// <summary>The part of a date that a modifier such as <c>hour</c> takes.</summary>
public enum TimePart
{
    /// <summary>0 to 59.</summary>
    Minute,

    /// <summary>0 to 23.</summary>
    Hour,

    /// <summary>1 to 31, the day of the month.</summary>
    Day,

    /// <summary>1 to 53, the week of the year.</summary>
    Week,

    /// <summary>1 to 12.</summary>
    Month,

    /// <summary>The year.</summary>
    Year,
}

/// <summary><c>field|hour|gte: 18</c>: a part of a date.</summary>
/// <param name="Part">The part.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Number">The canonical decimal text of the number.</param>
/// <param name="Span">Its position.</param>
public sealed record TimePartValue(TimePart Part, Comparison Comparison, string Number, Span Span) : Value(Span);

/// <summary>Several values that one written value was expanded to (<c>base64offset</c>, <c>windash</c>): any of them, even under <c>all</c>.</summary>
/// <param name="Values">The alternatives.</param>
/// <param name="Span">The position of the written value.</param>
public sealed record ExpansionValue(ImmutableArray<Value> Values, Span Span) : Value(Span);

/// <summary>A piece of query text that a pipeline substituted for a placeholder.</summary>
/// <param name="Expression">The text, with <c>{field}</c> for the field's name. Other braces stand twice.</param>
/// <param name="Span">The position of the placeholder.</param>
public sealed record QueryExpressionValue(string Expression, Span Span) : Value(Span)
{
    /// <summary>The text for a field.</summary>
    internal string For(string field)
    {
        var text = new StringBuilder();
        for (int i = 0; i < Expression.Length; i++)
        {
            if (Expression.AsSpan(i).StartsWith("{field}"))
            {
                text.Append(field);
                i += "{field}".Length - 1;
            }
            else
            {
                text.Append(Expression[i]);
                i += Expression[i] is '{' or '}' && i + 1 < Expression.Length && Expression[i + 1] == Expression[i] ? 1 : 0;
            }
        }

        return text.ToString();
    }
}
