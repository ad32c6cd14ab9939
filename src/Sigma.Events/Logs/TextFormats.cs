using System.Text;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>Tells the format of text logs by their beginning.</summary>
internal static class TextFormats
{
    private const int LinesLookedAt = 20;
    private const int LongestLine = 8 * 1024;

    /// <summary>The format that a text shows by its first line; null if it shows none.</summary>
    /// <param name="text">The beginning, without a mark and blanks before it.</param>
    public static EventFormat? Of(ReadOnlySpan<byte> text) =>
        text.StartsWith("#separator"u8) || text.StartsWith("#fields\t"u8) ? EventFormat.Zeek
        : text.StartsWith("#Software:"u8) || text.StartsWith("#Version:"u8) || text.StartsWith("#Fields:"u8) || text.StartsWith("#Date:"u8) || text.StartsWith("#Start-Date:"u8)
            || text.StartsWith(W3cFormat.FlowHeader) ? EventFormat.W3c
        : text is [(byte)'<', ..] && XmlEvents.HasEvent(text) ? EventFormat.Xml
        : IsAudited(text) ? EventFormat.Auditd
        : null;

    /// <summary>Whether a text is a log of auditd: it begins with a record, or with the lines that ausearch writes before one.</summary>
    private static bool IsAudited(ReadOnlySpan<byte> text)
    {
        while (AuditdEvents.IsBeforeRecord(Line(text)) && text.IndexOf((byte)'\n') is var newline and >= 0)
        {
            text = text[(newline + 1)..];
        }

        return AuditdEvents.IsRecord(Line(text));
    }

    /// <summary>Whether most of the first lines have a form that is known.</summary>
    /// <param name="text">The beginning.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    public static bool AreLines(ReadOnlySpan<byte> text, bool isWhole)
    {
        int lines = 0;
        int known = 0;
        while (!text.IsEmpty && lines < LinesLookedAt)
        {
            int newline = text.IndexOf((byte)'\n');
            if (newline < 0 && !isWhole && lines > 0)
            {
                break;
            }

            string line = Line(text);
            text = newline < 0 ? [] : text[(newline + 1)..];
            if (line.Length > 0)
            {
                lines++;
                known += TextLine.KindOf(line) is LineKind.Plain ? 0 : 1;
            }
        }

        return known * 2 > lines;
    }

    private static string Line(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
        return Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestLine)]).TrimEnd('\r', ' ');
    }
}
