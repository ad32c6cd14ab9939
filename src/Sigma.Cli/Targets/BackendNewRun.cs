using System.Text;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes the definition that a target begins with.</summary>
internal static class BackendNewRun
{
    /// <summary>Whether a text can be the name of a target's folder.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    /// <summary>Writes the file; one that is there stays as it is.</summary>
    public static int Run(string name, string folder, CommandEnvironment environment)
    {
        string path = Path.Combine(folder, name, "backend.yml");
        bool exists = Path.Exists(path);
        Diagnostic? problem = exists
            ? Diagnostic.CannotWrite(null, path, "a file with that name already exists")
            : OutputFolder.WriteFile(path, Encoding.UTF8.GetBytes(BackendTexts.Read("new.yml")), OutputBounds.Regular);
        if (problem is not null)
        {
            Messages.Create(new MessageSettings(), environment).Say(problem);
            return exists ? ExitCode.WrongUse : ExitCode.SomeFailed;
        }

        environment.Output.WriteLine($"{TerminalText.Visible(path)}: now change it to your language, and run 'sigmac backend check {TerminalText.Visible(Path.Combine(folder, name))}'");
        return ExitCode.Converted;
    }
}
