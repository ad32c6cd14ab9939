using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>The folders of the targets that others may extend.</summary>
/// <param name="Find">Finds one by its name; null for none.</param>
/// <param name="Names">The names, for suggestions.</param>
internal sealed record KnownFolders(Func<string, BackendFolder?> Find, IEnumerable<string> Names);

/// <summary>The <c>backend.yml</c> of a target, laid over that of the target it extends.</summary>
/// <param name="folder">The folder of the target.</param>
/// <param name="known">The folders of the targets that it may extend.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class BackendDefinition(BackendFolder folder, KnownFolders known, List<Diagnostic> diagnostics)
{
    /// <summary>A map with one of these is a shape, which is not merged with another one.</summary>
    private static readonly string[] WholeShape = ["template", "refused", "expand"];

    /// <summary>What says something of a folder alone, not of those that extend it.</summary>
    private static readonly string[] NotInherited = ["aliases", "known_as", "nearest_to", "description", "extends", "abstract"];

    /// <summary>How many targets one may extend in a chain.</summary>
    internal const int LongestChain = 5;

    private readonly List<BackendFolder> chain = [];

    /// <summary>The folder and those it extends, nearest first: what one does not have, the next may.</summary>
    public IReadOnlyList<BackendFolder> Chain => chain;

    /// <summary>Reads the whole definition; formats are not inherited piece by piece.</summary>
    /// <returns>The map; null if it cannot be read, after a report.</returns>
    public YamlMapping? Read() => Read(folder);

    private YamlMapping? Read(BackendFolder from)
    {
        chain.Add(from);
        SourceText? source = from.Read("backend.yml", out Diagnostic? error);
        if (error is not null)
        {
            diagnostics.Add(error);
        }

        if (source is null)
        {
            if (error is null)
            {
                diagnostics.Add(Diagnostic.BackendMissing(null, "backend.yml"));
            }

            return null;
        }

        YamlDocument? document = null;
        foreach (YamlDocument read in YamlReader.Read(source))
        {
            diagnostics.AddRange(read.Diagnostics);
            if (document is not null && read.Root is { } further)
            {
                diagnostics.Add(Diagnostic.BackendValue(further.Span, "backend.yml", "one document of YAML, and this begins another one"));
            }

            document ??= read;
        }

        if (document?.Root is not YamlMapping root)
        {
            diagnostics.Add(Diagnostic.BackendValue(new Span(source, 0, 0), "backend.yml", "a map"));
            return null;
        }

        if (root["extends"] is not YamlScalar parent || IsRemoved(parent))
        {
            return Lay(root, new YamlMapping([], root.Span), top: true);
        }

        if (known.Find(parent.Value) is not { } next)
        {
            diagnostics.Add(Diagnostic.BackendNotFound(parent.Span, parent.Value).WithHint(Suggestion.For(parent.Value, known.Names)));
            return null;
        }

        if (chain.Exists(one => one.Name == next.Name) || chain.Count > LongestChain)
        {
            string reason = next.Name == from.Name ? "it is this target itself; give the folder another name"
                : chain.Count > LongestChain ? $"a target extends at most {LongestChain} others in a chain"
                : "it extends this one, directly or by way of others";
            diagnostics.Add(Diagnostic.CannotExtend(parent.Span, parent.Value, reason));
            return null;
        }

        return Read(next) is { } under ? Lay(root, under, top: true) : null;
    }

    /// <summary>A map laid over another one: key by key, and <c>~</c> takes away what is below.</summary>
    private YamlMapping Lay(YamlMapping over, YamlMapping under, bool top)
    {
        var entries = new List<YamlEntry>(over.Entries.Count + under.Entries.Count);
        foreach (YamlEntry entry in under.Entries)
        {
            if (over[entry.Name] is null && !(top && NotInherited.Contains(entry.Name)))
            {
                entries.Add(entry);
            }
            else if (over.Find(entry.Name) is { } own && !IsRemoved(own.Value))
            {
                bool whole = entry.Name == "formats" || own.Value is not YamlMapping mine || mine.Entries.Any(e => WholeShape.Contains(e.Name));
                entries.Add(own with { Value = Lay(own.Value, whole ? null : entry.Value) });
            }
        }

        // Where there is nothing to take away, the name is a mistake.
        diagnostics.AddRange(over.Entries.Where(e => under.Entries.Count > 0 && under[e.Name] is null && IsRemoved(e.Value))
            .Select(e => Diagnostic.UnknownBackendKey(e.Key.Span, e.Name, "the target that it extends").WithHint(Suggestion.For(e.Name, under.Entries.Select(one => one.Name)))));
        entries.AddRange(over.Entries.Where(e => under[e.Name] is null && !IsRemoved(e.Value)).Select(e => e with { Value = Lay(e.Value, null) }));
        return new YamlMapping(entries, over.Span);
    }

    private YamlNode Lay(YamlNode over, YamlNode? under) =>
        over is YamlMapping map ? Lay(map, under as YamlMapping ?? new YamlMapping([], map.Span), top: false) : over;

    /// <summary>Whether a value is written as null; a key without any value is a mistake.</summary>
    private static bool IsRemoved(YamlNode node) => node is YamlScalar { Value.Length: > 0 } scalar && ScalarType.Of(scalar) is ScalarType.Null;
}
