using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sigma.Events.Matching;
using Sigma.Yaml;

namespace Sigma.Events.Logs;

/// <summary>Writes the typed values of a record as Windows shows them in XML.</summary>
internal static class EvtxValues
{
    public const byte UnicodeText = 0x01;
    public const byte BinaryXml = 0x21;

    private const byte AnsiText = 0x02;
    private const byte Array = 0x80;
    private const byte Sid = 0x13;

    /// <summary>The characters 80 to 9F of Windows-1252; those that it does not have are control characters.</summary>
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    /// <summary>Ticks from 1601 to the end of the year 9999.</summary>
    private const long LastFileTime = 2_650_467_743_999_999_999;

    /// <summary>Whether a value is none: an attribute without one is left out.</summary>
    public static bool IsNull(EvtxValue value) => value.Size == 0;

    /// <summary>A text in UTF-16; half a surrogate pair is U+FFFD.</summary>
    public static string TextOf(ReadOnlySpan<byte> utf16) => Encoding.Unicode.GetString(utf16);

    /// <summary>Adds a value to an event; the items of an array are values of one field.</summary>
    public static void Add(Event result, EventPath path, ReadOnlySpan<byte> bytes, byte type)
    {
        if ((type & Array) != 0)
        {
            AddArray(result, path, bytes, (byte)(type & ~Array));
        }
        else if (bytes.IsEmpty && type is not (UnicodeText or AnsiText))
        {
            result.Add(path, EventValueKind.Null, default);
        }
        else
        {
            AddOne(result, path, bytes, type);
        }
    }

    private static void AddArray(Event result, EventPath path, ReadOnlySpan<byte> bytes, byte type)
    {
        int before = result.Count;
        while (!bytes.IsEmpty)
        {
            int size = type switch
            {
                UnicodeText => MemoryMarshal.Cast<byte, char>(bytes).IndexOf('\0') is var zero and >= 0 ? (zero + 1) * 2 : bytes.Length,
                AnsiText => bytes.IndexOf((byte)0) is var zero and >= 0 ? zero + 1 : bytes.Length,
                Sid => bytes.Length > 1 ? Math.Min(8 + (bytes[1] * 4), bytes.Length) : bytes.Length,
                _ => SizeOf(type) is var each and > 0 && each <= bytes.Length ? each : bytes.Length,
            };
            AddOne(result, path, bytes[..size], type);
            bytes = bytes[size..];
        }

        if (result.Count == before)
        {
            result.Add(path, EventValueKind.Null, default);
        }
    }

    /// <summary>The size of a type whose values all have one; 0 for others.</summary>
    private static int SizeOf(byte type) => type switch
    {
        0x03 or 0x04 => 1,
        0x05 or 0x06 => 2,
        0x07 or 0x08 or 0x0B or 0x0D or 0x14 => 4,
        0x09 or 0x0A or 0x0C or 0x10 or 0x11 or 0x15 => 8,
        0x0F or 0x12 => 16,
        _ => 0,
    };

