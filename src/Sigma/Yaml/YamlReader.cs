using Sigma.Text;

namespace Sigma.Yaml;

/// <summary>Turns a file into positioned documents. Whatever the input, it ends soon and throws nothing.</summary>
public static class YamlReader
{
    /// <summary>The deepest nesting that is followed. Rules nest about 6 deep.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many nodes a document may have once its aliases are written out. A value list of 1,000,000 still fits.</summary>
    public const int MaxNodes = 2_000_000;

    /// <summary>Reads all documents of a source.</summary>
    /// <param name="source">The text.</param>
    /// <returns>
    /// One entry a document, in order, with its diagnostics. A document whose YAML is broken keeps its place;
    /// reading goes on at the next line that starts with <c>---</c>.
    /// </returns>
    public static IReadOnlyList<YamlDocument> Read(SourceText source)
    {
        var documents = new List<YamlDocument>();
        int start = 0;
        while (start < source.Text.Length)
        {
            int broken = new YamlDocumentReader(source, start, documents).Run();
            if (broken < 0)
            {
                break;
            }

            start = DocumentBorders.NextDocument(source.Text, broken);
        }

        return documents;
    }
}
