using System.Diagnostics;
using System.Text.Json;
using Sigma.Planning;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes names as JSON records, one a line. The schema is docs/fields.schema.json.</summary>
internal static class AskedNameRecord
{
    /// <summary>Writes one record and a line end.</summary>
    public static void Write(Stream output, string target, CountedName name)
    {
        using (var buffer = new JsonBuffer(output))
        using (var json = new Utf8JsonWriter(buffer, ConversionRecord.Options))
        {
            json.WriteStartObject();
            json.WriteString("target", target);
            json.WriteString("kind", KindOf(name));
            json.WriteNumber("rules", name.Rules);
            json.WriteString("name", name.Name);
            json.WriteStartArray("written");
            foreach (string written in name.Written)
            {
                json.WriteStringValue(written);
            }

            json.WriteEndArray();
            json.WriteString("state", StateOf(name));
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>The word for what it is.</summary>
    public static string KindOf(CountedName name) => name.IsLog ? "log" : "field";

    /// <summary>The word for how it came to be asked for.</summary>
    public static string StateOf(CountedName name) => name.Origin switch
    {
        NameOrigin.Mapped => "mapped",
        NameOrigin.Added => "added",
        NameOrigin.AsWritten => "as-written",
        NameOrigin.Unmapped => "unmapped",
        _ => throw new UnreachableException(name.Origin.ToString()),
    };
}
