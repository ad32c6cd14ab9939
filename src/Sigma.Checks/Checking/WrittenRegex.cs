using Sigma.RegularExpressions;

namespace Sigma.Checks.Checking;

/// <summary>A regular expression of a rule: its text and its parts.</summary>
/// <param name="Value">The value as it is written.</param>
/// <param name="Pattern">What it was read as.</param>
internal readonly record struct WrittenRegex(YamlScalar Value, RegexPattern Pattern)
{
    /// <summary>The regular expressions of a rule that can be read.</summary>
    public static IEnumerable<WrittenRegex> Of(RuleText rule)
    {
        foreach (YamlScalar value in rule.Items.Where(item => item.Has("re")).SelectMany(item => item.Values))
        {
            if (RegexPattern.TryParse(value.Value, RegexFlags.None, out RegexPattern? pattern, out _))
            {
                yield return new WrittenRegex(value, pattern);
            }
        }
    }

    /// <summary>All parts, each before those that it has.</summary>
    public IEnumerable<RegexNode> Parts()
    {
        var open = new Stack<RegexNode>([Pattern.Root]);
        while (open.TryPop(out RegexNode? node))
        {
            yield return node;
            foreach (RegexNode child in RegexProperties.Children(node).Reverse())
            {
                open.Push(child);
            }
        }
    }

    /// <summary>The place of a stretch of the expression.</summary>
    public Span SpanOf(int offset, int length) => Value.SpanOf(offset, length);
}
