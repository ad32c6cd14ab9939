using System.Text;

namespace Sigma.Events.Logs;

/// <summary>Tells by its first bytes what a file is that has no events to read.</summary>
internal static class FileKinds
{
    private static readonly (byte[] Begin, int At, string Kind)[] Binary =
    [
        ("LfLe"u8.ToArray(), 4, "a Windows event log of the old format (.evt)"),
        ("PK\u0003\u0004"u8.ToArray(), 0, "a zip archive"),
        ("PK\u0005\u0006"u8.ToArray(), 0, "an empty zip archive"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, "a 7z archive"),
        ("Rar!\u001a\u0007"u8.ToArray(), 0, "a rar archive"),
        ("BZh"u8.ToArray(), 0, "packed with bzip2"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], 0, "packed with xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], 0, "packed with zstd"),
        ([0x04, 0x22, 0x4D, 0x18], 0, "packed with lz4"),
        ([0x1F, 0x9D], 0, "packed with compress"),
        ([0x1F, 0x8B], 0, "packed with gzip twice"),
        ("ustar"u8.ToArray(), 257, "a tar archive"),
        ("PAR1"u8.ToArray(), 0, "a Parquet file"),
        ("Obj\u0001"u8.ToArray(), 0, "an Avro file"),
        ("ORC"u8.ToArray(), 0, "an ORC file"),
        ("SQLite format 3\0"u8.ToArray(), 0, "an SQLite database"),
        ([0xD4, 0xC3, 0xB2, 0xA1], 0, Capture),
        ([0xA1, 0xB2, 0xC3, 0xD4], 0, Capture),
        ([0x4D, 0x3C, 0xB2, 0xA1], 0, Capture),
        ([0x0A, 0x0D, 0x0D, 0x0A], 0, Capture),
        ("LPKSHHRH"u8.ToArray(), 0, "a journal of systemd"),
        ("regf"u8.ToArray(), 0, "a registry hive"),
        ("%PDF"u8.ToArray(), 0, "a PDF document"),
        ([0xD0, 0xCF, 0x11, 0xE0], 0, "an Office document or installer"),
        ([0x7F, 0x45, 0x4C, 0x46], 0, "a program"),
        ([0x89, 0x50, 0x4E, 0x47], 0, "a picture"),
        ([0xFF, 0xD8, 0xFF], 0, "a picture"),
        ("GIF8"u8.ToArray(), 0, "a picture"),
        ([0xFF, 0xFE, 0x00, 0x00], 0, "a text in UTF-32"),
        ([0x00, 0x00, 0xFE, 0xFF], 0, "a text in UTF-32"),
    ];

    private static readonly (string Begin, string Kind)[] Texts =
    [
        ("{\\rtf", "an RTF document"),
        ("-----BEGIN ", "a key or certificate"),
        ("#!", "a script"),
        ("<?xml", "XML"),
        ("<Event", "XML"),
        ("<!DOCTYPE html", "HTML"),
        ("<html", "HTML"),
    ];

    /// <summary>The kind that <see cref="IsWideText"/> tells.</summary>
    public const string WideText = "a text in UTF-16 without a byte order mark";

    /// <summary>What a Windows event log is called.</summary>
    public const string EventLog = "a Windows event log (.evtx)";

    private const string Capture = "a capture of network packets";

    /// <summary>What a file is that no format can read; null if it may have events.</summary>
    public static string? OfBinary(ReadOnlySpan<byte> head)
    {
        foreach ((byte[] begin, int at, string kind) in Binary)
        {
            if (head.Length >= at + begin.Length && head[at..].StartsWith(begin))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>What a file is that is neither JSON nor columns, as far as it can be told; null if it may be columns.</summary>
    public static string? OfText(ReadOnlySpan<byte> head)
    {
        head = (head.StartsWith(Encoding.UTF8.Preamble) ? head[3..] : head).TrimStart(" \t\r\n"u8);
        foreach ((string begin, string kind) in Texts)
        {
            if (head.Length >= begin.Length && Encoding.UTF8.GetString(head[..begin.Length]).Equals(begin, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return head is [(byte)'<', not (>= (byte)'0' and <= (byte)'9'), ..] ? "XML or HTML" : null;
    }

    /// <summary>Whether the bytes cannot be text, and what they are; null if they can.</summary>
    public static string? OfControls(ReadOnlySpan<byte> head) =>
        head.Contains((byte)0) ? (IsWideText(head) ? WideText : "a binary file")
        : head.ContainsAnyInRange((byte)0x01, (byte)0x08) || head.ContainsAnyInRange((byte)0x0E, (byte)0x1A) ? "a binary file"
        : null;

    /// <summary>Whether a text is UTF-16 of mostly Latin letters: nearly every other byte is 0, and hardly any of the rest.</summary>
    public static bool IsWideText(ReadOnlySpan<byte> head)
    {
        int even = 0;
        int odd = 0;
        int length = head.Length & ~1;
        for (int i = 0; i < length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }

        int pairs = length / 2;
        return pairs > 1 && (Math.Max(even, odd) > pairs * 3 / 4) && Math.Min(even, odd) <= pairs / 20;
    }
}
