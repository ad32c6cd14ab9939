using Sigma.Engines.Tests.Engines;
using Sigma.Rules;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.Pages;

/// <summary>
/// The same for grep, whose commands are built otherwise: on GNU grep, each of ours selects exactly the lines its rule means,
/// and where history's text is another, grep refuses it or it selects other lines.
/// </summary>
public sealed class GrepQueriesTests(ITestOutputHelper log)
{
    // Backslashes and what follows them, groups and counts; history did escape the dot.
    private const string Metacharacters = @"\+?|{}[]()^$";

    [SharedFact(Needs.Grep)]
    public void A_command_is_historys_or_the_difference_has_a_name_and_ours_is_right()
    {
        var pages = PageRun.All.Where(page => page.Target == "grep").ToList();
        var counts = new ClassCounts("grep");
        var wrong = new List<string>();
        var commands = new List<Command>();
        foreach (var page in pages)
        {
            if (page.Facts.Counts)
            {
                // History dropped the count and printed a command all the same, and so it did with 'near'.
                page.SomeRefused.Should().BeTrue(page.Page.Name);
                page.HistoryRefused.Should().BeFalse(page.Page.Name);
                counts.Add(["D17"]);
            }
            else
            {
                commands.AddRange(CommandsOf(page));
            }
        }

        Run(commands);
        foreach (var page in commands.GroupBy(command => command.Page))
        {
            wrong.AddRange(page.Where(command => !command.OursIsRight).Select(command => $"ours of {command.Name} is wrong\n  {command.Ours}"));
            var differing = page.Where(command => command.History != command.Ours).ToList();
            wrong.AddRange(differing.Where(command => command.HistoryIsRight && !GivesUp(command)).Select(command =>
                $"history's of {command.Name} is right as well\n  {command.History}\n  {command.Ours}"));
            counts.Add(differing.Count == 0 ? ["same"] : [.. differing.SelectMany(Classes).Distinct()]);
        }

        log.WriteLine($"{commands.Count(command => !command.HistoryResult.Verdict.Accepted)} commands of history are refused");
        wrong.Should().BeEmpty();
        counts.Check(log);
    }

    private static IEnumerable<Command> CommandsOf(PageRun page)
    {
        var history = page.HistoryRefused ? null : page.HistoryText.Split('\n');
        var ours = page.Ours.Split('\n');
        var conditions = page.Facts.Rules.SelectMany(rule => rule.Conditions.Select(condition => (rule, condition))).ToList();
        return conditions.Select((one, i) => new Command(page, one.rule, one.condition, ours[i], history?[i]));
    }

    private static void Run(IReadOnlyList<Command> commands)
    {
        var results = GrepEngine.RunEach([.. commands.SelectMany(c => new[] { (c.Ours, c.Lines), (c.History ?? "true", c.Lines) })]);
        for (var i = 0; i < commands.Count; i++)
        {
            commands[i].OurResult = results[2 * i];
            commands[i].HistoryResult = results[(2 * i) + 1];
        }
    }

    private static IEnumerable<string> Classes(Command command)
    {
        if (command.History is null)
        {
            yield return "D10";
            yield break;
        }

        if (GivesUp(command))
        {
            yield return "D25";
        }

        if (command.Page.Facts.Texts.Any(text => IsUnescaped(text, command.History)))
        {
            yield return "D2";
        }

        if (command.Page.Facts.Negates && command.History.Contains("(?!.*", StringComparison.Ordinal))
        {
            yield return "D3";
        }

        if (!command.History.Contains("'^(?:", StringComparison.Ordinal) && !command.History.Contains("'^.*", StringComparison.Ordinal))
        {
            yield return "D4";
        }

        if (command.Ours.StartsWith("grep -i", StringComparison.Ordinal))
        {
            yield return "D5";
        }
    }

    /// <summary>Whether history has the text with a metacharacter as it is; it escaped the dot and wrote <c>.*</c> for the star.</summary>
    private static bool IsUnescaped(RuleText text, string history)
    {
        var written = string.Concat(text.Text.Parts.Select(part => part.Kind switch
        {
            PartKind.Many => ".*",
            PartKind.One => "?",
            _ => part.Text.Replace(".", @"\.").Replace("*", ".*"),
        }));
        return text.Text.Parts.Any(part => part.Kind is PartKind.Literal && part.Text.AsSpan().IndexOfAny(Metacharacters) >= 0)
            && history.Contains(written.Replace("'", "'\"'\"'"), StringComparison.Ordinal);
    }

    /// <summary>Whether PCRE gives history's command up, on the rule's lines or on one of a thousand characters.</summary>
    private static bool GivesUp(Command command)
    {
        var result = command.HistoryIsRight ? GrepEngine.Run(command.History!, LineSamples.LongFor(command.Rule)) : command.HistoryResult;
        return result.Error.Contains("backtracking limit", StringComparison.Ordinal);
    }

    private sealed record Command(PageRun Page, SigmaRule Rule, Condition Condition, string Ours, string? History)
    {
        private IReadOnlyList<string>? meant;

        public string Name => Page.Page.Name;

        public IReadOnlyList<string> Lines { get; } = LineSamples.For(Rule);

        public GrepResult OurResult { get; set; } = null!;

        public GrepResult HistoryResult { get; set; } = null!;

        public bool OursIsRight => IsRight(OurResult);

        public bool HistoryIsRight => History is not null && IsRight(HistoryResult);

        private bool IsRight(GrepResult result)
        {
            meant ??= [.. Lines.Where(line => new LineMeaning(Rule).Holds(Condition, line))];
            return result.Verdict.Accepted && result.MatchingLines.SequenceEqual(meant);
        }
    }
}
