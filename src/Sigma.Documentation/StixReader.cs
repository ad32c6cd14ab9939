using System.Text.Json;
using Sigma.Attack;
using Sigma.Text;

namespace Sigma.Documentation;

/// <summary>
/// Reads the official ATT&amp;CK bundle, STIX 2.0 or 2.1 (github.com/mitre-attack/attack-stix-data): attack patterns, tactics, the
/// order of the matrix, and which pattern another was revoked by. The file has tens of megabytes and is read in pieces.
/// </summary>
internal sealed class StixReader
{
    private const int BufferSize = 256 * 1024;

    private readonly List<StixObject> objects = [];
    private readonly List<string?> path = [];
    private StixObject? current;
    private string? referenceSource;
    private string? referenceId;
    private bool isBundle;

    /// <summary>Reads a bundle.</summary>
    /// <param name="file">The file.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The catalogue; null after a report.</returns>
    public static AttackCatalog? Read(string file, List<Diagnostic> diagnostics)
    {
        if (!FileBounds.IsFile(file, diagnostics))
        {
            return null;
        }

        if (!File.Exists(file))
        {
            diagnostics.Add(Diagnostic.NoSuchInput(null, file));
            return null;
        }

        try
        {
            var reader = new StixReader();
            using FileStream stream = File.OpenRead(file);
            reader.ReadAll(stream);
            AttackCatalog? catalog = reader.isBundle ? reader.Build(Path.GetFileName(file)) : null;
            if (catalog is null || catalog.Techniques.IsEmpty)
            {
                diagnostics.Add(Diagnostic.CatalogFile(null, file, "ATT&CK bundle", "its 'objects' have no ATT&CK attack pattern"));
                return null;
            }

            return catalog;
        }
        catch (JsonException exception)
        {
            diagnostics.Add(Diagnostic.CatalogFile(null, file, "ATT&CK bundle", $"line {exception.LineNumber + 1} is not valid JSON"));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Diagnostic.CannotRead(null, $"{file}: {exception.Message}"));
            return null;
        }
    }

    private void ReadAll(Stream stream)
    {
        byte[] buffer = new byte[BufferSize];
        int filled = 0;
        var state = new JsonReaderState();
        bool last = false;
        while (!last)
        {
            if (filled == buffer.Length)
            {
                // A single text is longer than the buffer.
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            int read = stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            last = read == 0;
            var json = new Utf8JsonReader(buffer.AsSpan(0, filled), last, state);
            while (json.Read())
            {
                Take(ref json);
            }

            state = json.CurrentState;
            int consumed = (int)json.BytesConsumed;
            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;
        }
    }

    /// <summary>Takes one token. <see cref="path"/> has the name of the property that each level is in.</summary>
    private void Take(ref Utf8JsonReader json)
    {
        int depth = json.CurrentDepth;
        while (path.Count <= depth)
        {
            path.Add(null);
        }

        switch (json.TokenType)
        {
            case JsonTokenType.PropertyName:
                path[depth] = json.GetString();
                break;
            case JsonTokenType.StartObject when depth == 2 && path[1] == "objects":
                current = new StixObject();
                break;
            case JsonTokenType.EndObject when depth == 2 && current is not null:
                if (current.Type is "attack-pattern" or "x-mitre-tactic" or "x-mitre-matrix" or "x-mitre-collection" or "relationship")
                {
                    objects.Add(current);
                }

                current = null;
                break;
            case JsonTokenType.EndObject when depth == 4 && current is not null && path[3] == "external_references":
                if (referenceSource is not null && referenceSource.StartsWith("mitre", StringComparison.Ordinal))
                {
                    current.Id ??= referenceId;
                }

                referenceSource = referenceId = null;
                break;
            case JsonTokenType.String when depth == 1 && path[1] == "type":
                isBundle = json.ValueTextEquals("bundle"u8);
                break;
            case JsonTokenType.String when current is not null && depth >= 3:
                Take(path[3]!, depth == 5 ? path[5] : null, json.GetString()!);
                break;
            case JsonTokenType.True when current is not null && depth == 3 && path[3] is "revoked" or "x_mitre_deprecated":
                current!.IsRetired = true;
                break;
        }
    }

    /// <summary>Takes a text of an object.</summary>
    /// <param name="property">The object's property that it is in: its value, or an item of its list.</param>
    /// <param name="inner">The property of an object in that list; null if it is none.</param>
    /// <param name="text">The text.</param>
    private void Take(string property, string? inner, string text)
    {
        switch (property)
        {
            case "type":
                current!.Type = text;
                break;
            case "id":
                current!.StixId = text;
                break;
            case "name":
                current!.Name = text;
                break;
            case "relationship_type":
                current!.Relation = text;
                break;
            case "source_ref":
                current!.Source = text;
                break;
            case "target_ref":
                current!.Target = text;
                break;
            case "x_mitre_shortname":
                current!.Key = text;
                break;
            case "x_mitre_version":
                current!.Version = text;
                break;
            case "x_mitre_domains":
                current!.Domain ??= text;
                break;
            case "tactic_refs":
                current!.Tactics.Add(text);
                break;
            case "kill_chain_phases" when inner == "phase_name":
                current!.Tactics.Add(text);
                break;
            case "external_references" when inner == "source_name":
                referenceSource = text;
                break;
            case "external_references" when inner == "external_id":
                referenceId = text;
                break;
        }
    }

    private AttackCatalog Build(string name)
    {
        Dictionary<string, StixObject> patterns = objects.Where(o => o is { Type: "attack-pattern", Id: not null, StixId: not null })
            .GroupBy(o => o.StixId!).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach (StixObject relation in objects.Where(o => o is { Type: "relationship", Relation: "revoked-by", Source: not null, Target: not null }))
        {
            if (patterns.TryGetValue(relation.Source!, out StixObject? old) && patterns.TryGetValue(relation.Target!, out StixObject? next))
            {
                old.Successor = next.Id;
            }
        }

        List<string> order = [.. objects.Where(o => o.Type == "x-mitre-matrix").SelectMany(o => o.Tactics)];
        IEnumerable<Tactic> tactics = objects.Where(o => o is { Type: "x-mitre-tactic", Id: not null, Key: not null })
            .OrderBy(o => o.IsRetired)
            .ThenBy(o => order.IndexOf(o.StixId ?? "") is var at and >= 0 ? at : int.MaxValue)
            .Select(o => new Tactic(o.Id!, o.Key!, o.Name ?? o.Id!, DomainOf(o), o.IsRetired));
        string? version = objects.Find(o => o.Type == "x-mitre-collection")?.Version;
        return new AttackCatalog(version ?? name, tactics, patterns.Values.Select(o => new Technique(
            o.Id!, o.Name ?? o.Id!, DomainOf(o), o.IsRetired ? [] : [.. o.Tactics], o.IsRetired, o.IsRetired ? o.Successor : null)));
    }

    private static string DomainOf(StixObject stix) => stix.Domain?.Split('-')[0] ?? "enterprise";

    /// <summary>What is kept of an object of the bundle.</summary>
    private sealed class StixObject
    {
        public string? Type { get; set; }

        public string? StixId { get; set; }

        public string? Id { get; set; }

        public string? Name { get; set; }

        public string? Key { get; set; }

        public string? Version { get; set; }

        public string? Domain { get; set; }

        public string? Relation { get; set; }

        public string? Source { get; set; }

        public string? Target { get; set; }

        public string? Successor { get; set; }

        public bool IsRetired { get; set; }

        public List<string> Tactics { get; } = [];
    }
}
