using System.CommandLine;
using System.Text;
using System.Text.Json;
using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Checks.Migrating;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac migrate</c>: writes older rules as they are written today.</summary>
internal static class MigrateCommand
{
    /// <summary>
    /// The checks whose corrections bring a rule up to date: forms of dates and tags, what ATT&amp;CK has renamed, references. SIG0208 says of a
    /// date that it is none.
    /// </summary>
    private static readonly string[] Checks = ["SIG0208", "SIG1021", "SIG1023", "SIG1031", "SIG1105", "SIG1106", "SIG1110", "SIG1115"];

    /// <summary>Creates the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var diff = new Option<bool>("--diff") { Description = "Write nothing, and show what would change." };
        var validators = new Option<bool>("--validators") { Description = "The file is a configuration of another checker: write it as the section 'check' of a .sigmac.yml to standard output." };
        var command = new Command("migrate", "Bring older rules up to date: counts behind a bar become correlations, and dates, tags and ATT&CK ids get their present form.") { diff, validators };
        var rules = new RuleOptions(command, forChanges: true);
        var messages = new MessageOptions(command);
        command.SetAction(parsed => parsed.GetValue(validators)
            ? WriteConfiguration(rules.Read(parsed).Inputs, messages.Read(parsed), environment)
            : Run(rules.Read(parsed), messages.Read(parsed), parsed.GetValue(diff), environment));
        return command;
    }

    private static int Run(RuleSettings rules, MessageSettings said, bool diff, CommandEnvironment environment)
    {
        var messages = Messages.Create(said, environment);
        var diagnostics = new List<Diagnostic>();
        var collection = RuleCollection.Open(rules, environment, diagnostics);
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        collection.NoteEmptyFolders(messages);
        if (collection.SayNothingLeft(messages) is { } nothing)
        {
            return nothing;
        }

        var settings = new CheckSettings();
        var checker = new Checker(CheckSelection.Of(CheckCatalog.All, Checks, [], [], []), settings);
        string[] counted = [.. CountMigration.CountedBy(collection.AllDocuments)];
        int changed = 0;
        bool failed = false;
        using var output = new StreamWriter(environment.OpenOutput(messages), new UTF8Encoding(false), 64 * 1024) { NewLine = "\n" };
        foreach (RuleInput input in collection.Inputs)
        {
            SourceText source = input.Read(out Diagnostic? error);
            if (error is not null)
            {
                messages.Say(error, input.Path);
                failed = true;
                continue;
            }

            string text = Migrated(source, checker, settings, counted, input, messages);
            bool differs = text != source.Text;
            changed += differs ? 1 : 0;
            if (diff)
            {
                output.Write(differs ? UnifiedDiff.Of(input.Path, source.Text, text, environment.IsOutputTerminal) : "");
            }
            else if (input.Path == RuleInputs.StandardInput)
            {
                output.Write(text);
            }
            else if (differs && RuleFile.WriteBack(input.Path, text) is { } problem)
            {
                messages.Say(problem);
                failed = true;
                changed--;
            }
        }

        messages.Note($"sigmac: {Pluralizer.Count(changed, "file")} of {collection.Inputs.Count} {(diff ? "to be brought" : "brought")} up to date");
        return failed || (diff && changed > 0) ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    private static string Migrated(SourceText source, Checker checker, CheckSettings settings, string[] counted, RuleInput input, Messages messages)
    {
        try
        {
            string text = checker.Fix(source, checker.Check(source).Findings, withUnsafe: false).Text;
            MigratedFile counts = CountMigration.Run(new SourceText(source.Path, text, source.Limits), settings, counted);
            foreach (Span broken in counts.Broken)
            {
                messages.Note($"sigmac: {input.Path}:{broken.Position.Line}: the rule is left as it is: it has errors; 'sigmac check' shows them");
            }

            foreach (Finding finding in checker.Check(new SourceText(source.Path, counts.Text, source.Limits)).Findings)
            {
                messages.Note($"sigmac: {input.Path}:{finding.Span.Position.Line}: it is left as it is: {finding.Diagnostic.Message}");
            }

            foreach ((Span span, string reason) in counts.Left)
            {
                messages.Note($"sigmac: {input.Path}:{span.Position.Line}: the count is left as it is: {reason}");
            }

            return counts.Text;
        }
        catch (Exception exception)
        {
            // One rule that trips the migration must not keep the others from it.
            messages.Say(Diagnostic.InternalFailure(new Span(source, 0, 0), $"{exception.GetType().Name}: {exception.Message}"));
            return source.Text;
        }
    }

    private static int WriteConfiguration(string[] paths, MessageSettings said, CommandEnvironment environment)
    {
        var diagnostics = new List<Diagnostic>();
        if (paths.Length > 1)
        {
            diagnostics.Add(Diagnostic.OptionValue(null, "--validators", "used with one file", string.Join(' ', paths)).WithHint("a configuration has one section 'check'"));
        }

        ValidatorFile?[] files = [.. paths.Select(path => ValidatorFile.Read(path, diagnostics))];
        if (Messages.Create(said, environment).SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        environment.Output.Write(string.Concat(files.OfType<ValidatorFile>().Select(Section)));
        return ExitCode.Converted;
    }

    private static string Section(ValidatorFile file)
    {
        var text = new StringBuilder("check:\n");
        AppendList(text, "select", file.Select);
        AppendList(text, "tag-namespaces", file.TagNamespaces);
        AppendMap(text, "severities", file.Severities.Select(pair => pair.Split('=', 2)));
        AppendMap(text, "numbers", file.Numbers.Select(pair => pair.Split('=', 2)));
        AppendMap(text, "per-path-ignores", file.Excluded.Select(glob => (string[])[glob, "all"]));
        foreach ((string id, string[] names) in file.Exclusions)
        {
            text.Append($"    # rule {(id.Length > 0 ? TerminalText.Visible(id) : "without id")}: write '# sigmac: ignore {TerminalText.Visible(string.Join(' ', names))} -- why' before its first key\n");
        }

        return text.ToString();
    }

    private static void AppendList(StringBuilder text, string key, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            text.Append($"    {key}:\n").AppendJoin("", values.Select(value => $"        - {Quoted(value)}\n"));
        }
    }

    private static void AppendMap(StringBuilder text, string key, IEnumerable<string[]> pairs)
    {
        string[] lines = [.. pairs.Select(pair => $"        {Quoted(pair[0])}: {Quoted(pair[1])}\n")];
        text.Append(lines.Length > 0 ? $"    {key}:\n{string.Concat(lines)}" : "");
    }

    /// <summary>A text with characters that cannot be seen stands as JSON does, which is YAML too.</summary>
    private static string Quoted(string text) =>
        TerminalText.Visible(text) == text ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : $"\"{JsonEncodedText.Encode(text)}\"";
}
