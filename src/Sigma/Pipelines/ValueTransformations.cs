using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary><c>set_value</c>: every value becomes a constant.</summary>
internal sealed class SetValue(Value constant) : ValueTransformation
{
    private static readonly string[] Types = ["str", "num"];

    /// <summary>Reads <c>value</c> (text, number, boolean or null) and <c>force_type: str|num</c>.</summary>
    public static Transformation? Read(Parameters parameters)
    {
        YamlNode? node = parameters.Node("value");
        string? type = parameters.Choice("force_type", Types, null);
        if (node is null)
        {
            parameters.Missing("value");
            return null;
        }

        if (node is not YamlScalar scalar || ItemValues.OfScalar(scalar) is not { } value)
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(node.Span, "value", "a string, number, boolean or null", node.Kind));
            return null;
        }

        Value? forced = (type, value) switch
        {
            (null, _) => value,
            ("str", NumberValue number) => new StringValue(SigmaString.OfLiteral(number.Text), false, scalar.Span),
            ("str", StringValue) or ("num", NumberValue) => value,
            ("num", StringValue text) => ConvertType.ToNumber(text),
            _ => null,
        };
        if (forced is null)
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(node.Span, "value", type == "num" ? "a number" : "a string or number", node.Kind));
        }

        return forced is null ? null : new SetValue(forced);
    }

    /// <inheritdoc/>
    protected override Value Change(PipelineRun run, PipelineItem item, DetectionItem leaf, Value value) => constant;

    /// <summary>A constant many times over is the constant.</summary>
    protected override DetectionItem Finish(DetectionItem leaf) => leaf with { Values = [constant], IsList = leaf.IsList && leaf.Values.Length == 1 };
}

/// <summary><c>convert_type</c>: numbers become texts, or texts numbers.</summary>
/// <param name="type">What they become: <c>str</c>, <c>num</c>, or <c>hex</c> for whole numbers as in <c>0x1f4</c>.</param>
internal sealed class ConvertType(string type) : ValueTransformation
{
    private static readonly string[] Types = ["str", "num", "hex"];

    /// <summary>Reads <c>target_type: str|num|hex</c>. A text that is not a number refuses the rule, except with <c>hex</c>, which leaves it.</summary>
    public static Transformation? Read(Parameters parameters)
    {
        if (parameters.Node("target_type") is null)
        {
            parameters.Missing("target_type");
            return null;
        }

        return new ConvertType(parameters.Choice("target_type", Types, "str")!);
    }

    /// <summary>The number that a text writes, whole ones also as <c>0x1f4</c>; null if it is none.</summary>
    public static NumberValue? ToNumber(StringValue value)
    {
        if (value.Text.Literal is not { } text)
        {
            return null;
        }

        if (BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger whole))
        {
            return new NumberValue(whole.ToString(CultureInfo.InvariantCulture), value.Span);
        }

        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong written))
        {
            return new NumberValue(written.ToString(CultureInfo.InvariantCulture), value.Span);
        }

        const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(text, Decimal, CultureInfo.InvariantCulture, out decimal number)
            && ScalarTypes.CanonicalNumber(number.ToString("0.0###########################", CultureInfo.InvariantCulture)) is { } canonical
            ? new NumberValue(canonical, value.Span)
            : null;
    }

    /// <summary>A whole number from 0 up as <c>0x1f4</c>; null for another number.</summary>
    private static StringValue? Hexadecimal(NumberValue number) =>
        ulong.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong whole)
            ? new StringValue(SigmaString.OfLiteral("0x" + whole.ToString("x", CultureInfo.InvariantCulture)), false, number.Span)
            : null;

    /// <inheritdoc/>
    protected override Value Change(PipelineRun run, PipelineItem item, DetectionItem leaf, Value value)
    {
        switch (value)
        {
            case NumberValue number when type == "hex":
                return Hexadecimal(number) ?? value;
            case StringValue text when type == "hex":
                return ToNumber(text) is { } digits ? Hexadecimal(digits) ?? value : value;
            case NumberValue number when type == "str":
                return new StringValue(SigmaString.OfLiteral(number.Text), false, value.Span);
            case StringValue text when type == "num":
                if (ToNumber(text) is { } converted)
                {
                    return converted;
                }

                run.Report(Diagnostic.TransformationInput(value.Span, item.Type, "it is not a number"));
                return value;
            default:
                return value;
        }
    }
}

