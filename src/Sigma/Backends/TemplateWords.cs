using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>What every template of a backend may have, besides its own placeholders.</summary>
/// <param name="Options">The options' values, by name.</param>
/// <param name="Fragments">The named pieces of templates, which have placeholders themselves.</param>
internal sealed record TemplateWords(IReadOnlyDictionary<string, string> Options, IReadOnlyDictionary<string, YamlScalar> Fragments)
{
    /// <summary>How many characters they may add to all templates of a definition.</summary>
    public const int MostAdded = 1_000_000;

    private readonly HashSet<(DiagnosticCode Code, Span? Span)> reported = [];
    private int added;

    /// <summary>Whether they have added more than that.</summary>
    public bool IsExhausted => added > MostAdded;

    /// <summary>Counts what one of them adds where it stands.</summary>
    /// <param name="length">Its length; an empty one costs something too.</param>
    /// <returns>Whether it may be added.</returns>
    public bool Add(int length)
    {
        added = Math.Min(MostAdded, added) + Math.Min(MostAdded, length) + 1;
        return !IsExhausted;
    }

    /// <summary>Whether a mistake in a fragment is a new one: it is one mistake, however many templates have the fragment.</summary>
    public bool IsNew(Diagnostic diagnostic) => reported.Add((diagnostic.Code, diagnostic.Span));
}
