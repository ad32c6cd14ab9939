using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Everything that is said to people: standard error, in colour only where that is wanted.</summary>
/// <param name="output">Where to; usually standard error.</param>
/// <param name="colour">Whether to use colours.</param>
/// <param name="least">The least severity that is said.</param>
internal sealed class Messages(TextWriter output, bool colour, Severity least)
{
    /// <summary>What waits until a progress bar is gone; null while nothing is in the way.</summary>
    private StringWriter? held;

    /// <summary>Makes the messages of a run.</summary>
    /// <param name="settings">What the user wants to be told. Under <c>--strict</c> a warning is an error, so <c>--quiet</c> does not silence it.</param>
    /// <param name="environment">The streams and variables.</param>
    public static Messages Create(MessageSettings settings, CommandEnvironment environment)
    {
        bool quiet = settings.Quiet && !settings.Strict;
        bool colour = environment.WantsColour(settings.Colour, environment.IsErrorTerminal);
        return new Messages(environment.Error, colour, quiet ? Severity.Error : settings.Verbose ? Severity.Info : Severity.Warning);
    }

    /// <summary>Says a finding, if it weighs enough.</summary>
    /// <param name="diagnostic">The finding.</param>
    /// <param name="path">The file it is about, where it has no place of its own.</param>
    public void Say(Diagnostic diagnostic, string? path = null)
    {
        if (diagnostic.Severity >= least)
        {
            Write(writer => DiagnosticWriter.Write(writer, diagnostic, colour, path));
        }
    }

    /// <summary>Says findings.</summary>
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

    /// <summary>Says a plain line, unless only errors are wanted.</summary>
    public void Note(string line)
    {
        if (least < Severity.Error)
        {
            Write(writer => writer.WriteLine(DiagnosticWriter.Visible(line)));
        }
    }

    /// <summary>Keeps back what is said from now on: a progress bar is being drawn.</summary>
    public void Hold() => held ??= new StringWriter();

    /// <summary>Says what was kept back.</summary>
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
            // Standard error is closed or full: nobody can be told, and the queries are worth finishing all the same.
        }
    }
}
