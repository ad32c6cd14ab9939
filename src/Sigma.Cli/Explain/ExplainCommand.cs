using System.CommandLine;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac explain</c>: its command line.</summary>
internal static class ExplainCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON record per line, for each rule and target. See docs/explanation.schema.json; for codes docs/code.schema.json." };
        var command = new Command("explain", "Show how rules become queries, stage by stage: the parsed rule, the changes by filters and pipelines, the expression and the query. With codes such as SIG0212, show what these diagnostics mean.");
        var targets = new TargetOptions(command);
        command.Options.Add(json);
        var rules = new RuleOptions(command);
        var configuration = new ConfigurationOptions(command, environment);
        var messages = new MessageOptions(command);
        command.SetAction(parsed =>
        {
            RuleSettings wantedRules = rules.Read(parsed);
            if (CodeExplanationRun.IsMeant(wantedRules.Inputs))
            {
                return new CodeExplanationRun(wantedRules.Inputs, messages.Read(parsed), parsed.GetValue(json), environment).Execute();
            }

            var diagnostics = new List<Diagnostic>();
            Configuration set = configuration.Read(parsed, diagnostics);
            TargetSettings wanted = set.CompleteForQueries(targets.Read(parsed), diagnostics);
            MessageSettings said = set.Complete(messages.Read(parsed));
            return Messages.Create(said, environment).SayAll(diagnostics)
                ? ExitCode.WrongUse
                : new ExplanationRun(set.Complete(wantedRules), wanted, said, parsed.GetValue(json), environment).Execute();
        });
        return command;
    }
}
