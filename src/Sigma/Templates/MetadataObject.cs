using Scriban.Runtime;
using Sigma.Rules;

namespace Sigma.Templates;

/// <summary>A rule's metadata as templates see it, those of queries and those of pages.</summary>
internal static class MetadataObject
{
    /// <summary>Creates the object.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <returns>A new object, to which more may be added.</returns>
    public static ScriptObject Of(Metadata metadata) => new(24, false)
    {
        ["title"] = metadata.Title,
        ["id"] = metadata.Id,
        ["name"] = metadata.Name,
        ["description"] = metadata.Description,
        ["author"] = metadata.Author,
        ["license"] = metadata.License,
        ["status"] = metadata.Status?.ToString().ToLowerInvariant(),
        ["level"] = metadata.Level?.ToString().ToLowerInvariant(),
        ["date"] = metadata.Date,
        ["modified"] = metadata.Modified,
        ["tags"] = new ScriptArray(metadata.Tags),
        ["references"] = new ScriptArray(metadata.References),
        ["falsepositives"] = new ScriptArray(metadata.FalsePositives),
        ["fields"] = new ScriptArray(metadata.Fields),
    };
}
