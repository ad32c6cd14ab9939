using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// Names in conditions that may be anybody's own, and are nearly known ones. A condition with such a name never holds, so that its step is
/// silently left out.
/// </summary>
internal static class NearMisses
{
    private const string Applied = "processing_item_applied";
    private const string State = "processing_state";
    private const string Attribute = "rule_attribute";

    /// <summary>Reports a scalar that is nearly a known name.</summary>
    /// <param name="scalar">The scalar; null for nothing.</param>
    /// <param name="known">The names there are.</param>
    /// <param name="meaning">What it is read as otherwise.</param>
    /// <param name="diagnostics">Receives a warning.</param>
    public static void Check(YamlScalar? scalar, IReadOnlyCollection<string> known, string meaning, List<Diagnostic> diagnostics)
    {
        // The built-in pipelines have such names of the public ones, and what they mean too.
        if (scalar is { Span.Source.IsBuiltIn: false } && !known.Contains(scalar.Value) && Suggestion.Near(scalar.Value, known) is { } meant)
        {
            diagnostics.Add(Diagnostic.LooksMisspelt(scalar.Span, scalar.Value, meaning).WithHint($"did you mean '{meant}'?"));
        }
    }

    /// <summary>Reports the names of a log source that are nearly those of the specification.</summary>
    public static void CheckLogSource(Parameters parameters)
    {
        Check(parameters.Scalar("category"), LogSourceNames.Categories, "a category of your own", parameters.Diagnostics);
        Check(parameters.Scalar("product"), LogSourceNames.Products, "a product of your own", parameters.Diagnostics);
        Check(parameters.Scalar("service"), LogSourceNames.Services, "a service of your own", parameters.Diagnostics);
    }

    /// <summary>Reports conditions on items, on the state and on attributes that nearly name what the pipeline, or a rule, has.</summary>
    /// <param name="root">The pipeline.</param>
    /// <param name="diagnostics">Receives warnings.</param>
    public static void CheckReferences(YamlMapping root, List<Diagnostic> diagnostics)
    {
        ReadOnlySpan<char> text = root.Span.Source.Text;
        if (!text.Contains(Applied, StringComparison.Ordinal) && !text.Contains(State, StringComparison.Ordinal) && !text.Contains(Attribute, StringComparison.Ordinal))
        {
            return;
        }

        YamlMapping[] typed = [.. MapsOf(root).Where(map => map["type"] is YamlScalar)];
        HashSet<string> ids = [.. typed.Select(map => map["id"]).OfType<YamlScalar>().Select(id => id.Value)];
        HashSet<string> keys = SetBy(typed, "set_state", "key");
        HashSet<string> own = SetBy(typed, "set_custom_attribute", "attribute");
        foreach (YamlMapping map in typed)
        {
            switch (TypeOf(map))
            {
                case Applied:
                    Check(map["processing_item_id"] as YamlScalar, ids, "the id of an item of another pipeline", diagnostics);
                    break;
                case State:
                    Check(map["key"] as YamlScalar, keys, "a key that another pipeline sets", diagnostics);
                    break;
                case Attribute when map["attribute"] is YamlScalar attribute && !own.Contains(attribute.Value):
                    Check(attribute, MetadataParser.Attributes, "an attribute of the rules' own", diagnostics);
                    break;
            }
        }
    }

    /// <summary>The names that the steps of a type set.</summary>
    private static HashSet<string> SetBy(YamlMapping[] typed, string type, string key) =>
        [.. typed.Where(map => TypeOf(map) == type).Select(map => map[key]).OfType<YamlScalar>().Select(name => name.Value)];

    private static string TypeOf(YamlMapping map) => ((YamlScalar)map["type"]!).Value;

    private static IEnumerable<YamlMapping> MapsOf(YamlNode node) => node switch
    {
        YamlMapping map => map.Entries.SelectMany(entry => MapsOf(entry.Value)).Prepend(map),
        YamlSequence list => list.Items.SelectMany(MapsOf),
        _ => [],
    };
}
