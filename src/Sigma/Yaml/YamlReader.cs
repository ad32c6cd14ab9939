using Sigma.Text;

namespace Sigma.Yaml;

/// <summary>Turns a file into positioned documents. Whatever the input, it ends soon and throws nothing.</summary>
internal static class YamlReader
{
    /// <summary>Reads all documents of a source.</summary>
    /// <param name="source">The text.</param>
    /// <returns>
    /// One entry a document, in order, with its diagnostics. A document whose YAML is broken keeps its place;
    /// reading goes on at the next line that starts with <c>---</c>.
    /// </returns>
    public static IReadOnlyList<YamlDocument> Read(SourceText source)
    {
        var documents = new List<YamlDocument>();
        var aliases = new AliasBudget();
        int start = 0;
        ParserLenience lenience = ParserLenience.None;
        while (start < source.Text.Length)
        {
            var reader = new YamlDocumentReader(source, start, documents, aliases, lenience);
            int broken = reader.Run();
            if (broken < 0)
            {
                break;
            }

            if (reader.Needed is { } needed)
            {
                (start, lenience) = (broken, needed);
                continue;
            }

            start = DocumentBorders.NextDocument(source.Text, broken);
        }

        return documents;
    }
}
