using System.Collections.Immutable;
using Sigma.RegularExpressions;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>Parses what stands under a detection's name: maps, lists, keywords, and field items with modifiers.</summary>
internal sealed class DetectionParser(List<Diagnostic> diagnostics)
{
    /// <summary>Parses a detection.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="node">What stands under it.</param>
    /// <returns>The detection; null where nothing of it could be read.</returns>
    public Detection? Parse(YamlScalar name, YamlNode node)
    {
        if (name.Value.Contains(RuleSet.InternalMark))
        {
            // Such names are the program's own, for what filters and pipelines add.
            diagnostics.Add(Codes.WrongType.At(name.Span, "detection", "a map of names without the character U+0000", "a name with it"));
            return null;
        }

        switch (node)
        {
            case YamlMapping { Entries.Count: 0 } or YamlSequence { Items.Count: 0 }:
            case YamlScalar scalar when ScalarType.Of(scalar) is ScalarType.Null:
                diagnostics.Add(Codes.EmptyDetection.At(name.Span, name.Value));
                return null;
            case YamlMapping mapping:
                return ParseMap(mapping);
            case YamlSequence sequence:
                return ParseList(sequence);
            default:
                return ParseItem("", name.Span, node);
        }
    }

    /// <summary>Parses one <c>field|modifier: value</c>, as in a detection or in a pipeline's added condition.</summary>
    /// <param name="key">The field with its modifiers.</param>
    /// <param name="keySpan">Where the key stands.</param>
    /// <param name="node">The value or values.</param>
    /// <returns>The item; null when it was refused.</returns>
    public DetectionItem? ParseItem(string key, Span keySpan, YamlNode node)
    {
        string[] names = key.Split('|');
        string? field = names[0].Length == 0 ? null : names[0];
        ImmutableArray<string> modifierNames = [.. names[1..]];
        Span fieldSpan = PartOfKey(keySpan, key, 0, names[0].Length);
        List<(Modifier Modifier, Span Span)>? chain = ParseModifiers(key, names, keySpan);
        if (chain is null)
        {
            return null;
        }

        bool isList = node is YamlSequence;
        bool raw = chain.Find(m => m.Modifier.Place is not ModifierPlace.List).Modifier?.Name == "re";
        var values = ImmutableArray.CreateBuilder<Value>();
        if (!ReadValues(node, field, raw, values))
        {
            return null;
        }

        if (!ApplyModifiers(chain, field, values))
        {
            return null;
        }

        bool all = chain.Exists(m => m.Modifier.Name == "all");
        bool negated = chain.Exists(m => m.Modifier.Name == "neq");
        return new DetectionItem(field, modifierNames, values.DrainToImmutable(), isList, all, negated, fieldSpan, keySpan.To(node.Span));
    }

    private AllOfDetection? ParseMap(YamlMapping mapping)
    {
        var items = ImmutableArray.CreateBuilder<Detection>(mapping.Entries.Count);
        bool complete = true;
        foreach (YamlEntry entry in mapping.Entries)
        {
            DetectionItem? item = ParseItem(entry.Name, entry.Key.Span, entry.Value);
            complete &= item is not null;
            if (item is not null)
            {
                items.Add(item);
            }
        }

        return complete ? new AllOfDetection(items.DrainToImmutable(), mapping.Span) : null;
    }

    private Detection? ParseList(YamlSequence sequence)
    {
        if (sequence.Items.All(item => item is YamlScalar))
        {
            return ParseItem("", sequence.Span, sequence);
        }

        var items = ImmutableArray.CreateBuilder<Detection>(sequence.Items.Count);
        bool complete = true;
        foreach (YamlNode node in sequence.Items)
        {
            if (node is YamlMapping { Entries.Count: 0 } or YamlSequence { Items.Count: 0 })
            {
                Refuse(node, "an empty entry", "remove it");
                complete = false;
                continue;
            }

            Detection? item = node switch
            {
                YamlMapping mapping => ParseMap(mapping),
                YamlSequence inner => ParseList(inner),
                _ => ParseItem("", node.Span, node),
            };
            complete &= item is not null;
            if (item is not null)
            {
                items.Add(item);
            }
        }

        return complete ? new AnyOfDetection(items.DrainToImmutable(), sequence.Span) : null;
    }

    private List<(Modifier Modifier, Span Span)>? ParseModifiers(string key, string[] names, Span keySpan)
    {
        var chain = new List<(Modifier, Span)>();
        int offset = names[0].Length + 1;
        bool valid = true;
        bool first = true;
        foreach (string name in names.AsSpan(1))
        {
            Span span = PartOfKey(keySpan, key, offset, name.Length);
            offset += name.Length + 1;
            if (Modifiers.Find(name) is not { } modifier)
            {
                diagnostics.Add(Codes.UnknownModifier.At(span, name).WithHint(Suggestion.For(name, Modifiers.All.Select(m => m.Name))));
                valid = false;
                continue;
            }

            if (modifier.Place is ModifierPlace.First && !first)
            {
                diagnostics.Add(Codes.ModifierOrder.At(span, name));
                valid = false;
            }

            first &= modifier.Place is ModifierPlace.List;
            chain.Add((modifier, span));
        }

        return valid ? chain : null;
    }

