using System.Globalization;

namespace Sigma.Engines.Tests.Engines.Loki;

/// <summary>Whether a line stays.</summary>
internal delegate bool LokiStage(LokiLine line);

/// <summary>
/// A log query (docs/sources/query/log_queries): a stream selector and stages, each of which keeps a line or drops it. What is not in the
/// documentation is an error, and so are <c>and</c> and <c>or</c> side by side without brackets.
/// </summary>
/// <param name="scanner">The text.</param>
/// <param name="values">What expressions are tried on.</param>
internal sealed class LokiPipeline(LokiScanner scanner, Re2Values values)
{
    private const string LineTemplate = "{{ __line__ }}";

    private static readonly string[] Words =
        ["and", "or", "unless", "by", "without", "bool", "on", "ignoring", "group_left", "group_right", "offset", "json", "logfmt", "regexp", "unpack", "pattern", "unwrap", "label_format", "line_format", "decolorize", "drop", "keep", "variants", "of"];

    /// <summary>The stages up to what no stage begins with.</summary>
    public LokiStage Parse()
    {
        var stages = new List<LokiStage> { Selector() };
        while (Stage() is { } stage)
        {
            stages.Add(stage);
        }

        return line => stages.TrueForAll(stage => stage(line));
    }

    private LokiStage Selector()
    {
        scanner.Need("{");
        var matchers = new List<LokiStage>();
        do
        {
            var label = Label();
            matchers.Add(Text(label, Operator()));
        }
        while (scanner.Take(","));
        scanner.Need("}");
        return line => matchers.TrueForAll(matcher => matcher(line));
    }

    private LokiStage? Stage()
    {
        foreach (var sign in (string[])["|=", "!=", "|~", "!~"])
        {
            if (scanner.Take(sign))
            {
                return LineFilter(sign, scanner.Need(LokiKind.Text));
            }
        }

        if (!scanner.Sees("|") || scanner.Ahead is { Kind: LokiKind.Name, Text: "unwrap" } || !scanner.Take("|"))
        {
            return null;
        }

        if (scanner.TakeWord("json"))
        {
            return Doing(line => line.Parse());
        }

        if (scanner.TakeWord("drop"))
        {
            do
            {
                if (scanner.Need(LokiKind.Name) is not ("__error__" or "__error_details__"))
                {
                    throw scanner.Error("only errors are dropped");
                }
            }
            while (scanner.Take(","));
            return Doing(line => line.HasError = false);
        }

        if (scanner.TakeWord("label_format"))
        {
            var label = Label();
            scanner.Need("=");
            var template = scanner.Need(LokiKind.Text);
            return template == LineTemplate ? Doing(line => line.Labels[label] = line.Text)
                : template is ['{', '{', '.', .. var name, '}', '}'] && LokiLine.LabelOf(name) == name ? Doing(line => line.Labels[label] = line[name])
                : throw scanner.Error($"the template {template}");
        }

        return Filters();
    }

    private static LokiStage Doing(Action<LokiLine> change) => line =>
    {
        change(line);
        return true;
    };

    /// <summary>"The |~ and !~ regex operators are not fully anchored."</summary>
    private LokiStage LineFilter(string sign, string text) => sign switch
    {
        "|=" => line => line.Text.Contains(text, StringComparison.Ordinal),
        "!=" => line => !line.Text.Contains(text, StringComparison.Ordinal),
        "|~" => line => values.Matching(text, whole: false).Contains(line.Text),
        _ => line => !values.Matching(text, whole: false).Contains(line.Text),
    };

    private LokiStage Filters()
    {
        var filters = new List<LokiStage> { Filter() };
        string? link = null;
        while (scanner.SeesWord("and") || scanner.SeesWord("or"))
        {
            var word = scanner.Need(LokiKind.Name);
            if (link is not null && link != word)
            {
                throw scanner.Error("'and' beside 'or'");
            }

            link = word;
            filters.Add(Filter());
        }

        // Each side is looked at, so that an error of one is set.
        return link == "or" ? line => filters.Aggregate(false, (found, filter) => filter(line) || found) : line => filters.Aggregate(true, (found, filter) => filter(line) && found);
    }

    private LokiStage Filter()
    {
        if (scanner.Take("("))
        {
            var inner = Filters();
            scanner.Need(")");
            return inner;
        }

        var label = Label();
        var sign = Operator();
        return scanner.Current.Kind is LokiKind.Number ? Number(label, sign) : Text(label, sign);
    }

    private string Label()
    {
        var label = scanner.Need(LokiKind.Name);
        return Words.Contains(label.ToLowerInvariant()) ? throw scanner.Error($"'{label}' is a word of the language") : label;
    }

    private string Operator() =>
        Array.Find(["=", "!=", "=~", "!~", "==", ">", ">=", "<", "<="], scanner.Take) ?? throw scanner.Error("an operator is missing");

    /// <summary>"If the label name doesn't exist it is compared with an empty value"; expressions must fit the entire text.</summary>
    private LokiStage Text(string label, string sign)
    {
        var text = scanner.Need(LokiKind.Text);
        return sign switch
        {
            "=" => line => line[label] == text,
            "!=" => line => line[label] != text,
            "=~" => line => values.Matching(text, whole: true).Contains(line[label]),
            "!~" => line => !values.Matching(text, whole: true).Contains(line[label]),
            _ => throw scanner.Error($"'{sign}' compares no texts"),
        };
    }

    /// <summary>A label that is not there drops the line; "if the conversion of the label value fails, the log line is not filtered and an __error__ label is added".</summary>
    private LokiStage Number(string label, string sign)
    {
        var number = double.Parse(scanner.Need(LokiKind.Number), CultureInfo.InvariantCulture);
        return line =>
        {
            if (!line.Labels.TryGetValue(label, out var text))
            {
                return false;
            }

            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                line.HasError = true;
                return true;
            }

            return sign switch
            {
                "=" or "==" => value == number,
                "!=" => value != number,
                ">" => value > number,
                ">=" => value >= number,
                "<" => value < number,
                "<=" => value <= number,
                _ => throw scanner.Error($"'{sign}' compares no numbers"),
            };
        };
    }
}
