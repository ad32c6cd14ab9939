using Sigma.Engines.Tests.Engines.Elastic;
using Sigma.Engines.Tests.Engines.Esql;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Eql;

/// <summary>
/// EQL as Elastic's documentation has it. No Elasticsearch runs in these tests; nothing is shared with the emitter, and what the documentation
/// does not promise is an error.
/// </summary>
public static class EqlEngine
{
    public const string Version = "Event Query Language, 7.15 to 9.x";

    /// <summary>The types of an index: those of the Elastic Common Schema, and addresses of firewalls and of Zeek.</summary>
    internal static EsqlType TypeOf(string name) =>
        name.EndsWith("_ip", StringComparison.Ordinal) || name is "id.orig_h" or "id.resp_h" ? EsqlType.Ip : EsqlEngine.TypeOf(name);

    /// <summary>Whether a field of the index can have a value.</summary>
    internal static bool CanHold(string name, string value) => EsqlEngine.CanHold(TypeOf(name), value);

    public static Verdict Accepts(string query)
    {
        try
        {
            if (query.StartsWith("sequence", StringComparison.Ordinal))
            {
                EqlSequence.Parse(query, TypeOf);
            }
            else
            {
                Parse(query, TypeOf, absentIsFalse: false);
            }

            return Verdict.Accept;
        }
        catch (SearchError refusal)
        {
            return new Verdict(refusal.Message);
        }
    }

    /// <summary>The record numbers of the events that a query finds, lowest first.</summary>
    /// <exception cref="SearchError">The query is none, or finds others where a test of an absent field is false instead of null.</exception>
    public static IReadOnlyList<long> Search(string query, IEnumerable<EngineEvent> events) => Search(query, events, TypeOf);

    internal static IReadOnlyList<long> Search(string query, IEnumerable<EngineEvent> events, Func<string, EsqlType> types)
    {
        var (strict, loose) = (Parse(query, types, absentIsFalse: false), Parse(query, types, absentIsFalse: true));
        var found = new List<long>();
        foreach (var row in events.Select(e => EsqlEngine.RowOf(e, types)))
        {
            if (strict(row) != loose(row))
            {
                throw new SearchError("what it finds depends on what a test of an absent field is");
            }

            if (strict(row))
            {
                found.Add(row.RecordId!.Value);
            }
        }

        found.Sort();
        return found;
    }

    /// <summary>The record numbers of the events that sequences end with.</summary>
    internal static IReadOnlyList<long> Ends(string query, IEnumerable<EngineEvent> events) =>
        EqlSequence.Parse(query, TypeOf).Ends(events.Select(e => EsqlEngine.RowOf(e, TypeOf)));

    /// <summary>The condition of a query for single events.</summary>
    internal static Func<EsqlRow, bool> Parse(string query, Func<string, EsqlType> types, bool absentIsFalse)
    {
        var parser = new EqlParser(ElasticLexer.Cut(query, EqlParser.Signs, unicode: true), types, absentIsFalse);
        var events = parser.Events();
        return parser.End ? events : throw parser.Error("something follows the condition");
    }
}
