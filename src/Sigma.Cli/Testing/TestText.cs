using Sigma.Events.Testing;

namespace Sigma.Cli;

/// <summary>Writes results for people: failed cases, each with what decided; with <c>--verbose</c> all cases.</summary>
/// <param name="output">Where to.</param>
/// <param name="settings">What the user asked for.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class TestText(TextWriter output, TestSettings settings, CommandEnvironment environment)
{
    private readonly bool colour = environment.WantsColour(settings.Messages.Colour, environment.IsOutputTerminal);

    /// <summary>Writes the results of one rule.</summary>
    public void Write(TestedRule rule)
    {
        bool all = settings.Messages.Verbose;
        bool missing = rule.Results.Count == 0 && (all || settings.RequireTests);
        CaseResult[] shown = [.. rule.Results.Where(result => all || !result.Passed || (result.Message is not null && !settings.Messages.Quiet))];
        if (shown.Length == 0 && !missing)
        {
            return;
        }

        output.WriteLine($"{Plain(rule.Planned.Input.Path)}: {Plain(rule.Title)}");
        if (missing)
        {
            output.WriteLine($"  {(settings.RequireTests ? Word("FAIL", "31") : Word("none", "33"))} the rule has no case");
        }

        foreach (CaseResult result in shown)
        {
            (int line, _) = result.Case.Span.Position;
            string message = result.Message is { } said ? ": " + Plain(said) : "";
            output.WriteLine($"  {(result.Passed ? Word("ok  ", "32") : Word("FAIL", "31"))} {Plain(result.Case.Name)} ({Plain(result.Case.Span.Source.Path)}:{line}){message}");
            foreach (string detail in result.Details)
            {
                output.WriteLine("       " + Plain(detail));
            }
        }
    }

    private string Word(string word, string tint) => colour ? $"\e[{tint}m{word}\e[0m" : word;

    /// <summary>Fit for a terminal, whatever an event or a name has in it.</summary>
    private static string Plain(string text) => TerminalText.Visible(text);
}
