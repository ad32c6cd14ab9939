using System.Text;

namespace Sigma.Checks.Checking;

/// <summary>A rule's log source, detections and conditions as a text that is equal for rules that differ in nothing but metadata and order of values.</summary>
internal static class DetectionKey
{
    /// <summary>Makes it.</summary>
    public static string Of(SigmaRule rule)
    {
        var text = new StringBuilder();
        text.Append(rule.LogSource.Product).Append('/').Append(rule.LogSource.Category).Append('/').Append(rule.LogSource.Service).Append('\n');
        foreach (NamedDetection detection in rule.Detections.OrderBy(detection => detection.Name, StringComparer.Ordinal))
        {
            text.Append(detection.Name).Append(':');
            Append(text, detection.Body);
            text.Append('\n');
        }

        foreach (Condition condition in rule.Conditions)
        {
            text.Append(string.Join(' ', condition.Span.Characters.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Append('\n');
        }

        return Fingerprints.Of("", "", text.ToString());
    }

    private static void Append(StringBuilder text, Detection detection)
    {
        switch (detection)
        {
            case AllOfDetection all:
                AppendAll(text, '{', all.Items);
                break;
            case AnyOfDetection any:
                AppendAll(text, '[', any.Items);
                break;
            case DetectionItem item:
                text.Append(item.Field).Append('|').AppendJoin('|', item.Modifiers).Append('=').AppendJoin('\u0001', item.Values.Select(Written).Order(StringComparer.Ordinal));
                break;
        }
    }

    private static void AppendAll(StringBuilder text, char mark, IEnumerable<Detection> items)
    {
        text.Append(mark);
        foreach (string part in items.Select(Key).Order(StringComparer.Ordinal))
        {
            text.Append(part).Append('\u0002');
        }

        text.Append(mark);
    }

    private static string Key(Detection detection)
    {
        var text = new StringBuilder();
        Append(text, detection);
        return text.ToString();
    }

    /// <summary>The characters of the rule itself; equal ones mean the same under equal modifiers.</summary>
    private static string Written(Value value) => value.Span.Characters.ToString().Trim('\'', '"');
}
