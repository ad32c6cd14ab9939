using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The messages for the user on standard error, in colour only if requested.</summary>
/// <param name="output">The stream; usually standard error.</param>
/// <param name="colour">Whether to use colours.</param>
/// <param name="least">The lowest severity that is printed.</param>
internal sealed class Messages(TextWriter output, bool colour, Severity least)
{
    /// <summary>Messages held back while a progress bar is shown; null if there is none.</summary>
    private StringWriter? held;

    /// <summary>Creates the messages of a run.</summary>
    /// <param name="settings">The settings. With <c>--strict</c> a warning is an error, so <c>--quiet</c> does not silence it.</param>
    /// <param name="environment">The streams and variables.</param>
    public static Messages Create(MessageSettings settings, CommandEnvironment environment)
    {
        bool quiet = settings.Quiet && !settings.Strict;
        bool colour = environment.WantsColour(settings.Colour, environment.IsErrorTerminal);
        return new Messages(environment.Error, colour, quiet ? Severity.Error : settings.Verbose ? Severity.Info : Severity.Warning);
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
