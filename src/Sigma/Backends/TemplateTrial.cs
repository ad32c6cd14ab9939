using System.Text;
using System.Text.RegularExpressions;
using Sigma.Alerts;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>
/// Renders the templates of a target with a rule whose values are unusual words, and reports a template whose text has not all of
/// them: it mentions its query, and writes none or only a part. A template that refuses the rule, or fails, is not judged.
/// </summary>
/// <param name="backend">The target, read without an error.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed partial class TemplateTrial(Backend backend, List<Diagnostic> diagnostics)
{
    /// <summary>A rule with everything that templates can see.</summary>
    private const string Example = """
        title: A rule on trial
        id: 7f4e0f0c-6f4b-4c38-9a53-2c1d6a1b7f10
        name: rule_on_trial
        description: A rule to try templates with
        author: Nobody
        license: MIT
        status: stable
        level: high
        date: 2025-01-02
        modified: 2025-02-03
        tags: [attack.execution, attack.t1059.001]
        references: ['https://example.org/trial']
        falsepositives: [Unlikely]
        fields: [User]
        logsource: {product: windows, category: process_creation, service: sysmon}
        detection: {s: {User: x}, condition: s}
        """;

    private const string BareExample = "title: A rule on trial\nlogsource: {category: trial}\ndetection: {s: {User: x}, condition: s}\n";

    private static readonly Lazy<IReadOnlyList<SigmaRule>> Rules = new(static () =>
    {
        SigmaRule full = Read(Example);
        return [.. Enum.GetValues<Level>().Select(level => full with { Metadata = full.Metadata with { Level = level } }), Read(BareExample)];
    });

    /// <summary>The place of what is made up.</summary>
    private static readonly Span Nowhere = new(new SourceText("trial.yml", ""), 0, 0);

    /// <summary>What a trial may use: far less than a rule, for no one waits for it.</summary>
    private static readonly Limits Bounds = Limits.Default.With(Limits.TemplateTime, 1);

    /// <summary>So many that a template which cuts its query off is caught.</summary>
    private const int WordsOnTrial = 60;

    private readonly Emitter emitter = Emitters.Create(backend);
    private readonly HashSet<TemplateText> reported = [];

    /// <summary>Tries the templates of all formats.</summary>
    public void Run()
    {
        var counts = new HashSet<TemplateText>();
        foreach (QueryFormat format in backend.Formats)
        {
            var renderer = new QueryRenderer(backend, format, Bounds);
            if (format.Document is { } document)
            {
                TryDocument(renderer, document);
                continue;
            }

            if (format.Text is { } text)
            {
                Part part = Made(1, format.Variant);
                Try(text, "query", part.Words, (rule, said) => renderer.Render(part.Query, Context(rule, part), said));
            }

            foreach ((string name, TemplateText template) in format.CorrelationTexts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Where(pair => counts.Add(pair.Value)))
            {
                TryCount(renderer, format.Variant, template, Array.Find(Enum.GetValues<CorrelationType>(), type => QueryRenderer.NameOf(type) == name));
            }
        }
    }

    private static SigmaRule Read(string text) => (SigmaRule)RuleReader.Read(new SourceText("trial.yml", text)).Single().Document!;

    /// <summary>The words that a text does not have as they are, also where its lines are folded or it is written in Base64.</summary>
    private static string[] Lost(string text, IEnumerable<string> words)
    {
        string[] lost = Missing(text, words);
        lost = lost.Length == 0 ? lost : Missing(string.Concat(text.Where(char.IsAsciiLetterOrDigit)), lost);
        foreach (string inner in lost.Length == 0 ? [] : Decoded(text))
        {
            lost = Missing(inner, lost);
        }

        return lost;
    }

    private static string[] Missing(string text, IEnumerable<string> words) => [.. words.Where(word => !text.Contains(word, StringComparison.Ordinal))];

    /// <remarks>A path in front of Base64 looks as if it were a part of it, so each of the four places is tried at which it may begin.</remarks>
    private static IEnumerable<string> Decoded(string text)
    {
        foreach (Match match in Base64Run().Matches(text))
        {
            string run = match.Value.Replace('-', '+').Replace('_', '/');
            for (int start = 0; start < 4; start++)
            {
                byte[] bytes = new byte[run.Length];
                string part = run[start..^((run.Length - start) % 4 == 1 ? 1 : 0)];
                if (Convert.TryFromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '='), bytes, out int length))
                {
                    yield return Encoding.UTF8.GetString(bytes, 0, length);
                    yield return Encoding.Unicode.GetString(bytes, 0, length);
                }
            }
        }
    }

    [GeneratedRegex("[A-Za-z0-9+/_-]{16,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Base64Run();

    /// <summary>Renders a template for each rule on trial.</summary>
    /// <param name="template">The template to name.</param>
    /// <param name="content">The name of what it is given to write.</param>
    /// <param name="words">What its text must have.</param>
    /// <param name="render">Renders it; null where it refuses.</param>
    private void Try(TemplateText template, string content, IReadOnlyCollection<string> words, Func<SigmaRule, List<Diagnostic>, string?> render)
    {
        bool written = false;
        bool refused = false;
        string? empty = null;
        foreach (SigmaRule rule in Rules.Value)
        {
            var said = new List<Diagnostic>();
            string? text = render(rule, said);
            if (said.Exists(finding => finding.Code == Codes.TemplateLimit))
            {
                return;
            }

            if (text is null && said.Exists(finding => finding.Code == Codes.FormatFailed && finding.Message.EndsWith(QueryRenderer.WritesNothing, StringComparison.Ordinal)))
            {
                empty = "";
                continue;
            }

            if (text is null)
            {
                refused = true;
            }
            else if (string.IsNullOrWhiteSpace(text))
            {
                empty = text;
            }
            else if (Lost(text, words) is [_, ..] lost)
            {
                Report(template, content, lost.Length == words.Count ? "none of it" : "only a part", text);
                return;
            }
            else
            {
                written = true;
            }
        }

        // What writes nothing for some rules says so when it meets one.
        if (empty is not null && !written && !refused)
        {
            Report(template, content, "nothing at all", "");
        }
    }

    private void Report(TemplateText template, string content, string what, string text)
    {
        if (reported.Add(template))
        {
            string shown = ControlCharacters.Blanked(text.Length > 100 ? text[..100] + "…" : text).Trim();
            diagnostics.Add(Diagnostic.BackendValue(template.FirstLine, "template", $"a template that writes '{content}', which is what it is given")
                .WithHint($"for a rule on trial it writes {what}{(shown.Length > 0 ? ": " + shown : "")}; {{{{ refuse \"why\" }}}} says that a rule has no text"));
        }
    }

    private void TryCount(QueryRenderer renderer, string? variant, TemplateText template, CorrelationType type)
    {
        bool temporal = type is CorrelationType.Temporal or CorrelationType.TemporalOrdered;
        bool hasField = !temporal && type is not CorrelationType.EventCount;
        var measure = new Correlation(type, hasField ? ["FieldOfTrial"] : [], ["GroupOfTrial"], new Timespan(5, 'm'), [new Threshold(Comparison.GreaterOrEqual, temporal ? "2" : "3", Nowhere)], Nowhere)
        {
            Percentile = type is CorrelationType.ValuePercentile ? "95" : null,
        };
        Part one = Made(1, variant);
        if (!temporal)
        {
            Try(template, "query", one.Words, (rule, said) => renderer.RenderCorrelation(one.Query, Context(rule, one) with { Measure = measure }, said));
        }

        if (temporal || backend.Dialect.CorrelationSearches)
        {
            Part other = Made(2, variant);
            CorrelationSearch[] searches = [Search("trial_one", one), Search("trial_two", other)];
            string[] words = [.. one.Words, .. other.Words];
            Try(template, "searches", words, (rule, said) => renderer.RenderCorrelation(one.Query, Context(rule, one) with
            {
                Measure = measure,
                Searches = searches,
                Order = temporal ? new TemporalOrder([["trial_one"], ["trial_two"]], null) : null,
            }, said));
        }
    }

    private void TryDocument(QueryRenderer renderer, DocumentFormat document)
    {
        Part[] parts = [.. Enumerable.Range(1, 4).Select(number => Made(number, null))];
        string common = Made(5, null).Query;
        string[] words = [.. parts.SelectMany(part => part.Words), .. Made(5, null).Words];
        Try(document.Template, "statements", words, (rule, said) => renderer.RenderDocument(
            document,
            [.. parts.Select((part, at) => new DocumentQuery(
                at < 2 ? rule : rule with { LogSource = rule.LogSource with { Category = "trial_other" } }, AlertSettings.None, new Dictionary<string, string>(), Nowhere, [[common, part.Query]], ["FieldOfTrial"]))],
            said));
    }

    private CorrelationSearch Search(string name, Part part) => new(name, part.Query, [], false) { Dialect = backend.DialectFor(part.State) };

    private static QueryContext Context(SigmaRule rule, Part part) => new(rule, ["User"], null, Nowhere, part.State, part.Frame, 1);

    /// <summary>
    /// A query of the language that has words of its own, of some thousand characters, in the letters that it writes them in; the words
    /// alone where it writes them otherwise.
    /// </summary>
    private Part Made(int number, string? variant)
    {
        string[] words = [.. Enumerable.Range(1, WordsOnTrial).Select(at => $"Word{at}OnTrial{number}X")];
        var expression = new AndExpr([.. words.Select(word => new MatchExpr("FieldOfTrial", [new StringValue(SigmaString.OfLiteral(word), false, Nowhere)], false, Nowhere))], Nowhere);
        var state = new Dictionary<string, string>();
        EmittedQuery emitted = emitter.Emit(expression, variant, backend.DialectFor(state), []);
        return emitted.Text is { } text && Array.TrueForAll(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? new Part(text, [.. words.Select(word => text.Substring(text.IndexOf(word, StringComparison.OrdinalIgnoreCase), word.Length))], emitted.Frame, state)
            : new Part(string.Join(' ', words), words, new Dictionary<string, IReadOnlyList<string>>(), state);
    }

    /// <summary>What a template is given.</summary>
    private sealed record Part(
        string Query, string[] Words, IReadOnlyDictionary<string, IReadOnlyList<string>> Frame, IReadOnlyDictionary<string, string> State);
}
