using System.CommandLine.Completions;
using Sigma.Backends;

namespace Sigma.Cli;

/// <summary>The names that options take as values, from the tables that <c>sigmac list</c> shows.</summary>
internal static class ValueCompletions
{
    private static readonly IReadOnlyDictionary<string, string> NoOptions = new Dictionary<string, string>();

    /// <summary>Target names. Several are separated by commas, so each can be completed after the existing ones.</summary>
    public static IEnumerable<CompletionItem> Targets(CompletionContext context)
    {
        string[] before = [.. Values(context, "--target").SelectMany(value => value.Split(','))];
        foreach (Backend backend in Backends([]))
        {
            if (!before.Contains(backend.Name))
            {
                yield return new CompletionItem(backend.Name, detail: backend.Title);
            }
        }
    }

    /// <summary>The formats of the targets that are chosen; of all where none is.</summary>
    public static IEnumerable<CompletionItem> Formats(CompletionContext context) => Backends(Chosen(context))
        .SelectMany(backend => backend.Formats.Select(format => new CompletionItem(format.Name, detail: $"{backend.Title}: {format.Description}")));

    /// <summary>The options of the targets that are chosen, each with the <c>=</c> in front of its value.</summary>
    public static IEnumerable<CompletionItem> TargetOptions(CompletionContext context) => Backends(Chosen(context))
        .SelectMany(backend => backend.Options.Select(option => new CompletionItem(option.Name + "=", detail: option.Description)));

    /// <summary>The built-in pipelines.</summary>
    public static IEnumerable<CompletionItem> Pipelines(CompletionContext context) => PipelineCatalog.BuiltIn(new BackendCatalog())
        .Select(pipeline => new CompletionItem(pipeline.Name, detail: pipeline.Owner is null ? "for any target" : $"for {pipeline.Owner}"));

    private static string[] Chosen(CompletionContext context) => [.. Values(context, "--target").SelectMany(value => value.Split(','))];

    private static string[] Values(CompletionContext context, string option) =>
        context.ParseResult.CommandResult.Command.Options.FirstOrDefault(known => known.Name == option) is { } known
            ? [.. context.ParseResult.GetResult(known)?.Tokens.Select(token => token.Value) ?? []]
            : [];

    private static IEnumerable<Backend> Backends(string[] names)
    {
        var catalog = new BackendCatalog();
        foreach (string name in catalog.Names)
        {
            if ((names.Length == 0 || names.Contains(name)) && catalog.Read(name, NoOptions, []) is { } backend)
            {
                yield return backend;
            }
        }
    }
}
