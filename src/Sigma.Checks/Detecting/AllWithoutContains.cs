namespace Sigma.Checks.Detecting;

/// <summary>All values of the list cannot match the field at once.</summary>
internal sealed class AllWithoutContains : RuleCheck
{
    /// <summary>Of longer lists, only so many values are compared.</summary>
    private const int MostValues = 300;

    /// <inheritdoc/>
    public override CheckInfo Info { get; } =
        new("SIG1303", "all_without_contains", CheckGroup.Correctness, Severity.Warning, "all values of the list cannot match the field at once")
        {
            Hint = "use 'contains|all'",
            Why = """
            A field has one value, and that is not equal to two different ones, nor does it begin or end with both. With
            'contains' it may have all of them in it. Values that may match at once, such as '*a*' and '*b*', are not meant.
            """,
            Aliases = ["pysigma:invalid_modifier_combinations", "rsigma:all_with_re"],
            Wrong = """
            detection:
                selection:
                    CommandLine|all:
                        - whoami
                        - /all
                condition: selection
            """,
            Right = """
            detection:
                selection:
                    CommandLine|contains|all:
                        - whoami
                        - /all
                condition: selection
            """,
        };

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        foreach (ItemText item in rule.Items.Where(item => item.Field.Length > 0 && item.Has("all") && !item.Has("contains")))
        {
            bool expression = item.Has("re");
            if (!expression && !ExcludeOneAnother(item))
            {
                continue;
            }

            Span span = item.SpanOf(item.Modifiers.Index().First(modifier => modifier.Item == "all").Index);
            report.Add(
                this, span, expression ? "'all' with regular expressions is not in the specification" : null, expression ? "write one expression" : null,
                aliases: expression ? null : ["pysigma:invalid_modifier_combinations"]);
        }
    }

    /// <summary>Whether two of the values cannot match at once: they differ as whole values, or before or behind all wildcards.</summary>
    private static bool ExcludeOneAnother(ItemText item)
    {
        if (item.Modifiers.Any(modifier => modifier is not ("all" or "startswith" or "endswith" or "cased")))
        {
            return false;
        }

        (string Start, string End, bool Whole)[] ends = [.. item.Values.Take(MostValues).Select(value => Ends(value.Value, item))];
        return ends.Index().Any(one => ends.Skip(one.Index + 1).Any(other => !MayStand(one.Item, other) || !MayStand(other, one.Item)));
    }

    private static bool MayStand((string Start, string End, bool Whole) one, (string Start, string End, bool Whole) other) =>
        one.Whole
            ? one.Start.StartsWith(other.Start, StringComparison.OrdinalIgnoreCase) && one.Start.EndsWith(other.End, StringComparison.OrdinalIgnoreCase)
            : IsEither(one.Start, other.Start, (a, b) => a.StartsWith(b, StringComparison.OrdinalIgnoreCase))
                && IsEither(one.End, other.End, (a, b) => a.EndsWith(b, StringComparison.OrdinalIgnoreCase));

    private static bool IsEither(string one, string other, Func<string, string, bool> holds) => one.Length >= other.Length ? holds(one, other) : holds(other, one);

    /// <summary>What a value must begin and end with, and whether it is the whole value of the field.</summary>
    private static (string Start, string End, bool Whole) Ends(string value, ItemText item)
    {
        // Two backslashes are one; before a wildcard they may belong to it, so that what stands there is not certain.
        string text = value.Replace(@"\\", @"\", StringComparison.Ordinal);
        int first = text.AsSpan().IndexOfAny('*', '?');
        int last = text.AsSpan().LastIndexOfAny('*', '?');
        string start = item.Has("endswith") ? "" : first < 0 ? text : text[..first].TrimEnd('\\');
        string end = item.Has("startswith") ? "" : text[(last + 1)..];
        return (start, end, first < 0 && !item.Has("startswith") && !item.Has("endswith"));
    }
}
