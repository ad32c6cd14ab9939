using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Esql;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// A view of events in which a field holds two texts: the event's own, and one that is always there. Of an array, a rule means any value.
/// The fields <c>n</c> and <c>ip</c> are of the types that such fields have.
/// </summary>
internal static class EsqlArrays
{
    private const string Array = "fA";
    private const string Second = "b1";

    public static ValueTest Test { get; } = (item, value, e) =>
        item.Field is not Array || value is NullValue or ExistsValue || e.Data.GetValueOrDefault(Array) is not { } text
            ? SigmaMeaning.Exact(Folding.Ordinal)(item, value, e)
            : ValueMeaning.Fits(value, text, Folding.Ordinal, whole: true) || ValueMeaning.Fits(value, Second, Folding.Ordinal, whole: true);

    public static IReadOnlyList<long> Search(string query, IEnumerable<EngineEvent> events) => EsqlEngine.Search(
        query,
        events,
        name => name switch { "n" => EsqlType.Number, "ip" => EsqlType.Ip, _ => EsqlType.Keyword },
        row => row[Array] = row[Array] is { } text ? new object[] { text, Second } : null);
}
