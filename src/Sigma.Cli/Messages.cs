using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Everything that is said to people: standard error, in colour only where that is wanted.</summary>
/// <param name="output">Where to; usually standard error.</param>
/// <param name="colour">Whether to use colours.</param>
/// <param name="least">The least severity that is said.</param>
internal sealed class Messages(TextWriter output, bool colour, Severity least)
{
    /// <summary>Makes the messages of a run.</summary>
    /// <param name="when">auto, always or never; auto means a terminal, and no NO_COLOR in the environment.</param>
    /// <param name="quiet">Whether only errors are said.</param>
    /// <param name="verbose">Whether notes are said too.</param>
    public static Messages Create(string when, bool quiet, bool verbose)
    {
        bool terminal = !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        bool colour = when == "always" || (when == "auto" && terminal);
        return new Messages(Console.Error, colour, quiet ? Severity.Error : verbose ? Severity.Info : Severity.Warning);
    }

    /// <summary>Says a finding, if it weighs enough.</summary>
    /// <param name="diagnostic">The finding.</param>
    /// <param name="path">The file it is about, where it has no place of its own.</param>
    public void Say(Diagnostic diagnostic, string? path = null)
    {
        if (diagnostic.Severity >= least)
        {
            DiagnosticWriter.Write(output, diagnostic, colour, path);
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
            output.WriteLine(line);
        }
    }
}
