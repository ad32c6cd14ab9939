using System.Text;
using Sigma.Events.Logs;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac match --explain</c>: for each event, why a rule matches it or does not.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="environment">The streams and variables.</param>
/// <param name="messages">Messages for the user.</param>
/// <param name="detecting">How the rule is prepared.</param>
/// <param name="summary">Receives the findings about files and events.</param>
internal sealed class ExplainRun(MatchSettings settings, CommandEnvironment environment, Messages messages, DetectorSettings detecting, MatchSummary summary)
{
    private const int ShownValue = 200;

    private bool matched;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute(IReadOnlyList<ReadDocument> documents, RuleSet links, IReadOnlyList<EventFile> files)
    {
        ReadDocument[] wanted = [.. documents.Where(document => detecting.Wanted?.Invoke(document) != false && document.Document is not SigmaCorrelation && !document.IsFilter && (document.Document is not null || Errors(document).Any()))];
        if (wanted is not [var only])
        {
            messages.Say(Diagnostic.ExplainsOneRule(null, wanted.Length));
            return ExitCode.WrongUse;
        }

        // The rule is explained without them.
        (string Path, Diagnostic Error)[] ofFilters = [.. documents.Where(document => document.IsFilter).SelectMany(document => Errors(document).Select(error => (document.Span.Source.Path, error)))];
        foreach ((string path, Diagnostic error) in ofFilters)
        {
            messages.Say(error, path);
        }

        var diagnostics = new List<Diagnostic>(only.Diagnostics);
        RuleMatcher? matcher = only.Document is SigmaRule rule
            ? RuleMatcher.Create(links.Filtered(rule), diagnostics, detecting.Pipelines, detecting.PipelineSettings, detecting.Unknown)
            : null;
        foreach (Diagnostic diagnostic in diagnostics)
        {
            messages.Say(diagnostic, only.Span.Source.Path);
        }

        if (matcher is null)
        {
            return ExitCode.SomeFailed;
        }

        using (var output = new StreamWriter(environment.OpenOutput(), new UTF8Encoding(false), 64 * 1024) { NewLine = "\n" })
        {
            foreach (EventFile file in files)
            {
                foreach (EventPart part in EventFiles.Parts(file, environment))
                {
                    Explain(part, file, only, matcher, output);
                }

                summary.EndFile(file);
            }
        }

        return summary.IsIncomplete || ofFilters.Length > 0 || (settings.FailOnMatch && matched) ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    private static IEnumerable<Diagnostic> Errors(ReadDocument document) => document.Diagnostics.Where(diagnostic => diagnostic.Severity is Severity.Error);

    private void Explain(EventPart part, EventFile given, ReadDocument document, RuleMatcher matcher, StreamWriter output)
    {
        Event room = EventInput.NewEvent();
        string file = part.Name;
        summary.Begin(part, given);
        foreach (EventBatch batch in EventFiles.Read(part, settings.InputFormat, settings.Recover, summary.Say))
        {
            batch.Read(
                room,
                (e, line, _) =>
                {
                    summary.Add(1);
                    Explanation explanation = matcher.Explain(e);
                    matched |= explanation.Passed;
                    if (explanation.IsTooSlow)
                    {
                        summary.Say(new RuleTrouble(new MatchedRule(document.Metadata, document.Span.Source.Path), null, IsTimeSpent: false), line);
                    }

                    string title = document.Metadata.Title.Length > 0 ? document.Metadata.Title : document.Span.Source.Path;
                    output.WriteLine(TerminalText.Visible($"{file}:{line}: {(explanation.Passed ? "match" : "no match")}: {title}"));
                    Write(output, document.Span.Source, explanation, 1);
                },
                summary.Say);
            batch.Release();
        }

        summary.End();
    }

    private static void Write(StreamWriter output, SourceText source, Explanation explanation, int depth)
    {
        output.Write(new string(' ', depth * 2));
        output.Write(explanation.Passed ? "+ " : "- ");
        output.Write(TerminalText.Visible(explanation.Text));
        if (explanation.Parts.IsEmpty && explanation.Span is { } span)
        {
            output.Write(span.Source == source ? $"   [line {span.Position.Line}]" : TerminalText.Visible($"   [{span.Source.Path}:{span.Position.Line}]"));
            string seen = explanation.Seen.IsEmpty
                ? "no value"
                : string.Join(", ", explanation.Seen.Select(value => value.Kind is EventValueKind.Text ? $"{value.Name}: '{Cut(value.Text)}'" : $"{value.Name}: {(value.Kind is EventValueKind.Null ? "null" : Cut(value.Text))}"));
            output.Write($"   {TerminalText.Visible(seen)}");
        }

        output.WriteLine();
        foreach (Explanation part in explanation.Parts)
        {
            Write(output, source, part, depth + 1);
        }
    }

    private static string Cut(string text) => text.Length <= ShownValue ? text : text[..ShownValue] + "…";
}
