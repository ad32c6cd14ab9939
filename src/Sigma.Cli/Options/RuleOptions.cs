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

    private readonly Option<string?> since = new("--since")
    {
        Description = "Use only the rule files that changed since this git reference, such as origin/main, and those that git does not track yet. Without <rules>, the current folder is searched.",
        HelpName = "ref",
    };

    private readonly Option<string[]> filters = CreateFilter();

    private readonly Option<string[]> filterFiles = CreateFilterFile();

    private readonly Option<bool> followLinks = CreateFollowLinks();

    private readonly bool forChanges;

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
    /// <param name="command">The command.</param>
    /// <param name="forChanges">Whether the command takes lists of changed files: it has <c>--since</c>, and passes over files without a rule.</param>
    public RuleOptions(Command command, bool forChanges = false)
    {
        this.forChanges = forChanges;
        if (forChanges)
        {
            inputs.Arity = ArgumentArity.ZeroOrMore;
            command.Options.Add(since);
            command.Validators.Add(result =>
            {
                if (result.GetResult(inputs) is not { Tokens.Count: > 0 } && result.GetResult(since) is null)
                {
                    result.AddError($"Required argument '{inputs.Name}' missing for command: '{command.Name}'.");
                }
            });
        }

        command.Arguments.Add(inputs);
        command.Options.Add(filters);
        command.Options.Add(filterFiles);
        command.Options.Add(followLinks);
        filters.CompletionSources.Add(RuleFilter.Beginnings);
        LimitOption.Add(command);
    }

    /// <summary>Reads what the user gave.</summary>
    public RuleSettings Read(ParseResult parsed) => new()
    {
        Inputs = parsed.GetValue(inputs) is { Length: > 0 } given ? given : ["."],
        PassOver = forChanges,
        Since = forChanges ? parsed.GetValue(since) : null,
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

    /// <summary>Whether files that the user named are passed over if they are no rule files.</summary>
    public bool PassOver { get; init; }

    /// <summary>The git reference since which the files changed; null for all files.</summary>
    public string? Since { get; init; }

    /// <summary>Conditions that select rules among them.</summary>
    public string[] Filters { get; init; } = [];

    /// <summary>Files or folders with filters for the rules.</summary>
    public string[] FilterFiles { get; init; } = [];

    /// <summary>Whether links may lead out of the folders.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>What reading the rules may cost.</summary>
    public Limits Limits { get; init; } = Limits.Default;
}
