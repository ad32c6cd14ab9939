using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>--limit</c>: the limits on the cost of an input. Every command that reads rules has it.</summary>
internal static class LimitOption
{
    private const string Name = "--limit";

    /// <summary>Adds the option to a command that does not have it yet.</summary>
    public static void Add(Command command)
    {
        if (!command.Options.Any(option => option.Name == Name))
        {
            command.Options.Add(Create());
        }
    }

    /// <summary>Reads what the user gave.</summary>
    public static Limits Read(ParseResult parsed)
    {
        Limits limits = Limits.Default;
        var option = (Option<string[]>)parsed.CommandResult.Command.Options.First(option => option.Name == Name);
        foreach (string given in parsed.GetValue(option) ?? [])
        {
            if (Parse(given, out _) is { } change)
            {
                limits = limits.With(change.Limit, change.Bound);
            }
        }

        return limits;
    }

    private static Option<string[]> Create()
    {
        Option<string[]> option = RepeatableOption.Create(
            Name, "name=number", "Set a limit on the cost of an input, such as yaml-depth=128; repeatable. docs/limits.md lists the limits and their defaults.");
        option.CompletionSources.Add(_ => Limits.All.Select(limit => new System.CommandLine.Completions.CompletionItem(limit.Name + "=", detail: limit.What)));
        option.Validators.Add(static result =>
        {
            foreach (Token token in result.Tokens)
            {
                if (Parse(token.Value, out string? mistake) is null)
                {
                    result.AddError(mistake!);
                }
            }
        });
        return option;
    }

    private static (Limit Limit, long Bound)? Parse(string given, out string? mistake)
    {
        mistake = null;
        int equals = given.IndexOf('=');
        if (equals < 1)
        {
            mistake = $"--limit takes name=number, not '{given}'";
            return null;
        }

        string name = given[..equals];
        if (Limits.Find(name) is not { } limit)
        {
            string[] known = [.. Limits.All.Select(each => each.Name)];
            mistake = $"there is no limit '{name}'; {Suggestion.For(name, known) ?? "there are " + string.Join(", ", known)}";
            return null;
        }

        string number = given[(equals + 1)..];
        if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long bound) && bound >= 1 && bound <= limit.Greatest)
        {
            return (limit, bound);
        }

        mistake = $"--limit {name} takes a number from 1 to {limit.Greatest.ToString(CultureInfo.InvariantCulture)}, not '{number}'";
        return null;
    }
}