    private static void AddOne(Event result, EventPath path, ReadOnlySpan<byte> bytes, byte type)
    {
        switch (type)
        {
            case UnicodeText:
                AddUnicode(result, path, bytes);
                return;
            case AnsiText:
                AddAnsi(result, path, bytes);
                return;
            case 0x03 when bytes.Length == 1:
                AddNumber(result, path, (sbyte)bytes[0]);
                return;
            case 0x04 when bytes.Length == 1:
                AddNumber(result, path, bytes[0]);
                return;
            case 0x05 when bytes.Length == 2:
                AddNumber(result, path, BinaryPrimitives.ReadInt16LittleEndian(bytes));
                return;
            case 0x06 when bytes.Length == 2:
                AddNumber(result, path, BinaryPrimitives.ReadUInt16LittleEndian(bytes));
                return;
            case 0x07 when bytes.Length == 4:
                AddNumber(result, path, BinaryPrimitives.ReadInt32LittleEndian(bytes));
                return;
            case 0x08 when bytes.Length == 4:
                AddNumber(result, path, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
                return;
            case 0x09 when bytes.Length == 8:
                AddNumber(result, path, BinaryPrimitives.ReadInt64LittleEndian(bytes));
                return;
            case 0x0A when bytes.Length == 8:
                AddNumber(result, path, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                return;
            case 0x0B when bytes.Length == 4:
                AddReal(result, path, BinaryPrimitives.ReadSingleLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture));
                return;
            case 0x0C when bytes.Length == 8:
                AddReal(result, path, BinaryPrimitives.ReadDoubleLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture));
                return;
            case 0x0D when bytes.Length <= 4:
                result.Add(path, EventValueKind.Boolean, bytes.ContainsAnyExcept((byte)0) ? "true" : "false");
                return;
            case 0x0F when bytes.Length == 16:
                Commit(result, path, new Guid(bytes), "B", 38);
                return;
            case 0x10 or 0x14 or 0x15 or 0x20 when bytes.Length is 4 or 8:
                ulong hex = bytes.Length == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                Span<char> room = result.Reserve(18);
                "0x".CopyTo(room);
                hex.TryFormat(room[2..], out int digits, "x", CultureInfo.InvariantCulture);
                result.Commit(path, EventValueKind.Text, digits + 2);
                return;
            case 0x11 when bytes.Length == 8 && BinaryPrimitives.ReadInt64LittleEndian(bytes) is >= 0 and <= LastFileTime and var ticks:
                Commit(result, path, DateTime.FromFileTimeUtc(ticks), "O", 33);
                return;
            case 0x12 when bytes.Length == 16 && SystemTime(MemoryMarshal.Cast<byte, ushort>(bytes)) is { } time:
                Commit(result, path, time, "yyyy-MM-ddTHH:mm:ss.fffZ", 33);
                return;
            case Sid when bytes.Length >= 8 && bytes.Length == 8 + (bytes[1] * 4):
                result.Add(path, EventValueKind.Text, SidText(bytes));
                return;
            case 0x23:
                AddUnicode(result, path, bytes);
                return;
            default:
                // Binary data, and what its type does not fit.
                Convert.TryToHexString(bytes, result.Reserve(bytes.Length * 2), out int count);
                result.Commit(path, EventValueKind.Text, count);
                return;
        }
    }

    private static void AddUnicode(Event result, EventPath path, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<char> text = MemoryMarshal.Cast<byte, char>(bytes).TrimEnd('\0');
        if (text.ContainsAnyInRange('\uD800', '\uDFFF') || !BitConverter.IsLittleEndian)
        {
            result.Add(path, EventValueKind.Text, TextOf(bytes).AsSpan().TrimEnd('\0'));
        }
        else
        {
            result.Add(path, EventValueKind.Text, text);
        }
    }

    private static void AddAnsi(Event result, EventPath path, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimEnd((byte)0);
        Span<char> room = result.Reserve(bytes.Length);
        for (int i = 0; i < bytes.Length; i++)
        {
            room[i] = bytes[i] is >= 0x80 and <= 0x9F ? Windows1252[bytes[i] - 0x80] : (char)bytes[i];
        }

        result.Commit(path, EventValueKind.Text, bytes.Length);
    }

    private static void AddNumber<T>(Event result, EventPath path, T number)
        where T : ISpanFormattable
    {
        number.TryFormat(result.Reserve(20), out int length, default, CultureInfo.InvariantCulture);
        result.Commit(path, EventValueKind.Number, length);
    }

    private static void AddReal(Event result, EventPath path, string number)
    {
        string? canonical = ScalarTypes.CanonicalNumber(number);
        result.Add(path, canonical is null ? EventValueKind.Text : EventValueKind.Number, canonical ?? number);
    }

    private static void Commit<T>(Event result, EventPath path, T value, string format, int room)
        where T : ISpanFormattable
    {
        value.TryFormat(result.Reserve(room), out int length, format, CultureInfo.InvariantCulture);
        result.Commit(path, EventValueKind.Text, length);
    }

    /// <summary>The parts of a SYSTEMTIME; null if they are no date.</summary>
    private static DateTime? SystemTime(ReadOnlySpan<ushort> parts)
    {
        (int year, int month, int day) = (parts[0], parts[1], parts[3]);
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && parts[4] < 24 && parts[5] < 60 && parts[6] < 60 && parts[7] < 1000
            ? new DateTime(year, month, day, parts[4], parts[5], parts[6], parts[7], DateTimeKind.Utc)
            : null;
    }

    private static string SidText(ReadOnlySpan<byte> sid)
    {
        ulong authority = 0;
        foreach (byte one in sid[2..8])
        {
            authority = (authority << 8) | one;
        }

        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"S-{sid[0]}-").Append(authority);
        for (int at = 8; at < sid.Length; at += 4)
        {
            text.Append('-').Append(BinaryPrimitives.ReadUInt32LittleEndian(sid[at..]));
        }

        return text.ToString();
    }
}
