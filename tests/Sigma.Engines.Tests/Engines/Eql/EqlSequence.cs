using System.Globalization;
using Sigma.Engines.Tests.Engines.Elastic;
using Sigma.Engines.Tests.Engines.Esql;

namespace Sigma.Engines.Tests.Engines.Eql;

/// <summary>
/// A sequence ("EQL syntax reference", Sequences): a state machine for each value of the fields after by, in which one sequence at a time waits in
/// each state and a newer one replaces it. The fields must not be null. All events lie within maxspan of the first.
/// </summary>
internal sealed class EqlSequence
{
    private readonly List<(Func<EsqlRow, bool> Holds, IReadOnlyList<string> Keys)> terms = [];
    private readonly TimeSpan? span;

    private EqlSequence(EqlParser parser)
    {
        parser.NeedWord("sequence");
        var shared = Keys(parser);
        if (parser.TakeWord("with"))
        {
            parser.NeedWord("maxspan");
            parser.Need("=");
            span = TimeSpan.FromSeconds(int.Parse(parser.Next().Text, CultureInfo.InvariantCulture));
            parser.NeedWord("s");
        }

        while (parser.Take("["))
        {
            var holds = parser.Events();
            parser.Need("]");
            var keys = Keys(parser);
            var runs = 1;
            if (parser.TakeWord("with"))
            {
                parser.NeedWord("runs");
                parser.Need("=");
                runs = int.Parse(parser.Next().Text, CultureInfo.InvariantCulture);
            }

            terms.AddRange(Enumerable.Repeat((holds, (IReadOnlyList<string>)[.. shared, .. keys]), runs is >= 1 and <= 100 ? runs : throw parser.Error("runs")));
        }

        if (!parser.End || terms.Count < 2 || terms.Exists(term => term.Keys.Count != terms[0].Keys.Count))
        {
            throw parser.Error("a sequence that is none");
        }
    }

    public static EqlSequence Parse(string query, Func<string, EsqlType> types) => new(new EqlParser(Cut(query), types, absentIsFalse: false));

    /// <summary>The record numbers of the events that each sequence ends with.</summary>
    public IReadOnlyList<long> Ends(IEnumerable<EsqlRow> rows)
    {
        var waiting = new Dictionary<(string Key, int State), DateTime>();
        var ends = new List<long>();
        foreach (var row in rows.OrderBy(row => (DateTime)row["@timestamp"]!).ThenBy(row => row.RecordId))
        {
            var time = (DateTime)row["@timestamp"]!;
            for (var state = terms.Count - 1; state >= 0; state--)
            {
                var values = terms[state].Keys.Select(name => row[name]).ToList();
                if (values.Contains(null) || !terms[state].Holds(row))
                {
                    continue;
                }

                var key = string.Join('\u0002', values.Select(value => EsqlTerm.Text(value!)));
                var began = time;
                if (state > 0 && (!waiting.Remove((key, state), out began) || (span is { } most && time - began > most)))
                {
                    continue;
                }

                if (state + 1 == terms.Count)
                {
                    ends.Add(row.RecordId!.Value);
                }
                else
                {
                    waiting[(key, state + 1)] = began;
                }
            }
        }

        return ends;
    }

    /// <summary>The unit of a time value belongs to its number; the tokens of conditions have none.</summary>
    private static List<Token> Cut(string query) =>
        ElasticLexer.Cut(System.Text.RegularExpressions.Regex.Replace(query, @"(?<=^sequence[^\[]* with maxspan=\d+)s ", " s "), EqlParser.Signs, unicode: true);

    private static List<string> Keys(EqlParser parser)
    {
        var names = new List<string>();
        if (parser.TakeWord("by"))
        {
            do
            {
                names.Add(parser.Name());
            }
            while (parser.Take(","));
        }

        return names;
    }
}
