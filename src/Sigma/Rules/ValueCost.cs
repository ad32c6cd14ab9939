namespace Sigma.Rules;

/// <summary>What values cost: one each, and one more for every 64 characters. The limits on what may be multiplied count in it.</summary>
internal static class ValueCost
{
    /// <summary>How many characters count as one more value.</summary>
    public const int Characters = 64;

    /// <summary>The cost of a value; of an expansion, that of its members.</summary>
    public static long Of(Value value)
    {
        switch (value)
        {
            case StringValue text:
                return OfLength(text.Text);
            case ExpansionValue expansion:
                long sum = 0;
                foreach (Value member in expansion.Values)
                {
                    sum += Of(member);
                }

                return sum;
            case RegexValue regex:
                return OfLength(regex.Pattern);
            case QueryExpressionValue query:
                return 1 + (query.Expression.Length / Characters);
            default:
                return 1;
        }
    }

    /// <summary>The cost of an item: that of its values and of its field's name.</summary>
    public static long Of(DetectionItem item)
    {
        long sum = 1 + ((item.Field?.Length ?? 0) / Characters);
        foreach (Value value in item.Values)
        {
            sum += Of(value);
        }

        return sum;
    }

    /// <summary>The cost of a detection.</summary>
    public static long Of(Detection detection)
    {
        long sum = 0;
        switch (detection)
        {
            case DetectionItem item:
                return Of(item);
            case AllOfDetection all:
                foreach (Detection inner in all.Items)
                {
                    sum += Of(inner);
                }

                return sum;
            case AnyOfDetection any:
                foreach (Detection inner in any.Items)
                {
                    sum += Of(inner);
                }

                return sum;
            default:
                throw new System.Diagnostics.UnreachableException(detection.GetType().Name);
        }
    }

    /// <summary>The cost of a text by its length.</summary>
    public static long OfLength(SigmaString text)
    {
        long length = 0;
        foreach (StringPart part in text.Parts)
        {
            length += part.Text.Length + 1;
        }

        return 1 + (length / Characters);
    }
}
