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
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(file) { NewLine = "\n" };
            writer.Write(BackendTexts.Read("new.yml"));
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            Messages.Create(new MessageSettings(), environment).Say(Diagnostic.CannotWrite(null, path, FileErrors.Reason(exception)));
            return ExitCode.WrongUse;
        }

        environment.Output.WriteLine($"{TerminalText.Visible(path)}: now change it to your language, and run 'sigmac backend check {TerminalText.Visible(Path.Combine(folder, name))}'");
        return ExitCode.Converted;
    }
}
