using System.Buffers.Binary;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// Decodes the records of a chunk. A record is mostly a template, which stands in the chunk once, and the values that go into it.
/// Everything in a chunk may be made to harm: places are checked before they are used, and what a record expands to is bounded.
/// </summary>
internal sealed class EvtxDecoder
{
    /// <summary>Binary XML within values of binary XML.</summary>
    private const int DeepestXml = 8;

    /// <summary>The most values and characters of one record, and of all records of a chunk: templates could multiply without end.</summary>
    private const int MostValues = 20_000;
    private const int MostCharacters = 4 * 1024 * 1024;
    private const long MostValuesOfChunk = 500_000;
    private const long MostCharactersOfChunk = 16 * 1024 * 1024;

    private readonly Dictionary<int, EvtxTemplate> templates = [];
    private readonly EvtxTemplateCache cache = new();
    private readonly List<EvtxValue> values = [];
    private readonly Event scratch = new();
    private byte[] bytes = [];
    private int length;
    private long valuesOfChunk;
    private bool checksTemplates;
    private long charactersOfChunk;

    /// <summary>Starts a chunk.</summary>
    public void Begin(byte[] chunk, int size)
    {
        bytes = chunk;
        length = size;
        templates.Clear();
        valuesOfChunk = 0;
        charactersOfChunk = 0;
    }

    /// <summary>Decodes a record.</summary>
    /// <param name="start">Where its binary XML begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="result">The event to fill.</param>
    /// <param name="isRecovered">Whether it is from unused space, where something else may stand in the place of a template.</param>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public void Read(int start, int end, Event result, bool isRecovered = false)
    {
        checksTemplates = isRecovered;
        result.Clear();
        values.Clear();
        try
        {
            Fragment(start, end, EventPath.Root, hasIds: true, 0, result);
        }
        finally
        {
            valuesOfChunk += result.Count;
            charactersOfChunk += result.TextLength;
        }

        if (result.Count == 0)
        {
            throw new InvalidDataException("the record is empty");
        }

        result.Complete();
    }

    private void Fragment(int at, int end, EventPath parent, bool hasIds, int depth, Event result)
    {
        if (depth > DeepestXml)
        {
            throw new InvalidDataException($"binary XML is nested more than {DeepestXml} levels deep");
        }

        while (at < end)
        {
            switch (bytes[at] & ~0x40)
            {
                case EvtxToken.EndOfStream:
                    return;
                case EvtxToken.FragmentHeader:
                    at += 4;
                    break;
                case EvtxToken.TemplateInstance:
                    at = Instance(at, end, parent, depth, result);
                    break;
                case EvtxToken.OpenStartElement:
                    var reader = new EvtxTemplateReader(bytes.AsMemory(0, length), at, end, hasIds);
                    Expand(reader.Read(parent), values.Count, depth, result);
                    at = reader.End;
                    break;
                default:
                    throw new InvalidDataException($"the binary XML has an unknown token {bytes[at]:x2}");
            }
        }
    }

