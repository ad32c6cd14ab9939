using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines.Eql;
using Sigma.Engines.Tests.Engines.Esql;
using Sigma.Engines.Tests.Engines.LogPoint;
using Sigma.Engines.Tests.Engines.Searches;
using Sigma.Engines.Tests.Engines.Splunk;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>The readers of Splunk's and LogPoint's languages: a search, its commands, and what it finds.</summary>
internal static class SearchReaders
{
    public static Reading Splunk(string search) => Read(search, SplunkPipeline.Parse, SplunkEngine.Raw);

    /// <summary>A search over a data model, whose fields have the name of the dataset in front.</summary>
    public static Reading SplunkDataModel(string search)
    {
        var reading = Read(search, SplunkPipeline.Parse, SplunkEngine.Raw);
        var finds = reading.Finds!;
        reading.Finds = trial => finds(trial with { Fields = trial.Fields.ToDictionary(field => Fidelity.SplunkDataModel.Root + field.Key, field => field.Value) });
        return reading;
    }

    public static Reading LogPoint(string search) => Read(search, LogPointPipeline.Parse, LogPointEngine.Message, verbatim: true);

    public static Reading Esql(string query)
    {
        try
        {
            var run = EsqlPipeline.Parse(query, name => EsqlEngine.TypeOf(name));
            var reading = new Reading();
            reading.Structure.UnionWith(EsqlPipeline.Commands(query));
            if (!reading.Structure.Contains("STATS"))
            {
                reading.Finds = trial => run([EsqlEngine.RowOf(trial.Fields, trial.Message)]).Count > 0;
            }

            return reading;
        }
        catch (SearchError refusal)
        {
            throw new Unreadable(refusal.Message);
        }
    }

    public static Reading Eql(string query)
    {
        try
        {
            if (query.StartsWith("sequence", StringComparison.Ordinal))
            {
                EqlSequence.Parse(query, EqlEngine.TypeOf);
                return new Reading();
            }

            var holds = EqlEngine.Parse(query, EqlEngine.TypeOf, absentIsFalse: false);
            return new Reading { Finds = trial => holds(EsqlEngine.RowOf(trial.Fields, trial.Message)) };
        }
        catch (SearchError refusal)
        {
            throw new Unreadable(refusal.Message);
        }
    }

    private static Reading Read(string search, Func<string, SearchCommand> parse, string messageField, bool verbatim = false)
    {
        try
        {
            var command = parse(search);
            var reading = new Reading();
            var parts = SearchPipe.Split(search, verbatim);
            foreach (var part in parts.Skip(1))
            {
                reading.Structure.Add(part.TrimStart().Split(' ', '(', '[')[0]);
            }

            if (!reading.Structure.Overlaps(["stats", "eventstats", "chart", "multisearch", "union"]))
            {
                reading.Finds = trial => ExpressionReader.InTime(() => command([Row(trial, messageField)]).Count > 0);
            }
            else if (parts[0].Trim().Length > 0)
            {
                var events = parse(parts[0]);
                reading.Finds = trial => ExpressionReader.InTime(() => events([Row(trial, messageField)]).Count > 0);
            }

            return reading;
        }
        catch (Exception refusal) when (refusal is SearchError or RegexParseException or ArgumentException)
        {
            throw new Unreadable(refusal.Message);
        }
    }

    private static SearchRow Row(Trial trial, string messageField)
    {
        var row = new SearchRow { RecordId = 1 };
        foreach (var (name, value) in trial.Fields)
        {
            row[name] = value;
        }

        row[messageField] = trial.Message;
        return row;
    }
}

/// <summary>The reader of a Perl-compatible expression.</summary>
internal static class ExpressionReader
{
    public static Reading Read(string pattern)
    {
        try
        {
            var expression = new PerlExpression(pattern);
            return new Reading { Finds = trial => InTime(() => expression.IsMatch(trial.Message)) };
        }
        catch (SearchError refusal)
        {
            throw new Unreadable(refusal.Message);
        }
    }

    /// <summary>What a search finds. A pattern of the rule's own may take for ever; that is no break-out.</summary>
    public static bool InTime(Func<bool> search)
    {
        try
        {
            return search();
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}

/// <summary>
/// A file of stanzas, as "savedsearches.conf" and "How to edit a configuration file" (Admin Manual) have it: a line of a name in brackets
/// begins a stanza, <c>key = value</c> is a setting, a line that begins with # is a comment, and a backslash at a line's end joins the
/// next line to it. Settings before any stanza, and those of [default], are for all searches of the app.
/// </summary>
internal static class StanzaReader
{
    public static IReadOnlyList<(string Name, IReadOnlyList<(string Key, string Value)> Settings)> Read(string file)
    {
        var stanzas = new List<(string Name, IReadOnlyList<(string Key, string Value)> Settings)>();
        List<(string Key, string Value)>? settings = null;
        foreach (var line in Lines(file))
        {
            if (line.Trim().Length == 0 || line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            if (line.TrimStart().StartsWith('['))
            {
                var close = line.LastIndexOf(']');
                if (close < 0 || line[(close + 1)..].Trim().Length > 0)
                {
                    throw new Unreadable($"a stanza without its bracket: {line}");
                }

                var name = line.Trim()[1..^1];
                stanzas.Add((name.Length == 0 || name.Equals("default", StringComparison.OrdinalIgnoreCase)
                    ? throw new Unreadable("the stanza of all searches")
                    : name, settings = []));
                continue;
            }

            var equals = line.IndexOf('=');
            if (equals < 0 || settings is null)
            {
                throw new Unreadable($"no setting of a stanza: {line}");
            }

            settings.Add((line[..equals].Trim(), line[(equals + 1)..].Trim()));
        }

        return stanzas;
    }

    // Whoever reads the file may take any of these for a line's end; none may stand in a value. No value here goes on in another line.
    private static IEnumerable<string> Lines(string file) => Regex.Split(file, "\r\n|[\n\r\v\f\u0085\u2028\u2029]")
        .Select(line => line.EndsWith('\\') ? throw new Unreadable($"a line that goes on: {line}") : line);
}
