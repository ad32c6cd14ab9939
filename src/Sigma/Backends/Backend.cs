using System.Collections.Immutable;
using Sigma.Pipelines;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>An option of a target, set with <c>-O name=value</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">Its value where the user gives none.</param>
/// <param name="Description">What it is for.</param>
public sealed record BackendOption(string Name, string Default, string Description)
{
    /// <summary>What its values must fit; null if any text of one line will do.</summary>
    internal System.Text.RegularExpressions.Regex? Pattern { get; init; }

    /// <summary>What its values are, in words.</summary>
    internal string Takes { get; init; } = "a string on one line";

    /// <summary>Its values, each with the values that other options have with it; null if it is not one of some words.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? Choices { get; init; }

    /// <summary>Whether it can have a value.</summary>
    internal bool Accepts(string value) =>
        !Sigma.Text.ControlCharacters.In(value) && Pattern?.IsMatch(value) is not false && Choices?.ContainsKey(value) is not false;
}

/// <summary>A format of a target, chosen with <c>-f</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Template">Its Scriban text; null for the bare query.</param>
/// <param name="TemplatePath">Where the template comes from, for messages.</param>
/// <param name="Variant">What the emitter is to write differently for it; null for the ordinary query.</param>
/// <param name="Correlations">The templates of correlations, by the type's name in the specification; these take the query's place.</param>
public sealed record QueryFormat(
    string Name, string Description, string? Template, string TemplatePath, string? Variant, IReadOnlyDictionary<string, string> Correlations)
{
    /// <summary>The ending of a file that holds one such text, with its dot.</summary>
    public string Extension { get; init; } = ".txt";

    /// <summary>The kind of object that one such text creates in the target system, such as a watch, for messages; null for a plain query.</summary>
    public string? Makes { get; init; }

    /// <summary>How long the name of such an object may be; null if the system sets no limit that names can reach.</summary>
    internal TextLength? LongestName { get; init; }

    /// <summary>How long the query of such an object may be; null if that is as in the language.</summary>
    internal TextLength? LongestQuery { get; init; }

    /// <summary>What applies in place of the target's own pipelines; null if those do.</summary>
    internal IReadOnlyList<Pipeline>? Pipelines { get; init; }

    /// <summary>How several such texts become one; null if they just follow one another.</summary>
    internal TextFrame? Frame { get; init; }

    /// <summary>Where only one such text may stand.</summary>
    internal Alone Alone { get; init; }

    /// <summary>Opens another template beside this one, for <c>include</c>; null for a file that is not there.</summary>
    internal Func<string, TemplateText?> Include { get; init; } = static _ => null;

    /// <summary>How all queries of a run become one text; null where each is a text of its own.</summary>
    internal DocumentFormat? Document { get; init; }

    /// <summary>The template with its place; null for the bare query.</summary>
    internal TemplateText? Text { get; init; }

    /// <summary>The templates of correlations with their places, by the type's name.</summary>
    internal IReadOnlyDictionary<string, TemplateText> CorrelationTexts { get; init; } = new Dictionary<string, TemplateText>();
}

/// <summary>A target: everything that is known about a query language, read from its folder with the user's options put in.</summary>
public sealed class Backend
{
    internal Backend(Dialect dialect) => Dialect = dialect;

    /// <summary>The name by which users choose it, which is its folder's.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>One line about it.</summary>
    public required string Description { get; init; }

    /// <summary>Further names that a pipeline's <c>allowed_backends</c> may use for it.</summary>
    public required ImmutableArray<string> Aliases { get; init; }

    /// <summary>The options there are.</summary>
    public required ImmutableArray<BackendOption> Options { get; init; }

    /// <summary>The options' values in this run.</summary>
    public required IReadOnlyDictionary<string, string> OptionValues { get; init; }

    /// <summary>The formats there are; the first is the default.</summary>
    public required ImmutableArray<QueryFormat> Formats { get; init; }

    /// <summary>The pipelines that apply where the user asks for no others.</summary>
    public required ImmutableArray<Pipeline> Pipelines { get; init; }

    /// <summary>The folders it was read from: its own, and those that it extends.</summary>
    internal IReadOnlyList<BackendFolder> Folders { get; init; } = [];

    /// <summary>How its language is written.</summary>
    internal Dialect Dialect { get; }

    /// <summary>How its language is written over the table that the pipelines name.</summary>
    /// <param name="state">The state that the pipelines set.</param>
    internal Dialect DialectFor(IReadOnlyDictionary<string, string> state) => Dialect.Tables is { } tables ? Dialect.Over(tables.Of(state)) : Dialect;

    /// <summary>Finds a format.</summary>
    /// <param name="name">Its name; null for the default.</param>
    /// <param name="diagnostics">Receives an error if none has this name.</param>
    internal QueryFormat? Format(string? name, List<Diagnostic> diagnostics)
    {
        QueryFormat? format = name is null ? Formats[0] : Formats.FirstOrDefault(one => one.Name == name);
        if (format is null)
        {
            IEnumerable<string> known = Formats.Select(one => one.Name);
            diagnostics.Add(Diagnostic.UnknownFormat(null, Name, name!).WithHint(Suggestion.For(name!, known) ?? "it has " + string.Join(", ", known)));
        }

        return format;
    }
}
