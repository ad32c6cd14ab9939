using System.Text;
using Sigma.Rules;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>Values as pipelines look at them.</summary>
internal static class ItemValues
{
    /// <summary>The values of an item, with the alternatives of an expansion in place of it.</summary>
    public static IEnumerable<Value> Of(DetectionItem item) =>
        item.Values.SelectMany(value => value is ExpansionValue expansion ? expansion.Values : (IEnumerable<Value>)[value]);

    /// <summary>
    /// A text as pipeline authors think of it: with its wildcards, and backslashes as many as the event has. Only in front
    /// of <c>*</c> and <c>?</c> is a backslash an escape; a literal one is doubled there.
    /// </summary>
    public static string Plain(IEnumerable<StringPart> parts)
    {
        var text = new StringBuilder();
        foreach (StringPart part in parts)
        {
            if (part.Kind is PartKind.Many or PartKind.One)
            {
                DoubleTrailing(text);
            }

            if (part.Sign is { } sign)
            {
                text.Append(sign);
                continue;
            }

            foreach (char c in part.Text)
            {
                if (c is '*' or '?')
                {
                    DoubleTrailing(text);
                    text.Append('\\');
                }

                text.Append(c);
            }
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Plain"/> writes.</summary>
    public static SigmaString OfPlain(string plain)
    {
        var written = new StringBuilder(plain.Length);
        for (int i = 0; i < plain.Length; i++)
        {
            int from = i;
            while (i < plain.Length && plain[i] == '\\')
            {
                i++;
            }

            // A run of backslashes is an escape only before a wildcard; elsewhere each is one of the event's.
            bool escapes = i < plain.Length && plain[i] is '*' or '?';
            written.Append('\\', (i - from) * (escapes ? 1 : 2));
            if (i < plain.Length)
            {
                written.Append(plain[i]);
            }
        }

        return SigmaString.Parse(written.ToString());
    }

    /// <summary>The value that a scalar of a pipeline stands for; null for a number that cannot be written out.</summary>
    public static Value? OfScalar(YamlScalar scalar) => ScalarType.Of(scalar) switch
    {
        ScalarType.Null => new NullValue(scalar.Span),
        ScalarType.Boolean => new BooleanValue(scalar.Value[0] is 't' or 'T', scalar.Span),
        ScalarType.Number => ScalarTypes.CanonicalNumber(scalar.Value) is { } number ? new NumberValue(number, scalar.Span) : null,
        _ => new StringValue(SigmaString.Parse(scalar.Value), false, scalar.Span),
    };

    /// <summary>Whether two values say the same. A number equals the text of its digits: rules write event ids both ways.</summary>
    public static bool AreSame(Value a, Value b) => (a, b) switch
    {
        (NumberValue x, NumberValue y) => x.Text == y.Text,
        (NumberValue x, StringValue y) => x.Text == y.Text.Literal,
        (StringValue x, NumberValue y) => x.Text.Literal == y.Text,
        (StringValue x, StringValue y) => x.Text.Equals(y.Text),
        (BooleanValue x, BooleanValue y) => x.Value == y.Value,
        (NullValue, NullValue) => true,
        _ => false,
    };

    private static void DoubleTrailing(StringBuilder text)
    {
        int run = 0;
        while (run < text.Length && text[text.Length - 1 - run] == '\\')
        {
            run++;
        }

        text.Append('\\', run);
    }
}
