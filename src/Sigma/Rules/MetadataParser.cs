using System.Globalization;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Rules;

/// <summary>
/// Reads what a document says about itself. A slip here never changes which events are selected, so it is a warning. The log source,
/// which decides about the query, has a parser of its own.
/// </summary>
internal sealed class MetadataParser(List<Diagnostic> diagnostics)
{
    private const string VersionAttribute = "sigma-version";

    /// <summary>The attributes that a document may have.</summary>
    internal static readonly string[] Attributes =
    [
        "title", "id", "name", "description", "author", "license", "taxonomy", "status", "level", "date", "modified", "tags",
        "references", "falsepositives", "fields", "scope", "related", "logsource", "detection", "action", "correlation", "filter",
        "generate", VersionAttribute,
    ];

    /// <summary>How a rule may relate to another one.</summary>
    internal static readonly string[] Relations = ["derived", "obsolete", "merged", "renamed", "similar", "correlation"];

    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d"];

    /// <summary>Reads all attributes that are not the document's body.</summary>
    public Metadata Parse(YamlMapping document)
    {
        string title = "";
        string taxonomy = "sigma";
        string? id = null, ruleName = null, description = null, author = null, license = null, date = null, modified = null;
        Span? titlePlace = null, idPlace = null;
        RuleStatus? status = null;
        Level? level = null;
        IReadOnlyList<string> tags = [], references = [], falsePositives = [], fields = [], scope = [];
        IReadOnlyList<(string Tag, Span Place)> tagPlaces = [];
        IReadOnlyList<RelatedRule> related = [];
        List<YamlEntry>? custom = null;
        foreach (YamlEntry entry in document.Entries)
        {
            string name = entry.Name;
            YamlNode value = entry.Value;
            switch (name)
            {
                case "title":
                    (title, titlePlace) = (Title(value), value.Span);
                    break;
                case "id":
                    (id, idPlace) = (Identifier(value), value.Span);
                    break;
                case "name":
                    ruleName = Text(name, value);
                    break;
                case "description":
                    description = Text(name, value);
                    break;
                case "author":
                    author = Text(name, value);
                    break;
                case "license":
                    license = Text(name, value);
                    break;
                case "taxonomy":
                    taxonomy = Text(name, value) ?? "sigma";
                    break;
                case "status":
                    status = Choice<RuleStatus>(name, value);
                    break;
                case "level":
                    level = Choice<Level>(name, value);
                    break;
                case "date":
                    date = Date(name, value);
                    break;
                case "modified":
                    modified = Date(name, value);
                    break;
                case "tags":
                    tags = Texts(name, value);
                    tagPlaces = [.. (value is YamlSequence list ? list.Items : [value]).OfType<YamlScalar>().Select(tag => (tag.Value, tag.Span))];
                    break;
                case "references":
                    references = Texts(name, value, asWritten: true);
                    break;
                case "falsepositives":
                    falsePositives = Texts(name, value, asWritten: true);
                    break;
                case "fields":
                    fields = Names(name, value);
                    break;
                case "scope":
                    scope = Texts(name, value);
                    break;
                case "related":
                    related = Related(value);
                    break;
                case "logsource" or "detection" or "action" or "correlation" or "filter" or "generate":
                    break;
                default:
                    CheckCustom(entry);
                    (custom ??= []).Add(entry);
                    break;
            }
        }

        return new Metadata
        {
            Title = title,
            TitlePlace = titlePlace,
            Id = id,
            IdPlace = idPlace,
            Name = ruleName,
            Description = description,
            Author = author,
            License = license,
            Taxonomy = taxonomy,
            Status = status,
            Level = level,
            Date = date,
            Modified = modified,
            Tags = tags,
            TagPlaces = tagPlaces,
            References = references,
            FalsePositives = falsePositives,
            Fields = fields,
            Scope = scope,
            Related = related,
            Custom = custom ?? [],
        };
    }

    /// <summary>An attribute of the author's own may have any name, but one that is nearly a known one is a slip; and the version decides whether the rule can be read at all.</summary>
    private void CheckCustom(YamlEntry entry)
    {
        if (entry.Name == VersionAttribute)
        {
            CheckVersion(entry.Value);
        }
        else if (Suggestion.Near(entry.Name, Attributes) is { } meant)
        {
            diagnostics.Add(Diagnostic.LooksMisspelt(entry.Key.Span, entry.Name, "an attribute of your own").WithHint($"did you mean '{meant}'?"));
        }
    }

    private void CheckVersion(YamlNode value)
    {
        if (value is not YamlScalar scalar)
        {
            diagnostics.Add(Diagnostic.WrongType(value.Span, VersionAttribute, "a version such as 2.1.0", value.Kind));
        }
        else if (ScalarType.Of(scalar) is not ScalarType.Null && !Specification.Reads(scalar.Value))
        {
            diagnostics.Add(Diagnostic.OtherVersion(value.Span, scalar.Value, Specification.Version));
        }
    }

    /// <summary>The place to point at when something is missing from a document.</summary>
    public static Span FirstKey(YamlMapping document, Span documentSpan) =>
        document.Entries.Count > 0 ? document.Entries[0].Key.Span : documentSpan;

