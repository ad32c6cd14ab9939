using System.Text;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>The columns of one table.</summary>
/// <param name="table">Its name.</param>
/// <param name="readings">How columns are read.</param>
internal sealed class TableColumns(string table, ColumnReadings readings)
{
    /// <summary>The type of a column of texts.</summary>
    public const string TextType = "string";

    /// <summary>The type of a column of objects.</summary>
    public const string ObjectType = "dynamic";

    /// <summary>What is in an object.</summary>
    public const string MemberType = "member";

    /// <summary>A list: a column or a member, other than a text that holds one.</summary>
    public const string ListType = "array";

    /// <summary>What the members of a list have, which no column has.</summary>
    public const string ItemType = "item";

    private readonly HashSet<string> lists = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> maps = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Column> columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Column> inAnyCase = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the table.</summary>
    public string Table => table;

    /// <summary>The names of the columns, those that are computed too.</summary>
    public IReadOnlyCollection<string> Names => columns.Keys;

    /// <summary>Adds a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="expression">The expression that reads it; null if it is a column of the table itself.</param>
    public void Add(string name, string type, string? expression)
    {
        columns[name] = new Column(name, type, expression);
        if (!readings.Standard.Contains(name))
        {
            inAnyCase[name] = columns[name];
        }
    }

    /// <summary>Adds the name of a column or member that holds a list.</summary>
    public void AddList(string name) => lists.Add(name);

    /// <summary>Adds the name of a column or member whose members have names with points in them.</summary>
    public void AddMap(string name) => maps.Add(name);

    /// <summary>
    /// Whether the table has a column for a field: of this name, in any letter case unless it is a standard column, or one with objects that
    /// may have the rest of the name.
    /// </summary>
    public bool Has(string field) => Find(field) is not null;

    /// <summary>The type of a field; null if the table does not have it.</summary>
    public string? TypeOf(string field) => IsItem(field) ? ItemType : Find(field) switch
    {
        null => null,
        { Path: null, Column.Type: TextType } => TextType,
        _ when lists.Contains(field) => ListType,
        { Path: null } found => found.Column.Type,
        _ => MemberType,
    };

    /// <summary>The expression that reads a field as a text.</summary>
    public string Text(Dialect dialect, string field) =>
        TypeOf(field) is null or TextType ? Name(dialect, field) : readings.Typed.With(Name(dialect, field));

    /// <summary>The expression that reads a field as what it is; of one that the table does not have, the empty text.</summary>
    public string Name(Dialect dialect, string field)
    {
        if (Find(field) is not { } found)
        {
            return Absent(field);
        }

        string column = found.Column.Expression ?? dialect.Write(found.Column.Name);
        return found.Path is null ? column
            : (found.Column.Type == TextType ? readings.Json.With(column) : column) + Path(dialect, field, found.Path);
    }

    private string Absent(string field)
    {
        var output = new StringBuilder();
        foreach (Segment segment in readings.Absent.Segments)
        {
            output.Append(segment.Literal);
            segment.Style?.Write(output, SigmaString.OfLiteral(field));
        }

        return output.ToString();
    }

    /// <summary>The path to a member; behind a map, the rest of the name is one key.</summary>
    private string Path(Dialect dialect, string field, string path)
    {
        int key = Prefix(field, maps) is { } map ? map.Length + 1 - (field.Length - path.Length) : path.Length;
        string[] parts = key >= path.Length ? path.Split('.') : key <= 0 ? [path] : [.. path[..(key - 1)].Split('.'), path[key..]];
        return string.Concat(parts.Select(part =>
            dialect.FieldStyle is not { } style || (dialect.IsPlain(part) && !dialect.ReservedFields.Contains(part, StringComparer.OrdinalIgnoreCase)) ? "." + part : Dialect.Written(style, part)));
    }

    private bool IsItem(string field) => Prefix(field, lists) is not null;

    /// <summary>The shortest of some names that a field is a member of.</summary>
    private static string? Prefix(string field, HashSet<string> names)
    {
        for (int dot = names.Count == 0 ? -1 : field.IndexOf('.'); dot >= 0; dot = field.IndexOf('.', dot + 1))
        {
            if (names.Contains(field[..dot]))
            {
                return field[..dot];
            }
        }

        return null;
    }

    private Found? Find(string field)
    {
        if (Named(field) is { } whole)
        {
            return new Found(whole, null);
        }

        int dot = field.IndexOf('.');
        return dot > 0 && dot < field.Length - 1 && !IsItem(field) && Named(field[..dot]) is { Type: TextType or ObjectType } root ? new Found(root, field[(dot + 1)..]) : null;
    }

    private Column? Named(string name) => columns.GetValueOrDefault(name) ?? inAnyCase.GetValueOrDefault(name);

    private sealed record Column(string Name, string Type, string? Expression);

    private sealed record Found(Column Column, string? Path);
}
