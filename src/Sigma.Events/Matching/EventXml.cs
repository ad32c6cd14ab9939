using System.Xml;

namespace Sigma.Events.Matching;

/// <summary>Reads the XML of a Windows event, as wevtutil, the Event Viewer and shippers write it; fields have the names that other forms give them.</summary>
internal static class EventXml
{
    /// <summary>More elements within each other are not read.</summary>
    private const int Deepest = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,
        ConformanceLevel = ConformanceLevel.Fragment,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersFromEntities = 1024,
    };

    /// <summary>Whether a text begins like an event, or the data of one.</summary>
    public static bool IsLikeOne(ReadOnlySpan<char> text) =>
        BeginsElement(text, "Event") || BeginsElement(text, "EventData") || BeginsElement(text, "UserData") || BeginsElement(text, "Data");

    /// <summary>Reads an event, and adds its values to another.</summary>
    /// <param name="xml">The text.</param>
    /// <param name="place">Where the text stood; the data of an event belong there.</param>
    /// <param name="result">The event.</param>
    /// <returns>Whether it is sound XML.</returns>
    public static bool TryAdd(string xml, EventPath place, Event result) => Add(xml, place, result) is null;

    /// <summary>Reads an event, and adds its values to another.</summary>
    /// <returns>Why it is not sound XML; null if it is.</returns>
    public static string? Add(string xml, EventPath place, Event result)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), Settings);
            while (reader.Read())
            {
                if (reader.NodeType is XmlNodeType.Element)
                {
                    EventPath parent = reader.LocalName switch
                    {
                        "Event" => EventPath.Root,
                        "EventData" or "UserData" => place.IsEventData ? place.Parent! : EventPath.Root.Child("Event"),
                        _ => place,
                    };
                    Element(reader, parent, 0, result);
                }
            }

            return null;
        }
        catch (XmlException exception)
        {
            return "the XML is broken: " + exception.Message.TrimEnd('.');
        }
    }

    private static bool BeginsElement(ReadOnlySpan<char> text, string name) =>
        text.Length > name.Length + 1 && text[0] == '<' && text[1..].StartsWith(name, StringComparison.Ordinal) && text[name.Length + 1] is '>' or ' ' or '\t' or '\r' or '\n' or '/';

    private static void Element(XmlReader reader, EventPath parent, int depth, Event result)
    {
        if (depth > Deepest)
        {
            throw new XmlException($"elements are nested more than {Deepest} levels deep");
        }

        EventPath path = parent.Child(reader.LocalName);
        bool isNamed = path.HoldsNamedData && reader.GetAttribute("Name") is { Length: > 0 };
        path = isNamed ? parent.Child(reader.GetAttribute("Name")!) : path;
        bool isEmpty = reader.IsEmptyElement;
        int before = result.Count;
        while (!isNamed && reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.Name != "xmlns")
            {
                result.Add(path.Child("#attributes").Child(reader.LocalName), EventValueKind.Text, reader.Value);
            }
        }

        bool hasAttributes = result.Count > before;
        reader.MoveToElement();
        string text = "";
        int elements = 0;
        while (!isEmpty && reader.Read() && reader.NodeType is not XmlNodeType.EndElement)
        {
            if (reader.NodeType is XmlNodeType.Element)
            {
                if (elements++ == 0)
                {
                    result.Add(path, EventValueKind.Object, default);
                }

                Element(reader, path, depth + 1, result);
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                text += reader.Value;
            }
        }

        if (elements > 0 ? !string.IsNullOrWhiteSpace(text) : text.Length > 0)
        {
            result.Add(path, EventValueKind.Text, text);
        }
        else if (elements == 0)
        {
            result.Add(path, hasAttributes ? EventValueKind.Object : EventValueKind.Null, default);
        }
    }
}
