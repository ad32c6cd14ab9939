using System.Text;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>Zeek's logs of columns: lines that begin with <c>#</c> say the separators, the stream and the names.</summary>
internal sealed class ZeekFormat : LineFormat
{
    private readonly string separator = "\t";
    private readonly string setSeparator = ",";
    private readonly string empty = "(empty)";
    private readonly string unset = "-";
    private readonly string? stream;
    private readonly EventPath[] fields = [];
    private readonly string[] types = [];

    /// <summary>Creates the format of a file's first line.</summary>
    public ZeekFormat()
    {
    }

    private ZeekFormat(ZeekFormat before, string name, string value)
    {
        (separator, setSeparator, empty, unset, stream, fields, types) = (before.separator, before.setSeparator, before.empty, before.unset, before.stream, before.fields, before.types);
        switch (name)
        {
            case "separator":
                separator = EscapedText.OfZeek.Undo(value.Trim());
                break;
            case "set_separator":
                setSeparator = EscapedText.OfZeek.Undo(value);
                break;
            case "empty_field":
                empty = value;
                break;
            case "unset_field":
                unset = value;
                break;
            case "path":
                stream = value;
                break;
            case "fields":
                fields = [.. value.Split(separator).Select(field => EventPath.Root.Child(field))];
                break;
            case "types":
                types = value.Split(separator);
                break;
        }
    }

    /// <inheritdoc/>
    public override LineFormat? After(ReadOnlySpan<byte> line)
    {
        if (line is not [(byte)'#', ..])
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(line[1..]);

        // The separator itself is separated by a blank.
        int end = text.StartsWith("separator ", StringComparison.Ordinal) ? "separator".Length : text.IndexOf(separator, StringComparison.Ordinal);
        return end < 0 ? this : new ZeekFormat(this, text[..end], text[(end == "separator".Length && text[end] == ' ' ? end + 1 : end + separator.Length)..]);
    }

    /// <inheritdoc/>
    public override string? Read(string line, Event result)
    {
        string[] values = line.Split(separator);
        if (values.Length != fields.Length)
        {
            return $"the line has {values.Length} columns, and #fields names {fields.Length}";
        }

        if (stream is not null)
        {
            result.Add(EventPath.Root.Child("_path"), EventValueKind.Text, stream);
        }

        for (int i = 0; i < values.Length; i++)
        {
            string type = i < types.Length ? types[i] : "string";
            if (IsList(type) && values[i] != unset && values[i] != empty)
            {
                foreach (string item in values[i].Split(setSeparator))
                {
                    AddText(fields[i], item, result);
                }
            }
            else if (values[i] == empty && type != "string")
            {
                // A list without items has no value; a text of no letters is one.
                result.Add(fields[i], EventValueKind.Null, default);
            }
            else if (type == "bool" && values[i] is "T" or "F")
            {
                result.Add(fields[i], EventValueKind.Boolean, values[i] == "T" ? "true" : "false");
            }
            else
            {
                AddText(fields[i], values[i], result);
            }
        }

        return null;
    }

    private void AddText(EventPath field, string value, Event result)
    {
        bool isUnset = value == unset;
        result.Add(field, isUnset ? EventValueKind.Null : EventValueKind.Text, isUnset || value == empty ? "" : EscapedText.OfZeek.Undo(value));
    }

    /// <summary>Whether a column has lists; Bro called sets tables.</summary>
    private static bool IsList(string type) =>
        type.StartsWith("set[", StringComparison.Ordinal) || type.StartsWith("vector[", StringComparison.Ordinal) || type.StartsWith("table[", StringComparison.Ordinal);
}
