using System.Buffers.Binary;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>Reads an element of binary XML into the steps that it adds to an event.</summary>
/// <param name="bytes">The chunk; names may stand anywhere in it.</param>
/// <param name="start">Where the element begins.</param>
/// <param name="end">Where what it stands in ends.</param>
/// <param name="hasIds">Whether elements have the number that they have in templates.</param>
/// <exception cref="InvalidDataException">It is damaged.</exception>
internal sealed class EvtxTemplateReader(ReadOnlyMemory<byte> bytes, int start, int end, bool hasIds)
{
    private const int DeepestElement = 64;

    /// <summary>A flag of tokens: an element has attributes, or more of the same follows.</summary>
    private const byte More = 0x40;

    private readonly List<EvtxStep> steps = [];
    private readonly List<EvtxName> names = [];
    private int at = start;

    /// <summary>The names that were read, in their order.</summary>
    public IReadOnlyList<EvtxName> Names => names;

    /// <summary>Where it stopped.</summary>
    public int End => at;

    /// <summary>Reads the element.</summary>
    /// <param name="parent">The field around it.</param>
    public EvtxTemplate Read(EventPath parent)
    {
        Element(parent, 0);
        return new EvtxTemplate(parent, [.. steps]);
    }

    private void Element(EventPath parent, int depth)
    {
        if (depth > DeepestElement)
        {
            throw new InvalidDataException($"elements are nested more than {DeepestElement} levels deep");
        }

        bool hasAttributes = (Byte() & More) != 0;
        Skip(hasIds ? 6 : 4);
        string name = Name();
        Skip(hasAttributes ? 4 : 0);
        (List<EvtxStep> attributes, EventPath path, List<EvtxPart>? dynamicName) = Attributes(parent, parent.Child(name), hasAttributes);
        int first = steps.Count;
        steps.AddRange(attributes);
        switch (Byte())
        {
            case EvtxToken.CloseEmptyElement:
                Finish(path, [], hasElements: false, attributes.Count, first, dynamicName);
                break;
            case EvtxToken.CloseStartElement:
                (List<EvtxPart> parts, bool hasElements) = Content(path, depth);
                Finish(path, parts, hasElements, attributes.Count, first, dynamicName);
                break;
            default:
                throw new InvalidDataException($"the start of the element '{name}' is damaged");
        }
    }

    /// <summary>Reads attributes. The name of <c>Data</c> is that of the field.</summary>
    private (List<EvtxStep> Steps, EventPath Path, List<EvtxPart>? DynamicName) Attributes(EventPath parent, EventPath path, bool hasAttributes)
    {
        var found = new List<EvtxStep>();
        List<EvtxPart>? dynamicName = null;
        bool isData = path.HoldsNamedData;
        while (hasAttributes && at < end && (Peek() & ~More) == EvtxToken.Attribute)
        {
            at++;
            string name = Name();
            List<EvtxPart> parts = Parts();
            if (isData && name == "Name")
            {
                if (parts is [{ Text: { Length: > 0 } text }])
                {
                    path = parent.Child(text);
                }
                else
                {
                    dynamicName = parts;
                }
            }
            else if (!isData && name != "xmlns" && !name.StartsWith("xmlns:", StringComparison.Ordinal))
            {
                EventPath field = path.Child("#attributes").Child(name);
                found.Add(parts switch
                {
                    [] => new EvtxStep(EvtxStepKind.Text, field),
                    [{ Text: { } text }] => new EvtxStep(EvtxStepKind.Text, field) { Text = text },
                    [{ Value: var value }] => new EvtxStep(EvtxStepKind.Attribute, field) { Value = value },
                    _ => new EvtxStep(EvtxStepKind.Mixed, field) { Parts = parts },
                });
            }
        }

        return (found, dynamicName is null ? path : parent, dynamicName);
    }

    /// <summary>Reads what stands between the tags of an element.</summary>
    private (List<EvtxPart> Parts, bool HasElements) Content(EventPath path, int depth)
    {
        var parts = new List<EvtxPart>();
        bool hasElements = false;
        while (true)
        {
            parts.AddRange(Parts());
            switch (Peek() & ~More)
            {
                case EvtxToken.EndElement:
                    at++;
                    return (parts, hasElements);
                case EvtxToken.OpenStartElement:
                    hasElements = true;
                    Element(path, depth + 1);
                    break;
                case EvtxToken.InstructionTarget:
                    at++;
                    _ = Name();
                    break;
                case EvtxToken.InstructionData:
                    at++;
                    _ = Text();
                    break;
                default:
                    throw new InvalidDataException($"the binary XML has an unknown token {Peek():x2}");
            }
        }
    }

