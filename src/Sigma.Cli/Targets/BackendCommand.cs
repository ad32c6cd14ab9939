using System.CommandLine;

namespace Sigma.Cli;

/// <summary><c>sigmac backend</c>: what helps to write a target: a definition to begin with, and a check of what it makes of each kind of condition.</summary>
internal static class BackendCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment) => new("backend", "Write a target of your own: begin it, and check it.")
    {
        CreateCheck(environment),
        CreateNew(environment),
    };

    private static Command CreateCheck(CommandEnvironment environment)
    {
        var folder = new Argument<string>("folder") { Description = "The folder of a target: the one with its backend.yml." };
        var cases = new Option<string?>("--cases") { Description = "Write queries, events and the events that each must find to this file, as NDJSON.", HelpName = "file" };
        var command = new Command("check", "Show what a target makes of each kind of condition, and which shape writes it.") { folder, cases };
        command.SetAction(parsed => new BackendCheckRun(parsed.GetValue(folder)!, parsed.GetValue(cases), environment).Run());
        return command;
    }

    private static Command CreateNew(CommandEnvironment environment)
    {
        var name = new Argument<string>("name") { Description = "The name of the target, which becomes a folder: small letters, digits, - and _." };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !BackendNewRun.IsName(value))
            {
                result.AddError($"'{value}' cannot be the name of a target; use small letters, digits, - and _, with a letter in front.");
            }
        });
        var folder = new Option<string>("--in") { Description = "The folder for the new one.", HelpName = "folder", DefaultValueFactory = _ => "." };
        var command = new Command("new", "Write a definition that converts, to begin a target with.") { name, folder };
        command.SetAction(parsed => BackendNewRun.Run(parsed.GetValue(name)!, parsed.GetValue(folder)!, environment));
        return command;
    }
}
