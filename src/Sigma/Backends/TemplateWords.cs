using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>What every template of a backend may have, besides its own placeholders.</summary>
/// <param name="Options">The options' values, by name.</param>
/// <param name="Fragments">The named pieces of templates, which have placeholders themselves.</param>
internal sealed record TemplateWords(IReadOnlyDictionary<string, string> Options, IReadOnlyDictionary<string, YamlScalar> Fragments);
