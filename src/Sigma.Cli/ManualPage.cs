using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac man</c>: the manual page, made from the command table, for <c>man</c> to show.</summary>
/// <param name="root">The command table.</param>
internal sealed class ManualPage(Command root)
{
    private readonly StringBuilder page = new();

    /// <summary>Creates the command. Only people who install sigmac need it, so the help does not list it.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command CreateCommand(CommandEnvironment environment)
    {
        var command = new Command("man", "Write the manual page.") { Hidden = true };
        command.SetAction(parsed =>
        {
            environment.Output.Write(new ManualPage(parsed.RootCommandResult.Command).Write());
            return ExitCode.Converted;
        });
        return command;
    }

    /// <summary>Writes the page in the macros of man(7).</summary>
    public string Write()
    {
        page.Append(CultureInfo.InvariantCulture, $".TH SIGMAC 1 \"\" \"{Escaped(ProgramVersion.Text)}\" \"User Commands\"\n");
        Section("NAME");
        Line("sigmac \\- compile Sigma detection rules to queries");
        Section("SYNOPSIS");
        page.Append(".SY sigmac\n.I command\n.RI [ options ]\n.YS\n");
        Section("DESCRIPTION");
        Text(root.Description);
        Section("COMMANDS");
        foreach (Command command in root.Subcommands.Where(command => !command.Hidden))
        {
            WriteCommand(command, "sigmac " + command.Name);
        }

        Section("OPTIONS OF ALL COMMANDS");
        WriteOptions(root);
        Section("EXIT STATUS");
        foreach ((int code, string meaning) in ExitCode.Meanings)
        {
            page.Append(CultureInfo.InvariantCulture, $".TP\n{code}\n");
            Text(meaning);
        }

        Section("ENVIRONMENT");
        page.Append(".TP\n.B NO_COLOR\n");
        Text("If this variable is set and not empty, messages have no colour unless --color asks for it.");
        Section("EXAMPLES");
        WriteExamples("sigmac");
        return page.ToString();
    }

    private void WriteCommand(Command command, string path)
    {
        page.Append(".SS ").Append(Quoted(path + Synopsis(command))).Append('\n');
        Text(command.Description);
        foreach (Argument argument in command.Arguments.Where(argument => !argument.Hidden))
        {
            page.Append(".TP\n.I ").Append(Escaped(argument.Name)).Append('\n');
            Text(argument.Description);
        }

        WriteOptions(command);
        WriteExamples(path);
        foreach (Command sub in command.Subcommands.Where(sub => !sub.Hidden))
        {
            WriteCommand(sub, path + " " + sub.Name);
        }
    }

    private static string Synopsis(Command command) =>
        string.Concat(command.Arguments.Where(argument => !argument.Hidden).Select(argument =>
            argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" {argument.Name}{(argument.Arity.MaximumNumberOfValues > 1 ? " ..." : "")}"));

    private void WriteOptions(Command command)
    {
        foreach (Option option in command.Options.Where(option => !option.Hidden))
        {
            IEnumerable<string> names = option.Aliases.Append(option.Name).Order(StringComparer.Ordinal).Where(name => name.StartsWith('-'));
            page.Append(".TP\n.BR ").Append(string.Join(" \", \" ", names.Select(Escaped)));
            if (option.HelpName is { } value)
            {
                page.Append(" \" <").Append(Escaped(value)).Append(">\"");
            }

            page.Append('\n');
            Text(option.HasDefaultValue && option.ValueType == typeof(string) ? $"{option.Description} [default: {option.GetDefaultValue()}]" : option.Description);
        }
    }

    private void WriteExamples(string path)
    {
        IReadOnlyList<string> examples = Examples.Of(path);
        if (examples.Count == 0)
        {
            return;
        }

        page.Append(".PP\nExamples:\n.PP\n.RS\n.EX\n");
        foreach (string example in examples)
        {
            Line(Escaped(example));
        }

        page.Append(".EE\n.RE\n");
    }

    private void Section(string name) => page.Append(".SH ").Append(name).Append('\n');

    private void Text(string? text) => Line(Escaped((text ?? "").ReplaceLineEndings(" ")));

    /// <summary>A dot or quote at the start of a line would begin a macro.</summary>
    private void Line(string line) => page.Append(line.StartsWith('.') || line.StartsWith('\'') ? "\\&" : "").Append(line).Append('\n');

    private static string Quoted(string text) => "\"" + Escaped(text).Replace("\"", "\\(dq", StringComparison.Ordinal) + "\"";

    /// <summary>Backslashes begin escapes, and a plain hyphen, quote or tilde would be typeset as another character.</summary>
    private static string Escaped(string text) => text
        .Replace("\\", "\\e", StringComparison.Ordinal)
        .Replace("-", "\\-", StringComparison.Ordinal)
        .Replace("'", "\\(aq", StringComparison.Ordinal)
        .Replace("`", "\\(ga", StringComparison.Ordinal)
        .Replace("^", "\\(ha", StringComparison.Ordinal)
        .Replace("~", "\\(ti", StringComparison.Ordinal);
}