    private bool ReadValues(YamlNode node, string? field, bool raw, ImmutableArray<Value>.Builder values)
    {
        if (node is not YamlSequence sequence)
        {
            return ReadValue(node, raw, values);
        }

        if (sequence.Items.Count == 0)
        {
            if (field is null)
            {
                diagnostics.Add(Codes.KeywordNull.At(sequence.Span, "an empty list"));
                return false;
            }

            diagnostics.Add(Codes.EmptyList.At(sequence.Span));
            values.Add(new NullValue(sequence.Span));
            return true;
        }

        bool complete = true;
        foreach (YamlNode item in sequence.Items)
        {
            complete &= ReadValue(item, raw, values);
        }

        if (sequence.Items.Count > 1 && values.FirstOrDefault(v => v is NullValue) is { } absent)
        {
            diagnostics.Add(Codes.NullAmongValues.At(absent.Span));
        }

        return complete;
    }

    private bool ReadValue(YamlNode node, bool raw, ImmutableArray<Value>.Builder values)
    {
        if (node is not YamlScalar scalar)
        {
            string hint = node is YamlSequence ? "a list inside a list has no meaning; write one list" : "put field names one level up, or quote the text";
            return Refuse(node, node.Kind, hint) is not null;
        }

        Value? value = ScalarType.Of(scalar) switch
        {
            ScalarType.Null when raw => Refuse(node, "null", "write the regular expression in quotes"),
            ScalarType.Null => new NullValue(scalar.Span),
            ScalarType.Date => Refuse(node, $"the date {scalar.Value}", "quote it if it is a text"),
            _ when raw => new StringValue(SigmaString.OfLiteral(scalar.Value), false, scalar.Span),
            ScalarType.Boolean => new BooleanValue(scalar.Value[0] is 't' or 'T', scalar.Span),
            ScalarType.Number => ReadNumber(scalar),
            _ => ReadText(scalar),
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

        diagnostics.Add(Codes.NumberTooLarge.At(scalar.Span, scalar.Value));
        return null;
    }

    private StringValue ReadText(YamlScalar scalar)
    {
        if (scalar.Style is ScalarStyle.Plain && scalar.Value is "yes" or "no" or "Yes" or "No" or "YES" or "NO" or "on" or "off" or "On" or "Off" or "ON" or "OFF")
        {
            diagnostics.Add(Codes.YesAndNoAreText.At(scalar.Span, scalar.Value));
        }

        return new StringValue(SigmaString.Parse(scalar.Value), false, scalar.Span);
    }

    private bool ApplyModifiers(List<(Modifier Modifier, Span Span)> chain, string? field, ImmutableArray<Value>.Builder values)
    {
        bool complete = true;
        for (int i = 0; i < values.Count; i++)
        {
            Value? value = values[i];
            foreach ((Modifier modifier, Span span) in chain)
            {
                value = modifier.Apply is null ? value : modifier.Apply(value, new ModifierSite(modifier.Name, field, span, diagnostics));
                if (value is null)
                {
                    break;
                }
            }

            if (value is null || !Check(value, field, chain))
            {
                complete = false;
                continue;
            }

            values[i] = value;
        }

        return complete;
    }

    /// <summary>What can only be judged behind the whole chain: a regular expression's syntax, bytes that are no text.</summary>
    private bool Check(Value value, string? field, List<(Modifier Modifier, Span Span)> chain)
    {
        switch (value)
        {
            case NullValue or BooleanValue when field is null:
                diagnostics.Add(Codes.KeywordNull.At(value.Span, value is NullValue ? "null" : "a boolean"));
                return false;
            case RegexValue { Pattern.Literal: { } pattern }:
                if (RegexPattern.TryParse(pattern, RegexFlags.None, out _, out RegexError? error))
                {
                    return true;
                }

                diagnostics.Add(Codes.InvalidRegex.At(PartOfValue(value.Span, pattern, error), error.Message));
                return false;
            case StringValue { IsBytes: true } text when text.Text.Parts.Any(p => p.Text.Any(c => c > '\x7f')):
                diagnostics.Add(Codes.BytesAreNoText.At(value.Span, chain[^1].Modifier.Name));
                return false;
            case ExpansionValue expansion:
                return expansion.Values.All(member => Check(member, field, chain));
            default:
                return true;
        }
    }

    private Value? Refuse(YamlNode node, string what, string hint)
    {
        diagnostics.Add(Codes.InvalidValue.At(node.Span, what, hint));
        return null;
    }

    /// <summary>The mistake inside the pattern, where the file has the pattern letter by letter; else the whole value.</summary>
    private static Span PartOfValue(Span span, string pattern, RegexError error)
    {
        int at = span.Characters.IndexOf(pattern, StringComparison.Ordinal);
        return at < 0 ? span : span.Slice(at + error.Offset, error.Length);
    }

    private static Span PartOfKey(Span keySpan, string key, int offset, int length)
    {
        // The span of a quoted key includes its quotes; a key with escapes inside keeps its whole span.
        int quotes = keySpan.Length - key.Length;
        return quotes is 0 or 2 ? keySpan.Slice((quotes / 2) + offset, length) : keySpan;
    }
}
