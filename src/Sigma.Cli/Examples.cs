using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sigma.Cli;

/// <summary>The examples that <c>--help</c> shows after the library's own text.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string[]> ByCommand = new(StringComparer.Ordinal)
    {
        ["sigmac"] =
        [
            "sigmac convert -t splunk rule.yml",
            "sigmac check rules/",
            "sigmac explain -t splunk rule.yml",
            "sigmac match -r rules/ events.ndjson",
            "sigmac list targets",
        ],
        ["sigmac convert"] =
        [
            "sigmac convert -t splunk rule.yml                     write the query to standard output",
            "sigmac convert -t es-qs,grep rules/ -o out/           one file per rule and target, in the same tree as the rules",
            "sigmac convert -t splunk -f savedsearches --output-file savedsearches.conf rules/",
            "sigmac convert -t splunk -f data_model rules/         searches over the data models of the CIM, with tstats",
            "sigmac convert -t splunk --since origin/main rules/   only rule files that changed since a git reference",
            "git diff -z --name-only --relative --diff-filter=d main | xargs -0 -r sigmac convert -t splunk --",
            "cat rule.yml | sigmac convert -t grep -               read from standard input",
            "sigmac convert -t powershell --json rules/            one JSON record per line",
            "sigmac convert -t splunk --filter 'level>=high' rules/",
            "sigmac convert -t es-qs -p mapping.yml rules/         use your own pipeline",
            "sigmac convert -t es-qs -p ecs_windows --unmapped error rules/   refuse rules with a field or log that no pipeline maps",
            "sigmac convert -t xpack-watcher -O mail=soc@example.org -O index='logs-*' rule.yml",
            "sigmac convert -t mine --backends targets/ rules/     use your own target",
        ],
        ["sigmac doc"] =
        [
            "sigmac doc rules/ -o pages/                           one Markdown page per rule file, with the queries of all targets",
            "sigmac doc rules/ -f html -o site/ --findings hide    a site without the findings of 'sigmac check'",
            "sigmac doc rule.yml -t splunk,es-qs                   one page on standard output, with the queries of two targets",
        ],
        ["sigmac test"] =
        [
            "sigmac test rules/                                    run the cases next to the rules: rule.tests.yml for rule.yml",
            "sigmac test rules/ --data regression/                 also run the cases of the public regression data",
            "sigmac test rules/ --junit results.xml --require-tests    for a CI system; rules without cases fail",
            "sigmac test -v rule.yml                               also show cases that passed",
            "sigmac test --json rules/ | jq 'select(.passed|not)'",
        ],
        ["sigmac sample"] =
        [
            "sigmac sample rule.yml                                events that the rule matches, and near misses",
            "sigmac sample --only matches rules/ > events.ndjson   test data for a SIEM",
            "sigmac sample --json rule.yml                         one record per sample, with the line of the rule that it concerns",
            "sigmac sample --shape winevent --start 2026-01-31T08:00:00Z rule.yml",
            "sigmac sample -p mapping.yml rule.yml                 use the field names of your schema",
            "sigmac sample -o out/ rules/                          three files per rule, with cases for 'sigmac test'",
        ],
        ["sigmac match"] =
        [
            "sigmac match -r rules/ events.ndjson                  show which rules match which events",
            "zcat logs/*.gz | sigmac match -r rules/ --level high -  read standard input; use rules of level high and critical",
            "sigmac match -r rules/ -f csv logs/ > matches.csv     match all event files of a folder",
            "sigmac match -r rule.yml --explain event.json         show why it matches or not, test by test",
            "sigmac match -r rules/ --fail-on-match known-good.json  for CI: exit with code 1 if a rule matches",
        ],
        ["sigmac fit"] =
        [
            "sigmac fit -r rules/ sample.ndjson                    which rules cannot match these logs, and what would help",
            "sigmac fit -r rules/ -p ecs_windows logs/             the same after a pipeline, for all event files of a folder",
            "sigmac fit -r rules/ --schema fields.yml              from a list of the fields per log, without events",
            "sigmac fit -r rules/ -f json logs/ | jq 'select(.fits == \"no\")'",
            "sigmac fit -r rules/ --fail-on warning sample.ndjson  for CI: fail also if a part of a rule cannot match",
        ],
        ["sigmac explain"] =
        [
            "sigmac explain -t splunk rule.yml                     show how the rule becomes a query, stage by stage",
            "sigmac explain -t es-qs -p ecs_windows rule.yml       show which step maps a field, and which was skipped",
            "sigmac explain -t splunk --filter-file filters/ rule.yml",
            "sigmac explain -t splunk,es-qs -p mapping.yml rules/  explain several rules for several targets",
            "sigmac explain SIG0212                                explain the code of a message",
            "sigmac explain -t splunk --json rule.yml | jq '.rules[].fields[] | select(.mapped | not)'",
        ],
        ["sigmac check"] =
        [
            "sigmac check rules/                                   show what is wrong, with places, hints and possible fixes",
            "sigmac check --fix rules/                             correct what can be corrected without changing a query",
            "sigmac check --fix --unsafe-fixes --diff rules/       show all corrections, and write none",
            "sigmac check --select correctness,tags --ignore SIG1207 rules/",
            "sigmac check --format sarif rules/ > findings.sarif   for code scanning; also json, github, gitlab and junit",
            "sigmac check --baseline known.json --write-baseline rules/",
            "sigmac check --baseline known.json rules/             only what is new since then",
            "sigmac check -t splunk -p windows-logsources rules/   also what the target cannot say, or only nearly",
            "sigmac explain SIG1207                                what a code means, and how to correct it",
        ],
        ["sigmac fmt"] =
        [
            "sigmac fmt rules/                                     write rules in the usual form",
            "sigmac fmt --check rules/                             fail if a file does not have it",
            "sigmac fmt --diff rules/                              show what would change",
        ],
        ["sigmac migrate"] =
        [
            "sigmac migrate --diff rules/                          show what would change",
            "sigmac migrate rules/                                 write older rules as they are written today",
            "sigmac migrate --validators validators.yml > .sigmac.yml",
        ],
        ["sigmac coverage"] =
        [
            "sigmac coverage rules/                                count rules per ATT&CK technique",
            "sigmac coverage rules/ --by product                   count by product; or tactic, service, category, logsource, field, level, status",
            "sigmac coverage rules/ -f navigator -o layer.json     write a layer for the ATT&CK Navigator",
            "sigmac coverage rules/ --compare layer.json           show what was gained and lost since then",
        ],
        ["sigmac completion"] =
        [
            "eval \"$(sigmac completion bash)\"                     enable completion in this shell",
            "mkdir -p ~/.local/share/bash-completion/completions && sigmac completion bash > ~/.local/share/bash-completion/completions/sigmac",
            "mkdir -p ~/.zfunc && sigmac completion zsh > ~/.zfunc/_sigmac",
            "mkdir -p ~/.config/fish/completions && sigmac completion fish > ~/.config/fish/completions/sigmac.fish",
            "sigmac completion pwsh | Out-String | Invoke-Expression",
        ],
        ["sigmac complete"] =
        [
            "sigmac complete -- convert -t spl                     list completions of the last word",
        ],
        ["sigmac man"] =
        [
            "mkdir -p ~/.local/share/man/man1 && sigmac man > ~/.local/share/man/man1/sigmac.1",
            "sigmac man | man -l -                                 read it without installing it",
        ],
        ["sigmac backend check"] =
        [
            "sigmac backend check targets/mine                     what it makes of each kind of condition, and which shape writes it",
            "sigmac backend check targets/mine --cases cases.ndjson    queries with events, for a test on the engine",
        ],
        ["sigmac backend new"] =
        [
            "sigmac backend new mine --in targets                  targets/mine/backend.yml, to begin with",
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
            "sigmac list fields -t splunk rules/",
            "sigmac list modifiers",
        ],
        ["sigmac list targets"] =
        [
            "sigmac list targets",
            "sigmac list targets --backends targets/               include your own targets",
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
            "sigmac list pipelines splunk                          list the pipelines that fit a target",
        ],
        ["sigmac list checks"] =
        [
            "sigmac list checks",
            "sigmac list checks | grep sigmahq                     the checks that report what SigmaHQ's validators report",
        ],
        ["sigmac list codes"] =
        [
            "sigmac list codes",
            "sigmac list codes | grep regular",
        ],
        ["sigmac help"] =
        [
            "sigmac help                                           list the commands",
            "sigmac help convert                                   the same as 'sigmac convert --help'",
            "sigmac help list targets",
        ],
        ["sigmac version"] =
        [
            "sigmac version                                        the same as 'sigmac --version'",
        ],
        ["sigmac list fields"] =
        [
            "sigmac list fields -t es-qs -p ecs_windows rules/      what the queries ask for: logs and fields, with the number of rules",
            "sigmac list fields -t splunk rules/ | grep unmapped    what no pipeline maps",
            "sigmac list fields -t splunk --json rules/ | jq -r 'select(.kind == \"field\") | .name'",
        ],
        ["sigmac list modifiers"] =
        [
            "sigmac list modifiers",
            "sigmac list modifiers | grep base64",
        ],
    };

    /// <summary>Returns the examples of a command.</summary>
    /// <param name="path">The full name of the command, as the user types it.</param>
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
            IReadOnlyList<string> examples = Of(Usage.PathOf(parseResult.CommandResult));
            if (examples.Count > 0)
            {
                output.WriteLine("Examples:");
                foreach (string example in examples)
                {
                    output.WriteLine("  " + example);
                }

                output.WriteLine();
            }

            return code;
        }
    }
}