    private static string Quoted(string text) => $"'{text}' is not";

    private static string Said(string kind) => $"it is {kind}";

    private string Title(YamlNode value)
    {
        string title = Text("title", value) ?? "";
        if (title.Length > 256)
        {
            diagnostics.Add(Diagnostic.InvalidMetadata(value.Span, "title", "at most 256 characters long", $"it has {title.Length} characters"));
        }

        return title;
    }

    private string? Identifier(YamlNode value)
    {
        string? id = Text("id", value);
        if (id is not null && !Guid.TryParse(id, out _))
        {
            diagnostics.Add(Diagnostic.InvalidMetadata(value.Span, "id", "a UUID", Quoted(id)));
        }

        return id;
    }

    private string? Text(string name, YamlNode value)
    {
        if (value is YamlScalar scalar)
        {
            return ScalarType.Of(scalar) is ScalarType.Null ? null : scalar.Value;
        }

        diagnostics.Add(Diagnostic.InvalidMetadata(value.Span, name, "a string", Said(value.Kind)));
        return null;
    }

    private T? Choice<T>(string name, YamlNode value)
        where T : struct, Enum
    {
        string? text = Text(name, value);
        if (text is null)
        {
            return null;
        }

        // By name only: Enum.TryParse would also take numbers and comma-separated lists.
        foreach ((string known, T choice) in Choices<T>.All)
        {
            if (known.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        string[] names = [.. Choices<T>.All.Select(choice => choice.Name)];
        diagnostics.Add(Diagnostic.InvalidMetadata(value.Span, name, "one of " + string.Join(", ", names), Quoted(text)).WithHint(Suggestion.For(text, names)));
        return null;
    }

    /// <summary>The specification writes 2026-11-24; 2026/11/24 is the older form.</summary>
    private string? Date(string name, YamlNode value)
    {
        string? text = Text(name, value);
        if (text is not null
            && !DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            diagnostics.Add(Diagnostic.InvalidMetadata(value.Span, name, "a date such as 2026-11-24", Quoted(text)));
        }

        return text;
    }

    /// <summary>A list of names, none of which is empty.</summary>
    private IReadOnlyList<string> Names(string name, YamlNode value)
    {
        foreach (YamlNode item in value is YamlSequence list ? list.Items : [value])
        {
            if (item is YamlScalar { Value: "" } empty && ScalarType.Of(empty) is not ScalarType.Null)
            {
                diagnostics.Add(Diagnostic.InvalidMetadata(item.Span, name, "a list of names", "one is empty"));
            }
        }

        return [.. Texts(name, value).Where(text => text.Length > 0)];
    }

    /// <summary>Reads a list of texts.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="value">Its value.</param>
    /// <param name="asWritten">Whether a text that became a map, since a colon and a blank are in it, is kept as it is written.</param>
    private IReadOnlyList<string> Texts(string name, YamlNode value, bool asWritten = false)
    {
        switch (value)
        {
            case YamlSequence sequence:
                var texts = new List<string>(sequence.Items.Count);
                foreach (YamlNode item in sequence.Items)
                {
                    if ((Text(name, item) ?? (asWritten && item is YamlMapping ? Words(item.Span.Characters) : null)) is { } text)
                    {
                        texts.Add(text);
                    }
                }

                return texts;
            case YamlScalar scalar when ScalarType.Of(scalar) is ScalarType.Null:
                return [];
            case YamlScalar scalar:
                // The older rules write a single entry without a list.
                return [scalar.Value];
            default:
                diagnostics.Add(Diagnostic.InvalidMetadata(value.Span, name, "a list", Said(value.Kind)));
                return [];
        }
    }

    private static string Words(ReadOnlySpan<char> written) => string.Join(' ', written.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IReadOnlyList<RelatedRule> Related(YamlNode value)
    {
        var related = new List<RelatedRule>();
        string types = "type is one of " + string.Join(", ", Relations);
        if (value is not YamlSequence)
        {
            diagnostics.Add(Diagnostic.InvalidMetadata(value.Span, "related", "a list of maps with id and type", Said(value.Kind)).WithHint(types));
        }

        foreach (YamlNode node in value is YamlSequence sequence ? sequence.Items : [value])
        {
            if (node is YamlMapping mapping && mapping["id"] is YamlScalar id && mapping["type"] is YamlScalar type && Relations.Contains(type.Value))
            {
                related.Add(new RelatedRule(id.Value, type.Value));
            }
            else if (value is YamlSequence)
            {
                string found = node is not YamlMapping map ? Said(node.Kind)
                    : map["id"] is not YamlScalar ? "a map without an id"
                    : map["type"] is YamlScalar given ? $"one of type '{given.Value}'" : "a map without a type";
                diagnostics.Add(Diagnostic.InvalidMetadata(node.Span, "related", "a list of maps with id and type", found).WithHint(types));
            }
        }

        return related;
    }

    /// <summary>The names that an attribute of few values may have.</summary>
    private static class Choices<T>
        where T : struct, Enum
    {
        public static readonly (string Name, T Value)[] All = [.. Enum.GetNames<T>().Zip(Enum.GetValues<T>(), (name, value) => (name.ToLowerInvariant(), value))];
    }
}
