namespace Sigma.Engines.Tests.Engines.Kusto;

/// <summary>One row of a table. A text is never null; what an event does not have is the empty text, as long as its columns are open.</summary>
public sealed class KustoRow
{
    private readonly Dictionary<string, object?> cells = new(StringComparer.Ordinal);

    public long RecordId { get; init; } = -1;

    /// <summary>Whether the table may have any column, of texts; otherwise a name that it does not have is an error.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The columns that <c>*</c> stands for.</summary>
    public IReadOnlyCollection<string> Searched { get; init; } = [];

    public IEnumerable<string> Names => cells.Keys;

    public object? this[string name]
    {
        get => cells.TryGetValue(name, out var value) ? value : IsOpen ? "" : throw new Searches.SearchError($"no column '{name}'");
        set => cells[name] = value;
    }

    public bool Has(string name) => cells.ContainsKey(name);

    /// <summary>A copy of it, to which columns can be added.</summary>
    public KustoRow Copy()
    {
        var copy = new KustoRow { RecordId = RecordId, IsOpen = IsOpen, Searched = Searched };
        foreach (var (name, value) in cells)
        {
            copy[name] = value;
        }

        return copy;
    }
}

/// <summary>Where an expression is evaluated: a row, those before it, and the state of a scan.</summary>
internal sealed record KustoScope(KustoRow Row, IReadOnlyList<KustoRow> Before)
{
    public IReadOnlyDictionary<string, KustoRow> Steps { get; init; } = new Dictionary<string, KustoRow>();
}
