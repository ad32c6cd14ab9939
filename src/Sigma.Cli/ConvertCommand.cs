using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sigma.Pipelines;

namespace Sigma.Cli;

/// <summary><c>sigmac convert</c>: the command line of the conversion.</summary>
internal static class ConvertCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var inputs = new Argument<string[]>("rules")
        {
            Description = "Rule files, folders that are searched with their sub-folders (but not hidden ones, and not through links), or - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var targets = Several("--target", "Write for this target; repeatable, or several separated by commas. See 'sigmac list targets'.", "-t");
        targets.Required = true;
        targets.HelpName = "name";
        var pipelines = Several("--pipeline", "Use this processing pipeline: a built-in name, a file or a folder; repeatable. It runs before the target's own, or in its place when it is made for the target.", "-p");
        pipelines.HelpName = "name|file|folder";
        var variables = Several("--var", "Set a variable that pipelines put in the place of placeholders: name=value, or name=value,value; repeatable.");
        variables.HelpName = "name=value";
        var allowFiles = new Option<bool>("--allow-files") { Description = "Let pipelines read files (file_placeholders). Only for pipelines you trust." };
        var allowHttp = new Option<bool>("--allow-http") { Description = "Let pipelines fetch from the network (http_placeholders). Only for pipelines you trust." };
        var allowCommands = new Option<bool>("--allow-commands") { Description = "Let pipelines run programs (command_placeholders). Only for pipelines you trust." };
        var withoutPipeline = new Option<bool>("--without-pipeline") { Description = "Do not use the target's own pipeline: field names stay as they are in the rule." };
        var format = new Option<string?>("--format", "-f") { Description = "Put the query into this format. See 'sigmac list formats'.", HelpName = "name" };
        var options = Several("--option", "Set an option of the target; repeatable. See 'sigmac list options'.", "-O");
        options.HelpName = "name=value";
        var output = new Option<string?>("--output", "-o") { Description = "Write one file a rule and target into this folder, in a tree like that of the rules.", HelpName = "folder" };
        var naming = new Option<string?>("--output-template")
        {
            Description = "Name the files by this Scriban template. It knows path, directory, name, index, target, format, extension and rule (id, title, name, level, status, tags). "
                + $"Default: {OutputTree.DefaultTemplate}",
            HelpName = "template",
        };
        var json = new Option<bool>("--json") { Description = "Write a JSON record a line, for each rule and target, failed ones too." };
        var filters = Several("--filter", "Convert only rules for which this holds: level>=high, status=stable, tag=attack.t1059, logsource=windows, id=…; repeatable, all must hold.");
        filters.HelpName = "condition";
        var strict = new Option<bool>("--strict") { Description = "Let a warning fail a rule." };
        var backends = new Option<string?>("--backends") { Description = "Add the targets in this folder.", HelpName = "folder" };
        var jobs = new Option<int?>("--jobs", "-j")
        {
            Description = "Convert so many files at once; as many as there are processors unless given. The order of the output does not depend on it.",
            HelpName = "n",
            CustomParser = ReadJobs,
        };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Say nothing but errors on standard error." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Say also what is worth knowing though nothing is wrong." };
        var colour = new Option<string>("--color") { Description = "Colour messages: auto, always or never.", DefaultValueFactory = _ => "auto", HelpName = "when" };
        colour.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not ("auto" or "always" or "never") and string value }])
            {
                result.AddError($"--color takes auto, always or never, not '{value}'");
            }
        });

        var command = new Command("convert", "Write rules as queries.")
        {
            inputs, targets, pipelines, withoutPipeline, variables, allowFiles, allowHttp, allowCommands, format, options, output, naming, json, filters, strict, backends, jobs, quiet, verbose, colour,
        };
        inputs.Validators.Add(result =>
        {
            // The library takes an option that it does not know for an argument.
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => Usage.IsLikeOption(word) && !Path.Exists(word)))
            {
                result.AddError(Usage.UnknownOption(command, word));
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(naming) is not null && result.GetResult(output) is null)
            {
                result.AddError("--output-template names the files in the folder that --output gives, and that is missing");
            }
        });
        command.SetAction(parsed => new ConvertRun(new ConvertSettings
        {
            Inputs = parsed.GetValue(inputs)!,
            Targets = parsed.GetValue(targets)!,
            Pipelines = parsed.GetValue(pipelines) ?? [],
            WithoutPipeline = parsed.GetValue(withoutPipeline),
            Variables = parsed.GetValue(variables) ?? [],
            Permissions = new PipelinePermissions(parsed.GetValue(allowFiles), parsed.GetValue(allowHttp), parsed.GetValue(allowCommands)),
            Format = parsed.GetValue(format),
            Options = parsed.GetValue(options) ?? [],
            Output = parsed.GetValue(output),
            OutputTemplate = parsed.GetValue(naming),
            Json = parsed.GetValue(json),
            Filters = parsed.GetValue(filters) ?? [],
            Strict = parsed.GetValue(strict),
            Backends = parsed.GetValue(backends),
            Jobs = parsed.GetValue(jobs) ?? Environment.ProcessorCount,
            Quiet = parsed.GetValue(quiet),
            Verbose = parsed.GetValue(verbose),
            Colour = parsed.GetValue(colour)!,
        }).Execute());
        return command;
    }

    private static int? ReadJobs(ArgumentResult result)
    {
        string written = result.Tokens[0].Value;
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out int jobs) && jobs > 0)
        {
            return jobs;
        }

        result.AddError($"--jobs takes a number from 1 up, not '{written}'");
        return null;
    }

    private static Option<string[]> Several(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}

/// <summary>What the user asked <c>sigmac convert</c> for.</summary>
internal sealed record ConvertSettings
{
    /// <summary>Files, folders or <c>-</c>.</summary>
    public required string[] Inputs { get; init; }

    /// <summary>Target names, some perhaps several with commas.</summary>
    public required string[] Targets { get; init; }

    /// <summary>Pipeline names, files or folders.</summary>
    public string[] Pipelines { get; init; } = [];

    /// <summary>Variables for pipelines as <c>name=value</c>.</summary>
    public string[] Variables { get; init; } = [];

    /// <summary>What pipelines may reach outside of themselves.</summary>
    public PipelinePermissions Permissions { get; init; } = PipelinePermissions.None;

    /// <summary>Whether the target's own pipeline is left out.</summary>
    public bool WithoutPipeline { get; init; }

    /// <summary>The format; null for each target's default.</summary>
    public string? Format { get; init; }

    /// <summary>Options as <c>name=value</c>.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>The output folder; null for standard output.</summary>
    public string? Output { get; init; }

    /// <summary>How files in it are named; null for the default.</summary>
    public string? OutputTemplate { get; init; }

    /// <summary>Whether records are written instead of queries.</summary>
    public bool Json { get; init; }

    /// <summary>Which rules are wanted.</summary>
    public string[] Filters { get; init; } = [];

    /// <summary>Whether warnings fail a rule.</summary>
    public bool Strict { get; init; }

    /// <summary>A folder of the user's own targets.</summary>
    public string? Backends { get; init; }

    /// <summary>How many files are converted at once.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Whether only errors are said.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether notes are said too.</summary>
    public bool Verbose { get; init; }

    /// <summary>auto, always or never.</summary>
    public string Colour { get; init; } = "auto";
}
