using System.CommandLine;
using System.CommandLine.Help;
using Sigma.Cli;

var root = new RootCommand("sigmac, the Sigma compiler: writes detection rules as queries of the system that holds your logs.")
{
    ConvertCommand.Create(),
    ListCommand.Create(),
};
Examples.Attach(root);

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction and not Examples.HelpWithExamples)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine($"sigmac: {error.Message}");
    }

    Console.Error.WriteLine($"Try '{CommandPath(parsed)} --help'.");
    return ExitCode.WrongUse;
}

return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });

static string CommandPath(ParseResult parsed)
{
    var names = new Stack<string>();
    for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
    {
        names.Push(result.Command is RootCommand ? "sigmac" : result.Command.Name);
    }

    return string.Join(' ', names);
}