/// <summary><c>case</c>: the literal parts of texts change their case.</summary>
internal sealed class ChangeCase(Func<string, string> change) : ValueTransformation
{
    /// <summary>Reads <c>method: lower|upper|snake_case</c> (lower).</summary>
    public static Transformation Read(Parameters parameters) =>
        new ChangeCase(NameCase.Methods[parameters.Choice("method", NameCase.Methods.Keys, "lower")!]);

    /// <inheritdoc/>
    protected override Value Change(PipelineRun run, PipelineItem item, DetectionItem leaf, Value value)
    {
        if (value is not StringValue text)
        {
            return value;
        }

        SigmaString changed = Of(text.Text, change);
        return changed.Equals(text.Text) ? value : text with { Text = changed };
    }

    /// <summary>A text with its literal parts changed.</summary>
    internal static SigmaString Of(SigmaString text, Func<string, string> change) =>
        SigmaString.Of(text.Parts.Select(part => part.Kind is PartKind.Literal ? part with { Text = change(part.Text) } : part));
}

/// <summary><c>map_string</c>: a text that is exactly one of some becomes another, any of several, or the absence of the field.</summary>
/// <param name="mapping">The texts.</param>
/// <param name="ignoreCase">Whether the case of texts does not count, unless a rule says <c>cased</c>.</param>
internal sealed class MapString(IReadOnlyDictionary<SigmaString, ImmutableArray<SigmaString>> mapping, bool ignoreCase) : ValueTransformation
{
    private readonly Dictionary<SigmaString, ImmutableArray<SigmaString>> folded = ignoreCase
        ? mapping.DistinctBy(pair => Folded(pair.Key)).ToDictionary(pair => Folded(pair.Key), pair => pair.Value)
        : [];

    /// <summary>Reads <c>mapping: {text: text, list or null}</c> and <c>ignore_case</c> (false).</summary>
    public static Transformation Read(Parameters parameters)
    {
        var mapping = new Dictionary<SigmaString, ImmutableArray<SigmaString>>();
        foreach (YamlEntry entry in parameters.Map("mapping").Entries)
        {
            if (entry.Value is YamlScalar scalar && ScalarType.Of(scalar) is ScalarType.Null)
            {
                mapping[SigmaString.Parse(entry.Name)] = [];
                continue;
            }

            IReadOnlyList<string> texts = parameters.TextsOf("mapping", entry.Value);
            if (texts.Count > 0)
            {
                mapping[SigmaString.Parse(entry.Name)] = [.. texts.Select(SigmaString.Parse)];
            }
            else if (entry.Value is YamlSequence)
            {
                parameters.Diagnostics.Add(Diagnostic.PipelineValue(entry.Value.Span, entry.Name, "a string or a list of strings", "an empty list"));
            }
        }

        return new MapString(mapping, parameters.Flag("ignore_case"));
    }

    /// <inheritdoc/>
    protected override Value Change(PipelineRun run, PipelineItem item, DetectionItem leaf, Value value) =>
        value is StringValue text && (mapping.TryGetValue(text.Text, out ImmutableArray<SigmaString> texts) || (!text.Cased && folded.TryGetValue(Folded(text.Text), out texts)))
            ? texts.IsEmpty ? new NullValue(value.Span) : AnyOf([.. texts.Select(next => (Value)(text with { Text = next }))], value.Span)
            : value;

    private static SigmaString Folded(SigmaString text) => ChangeCase.Of(text, static part => part.ToUpperInvariant());
}
