using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The messages for the user on standard error, in colour only if requested.</summary>
/// <param name="output">The stream; usually standard error.</param>
/// <param name="colour">Whether to use colours.</param>
/// <param name="least">The lowest severity that is printed.</param>
/// <param name="folds">Whether warnings that many rules have are shown for a few of them.</param>
internal sealed class Messages(TextWriter output, bool colour, Severity least, bool folds = false)
{
    /// <summary>The most lines that a message about equal findings names.</summary>
    private const int MostLines = 8;

    private readonly FindingTally tally = new();

    /// <summary>Messages held back while a progress bar is shown; null if there is none.</summary>
    private StringWriter? held;

    /// <summary>Creates the messages of a run.</summary>
    /// <param name="settings">The settings. With <c>--strict</c> a warning is an error, so <c>--quiet</c> does not silence it.</param>
    /// <param name="environment">The streams and variables.</param>
    public static Messages Create(MessageSettings settings, CommandEnvironment environment)
    {
        bool quiet = settings.Quiet && !settings.Strict;
        bool colour = environment.WantsColour(settings.Colour, environment.IsErrorTerminal);
        return new Messages(environment.Error, colour, quiet ? Severity.Error : settings.Verbose ? Severity.Info : Severity.Warning, folds: !settings.Verbose && !settings.Strict);
    }

    /// <summary>Prints a finding if its severity is high enough.</summary>
    /// <param name="diagnostic">The finding.</param>
    /// <param name="path">The file it concerns, if it has no position.</param>
    public void Say(Diagnostic diagnostic, string? path = null)
    {
        if (diagnostic.Severity >= least)
        {
            Write(writer => DiagnosticWriter.Write(writer, diagnostic, colour, path));
        }
    }

    /// <summary>
    /// Prints the findings of one rule, equal ones once: a list of ten values that a target cannot express is one message. A warning that
    /// rules before it had is only counted. With <c>--verbose</c> each has its own, and with <c>--strict</c>, where it fails the rule.
    /// </summary>
    /// <param name="diagnostics">The findings.</param>
    /// <param name="path">The file they concern, for those without a position.</param>
    public void SayOfRule(IReadOnlyList<Diagnostic> diagnostics, string? path)
    {
        Diagnostic[] shown = [.. diagnostics.Where(finding => finding.Severity >= least)];
        foreach (IGrouping<(string, string, string?, string?), Diagnostic> equal in shown.GroupBy(finding => (finding.Code.Id, finding.Message, finding.Hint, finding.Span?.Source.Path)))
        {
            Diagnostic[] each = [.. equal];
            if (folds && tally.IsTold(each[0]))
            {
                tally.Add(each[0], 0, each.Length);
                continue;
            }

            int said = least is Severity.Info ? each.Length : 1;
            foreach (Diagnostic finding in each.Take(said))
            {
                Say(finding, path);
            }

            if (said < each.Length)
            {
                Write(writer => writer.Write($"  and {each.Length - said} more like it{Lines([.. each.Skip(said)])}\n"));
            }

            tally.Add(each[0], said, each.Length);
        }

        tally.EndRule();
    }

    /// <summary>Prints how often each code occurred in the rules, where that is no longer seen at a glance.</summary>
    public void NoteTally()
    {
        foreach (string line in tally.Lines())
        {
            Note("sigmac: " + line);
        }
    }

    /// <summary>The lines of findings in words, each once; empty where they have none, or the first has it already.</summary>
    private static string Lines(Diagnostic[] findings)
    {
        int[] lines = [.. findings.Where(finding => finding.Span is not null).Select(finding => finding.Span!.Value.Position.Line).Distinct().Order()];
        return lines.Length switch
        {
            0 => "",
            1 => $", in line {lines[0]}",
            <= MostLines => $", in lines {string.Join(", ", lines.SkipLast(1))} and {lines[^1]}",
            _ => $", in lines {string.Join(", ", lines.Take(MostLines))} and others",
        };
    }

    /// <summary>Prints findings.</summary>
    /// <returns>Whether one of them is an error.</returns>
    public bool SayAll(IEnumerable<Diagnostic> diagnostics)
    {
        bool failed = false;
        foreach (Diagnostic diagnostic in diagnostics)
        {
            Say(diagnostic);
            failed |= diagnostic.Severity is Severity.Error;
        }

        return failed;
    }

    /// <summary>Prints a plain line, unless only errors are requested.</summary>
    public void Note(string line)
    {
        if (least < Severity.Error)
        {
            Write(writer => writer.WriteLine(DiagnosticWriter.Visible(line)));
        }
    }

    /// <summary>Holds back messages while a progress bar is drawn.</summary>
    public void Hold() => held ??= new StringWriter();

    /// <summary>Prints the messages that were held back.</summary>
    public void Release()
    {
        if (held is { } kept)
        {
            held = null;
            Write(writer => writer.Write(kept.ToString()));
        }
    }

    private void Write(Action<TextWriter> write)
    {
        try
        {
            write(held ?? output);
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            // Standard error is closed or full: no message can be printed, but the queries are still worth finishing.
        }
    }
}
