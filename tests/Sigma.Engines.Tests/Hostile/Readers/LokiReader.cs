using Sigma.Engines.Tests.Engines.Loki;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>The reader of LogQL: its signs and words are structure, texts and the names of labels are data.</summary>
internal static class LokiReader
{
    public static Reading Read(string query)
    {
        var reading = new Reading();
        try
        {
            using var values = new Re2Values([]);
            var scanner = new LokiScanner(query);
            if (query.StartsWith('{'))
            {
                new LokiPipeline(scanner, values).Parse();
                if (scanner.Current.Kind is not LokiKind.End)
                {
                    throw scanner.Error("the query ends here");
                }
            }
            else
            {
                LokiMetric.Evaluate(query, [], values, DateTime.UnixEpoch);
            }

            var tokens = new LokiScanner(query).All;
            for (var i = 0; i < tokens.Count; i++)
            {
                var (kind, text) = (tokens[i].Kind, tokens[i].Text);
                switch (kind)
                {
                    case LokiKind.Text:
                        reading.Texts.Add(("text", text));
                        break;
                    case LokiKind.Sign:
                        reading.Structure.Add(text);
                        break;
                    // A word after a | is a stage, if nothing compares it; one before a bracket is a function.
                    case LokiKind.Name when (i > 0 && tokens[i - 1].Text == "|" && tokens[i + 1].Text is not ("=" or "!=" or "=~" or "!~" or "==" or ">" or ">=" or "<" or "<=")) || tokens[i + 1].Text == "(":
                        reading.Structure.Add(text);
                        break;
                }
            }
        }
        catch (SearchError refusal)
        {
            throw new Unreadable(refusal.Message);
        }

        return reading;
    }
}
