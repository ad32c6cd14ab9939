using Sigma.Events.Matching;

namespace Sigma.Checks.Custom;

/// <summary>
/// The attributes of a rule as an event: <c>title</c>, <c>logsource.product</c>, <c>file.path</c>; the items of a list are values of
/// one field.
/// </summary>
internal static class AttributeEvent
{
    /// <summary>Makes the event.</summary>
    public static Event Of(RuleText rule)
    {
        var result = new Event();
        EventPath file = EventPath.Root.Child("file");
        result.Add(file.Child("path"), EventValueKind.Text, rule.File.Path);
        result.Add(file.Child("name"), EventValueKind.Text, rule.File.Name);
        Add(result, EventPath.Root, rule.Root);
        result.Complete();
        return result;
    }

    private static void Add(Event result, EventPath path, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping map:
                foreach (YamlEntry entry in map.Entries)
                {
                    Add(result, path.Child(entry.Name), entry.Value);
                }

                break;
            case YamlSequence { Items.Count: 0 }:
                result.Add(path, EventValueKind.Null, "");
                break;
            case YamlSequence list:
                foreach (YamlNode item in list.Items)
                {
                    Add(result, path, item);
                }

                break;
            case YamlScalar scalar when scalar.Value.Length == 0 || ScalarType.Of(scalar) is ScalarType.Null:
                result.Add(path, EventValueKind.Null, "");
                break;
            case YamlScalar scalar:
                result.Add(path, EventValueKind.Text, scalar.Value);
                break;
        }
    }
}
