using System.Collections.Immutable;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>Parses what stands under a detection's name: maps, lists, keywords, and field items with modifiers.</summary>
/// <param name="diagnostics">Receives what is wrong.</param>
/// <param name="ofRule">Whether it is a rule's own detection, whose field names the specification governs; in a pipeline they are the target's.</param>
internal sealed partial class DetectionParser(List<Diagnostic> diagnostics, bool ofRule = false)
{
    /// <summary>Parses a detection.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="node">What stands under it.</param>
    /// <returns>The detection; null if nothing of it could be read.</returns>
    public Detection? Parse(YamlScalar name, YamlNode node)
    {
        if (name.Value.Contains(RuleSet.InternalMark))
        {
            // Such names are the program's own, for what filters and pipelines add.
            diagnostics.Add(Diagnostic.WrongType(name.Span, "detection", "a map of names without the character U+0000", "a name with it"));
            return null;
        }

        switch (node)
        {
            case YamlMapping { Entries.Count: 0 } or YamlSequence { Items.Count: 0 }:
            case YamlScalar scalar when ScalarType.Of(scalar) is ScalarType.Null:
                diagnostics.Add(Diagnostic.EmptyDetection(name.Span, name.Value));
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
    /// <param name="keySpan">The position of the key.</param>
    /// <param name="node">The value or values.</param>
    /// <returns>The item; null if it was refused.</returns>
    public DetectionItem? ParseItem(string key, Span keySpan, YamlNode node)
    {
        Limits limits = keySpan.Source.Limits;
        if (key.AsSpan().Count('|') > limits[Limits.Modifiers])
        {
            diagnostics.Add(limits.Exceeded(Limits.Modifiers, Diagnostic.TooManyModifiers, keySpan));
            return null;
        }

        string[] names = key.Split('|');
        string? field = names[0].Length == 0 ? null : names[0];
        ImmutableArray<string> modifierNames = [.. names[1..]];
        Span fieldSpan = PartOfKey(keySpan, key, 0, names[0].Length);
        List<(Modifier Modifier, Span Span)>? chain = ParseModifiers(key, names, keySpan);
        if (ofRule && field is not null && ArraySelectors.In(field))
        {
            diagnostics.Add(Diagnostic.ArraySelector(fieldSpan, field, Specification.Version));
            return null;
        }

        if (chain is null)
        {
            return null;
        }

        bool isList = node is YamlSequence;
        bool raw = chain.Find(m => m.Modifier.Place is not ModifierPlace.List).Modifier?.Name == "re";
        var form = new ValueForm(raw, chain.Exists(m => m.Modifier.Name == "expand"), chain.Exists(m => m.Modifier.Name == "exists"));
        var values = ImmutableArray.CreateBuilder<Value>();
        if (!ReadValues(node, field, form, values))
        {
            return null;
        }

        if (!ApplyModifiers(chain, field, form, values))
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
                diagnostics.Add(Diagnostic.UnknownModifier(span, name).WithHint(UsualMistakes.OfModifier(name)));
                valid = false;
                continue;
            }

            if (modifier.Place is ModifierPlace.First && !first)
            {
                diagnostics.Add(Diagnostic.ModifierOrder(span, name));
                valid = false;
            }

            first &= modifier.Place is ModifierPlace.List;
            chain.Add((modifier, span));
        }

        return valid ? chain : null;
    }

    private static Span PartOfKey(Span keySpan, string key, int offset, int length)
    {
        // The span of a quoted key includes its quotes; a key with escapes inside keeps its whole span.
        int quotes = keySpan.Length - key.Length;
        return quotes is 0 or 2 ? keySpan.Slice((quotes / 2) + offset, length) : keySpan;
    }
}
