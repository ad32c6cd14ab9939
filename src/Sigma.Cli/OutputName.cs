using System.Text;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>
/// Names of files that are made of a stranger's text: every file system takes them, no program takes them for an option, and none
/// of their characters steers a terminal.
/// </summary>
internal static class OutputName
{
    /// <summary>The longest part of a path, in bytes, with room for the suffix that it has while the file is written.</summary>
    private const int Longest = 200;

    /// <summary>How much of the end of a part that is too long is kept, so that the file has its ending.</summary>
    private const int Ending = 40;

    private const string NotInNames = "\\:*?\"<>|";

    /// <summary>A text that becomes a piece of a path's part; it can open no folder.</summary>
    public static string? Piece(string? text) => text is null ? null : Replaced(text, NotInNames + "/");

    /// <summary>A path with slashes, each of its parts made safe. Where it leads, above its folder even, does not change.</summary>
    public static string Safe(string path) => string.Join('/', path.Split('/').Select(Part));

    private static string Part(string part)
    {
        if (part is "" or "." or "..")
        {
            return part;
        }

        // Windows does not take blanks and dots at the end, and takes some names for devices, whatever their ending is.
        string name = Shortened(Replaced(part, NotInNames).TrimEnd(' ', '.'));
        return name.Length == 0 || name[0] is '-' or ' ' || IsDevice(name) ? "_" + name : name;
    }

    private static bool IsDevice(string name)
    {
        string stem = name.Split('.')[0].TrimEnd().ToLowerInvariant();
        return stem is "con" or "prn" or "aux" or "nul" or "conin$" or "conout$" || (stem.Length == 4 && (stem.StartsWith("com", StringComparison.Ordinal) || stem.StartsWith("lpt", StringComparison.Ordinal)) && "0123456789¹²³".Contains(stem[3]));
    }

    private static string Shortened(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= Longest)
        {
            return name;
        }

        string end = name.Length > Ending && name.LastIndexOf('.', name.Length - 1, Ending) is > 0 and var dot ? name[dot..] : "";
        var kept = new StringBuilder();
        int bytes = Encoding.UTF8.GetByteCount(end);
        foreach (Rune rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > Longest)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.ToString().TrimEnd(' ', '.') + end;
    }

    private static string Replaced(string text, string forbidden)
    {
        var replaced = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool allowed = !Rune.IsControl(rune) && !DiagnosticWriter.IsUnseen(rune) && (!rune.IsBmp || !forbidden.Contains((char)rune.Value));
            replaced.Append(allowed ? rune.ToString() : "-");
        }

        return replaced.ToString();
    }
}
