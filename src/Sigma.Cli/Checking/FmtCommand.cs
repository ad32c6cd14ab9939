using System.CommandLine;
using System.Text;
using Sigma.Checks.Formatting;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac fmt</c>: writes rules in one form.</summary>
internal static class FmtCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var check = new Option<bool>("--check") { Description = "Write nothing, and fail if a file does not have the usual form." };
        var diff = new Option<bool>("--diff") { Description = "Write nothing, and show what would change." };
        var command = new Command("fmt", "Write rules in one form: order of keys, indentation, empty lines, brackets of conditions. Comments stay, and no query changes.") { check, diff };
        var rules = new RuleOptions(command, forChanges: true);
        var jobs = new JobsOption(command);
        var messages = new MessageOptions(command);
        command.SetAction(parsed => new FmtRun(rules.Read(parsed), messages.Read(parsed), parsed.GetValue(check), parsed.GetValue(diff), jobs.Read(parsed), environment).Execute());
        return command;
    }
}

/// <summary>A run of <c>sigmac fmt</c>.</summary>
/// <param name="rules">Which rules.</param>
/// <param name="said">Which messages are printed.</param>
/// <param name="check">Whether files are only checked.</param>
/// <param name="diff">Whether differences are shown.</param>
/// <param name="jobs">The number of files to process in parallel.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class FmtRun(RuleSettings rules, MessageSettings said, bool check, bool diff, int jobs, CommandEnvironment environment)
{
    private readonly Messages messages = Messages.Create(said, environment);

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        var collection = RuleCollection.Open(rules, environment, diagnostics);
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        collection.NoteEmptyFolders(messages);
        if (collection.SayNothingLeft(messages) is { } nothing)
        {
            return nothing;
        }

        int changed = 0;
        int files = 0;
        bool failed = false;
        using var output = new StreamWriter(environment.OpenOutput(messages), new UTF8Encoding(false), 64 * 1024) { NewLine = "\n" };
        foreach ((RuleInput input, SourceText source, FormattedFile? formatted, Diagnostic? error) in collection.InOrder(jobs, Format))
        {
            files++;
            if (formatted is null)
            {
                messages.Say(error!, input.Path);
                failed = true;
                continue;
            }

            if (formatted.Refusal is { } refusal)
            {
                messages.Note($"sigmac: {input.Path} is left as it is: {refusal}");
            }

            bool differs = formatted.Text != source.Text;
            changed += differs ? 1 : 0;
            if (diff)
            {
                output.Write(differs ? UnifiedDiff.Of(input.Path, source.Text, formatted.Text, environment.IsOutputTerminal) : "");
            }
            else if (input.Path == RuleInputs.StandardInput && !check)
            {
                output.Write(formatted.Text);
            }
            else if (differs && check)
            {
                output.WriteLine(DiagnosticWriter.Visible(input.Path));
            }
            else if (differs && RuleFile.WriteBack(input.Path, formatted.Text) is { } problem)
            {
                messages.Say(problem);
                failed = true;
                changed--;
            }
        }

        messages.Note($"sigmac: {Pluralizer.Count(changed, "file")} of {files} {(check || diff ? "to be formatted" : "formatted")}");
        return failed || (changed > 0 && (check || diff)) ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    private static (RuleInput Input, SourceText Source, FormattedFile? Formatted, Diagnostic? Error) Format(RuleInput input)
    {
        SourceText source = input.Read(out Diagnostic? error);
        try
        {
            return (input, source, error is null ? Formatter.Format(source) : null, error);
        }
        catch (Exception exception)
        {
            // One rule that trips the formatter must not keep the others from it.
            return (input, source, null, Diagnostic.InternalFailure(new Span(source, 0, 0), $"{exception.GetType().Name}: {exception.Message}"));
        }
    }
}
