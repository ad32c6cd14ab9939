using Sigma.Engines.Tests.Engines.Kusto;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>
/// Reads a query of Kusto: its words and signs are structure, to which no rule may add; columns and texts are data. What it finds is
/// asked of the interpreter.
/// </summary>
internal static class KustoQueryReader
{
    /// <summary>Tests of a column, of which a value may need another than plain values do.</summary>
    private static readonly HashSet<string> Tests = new(StringComparer.Ordinal)
    {
        "isempty", "isnotempty", "contains", "contains_cs", "startswith", "startswith_cs", "endswith", "endswith_cs", "matches", "regex", "in", "in~", "=~", "==", ",",
    };

    public static Reading Read(string query)
    {
        try
        {
            var tokens = new KustoTokens(query).All;
            var reading = new Reading();
            for (var i = 0; i < tokens.Count; i++)
            {
                var called = tokens[i].Kind == KustoTokenKind.Name && i + 1 < tokens.Count && tokens[i + 1].Text == "(" && tokens[i + 1].Kind == KustoTokenKind.Sign;
                switch (tokens[i].Kind)
                {
                    case KustoTokenKind.Name or KustoTokenKind.Sign when Tests.Contains(tokens[i].Text):
                        break;
                    case KustoTokenKind.Name when called || KustoEngine.Words.Contains(tokens[i].Text):
                        reading.Structure.Add(tokens[i].Text);
                        break;
                    case KustoTokenKind.Name:
                        reading.Texts.Add(("name", tokens[i].Text));
                        break;
                    case KustoTokenKind.Text:
                        reading.Texts.Add(("text", tokens[i].Text));
                        break;
                    case KustoTokenKind.Sign when tokens[i].Text is not ("[" or "]"):
                        reading.Structure.Add(tokens[i].Text);
                        if (tokens[i].Text is "|" or ";")
                        {
                            reading.Count("operators");
                        }

                        break;
                }
            }

            var table = KustoPipeline.Parse(query);
            if (!reading.Structure.Overlaps(["summarize", "scan", "union", "sort"]))
            {
                reading.Finds = trial => ExpressionReader.InTime(() => table(Tables(trial)).Count > 0);
            }

            return reading;
        }
        catch (SearchError refusal)
        {
            throw new Unreadable(refusal.Message);
        }
    }

    private static Dictionary<string, IReadOnlyList<KustoRow>> Tables(Trial trial)
    {
        var row = new KustoRow { RecordId = 1, IsOpen = true, Searched = [.. trial.Fields.Keys, "Message"] };
        foreach (var (name, value) in trial.Fields)
        {
            row[name] = value;
        }

        row["Message"] = trial.Message;
        return new() { [KustoEngine.Table] = [row] };
    }
}
