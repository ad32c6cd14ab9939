using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// <c>extract_fields</c>: a text is taken apart by the named groups of a pattern; each becomes a field, and all must match.
/// What looks like null, a whole or a decimal number becomes one; with a leading zero it stays a text.
/// </summary>
/// <param name="pattern">The pattern.</param>
/// <param name="prefix">What stands before the fields' names, with a dot between; null for nothing.</param>
/// <param name="preserve">Whether a value that the pattern does not fit stays as it is. Otherwise it is left out, with a warning.</param>
internal sealed class ExtractFields(PipelinePattern pattern, string? prefix, bool preserve) : Transformation
{
    /// <summary>Reads <c>regex</c>, <c>field_prefix</c> and <c>preserve_unmatched</c> (false).</summary>
    public static Transformation? Read(Parameters parameters)
    {
        string? prefix = parameters.Text("field_prefix");
        bool preserve = parameters.Flag("preserve_unmatched");
        if (parameters.RequiredScalar("regex") is not { } regex || PipelinePattern.Compile(regex, atStart: false, parameters.Diagnostics) is not { } pattern)
        {
            return null;
        }

        if (!pattern.GroupNames.Any())
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(regex.Span, "regex", "a pattern with named groups, (?P<name>…)", "a pattern without them"));
        }

        return new ExtractFields(pattern, prefix, preserve);
    }

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item) => run.ChangeItems(item, leaf =>
        ItemValues.Of(leaf).Any(value => value is StringValue) ? TakeApart(run, item, leaf) : leaf);

    private Detection? TakeApart(PipelineRun run, PipelineItem item, DetectionItem leaf)
    {
        var parts = ImmutableArray.CreateBuilder<Detection>();
        var kept = ImmutableArray.CreateBuilder<Value>();
        foreach (Value value in ItemValues.Of(leaf))
        {
            // What a placeholder stands for comes later.
            IReadOnlyList<KeyValuePair<string, string>>? groups = value is StringValue { Text.HasPlaceholders: false } text ? pattern.Groups(ItemValues.Plain(text.Text.Parts)) : null;
            if (groups is { Count: > 0 })
            {
                Add(parts, FieldsOf(run, leaf, value, groups), leaf.All);
            }
            else if (preserve)
            {
                kept.Add(value);
            }
            else
            {
                run.Report(Diagnostic.ValueLeftOut(value.Span, item.Type, "the pattern does not match it"));
            }
        }

        if (parts.Count == 0)
        {
            return preserve ? leaf : null;
        }

        if (kept.Count > 0)
        {
            parts.Add(leaf with { Values = kept.ToImmutable(), Negated = false });
        }

        Detection whole = parts.Count == 1 ? parts[0]
            : leaf.All ? new AllOfDetection(parts.ToImmutable(), leaf.Span)
            : new AnyOfDetection(parts.ToImmutable(), leaf.Span);
        return leaf.Negated ? Negate(whole) : whole;
    }

    /// <summary>Adds a value's tests. A test of the field that the one before it tests too is one more value of that.</summary>
    private static void Add(ImmutableArray<Detection>.Builder parts, AllOfDetection fields, bool all)
    {
        if (!all && fields.Items is [DetectionItem { Values: [var value] } one] && parts is [.., DetectionItem last] && last.Field == one.Field)
        {
            parts[^1] = last with { Values = last.Values.Add(value), IsList = true };
            return;
        }

        parts.Add(fields.Items is [var single] ? single : fields);
    }

    private AllOfDetection FieldsOf(PipelineRun run, DetectionItem leaf, Value value, IReadOnlyList<KeyValuePair<string, string>> groups)
    {
        var items = ImmutableArray.CreateBuilder<Detection>(groups.Count);
        foreach ((string name, string text) in groups)
        {
            string field = prefix is null ? name : $"{prefix}.{name}";
            run.Fields.AddMade(field);
            items.Add(new DetectionItem(field, [], [Guess(text, value)], false, false, false, leaf.FieldSpan, leaf.Span));
        }

        return new AllOfDetection(items.DrainToImmutable(), leaf.Span);
    }

    private static Value Guess(string text, Value value)
    {
        Span span = value.Span;
        var scalar = new YamlScalar(text, ScalarStyle.Plain, span);
        return ScalarType.Of(scalar) switch
        {
            ScalarType.Null when text.Length > 1 => new NullValue(span),
            ScalarType.Number when text.AsSpan().IndexOfAnyExcept("+-.0123456789") < 0 && ScalarTypes.CanonicalNumber(text) is { } number => new NumberValue(number, span),
            _ => new StringValue(ItemValues.OfPlain(text), value is StringValue { Cased: true }, span),
        };
    }

    /// <summary>Not all of them is any of them not, and the other way round: a detection has no negation but that of its items.</summary>
    private static Detection Negate(Detection detection) => detection switch
    {
        DetectionItem item => item with { Negated = !item.Negated },
        AllOfDetection all => new AnyOfDetection([.. all.Items.Select(Negate)], all.Span),
        AnyOfDetection any => new AllOfDetection([.. any.Items.Select(Negate)], any.Span),
        _ => throw new System.Diagnostics.UnreachableException(detection.GetType().Name),
    };
}
