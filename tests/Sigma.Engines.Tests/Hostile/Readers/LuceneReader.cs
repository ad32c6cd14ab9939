using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util.Automaton;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>
/// Lucene's own grammar over fields that are all compared whole, so that a value is one term. The query is then evaluated here: an
/// index for each of a million queries would take days.
/// </summary>
internal static class LuceneReader
{
    private const string Message = "message";

    private static readonly LuceneView View = new("whole", _ => [], _ => false);

    public static Reading Read(string text)
    {
        try
        {
            var query = new Parser().Parse(text);
            return new Reading { Finds = trial => Holds(query, trial) };
        }
        catch (Exception refusal) when (refusal is ParseException or ArgumentException or BooleanQuery.TooManyClausesException)
        {
            throw new Unreadable("Lucene: " + refusal.Message);
        }
    }

    private static bool Holds(Query query, Trial trial) => query switch
    {
        MatchAllDocsQuery => true,
        TermQuery { Term: { Field: QueryStringParser.ExistsField } term } => Texts(trial, term.Text).Any(),
        TermQuery { Term: var term } => Texts(trial, term.Field).Contains(term.Text),
        PatternQuery pattern => Texts(trial, pattern.Field).Any(pattern.Fits),
        BooleanQuery group => Holds(group, trial),
        _ => false,
    };

    private static bool Holds(BooleanQuery group, Trial trial)
    {
        var must = group.Clauses.Where(clause => clause.IsRequired).ToList();
        var should = group.Clauses.Where(clause => !clause.IsRequired && !clause.IsProhibited).ToList();
        return !group.Clauses.Any(clause => clause.IsProhibited && Holds(clause.Query, trial))
            && must.TrueForAll(clause => Holds(clause.Query, trial))
            && (must.Count > 0 || should.Exists(clause => Holds(clause.Query, trial)));
    }

    private static IEnumerable<string> Texts(Trial trial, string field)
    {
        if (field == Message)
        {
            return [trial.Message];
        }

        var name = field.EndsWith(".keyword", StringComparison.Ordinal) ? field[..^".keyword".Length] : field;
        return trial.Fields.TryGetValue(name, out var text) ? [text] : [];
    }

    private sealed class Parser() : QueryStringParser(View, [Message])
    {
        protected override Query? GetWildcardQuery(string field, string term) =>
            term == "*" ? base.GetWildcardQuery(field, term) : new PatternQuery(Whole(field), Glob(term));

        protected override Query? GetPrefixQuery(string field, string prefix) =>
            new PatternQuery(Whole(field), text => text.StartsWith(prefix, StringComparison.Ordinal));

        protected override Query? GetRegexpQuery(string field, string pattern)
        {
            var automaton = new RegExp(LuceneShorthands.Expand(pattern)).ToAutomaton();
            return new PatternQuery(Whole(field), text => BasicOperations.Run(automaton, text));
        }

        // A pattern over all fields is one over the message here.
        private static string Whole(string field) => field.Contains('*') ? Message : field;

        private static Func<string, bool> Glob(string term)
        {
            var glob = new WildcardText(ignoreCase: false);
            var isEscaped = false;
            foreach (var c in term.EnumerateRunes())
            {
                switch (c.Value)
                {
                    case '*' when !isEscaped:
                        glob.AddMany();
                        break;
                    case '?' when !isEscaped:
                        glob.Add(WildcardText.One);
                        break;
                    case '\\' when !isEscaped:
                        isEscaped = true;
                        continue;
                    default:
                        glob.Add(c.Value);
                        break;
                }

                isEscaped = false;
            }

            if (isEscaped)
            {
                glob.Add('\\');
            }

            return glob.Fits;
        }
    }

    private sealed class PatternQuery(string name, Func<string, bool> fits) : Query
    {
        public string Field => name;

        public bool Fits(string text) => fits(text);

        public override string ToString(string field) => name;
    }
}
