using System.Text;
using System.Text.Json;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>Tells by its content whether a file that nobody named is a log.</summary>
internal static class LogContent
{
    /// <summary>What is looked at, after it is unpacked.</summary>
    private const int Head = 64 * 1024;

    /// <summary>Looks at the beginning of a file, within gzip or zstd too.</summary>
    /// <param name="stream">The file, which can be sought in.</param>
    /// <exception cref="NotEventsException">It is no log, or none that can be read.</exception>
    /// <exception cref="InvalidDataException">What it is cannot be told: its packed data are damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static void Check(Stream stream)
    {
        foreach (LogPart part in LogArchive.Open(stream))
        {
            // Documents and programs are archives too, so one counts by its name only.
            Check(part.Name is null ? EventInput.Begin(part.Content, Head, live: false) : throw new NotEventsException("an archive without the name of one", isKnown: true));
            return;
        }

        throw new NotEventsException("an empty archive", isKnown: true);
    }

    private static void Check(HeadStream input)
    {
        ReadOnlySpan<byte> head = input.Head.Span;
        if (EvtxEvents.IsOne(head))
        {
            return;
        }

        if ((FileKinds.OfBinary(head) ?? FileKinds.OfControls(head)) is { } binary)
        {
            throw new NotEventsException(binary, isKnown: true);
        }

        ReadOnlySpan<byte> text = (head.StartsWith(Encoding.UTF8.Preamble) ? head[3..] : head).TrimStart(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            throw new NotEventsException("an empty file", isKnown: true);
        }

        bool isJson = EventInput.FormatOf(head, input.IsWhole) is EventFormat.Json or EventFormat.Ndjson;
        if (isJson && text[0] is (byte)'{' or (byte)'[' && !BeginsObject(text))
        {
            string? kind = FileKinds.OfText(head);
            throw new NotEventsException(kind ?? "what is in its braces or brackets is no object of JSON", isKnown: kind is not null);
        }
    }

    /// <summary>Whether a text begins with an object of JSON, or a list of them.</summary>
    private static bool BeginsObject(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(EventReader.Options));
        try
        {
            return reader.Read()
                && (reader.TokenType is JsonTokenType.StartObject || (reader.Read() && reader.TokenType is JsonTokenType.StartObject))
                && reader.Read() && reader.TokenType is JsonTokenType.PropertyName;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
