using Sigma.Engines.Tests.Engines.Elastic;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Esql;

/// <summary>A query: settings, the source, and the commands behind it.</summary>
internal static class EsqlPipeline
{
    public static Func<List<EsqlRow>, List<EsqlRow>> Parse(string query, Func<string, EsqlType?> schema)
    {
        // The signs of names of indices end at the first command; nothing of theirs is a text.
        var start = query.StartsWith("SET ", StringComparison.Ordinal) ? Settings(query) : 0;
        var pipe = query.IndexOf('|', start);
        Source(query[start..(pipe < 0 ? query.Length : pipe)]);
        var steps = new List<Func<List<EsqlRow>, List<EsqlRow>>>();
        if (pipe >= 0)
        {
            var parser = new EsqlParser(ElasticLexer.Cut(query[pipe..], EsqlParser.Signs), schema);
            while (!parser.End)
            {
                parser.Need("|");
                steps.Add(Command(parser));
            }
        }

        return rows => steps.Aggregate(rows, (left, step) => step(left));
    }

    /// <summary>The words that begin the commands of a query; pipes in texts and names begin none.</summary>
    public static IEnumerable<string> Commands(string query)
    {
        var tokens = ElasticLexer.Cut(query[Math.Max(0, query.IndexOf('|'))..], EsqlParser.Signs);
        return tokens.Zip(tokens.Skip(1)).Where(pair => pair.First.Is("|")).Select(pair => pair.Second.Text);
    }

    private static int Settings(string query)
    {
        var end = query.IndexOf(';') is >= 0 and var at ? at + 1 : throw new SearchError("a setting without an end");
        return query[..end] is "SET unmapped_fields=\"nullify\";" or "SET unmapped_fields=\"load\";"
            ? end + 1
            : throw new SearchError($"Unknown setting: {query[..end]}");
    }

    private static void Source(string source)
    {
        var words = source.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["FROM", var names, ..] || !names.Split(',').All(IsIndex))
        {
            throw new SearchError($"the source is none: {source}");
        }

        if (words.Length > 2 && (words[2] != "METADATA" || string.Concat(words[3..]) != "_id,_index,_version"))
        {
            throw new SearchError($"metadata that is none: {source}");
        }
    }

    private static bool IsIndex(string name) => name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || "_-.*:+@".Contains(c));

    private static Func<List<EsqlRow>, List<EsqlRow>> Command(EsqlParser parser)
    {
        if (parser.TakeWord("where"))
        {
            var condition = parser.Condition();
            return rows => [.. rows.Where(row => condition.Single(row) is true)];
        }

        if (parser.TakeWord("eval"))
        {
            return Eval(parser);
        }

        return parser.TakeWord("stats") ? EsqlStats.Command(parser) : throw parser.Error("a command that is none");
    }

    private static Func<List<EsqlRow>, List<EsqlRow>> Eval(EsqlParser parser)
    {
        var columns = new List<(string Name, EsqlTerm Term)>();
        do
        {
            var name = parser.Name();
            parser.Need("=");
            columns.Add((name, parser.Expression()));
            var (before, type) = (parser.Schema, columns[^1].Term.Type);
            parser.Schema = other => other == name ? type : before(other);
        }
        while (parser.Take(","));
        return rows => [.. rows.Select(row =>
        {
            var copy = row.Copy();
            columns.ForEach(column => copy[column.Name] = column.Term.Value(copy));
            return copy;
        })];
    }
}
