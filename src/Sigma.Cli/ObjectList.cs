using System.Text;
using System.Text.Json;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>
/// The list of the objects that the queries of a run create in the systems behind the targets, one JSON object per line, sorted: the
/// lines of an earlier list that a later one does not have are the objects to remove.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class ObjectList(string path)
{
    private readonly SortedSet<string> lines = new(StringComparer.Ordinal);

    /// <summary>Adds the objects of a conversion.</summary>
    public void Add(Conversion conversion)
    {
        foreach (ObjectName named in conversion.Objects)
        {
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                writer.WriteStartObject();
                writer.WriteString("target", conversion.Target);
                writer.WriteString("format", conversion.Format);
                writer.WriteString("kind", named.Kind);
                writer.WriteString(named.IsId ? "id" : "name", SurrogatePairs.Whole(named.Name.ToCharArray()));
                writer.WriteEndObject();
            }

            lines.Add(Encoding.UTF8.GetString(buffer.ToArray()));
        }
    }

    /// <summary>Writes the file, in the place of an earlier one.</summary>
    /// <param name="bounds">What must not be replaced.</param>
    /// <returns>Why it could not be written; null if it was.</returns>
    public Diagnostic? Write(OutputBounds bounds) => OutputFolder.WriteFile(path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), bounds);
}