    private void Finish(EventPath path, List<EvtxPart> parts, bool hasElements, int attributes, int first, List<EvtxPart>? dynamicName)
    {
        if (dynamicName is not null)
        {
            steps.Add(new EvtxStep(EvtxStepKind.Named, path) { Name = dynamicName, Parts = parts });
        }
        else if (hasElements)
        {
            steps.Insert(first, new EvtxStep(EvtxStepKind.Object, path));
            steps.AddRange(parts.Where(part => part.Text is null).Select(part => new EvtxStep(EvtxStepKind.Splice, path) { Value = part.Value }));
            string text = string.Concat(parts.Select(part => part.Text));
            if (!string.IsNullOrWhiteSpace(text))
            {
                steps.Add(new EvtxStep(EvtxStepKind.Text, path) { Text = text });
            }
        }
        else if (parts.Count == 0 && attributes > 0)
        {
            steps.Insert(first, new EvtxStep(EvtxStepKind.StartOfAttributes, path));
            steps.Add(new EvtxStep(EvtxStepKind.EndOfAttributes, path));
        }
        else
        {
            steps.Add(parts switch
            {
                [] => new EvtxStep(EvtxStepKind.Null, path),
                [{ Text: { } text }] => new EvtxStep(EvtxStepKind.Text, path) { Text = text },
                [{ Value: var value }] => new EvtxStep(EvtxStepKind.Value, path) { Value = value },
                _ => new EvtxStep(EvtxStepKind.Mixed, path) { Parts = parts },
            });
        }
    }

    /// <summary>Reads texts and values up to something else; texts that follow each other are one.</summary>
    private List<EvtxPart> Parts()
    {
        var parts = new List<EvtxPart>();
        while (true)
        {
            switch (Peek() & ~More)
            {
                case EvtxToken.Value:
                    at++;
                    if (Byte() != EvtxValues.UnicodeText)
                    {
                        throw new InvalidDataException("a value of a template is not a text");
                    }

                    AddText(Text());
                    break;
                case EvtxToken.CharacterData:
                    at++;
                    AddText(Text());
                    break;
                case EvtxToken.CharacterReference:
                    at++;
                    AddText(((char)UInt16()).ToString());
                    break;
                case EvtxToken.EntityReference:
                    at++;
                    AddText(Entity(Name()));
                    break;
                case EvtxToken.NormalSubstitution or EvtxToken.OptionalSubstitution:
                    at++;
                    parts.Add(new EvtxPart(null, UInt16()));
                    Skip(1);
                    break;
                default:
                    return parts;
            }
        }

        void AddText(string text)
        {
            if (parts is [.., { Text: { } before }])
            {
                parts[^1] = new EvtxPart(before + text, -1);
            }
            else
            {
                parts.Add(new EvtxPart(text, -1));
            }
        }
    }

    private static string Entity(string name) => name switch
    {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => $"&{name};",
    };

    /// <summary>Reads the name that the place names; it may stand right here.</summary>
    private string Name()
    {
        int place = at;
        Skip(4);
        var name = EvtxName.Read(bytes.Span, place);
        Skip(name.End - at);
        names.Add(name);
        return name.Text;
    }

    /// <summary>Reads a text that says its length.</summary>
    private string Text()
    {
        int size = UInt16() * 2;
        int from = at;
        Skip(size);
        return EvtxValues.TextOf(bytes.Span.Slice(from, size));
    }

    private byte Peek() => at < end ? bytes.Span[at] : throw new InvalidDataException("the binary XML is cut short");

    private byte Byte()
    {
        byte value = Peek();
        at++;
        return value;
    }

    private ushort UInt16()
    {
        int from = at;
        Skip(2);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[from..]);
    }

    private void Skip(int count)
    {
        if (count > end - at)
        {
            throw new InvalidDataException("the binary XML is cut short");
        }

        at += count;
    }
}
