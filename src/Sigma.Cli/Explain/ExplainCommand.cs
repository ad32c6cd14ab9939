using System.CommandLine;

namespace Sigma.Cli;

/// <summary><c>sigmac explain</c>: the command line of it.</summary>
internal static class ExplainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Write a JSON object a line, for each rule and target. See docs/explanation.schema.json." };
        var command = new Command("explain", "Show rules stage by stage: as parsed, what filters and pipelines do to them, the expression, the query.");
        var targets = new TargetOptions(command);
        command.Options.Add(json);
        var rules = new RuleOptions(command);
        var messages = new MessageOptions(command);
        command.SetAction(parsed => new ExplanationRun(rules.Read(parsed), targets.Read(parsed), messages.Read(parsed), parsed.GetValue(json)).Execute());
        return command;
    }
}
