using System.Collections.Immutable;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>What a field becomes under a condition, as <c>EventID=4624: [target_user, caller_user]</c> says.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Names">The field's names then.</param>
internal sealed record LegacyCase(RuleCondition Condition, ImmutableArray<string> Names);

/// <summary>What a field of an older configuration becomes.</summary>
/// <param name="Field">The field.</param>
/// <param name="Cases">Its names under conditions; those of all that hold count.</param>
/// <param name="Otherwise">Its names where none holds; none to leave it alone.</param>
internal sealed record LegacyMapping(string Field, ImmutableArray<LegacyCase> Cases, ImmutableArray<string> Otherwise);

/// <summary>
/// <c>fieldmappings</c> of an older configuration: a field becomes another, any of several, or what the event it is
/// asked in calls it. All are renamed together, so no conditional name sees a field that is already renamed.
/// </summary>
/// <param name="mappings">The fields.</param>
internal sealed class LegacyFieldMappings(ImmutableArray<LegacyMapping> mappings) : Transformation
{
    private const string Otherwise = "default";

    /// <summary>Reads the mappings.</summary>
    /// <param name="node">What stands under <c>fieldmappings</c>; null if it is absent.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The transformation; null if there are no mappings.</returns>
    public static LegacyFieldMappings? Read(YamlNode? node, List<Diagnostic> diagnostics)
    {
        switch (node)
        {
            case null:
            case { } nothing when LegacyConfiguration.IsNothing(nothing):
                return null;
            case YamlMapping map:
                var texts = new Parameters(map, "fieldmappings", [], diagnostics);
                return new LegacyFieldMappings([.. map.Entries.Select(entry => ReadField(entry, texts))]);
            default:
                diagnostics.Add(Diagnostic.PipelineValue(node.Span, "fieldmappings", "a map", node.Kind));
                return null;
        }
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> KnownFields => mappings.Select(mapping => mapping.Field);

    /// <inheritdoc/>
    internal override bool Renames(string field) => KnownFields.Contains(field);

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item)
    {
        var names = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (LegacyMapping mapping in mappings)
        {
            ImmutableArray<string> found = [.. mapping.Cases.Where(one => one.Condition.Holds(run)).SelectMany(one => one.Names).Distinct()];
            ImmutableArray<string> chosen = found.IsEmpty ? mapping.Otherwise : found;
            if (!chosen.IsEmpty)
            {
                names[mapping.Field] = chosen;
            }
        }

        new FieldNameMapping(names, keywords: null).Apply(run, item);
    }

    private static LegacyMapping ReadField(YamlEntry entry, Parameters texts)
    {
        if (entry.Value is not YamlMapping map)
        {
            return new LegacyMapping(entry.Name, [], [.. texts.TextsOf(entry.Name, entry.Value)]);
        }

        var cases = ImmutableArray.CreateBuilder<LegacyCase>();
        ImmutableArray<string> otherwise = [];
        foreach (YamlEntry one in map.Entries)
        {
            ImmutableArray<string> names = [.. texts.TextsOf(one.Name, one.Value)];
            if (one.Name == Otherwise)
            {
                otherwise = names;
            }
            else if (ReadCondition(entry.Name, one.Key, texts.Diagnostics) is { } condition)
            {
                cases.Add(new LegacyCase(condition, names));
            }
        }

        return new LegacyMapping(entry.Name, cases.DrainToImmutable(), otherwise);
    }

    /// <summary><c>Field=value</c>; the value's type is read from its looks, as in a rule.</summary>
    private static RuleCondition? ReadCondition(string owner, YamlScalar key, List<Diagnostic> diagnostics)
    {
        int equals = key.Value.IndexOf('=');
        if (equals < 1)
        {
            diagnostics.Add(Diagnostic.PipelineValue(key.Span, owner, "a map of 'Field=value' and 'default'", $"'{key.Value}'"));
            return null;
        }

        // As a pipeline would write it: {field: EventID, value: 4624}.
        YamlEntry[] written =
        [
            new(Part("field"), Part(key.Value[..equals])),
            new(Part("value"), Part(key.Value[(equals + 1)..])),
        ];
        return ContainsDetectionItem.Read(new Parameters(new YamlMapping(written, key.Span), owner, [], diagnostics));

        YamlScalar Part(string text) => new(text, ScalarStyle.Plain, key.Span);
    }
}
