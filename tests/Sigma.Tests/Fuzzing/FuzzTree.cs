using System.Text;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Tests.Fuzzing;

/// <summary>A file of YAML or JSON as mutations see it.</summary>
internal abstract record FuzzTree
{
    /// <summary>The documents of a file; what is no YAML is one text.</summary>
    public static IReadOnlyList<FuzzTree> Read(string text) =>
        [.. YamlReader.Read(new SourceText("corpus.yml", text)).Select(document => document.Root).OfType<YamlNode>().Select(Of)];

    /// <summary>A file again; all of it in flow style, so that no mutation can break the layout.</summary>
    public static string Write(IEnumerable<FuzzTree> documents) => string.Join("\n---\n", documents.Select(document => document.ToString())) + "\n";

    public sealed override string ToString()
    {
        var output = new StringBuilder();
        Append(output);
        return output.ToString();
    }

    /// <summary>How many nodes there are.</summary>
    public abstract int Size { get; }

    /// <summary>Appends the tree as YAML, which is JSON where all scalars are quoted.</summary>
    protected abstract void Append(StringBuilder output);

    private static FuzzTree Of(YamlNode node) => node switch
    {
        YamlMapping map => new FuzzMap([.. map.Entries.Select(entry => (entry.Name, Of(entry.Value)))]),
        YamlSequence list => new FuzzList([.. list.Items.Select(Of)]),
        YamlScalar scalar => new FuzzText(scalar.Value, scalar.Style == ScalarStyle.Plain),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A scalar in double quotes.</summary>
    protected static string Quoted(string text) => QuotedScalar.Of(text);

    /// <summary>A map.</summary>
    internal sealed record FuzzMap(IReadOnlyList<(string Key, FuzzTree Value)> Entries) : FuzzTree
    {
        public override int Size => 1 + Entries.Sum(entry => entry.Value.Size);

        protected override void Append(StringBuilder output)
        {
            output.Append('{');
            foreach ((string key, FuzzTree value) in Entries)
            {
                output.Append(output[^1] == '{' ? "" : ", ").Append(Quoted(key)).Append(": ");
                value.Append(output);
            }

            output.Append('}');
        }
    }

    /// <summary>A list.</summary>
    internal sealed record FuzzList(IReadOnlyList<FuzzTree> Items) : FuzzTree
    {
        public override int Size => 1 + Items.Sum(item => item.Size);

        protected override void Append(StringBuilder output)
        {
            output.Append('[');
            for (int i = 0; i < Items.Count; i++)
            {
                output.Append(i == 0 ? "" : ", ");
                Items[i].Append(output);
            }

            output.Append(']');
        }
    }

    /// <summary>A scalar.</summary>
    internal sealed record FuzzText(string Text, bool Plain) : FuzzTree
    {
        public override int Size => 1;

        protected override void Append(StringBuilder output)
        {
            bool plain = Plain && Text.Length is > 0 and < 60 && Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/') && !Text.StartsWith('-');
            output.Append(plain ? Text : Plain && long.TryParse(Text, out _) ? Text : Quoted(Text));
        }
    }
}
