using Sigma.Engines.Tests.Engines.LogScale;
using Sigma.Engines.Tests.Engines.Loki;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>The reader of CQL: its signs, words and functions are structure, texts, expressions and fields are data.</summary>
internal static class LogScaleReader
{
    private static readonly HashSet<string> Words = ["and", "or", "not", "as", "asc", "distinct", "false", "field", "function", "globalConstraints", "limit", "max", "number", "order", "percentiles", "sequence", "span", "subnet", "true", "type", "within"];

    public static Reading Read(string query)
    {
        var reading = new Reading();
        try
        {
            using var values = new Re2Values([]);
            var tokens = new LogScaleTokens(query);
            new LogScalePipeline(tokens, values).Parse();
            if (tokens.Current.Kind is not LogScaleKind.End)
            {
                throw tokens.Error("the query ends here");
            }

            for (var i = 0; i < tokens.All.Count; i++)
            {
                var (kind, text, _) = tokens.All[i];
                switch (kind)
                {
                    case LogScaleKind.Text or LogScaleKind.Regex:
                        reading.Texts.Add(("text", text));
                        break;
                    case LogScaleKind.Sign:
                        reading.Structure.Add(text);
                        break;
                    case LogScaleKind.Name when Words.Contains(text) || tokens.All[i + 1].Text == "(":
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
