using System.CommandLine;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The options that select rules: files and folders, and <c>--filter</c>.</summary>
internal sealed class RuleOptions
{
    private readonly Argument<string[]> inputs = new("rules")
    {
        Description = "Rule files, folders (searched recursively, except hidden folders), or - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> filters = CreateFilter();

    private readonly Option<string[]> filterFiles = CreateFilterFile();

    private readonly Option<bool> followLinks = CreateFollowLinks();

    /// <summary>Creates <c>--filter</c>.</summary>
    public static Option<string[]> CreateFilter() => RepeatableOption.Create(
        "--filter", "condition", "Use only rules that meet this condition, such as level>=high, status=stable, tag=attack.t1059, logsource=windows or id=…; repeatable, and a rule must meet all.");

    /// <summary>Creates <c>--filter-file</c>.</summary>
    public static Option<string[]> CreateFilterFile() => RepeatableOption.Create(
        "--filter-file", "file|folder", "Apply the Sigma filters in this file or folder to the rules; repeatable.");

    /// <summary>Creates <c>--follow-links</c>.</summary>
    public static Option<bool> CreateFollowLinks() => new("--follow-links")
    {
        Description = "Follow symbolic links in folders. Without it, links to folders and links that lead out of the given folder are skipped.",
    };

    /// <summary>Adds the argument and the options to a command.</summary>
    public RuleOptions(Command command)
    {
        command.Arguments.Add(inputs);
        command.Options.Add(filters);
        command.Options.Add(filterFiles);
        command.Options.Add(followLinks);
        filters.CompletionSources.Add(RuleFilter.Beginnings);
        LimitOption.Add(command);
        inputs.Validators.Add(result =>
        {
            // The library reads an unknown option as an argument.
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => Usage.IsLikeOption(word) && !Path.Exists(word)))
            {
                result.AddError(Usage.UnknownOption(command, word));
            }
        });
    }

    /// <summary>Reads what the user gave.</summary>
    public RuleSettings Read(ParseResult parsed) => new()
    {
        Inputs = parsed.GetValue(inputs)!,
        Filters = parsed.GetValue(filters) ?? [],
        FilterFiles = parsed.GetValue(filterFiles) ?? [],
        FollowLinks = parsed.GetValue(followLinks),
        Limits = LimitOption.Read(parsed),
    };
}

/// <summary>Which rules the user wants.</summary>
internal sealed record RuleSettings
{
    /// <summary>Files, folders or <c>-</c>.</summary>
    public required string[] Inputs { get; init; }

    /// <summary>Conditions that select rules among them.</summary>
    public string[] Filters { get; init; } = [];

    /// <summary>Files or folders with filters for the rules.</summary>
    public string[] FilterFiles { get; init; } = [];

    /// <summary>Whether links may lead out of the folders.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>What reading the rules may cost.</summary>
    public Limits Limits { get; init; } = Limits.Default;
}
