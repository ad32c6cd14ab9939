using System.Collections.Immutable;
using Sigma.RegularExpressions;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>The values of an item, and what its modifiers make of them.</summary>
internal sealed partial class DetectionParser
{
    private long made;
    private bool overspent;

    private bool ReadValues(YamlNode node, string? field, ValueForm form, ImmutableArray<Value>.Builder values)
    {
        if (node is not YamlSequence sequence)
        {
            return ReadValue(node, form, values);
        }

        if (sequence.Items.Count == 0)
        {
            if (field is null)
            {
                diagnostics.Add(Diagnostic.KeywordNull(sequence.Span, "an empty list"));
                return false;
            }

            diagnostics.Add(Diagnostic.EmptyList(sequence.Span));
            values.Add(new NullValue(sequence.Span));
            return true;
        }

        bool complete = true;
        foreach (YamlNode item in sequence.Items)
        {
            complete &= ReadValue(item, form, values);
        }

        if (sequence.Items.Count > 1 && values.FirstOrDefault(v => v is NullValue) is { } absent)
        {
            diagnostics.Add(Diagnostic.NullAmongValues(absent.Span));
        }

        return complete;
    }

    private bool ReadValue(YamlNode node, ValueForm form, ImmutableArray<Value>.Builder values)
    {
        if (node is not YamlScalar scalar)
        {
            string hint = node is YamlSequence ? "write one flat list" : "move field names one level up, or quote the string";
            return Refuse(node, node.Kind, hint) is not null;
        }

        Value? value = ScalarType.Of(scalar) switch
        {
            _ when form.Truth && ScalarTypes.Truth(scalar) is { } truth => new BooleanValue(truth, scalar.Span),
            ScalarType.Null when form.Raw => Refuse(node, "null", "write the regular expression in quotes"),
            ScalarType.Null => new NullValue(scalar.Span),
            ScalarType.Date => Refuse(node, $"the date {scalar.Value}", "quote it if it is a string"),
            _ when form.Raw => new StringValue(SigmaString.OfLiteral(scalar.Value), false, scalar.Span),
            ScalarType.Boolean => new BooleanValue(scalar.Value[0] is 't' or 'T', scalar.Span),
            ScalarType.Number => ReadNumber(scalar),
            _ => ReadText(scalar, form),
        };
        if (value is null)
        {
            return false;
        }

        values.Add(value);
        return true;
    }

    private NumberValue? ReadNumber(YamlScalar scalar)
    {
        if (ScalarTypes.CanonicalNumber(scalar.Value) is { } number)
        {
            return new NumberValue(number, scalar.Span);
        }

        diagnostics.Add(Diagnostic.NumberTooLarge(scalar.Span, scalar.Value));
        return null;
    }

    private StringValue ReadText(YamlScalar scalar, ValueForm form)
    {
        if (ScalarTypes.Truth(scalar) is not null)
        {
            diagnostics.Add(Diagnostic.YesAndNoAreText(scalar.Span, scalar.Value));
        }

        return new StringValue(form.Expand ? Placeholders.Parse(scalar.Value) : SigmaString.Parse(scalar.Value), false, scalar.Span);
    }

    private bool ApplyModifiers(List<(Modifier Modifier, Span Span)> chain, string? field, ValueForm form, ImmutableArray<Value>.Builder values)
    {
        bool complete = true;
        ModifierSite[] sites = [.. chain.Select(one => new ModifierSite(one.Modifier.Name, field, one.Span, diagnostics))];
        for (int i = 0; i < values.Count; i++)
        {
            Value? value = values[i];
            for (int step = 0; step < sites.Length; step++)
            {
                if (chain[step].Modifier.Apply is not { } apply)
                {
                    continue;
                }

                Value before = value;
                value = apply(value, sites[step]);
                if (value is null || !Afford(before, value, values[i].Span))
                {
                    value = null;
                    break;
                }
            }

            value = value is RegexValue { Pattern.Literal: { } pattern } regex && form.Expand ? regex with { Pattern = Placeholders.ParseRegex(pattern) } : value;
            if (value is null || !Check(value, field, chain))
            {
                complete = false;
                continue;
            }

            values[i] = value;
        }

        return complete;
    }

    /// <summary>
    /// Whether what modifiers have made is within bounds. Encodings make texts longer and base64offset makes three of one, so a
    /// chain of them multiplies.
    /// </summary>
    private bool Afford(Value before, Value after, Span span)
    {
        Limits limits = span.Source.Limits;
        if (after is ExpansionValue expansion && expansion.Values.Length > limits[Limits.ValueForms])
        {
            diagnostics.Add(limits.Exceeded(Limits.ValueForms, Diagnostic.TooManyForms, span));
            return false;
        }

        made += Math.Max(0, ValueCost.Of(after) - ValueCost.Of(before));
        if (made <= limits[Limits.RuleValues])
        {
            return true;
        }

        if (!overspent)
        {
            overspent = true;
            diagnostics.Add(limits.Exceeded(Limits.RuleValues, Diagnostic.TooManyValuesWritten, span, "the modifiers of this value multiply it"));
        }

        return false;
    }

    /// <summary>Checks what is known only after the whole chain of modifiers: the syntax of a regular expression, bytes that are not text.</summary>
    private bool Check(Value value, string? field, List<(Modifier Modifier, Span Span)> chain)
    {
        switch (value)
        {
            case NullValue or BooleanValue when field is null:
                diagnostics.Add(Diagnostic.KeywordNull(value.Span, value is NullValue ? "null" : "a boolean"));
                return false;
            case FieldReferenceValue { Field: var referred } when ofRule && ArraySelectors.In(referred):
                diagnostics.Add(Diagnostic.ArraySelector(value.Span, referred, Specification.Version));
                return false;
            case RegexValue { Pattern.Literal: { } pattern }:
                if (RegexPattern.TryParse(pattern, RegexFlags.None, out _, out RegexError? error))
                {
                    return true;
                }

                diagnostics.Add(Diagnostic.InvalidRegex(PartOfValue(value.Span, pattern, error), error.Message));
                return false;
            case StringValue { IsBytes: true } text when text.Text.Parts.Any(p => p.Text.Any(c => c > '\x7f')):
                diagnostics.Add(Diagnostic.BytesAreNoText(value.Span, chain[^1].Modifier.Name));
                return false;
            case ExpansionValue expansion:
                foreach (Value member in expansion.Values)
                {
                    if (!Check(member, field, chain))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return true;
        }
    }

    private Value? Refuse(YamlNode node, string what, string hint)
    {
        diagnostics.Add(Diagnostic.InvalidValue(node.Span, what, hint));
        return null;
    }

    /// <summary>The mistake inside the pattern, where the file has the pattern letter by letter; else the whole value.</summary>
    private static Span PartOfValue(Span span, string pattern, RegexError error)
    {
        int at = span.Characters.IndexOf(pattern, StringComparison.Ordinal);
        return at < 0 ? span : span.Slice(at + error.Offset, error.Length);
    }

    /// <summary>How the modifiers of an item let its values be read.</summary>
    /// <param name="Raw">Whether wildcards and escapes are none: a regular expression.</param>
    /// <param name="Expand">Whether placeholders are read.</param>
    /// <param name="Truth">Whether only true or false fit.</param>
    private readonly record struct ValueForm(bool Raw, bool Expand, bool Truth);
}
