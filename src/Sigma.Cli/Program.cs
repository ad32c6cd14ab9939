using System.CommandLine;
using System.CommandLine.Help;
using Sigma.Cli;
using Sigma.Text;

var root = new RootCommand("sigmac, the Sigma compiler: writes detection rules as queries of the system that holds your logs.")
{
    ConvertCommand.Create(),
    ExplainCommand.Create(),
    MatchCommand.Create(),
    TestCommand.Create(),
    SampleCommand.Create(),
    ListCommand.Create(),
    CompletionCommand.Create(),
    CompleteCommand.Create(),
    ManualPage.CreateCommand(),
    DocCommand.Create(),
    CoverageCommand.Create(),
};
Examples.Attach(root);
ProgramVersion.Attach(root);

var messages = Messages.Create(new MessageSettings());
try
{
    // An argument that starts with @ is a name like any other, not a file with more arguments in it.
    ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    if (parsed.Action is not (HelpAction or Examples.HelpWithExamples) && Usage.Mistakes(parsed) is { Count: > 0 } mistakes)
    {
        foreach (string mistake in mistakes)
        {
            messages.Note("sigmac: " + mistake);
        }

        messages.Note($"Try '{Usage.PathOf(parsed.CommandResult)} --help'.");
        return ExitCode.WrongUse;
    }

    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (FileErrors.IsOne(exception))
{
    // Whatever reads or writes a file of the user's reports that itself; what is left is standard output: full, or closed.
    // A reader that has gone away is no error, and the runtime does not raise one.
    messages.Say(Codes.CannotWrite.At(null, "standard output", FileErrors.Reason(exception)));
    return ExitCode.WrongUse;
}
catch (Exception exception)
{
    messages.Say(Codes.InternalFailure.At(null, $"{exception.GetType().Name}: {exception.Message}"));
    return ExitCode.WrongUse;
}
