using System.Globalization;
using System.Net;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Esql;

/// <summary>The types of ES|QL that queries here use. A number is a double; whole ones are written as a long is.</summary>
internal enum EsqlType
{
    Keyword,
    Number,
    Boolean,
    Ip,
    Date,
}

/// <summary>A part of an expression: its type, and its value in a row, which is null, one value, or a list of several.</summary>
internal sealed record EsqlTerm(EsqlType Type, Func<EsqlRow, object?> Value)
{
    /// <summary>Set for a literal, whose value needs no row.</summary>
    public object? Constant { get; init; }

    public static EsqlTerm Of(EsqlType type, object value) => new(type, _ => value) { Constant = value };

    /// <summary>
    /// The value, where it is a single one: "functions return null when applied to a multivalued field, unless documented otherwise"
    /// (ES|QL limitations).
    /// </summary>
    public object? Single(EsqlRow row) => Value(row) is var value && value is IReadOnlyList<object> ? null : value;

    public EsqlTerm Need(EsqlType type) => Type == type ? this : throw new SearchError($"a {Type} stands where a {type} is needed");

    /// <summary>A value as TO_STRING writes it.</summary>
    public static string Text(object value) => value switch
    {
        string text => text,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool boolean => boolean ? "true" : "false",
        IPAddress address => address.ToString(),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        _ => throw new SearchError(value.GetType().Name),
    };
}

/// <summary>A row: an event, or what STATS has made.</summary>
internal sealed class EsqlRow
{
    private readonly Dictionary<string, object> columns = new(StringComparer.Ordinal);

    /// <summary>Which event it is; null for a row of STATS.</summary>
    public long? RecordId { get; init; }

    public object? this[string name]
    {
        get => columns.GetValueOrDefault(name);
        set
        {
            if (value is null)
            {
                columns.Remove(name);
            }
            else
            {
                columns[name] = value;
            }
        }
    }

    public EsqlRow Copy()
    {
        var copy = new EsqlRow { RecordId = RecordId };
        foreach (var (name, value) in columns)
        {
            copy[name] = value;
        }

        return copy;
    }
}
