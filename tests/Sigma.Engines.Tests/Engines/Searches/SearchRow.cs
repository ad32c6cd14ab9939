using System.Globalization;

namespace Sigma.Engines.Tests.Engines.Searches;

/// <summary>
/// An event or a row of results of a search language: fields by name, told apart by case. A value is a text, a number
/// (double), or a list of texts.
/// </summary>
public sealed class SearchRow
{
    private readonly Dictionary<string, object> fields = new(StringComparer.Ordinal);

    /// <summary>Which event it is; null for a row that a count has made.</summary>
    public long? RecordId { get; init; }

    public object? this[string name]
    {
        get => fields.GetValueOrDefault(name);
        set
        {
            if (value is null)
            {
                fields.Remove(name);
            }
            else
            {
                fields[name] = value;
            }
        }
    }

    public IEnumerable<string> Names => fields.Keys;

    public SearchRow Copy()
    {
        var copy = new SearchRow { RecordId = RecordId };
        foreach (var (name, value) in fields)
        {
            copy[name] = value;
        }

        return copy;
    }

    /// <summary>A field's values as texts; none where there is no such field.</summary>
    public IReadOnlyList<string> Texts(string name) => this[name] switch
    {
        null => [],
        IReadOnlyList<string> many => many,
        var one => [Text(one)],
    };

    public static string Text(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IReadOnlyList<string> many => string.Join('\n', many),
        _ => (string)value,
    };

    /// <summary>The value as a number, where it is one.</summary>
    public static double? Number(object? value) => value switch
    {
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };
}
