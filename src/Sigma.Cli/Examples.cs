using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sigma.Cli;

/// <summary>The examples that <c>--help</c> shows behind the library's own text.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string[]> ByCommand = new(StringComparer.Ordinal)
    {
        ["sigmac"] =
        [
            "sigmac convert -t splunk rule.yml",
            "sigmac explain -t splunk rule.yml",
            "sigmac match -r rules/ events.ndjson",
            "sigmac list targets",
        ],
        ["sigmac convert"] =
        [
            "sigmac convert -t splunk rule.yml                     the query on standard output",
            "sigmac convert -t es-qs,grep rules/ -o out/           a file a rule and target, in a tree like rules/",
            "cat rule.yml | sigmac convert -t grep -               from standard input",
            "sigmac convert -t powershell --json rules/            a JSON record a line",
            "sigmac convert -t splunk --filter 'level>=high' rules/",
            "sigmac convert -t es-qs -p mapping.yml rules/         with a pipeline of your own",
            "sigmac convert -t xpack-watcher -O mail=soc@example.org -O index='logs-*' rule.yml",
            "sigmac convert -t mine --backends targets/ rules/     a target of your own",
        ],
        ["sigmac doc"] =
        [
            "sigmac doc rules/ -o pages/                           a Markdown page a rule file, with the queries of all targets",
            "sigmac doc rule.yml -t splunk,es-qs                   the page on standard output, with two queries",
        ],
        ["sigmac test"] =
        [
            "sigmac test rules/                                    the cases beside the rules: rule.tests.yml for rule.yml",
            "sigmac test rules/ --data regression/                 and those of the public regression data",
            "sigmac test rules/ --junit results.xml --require-tests    for a CI system; rules without cases fail",
            "sigmac test -v rule.yml                               passed cases too",
            "sigmac test --json rules/ | jq 'select(.passed|not)'",
        ],
        ["sigmac sample"] =
        [
            "sigmac sample rule.yml                                events that the rule matches, and near misses",
            "sigmac sample --only matches rules/ > events.ndjson   test data for a SIEM",
            "sigmac sample --json rule.yml                         a record each: what it is, and which line of the rule it is about",
            "sigmac sample --shape winevent --start 2026-01-31T08:00:00Z rule.yml",
            "sigmac sample -p mapping.yml rule.yml                 in the field names of your schema",
            "sigmac sample -o out/ rules/                          files a rule, with cases for 'sigmac test'",
        ],
        ["sigmac match"] =
        [
            "sigmac match -r rules/ events.ndjson                  which rules match which events",
            "zcat logs/*.gz | sigmac match -r rules/ --level high -  from standard input, rules of level high and critical",
            "sigmac match -r rules/ -f csv logs/ > matches.csv     all files of events of a folder",
            "sigmac match -r rule.yml --explain event.json         why, test by test",
            "sigmac match -r rules/ --fail-on-match known-good.json  for CI: code 1 when something matches",
        ],
        ["sigmac explain"] =
        [
            "sigmac explain -t splunk rule.yml                     what becomes of the rule, stage by stage",
            "sigmac explain -t es-qs -p ecs_windows rule.yml       which step maps a field, and which was passed over",
            "sigmac explain -t splunk --filter-file filters/ rule.yml",
            "sigmac explain -t splunk,es-qs -p mapping.yml rules/  several rules and targets",
            "sigmac explain -t splunk --json rule.yml | jq '.rules[].fields[] | select(.mapped | not)'",
        ],
        ["sigmac coverage"] =
        [
            "sigmac coverage rules/                                techniques of ATT&CK, with their numbers of rules",
            "sigmac coverage rules/ --by product                   or tactic, service, category, field, level, status",
            "sigmac coverage rules/ -f navigator -o layer.json     a layer for the ATT&CK Navigator",
            "sigmac coverage rules/ --compare layer.json           what was gained and lost since then",
        ],
        ["sigmac completion"] =
        [
            "eval \"$(sigmac completion bash)\"                     for this shell",
            "sigmac completion bash > ~/.local/share/bash-completion/completions/sigmac",
            "sigmac completion zsh > ~/.zfunc/_sigmac",
            "sigmac completion fish > ~/.config/fish/completions/sigmac.fish",
            "sigmac completion pwsh | Out-String | Invoke-Expression",
        ],
        ["sigmac complete"] =
        [
            "sigmac complete -- convert -t spl                     what could stand for the last word",
        ],
        ["sigmac man"] =
        [
            "sigmac man > ~/.local/share/man/man1/sigmac.1         for 'man sigmac'",
            "sigmac man | man -l -                                 to read it at once",
        ],
        ["sigmac schema"] =
        [
            "sigmac schema rule > rule.schema.json                 for an editor that checks rules while you write them",
            "sigmac schema configuration > sigmac.schema.json      for .sigmac.yml",
        ],
        ["sigmac list"] =
        [
            "sigmac list targets",
            "sigmac list formats xpack-watcher",
            "sigmac list modifiers",
        ],
        ["sigmac list targets"] =
        [
            "sigmac list targets",
            "sigmac list targets --backends targets/               with those of your own",
        ],
        ["sigmac list formats"] =
        [
            "sigmac list formats",
            "sigmac list formats xpack-watcher",
        ],
        ["sigmac list options"] =
        [
            "sigmac list options",
            "sigmac list options es-qs",
        ],
        ["sigmac list pipelines"] =
        [
            "sigmac list pipelines",
        ],
        ["sigmac list modifiers"] =
        [
            "sigmac list modifiers",
            "sigmac list modifiers | grep base64",
        ],
    };

    /// <summary>The examples of a command.</summary>
    /// <param name="path">The command with those above it, as the user types it.</param>
    public static IReadOnlyList<string> Of(string path) => ByCommand.GetValueOrDefault(path) ?? [];

    /// <summary>Adds the examples to the help of a command and those below it.</summary>
    /// <param name="root">The command.</param>
    /// <param name="environment">The streams and variables.</param>
    public static void Attach(Command root, CommandEnvironment environment)
    {
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction action } help)
            {
                help.Action = new HelpWithExamples(action, environment);
            }
        }
    }

    /// <summary>The library's help, and the examples.</summary>
    internal sealed class HelpWithExamples(HelpAction inner, CommandEnvironment environment) : SynchronousCommandLineAction
    {
        /// <inheritdoc/>
        public override bool ClearsParseErrors => true;

        /// <inheritdoc/>
        public override int Invoke(ParseResult parseResult)
        {
            TextWriter output = environment.Output;
            parseResult.InvocationConfiguration.Output = output;
            inner.MaxWidth = environment.IsOutputTerminal ? environment.Width : int.MaxValue;
            int code = inner.Invoke(parseResult);
            output.WriteLine("Examples:");
            foreach (string example in ByCommand[Usage.PathOf(parseResult.CommandResult)])
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();

            return code;
        }
    }
}
