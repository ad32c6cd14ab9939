using System.Text;
using Sigma.Events.Samples;

namespace Sigma.Checks.Across;

/// <summary>An event in a few words.</summary>
internal static class EventText
{
    private const int MostFields = 6;
    private const int MostCharacters = 80;

    /// <summary>The fields that the event has, as <c>Image: 'C:\a.exe', User is absent</c>.</summary>
    public static string Of(PartialEvent found)
    {
        var text = new StringBuilder();
        KeyValuePair<string, Slot>[] slots =
            [.. found.Slots.OrderBy(slot => slot.Value.Value.IsPresent ? 0 : 1).ThenBy(slot => slot.Key, StringComparer.Ordinal)];
        foreach ((string field, Slot slot) in slots.Take(MostFields))
        {
            text.Append(text.Length > 0 ? ", " : "").Append(field.StartsWith('\0') ? "a text" : field);
            _ = slot.Value switch
            {
                { IsPresent: false } => text.Append(" absent"),
                { Kind: FieldKind.Text } value => text.Append(": '").Append(Short(value.Text)).Append('\''),
                var value => text.Append(": ").Append(value.Text),
            };
        }

        return slots.Length == 0 ? "an event without these fields"
            : slots.Length > MostFields ? text.Append(", …").ToString()
            : text.ToString();
    }

    private static string Short(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
}