    /// <summary>Reads a template's values, and puts them into it.</summary>
    /// <returns>Where what follows begins.</returns>
    private int Instance(int at, int end, EventPath parent, int depth, Event result)
    {
        const int Header = 10;
        const int Definition = 24;
        if (end - at < Header + 4)
        {
            throw new InvalidDataException("the binary XML is cut short");
        }

        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 6));
        if (offset > length - Definition)
        {
            throw new InvalidDataException("a template is outside of its chunk");
        }

        int template = (int)offset;

        // A template's number is the beginning of its identifier.
        if (checksTemplates && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 2)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(template + 4)))
        {
            throw new InvalidDataException("the template is overwritten");
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(template + 20));
        if (size > length - template - Definition)
        {
            throw new InvalidDataException("a template is outside of its chunk");
        }

        int next = template == at + Header ? template + Definition + (int)size : at + Header;
        int first = values.Count;
        next = Values(next, end);
        Expand(Template(template, (int)size, parent), first, depth, result);
        values.RemoveRange(first, values.Count - first);
        return next;
    }

    /// <summary>Reads the sizes and types of values, and passes over the values.</summary>
    private int Values(int at, int end)
    {
        uint count = end - at < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
        if (count > (uint)Math.Max(0, end - at - 4) / 4)
        {
            throw new InvalidDataException("the values of a template are cut short");
        }

        int value = at + 4 + ((int)count * 4);
        for (int i = 0; i < (int)count; i++)
        {
            ReadOnlySpan<byte> descriptor = bytes.AsSpan(at + 4 + (i * 4), 4);
            int size = BinaryPrimitives.ReadUInt16LittleEndian(descriptor);
            if (size > end - value)
            {
                throw new InvalidDataException("the values of a template are cut short");
            }

            values.Add(new EvtxValue(value, size, descriptor[2]));
            value += size;
        }

        return value;
    }

    private EvtxTemplate Template(int offset, int size, EventPath parent)
    {
        if (templates.TryGetValue(offset, out EvtxTemplate? known) && known.Parent == parent)
        {
            return known;
        }

        int begin = offset + 24;
        int end = begin + size;
        ReadOnlyMemory<byte> chunk = bytes.AsMemory(0, length);
        if (cache.Find(chunk, begin, size, parent) is { } kept)
        {
            return templates[offset] = kept;
        }

        int at = begin;
        while (at < end && (bytes[at] & ~0x40) is EvtxToken.FragmentHeader)
        {
            at += 4;
        }

        if (at >= end || (bytes[at] & ~0x40) != EvtxToken.OpenStartElement)
        {
            throw new InvalidDataException("a template has no element");
        }

        var reader = new EvtxTemplateReader(chunk, at, end, hasIds: true);
        EvtxTemplate template = reader.Read(parent);
        templates[offset] = template;
        cache.Add(chunk, begin, size, reader.Names, template);
        return template;
    }

    private void Expand(EvtxTemplate template, int first, int depth, Event result)
    {
        int count = values.Count - first;
        int before = 0;
        foreach (EvtxStep step in template.Steps)
        {
            if (result.Count > MostValues || result.TextLength > MostCharacters
                || valuesOfChunk + result.Count > MostValuesOfChunk || charactersOfChunk + result.TextLength > MostCharactersOfChunk)
            {
                throw new InvalidDataException("the record, or its chunk, expands to more than is read of one");
            }

            EvtxValue value = step.Value >= 0 && step.Value < count ? values[first + step.Value] : default;
            switch (step.Kind)
            {
                case EvtxStepKind.Object:
                    result.Add(step.Path, EventValueKind.Object, default);
                    break;
                case EvtxStepKind.Null:
                    result.Add(step.Path, EventValueKind.Null, default);
                    break;
                case EvtxStepKind.Text:
                    result.Add(step.Path, EventValueKind.Text, step.Text);
                    break;
                case EvtxStepKind.Value or EvtxStepKind.Splice when value.IsXml:
                    Fragment(value.Start, value.Start + value.Size, step.Path, hasIds: false, depth + 1, result);
                    break;
                case EvtxStepKind.Value:
                    Add(step.Path, value, result);
                    break;
                case EvtxStepKind.Attribute or EvtxStepKind.Splice when !EvtxValues.IsNull(value):
                    Add(step.Path, value, result);
                    break;
                case EvtxStepKind.Mixed:
                    result.Add(step.Path, EventValueKind.Text, Join(step.Parts, first, count));
                    break;
                case EvtxStepKind.StartOfAttributes:
                    before = result.Count;
                    break;
                case EvtxStepKind.EndOfAttributes:
                    result.Add(step.Path, result.Count > before ? EventValueKind.Object : EventValueKind.Null, default);
                    break;
                case EvtxStepKind.Named:
                    AddNamed(step, first, count, result);
                    break;
            }
        }
    }

    private void Add(EventPath path, EvtxValue value, Event result) => EvtxValues.Add(result, path, bytes.AsSpan(value.Start, value.Size), value.Type);

    private void AddNamed(EvtxStep step, int first, int count, Event result)
    {
        string name = Join(step.Name, first, count);
        EventPath path = step.Path.Child(name.Length > 0 ? name : "Data");
        if (step.Parts is [{ Text: null, Value: var number }])
        {
            Add(path, number < count ? values[first + number] : default, result);
        }
        else
        {
            result.Add(path, step.Parts.Count == 0 ? EventValueKind.Null : EventValueKind.Text, Join(step.Parts, first, count));
        }
    }

    private string Join(IReadOnlyList<EvtxPart> parts, int first, int count)
    {
        if (parts is [{ Text: { } only }])
        {
            return only;
        }

        var text = new System.Text.StringBuilder();
        foreach (EvtxPart part in parts)
        {
            if (part.Text is { } literal)
            {
                text.Append(literal);
                continue;
            }

            if (part.Value >= count || values[first + part.Value].IsXml)
            {
                continue;
            }

            scratch.Clear();
            Add(EventPath.Root, values[first + part.Value], scratch);
            for (int i = 0; i < scratch.Count; i++)
            {
                text.Append(i > 0 ? ", " : "").Append(scratch.TextOf(i));
            }

            if (text.Length > MostCharacters)
            {
                throw new InvalidDataException("the record expands to more than is read of one");
            }
        }

        return text.ToString();
    }
}
