using System.Text;
using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Loki;
using Sigma.Rules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// What a rule means in Grafana Loki: fields are labels, under the names that its parsers make of them, and an empty text is no label; a
/// keyword is found in the line, in which a backslash or a quote may have a backslash before it.
/// </summary>
internal static class LokiMeaning
{
    private static readonly ValueTest Labels = SigmaMeaning.Exact(Folding.Ordinal);

    public static ValueTest Test { get; } = (item, value, e) => item.Field is null
        ? IsInLine(value, new LokiLine(e).Text)
        : Labels(item with { Field = LokiLine.LabelOf(item.Field) }, value, Seen(e));

    /// <summary>An event as labels.</summary>
    public static EngineEvent Seen(EngineEvent e)
    {
        var labels = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in e.Present.Where(field => field.Value.Length > 0))
        {
            labels.TryAdd(LokiLine.LabelOf(name), value);
        }

        return e with { Data = labels };
    }

    /// <summary>Whether a line of JSON has a keyword.</summary>
    internal static bool IsInLine(Value value, string line)
    {
        if (value is not StringValue { Text: var text } keyword)
        {
            return ValueMeaning.Fits(value, line, Folding.Ordinal, whole: false);
        }

        var pattern = new StringBuilder();
        foreach (var part in text.Parts)
        {
            pattern.Append(part.Kind switch
            {
                PartKind.Many => ".*",
                PartKind.One => "(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|.)",
                _ => string.Concat(part.Text.Select(c => (c is '\\' or '"' ? @"\\?" : "") + Regex.Escape(c.ToString()))),
            });
        }

        return Regex.IsMatch(line, pattern.ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant | (keyword.Cased ? RegexOptions.None : RegexOptions.IgnoreCase));
    }
}
