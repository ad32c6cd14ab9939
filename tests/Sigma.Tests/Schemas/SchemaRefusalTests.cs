using Sigma.Tests.Backends;

namespace Sigma.Tests.Schemas;

/// <summary>What the readers refuse is invalid under the schemas of docs/schemas, but for what a schema cannot see.</summary>
public sealed class SchemaRefusalTests
{
    private const string Fields = ", logsource: {product: windows}, detection: {sel: {A: b}, condition: sel}}";
    private const string Counting = "title: T, correlation: {type: event_count, rules: [one], timespan: 5m";
    private const string Language = "expression: {and: ' AND ', or: ' OR ', not: 'NOT {operand}', group: '({expression})'}";

    /// <summary>Codes of the readers that a schema cannot give, and why.</summary>
    private static readonly Dictionary<string, string> Unseen = new(StringComparer.Ordinal)
    {
        ["SIG0114"] = "a schema is for a document, and there is none",
        ["SIG0206"] = "other documents of the file decide",
        ["SIG0229"] = "a part of an older collection has its title in the global document",
        ["SIG0211"] = "a date without quotes looks like a text",
        ["SIG0214"] = "what a modifier takes depends on those before it",
        ["SIG0215"] = "what a modifier takes depends on those before it",
        ["SIG0216"] = "the language of regular expressions",
        ["SIG0217"] = "the form of networks",
        ["SIG0219"] = "the value after its modifiers",
        ["SIG0220"] = "the value after its modifiers",
        ["SIG0221"] = "the value after its modifiers",
        ["SIG0227"] = "how long a number is",
        ["SIG0236"] = "the language of conditions",
        ["SIG0244"] = "the language of conditions",
        ["SIG0246"] = "the language of conditions",
        ["SIG0255"] = "a limit",
        ["SIG0256"] = "a limit",
        ["SIG0301"] = "the language of conditions",
        ["SIG0302"] = "the language of conditions",
        ["SIG0303"] = "the language of conditions",
        ["SIG0304"] = "the language of conditions",
        ["SIG0305"] = "the language of conditions",
        ["SIG0306"] = "the language of conditions",
        ["SIG0307"] = "the language of conditions",
        ["SIG0308"] = "the language of conditions",
        ["SIG0309"] = "the language of conditions",
        ["SIG0416"] = "the language of conditions",
        ["SIG0423"] = "the language of templates",
        ["SIG0424"] = "the language of templates",
        ["SIG0427"] = "another file",
        ["SIG0429"] = "the language of paths",
        ["SIG0504"] = "the placeholders of a template",
        ["SIG0509"] = "the language of templates",
        ["SIG0510"] = "the language of templates",
        ["SIG0511"] = "what a style makes of its own signs",
        ["SIG0513"] = "names that other parts of the file take",
        ["SIG0514"] = "the language of templates",
        ["SIG0516"] = "a limit",
    };

    public static TheoryData<string, string> Broken => new()
    {
        // A wrong key.
        { "rule", "{title: T, logsource: {product: windows, servce: x}, detection: {sel: {A: b}, condition: sel}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: {A|contans: b}, condition: sel}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: {A|contains|re: b}, condition: sel}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: {'A[0]': b}, condition: sel}}" },
        { "rule", "{" + Counting + ", condition: {gte: 5}, window: 5m}}" },
        { "rule", "{" + Counting + ", condition: {gte: 5, than: 5}}}" },
        { "rule", "{" + Counting + ", condition: {gte: 5, field: A}}}" },
        { "cases", "tests: [{event: {a: 1}, match: 1}]" },
        { "cases", "{tests: [{event: {a: 1}}], rules: x}" },
        { "configuration", "target: splunk" },
        { "configuration", "convert: {by: tactic}" },
        { "configuration", "by: tactic" },
        { "configuration", "allow-http: true" },
        { "configuration", "match: {format: json}" },
        { "pipeline", "{priorty: 5}" },
        { "pipeline", "transformations: [{type: field_name_mapping, maping: {a: b}, mapping: {a: b}}]" },
        { "pipeline", "transformations: [{type: case, prefix: x}]" },
        { "pipeline", "transformations: [{type: case, rule_conditions: [{type: tag, tag: x, tags: y}]}]" },
        { "pipeline", "postprocessing: [{type: embed, field_name_conditions: [{type: include_fields, fields: a}]}]" },
        { "pipeline", "finalizers: [{type: concat, id: x}]" },
        { "pipeline", "{fieldmappings: {a: b}, logsource: {}}" },
        { "backend", "{" + Language + ", shape: {}}" },
        { "backend", "{" + Language + ", shapes: {texts: '{field}'}}" },
        { "backend", "{" + Language + ", texts: {q: {opens: x}}}" },
        { "backend", "{" + Language + ", shapes: {compare: {template: '{field} {operator} {number}', item: x}}}" },
        { "backend", "{" + Language + ", formats: {default: {description: d, ending: .txt}}}" },
        { "backend", "{" + Language + ", correlations: {event_counts: x}}" },
        { "backend", "{" + Language + ", operators: {less: x}}" },
        { "backend", "{extends: splunk, shapes: {txt: '{field}'}}" },

        // A wrong type or word.
        { "rule", "[title]" },
        { "rule", "{title: T, level: urgent" + Fields },
        { "rule", "{title: T, status: 1" + Fields },
        { "rule", "{title: T, id: 5" + Fields },
        { "rule", "{title: T, date: yesterday" + Fields },
        { "rule", "{title: T, tags: {a: b}" + Fields },
        { "rule", "{title: T, related: [{id: x, type: cousin}]" + Fields },
        { "rule", "{title: T, sigma-version: 3.0" + Fields },
        { "rule", "{title: T, logsource: windows, detection: {sel: {A: b}, condition: sel}}" },
        { "rule", "{title: T, logsource: {product: [windows]}, detection: {sel: {A: b}, condition: sel}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: [{A: b}]}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: {A: {b: c}}, condition: sel}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: {A: [[b]]}, condition: sel}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: {A|exists: maybe}, condition: sel}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: {A|gt: many}, condition: sel}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: [null], condition: sel}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: {A: b}, condition: {x: sel}}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: {A: b}, condition: sel | count() > 5, timeframe: 5x}}" },
        { "rule", "{action: globl, title: T}" },
        { "rule", "{title: T, correlation: {type: event_sum, rules: [one], timespan: 5m, condition: {gte: 5}}}" },
        { "rule", "{title: T, correlation: {type: event_count, rules: [one], timespan: 5, condition: {gte: 5}}}" },
        { "rule", "{" + Counting + ", condition: {gte: some}}}" },
        { "rule", "{" + Counting + ", condition: one}}" },
        { "rule", "{" + Counting + ", group-by: {a: b}, condition: {gte: 5}}}" },
        { "rule", "{title: T, logsource: {product: x}, filter: {rules: {a: b}, s: {A: b}, condition: s}}" },
        { "cases", "tests: {a: b}" },
        { "cases", "tests: [one]" },
        { "cases", "tests: [{event: [], matches: 1}]" },
        { "cases", "tests: [{event: {a: 1}, matches: -1}]" },
        { "cases", "tests: [{event: {a: 1}, matches: [0]}]" },
        { "cases", "{rule_metadata: x, regression_tests_info: [{path: a}]}" },
        { "configuration", "targets: {a: b}" },
        { "configuration", "strict: 1" },
        { "configuration", "variables: [a]" },
        { "configuration", "options: {a: [b]}" },
        { "configuration", "doc: [a]" },
        { "pipeline", "[a]" },
        { "pipeline", "priority: high" },
        { "pipeline", "vars: [a]" },
        { "pipeline", "transformations: {type: case}" },
        { "pipeline", "transformations: [{type: field_name_maping, mapping: {a: b}}]" },
        { "pipeline", "transformations: [{type: case, method: title}]" },
        { "pipeline", "transformations: [{type: field_name_mapping, mapping: [a]}]" },
        { "pipeline", "transformations: [{type: field_name_mapping, mapping: {a: []}}]" },
        { "pipeline", "transformations: [{type: add_condition, conditions: {a|contans: b}}]" },
        { "pipeline", "transformations: [{type: case, rule_conditions: [{type: level}]}]" },
        { "pipeline", "transformations: [{type: case, rule_conditions: [{type: tag, tag: x}], rule_cond_op: xor}]" },
        { "pipeline", "transformations: [{type: case, rule_cond_op: or}]" },
        { "pipeline", "transformations: [{type: wildcard_placeholders, include: [a], exclude: [b]}]" },
        { "pipeline", "finalizers: [{type: json, indent: two}]" },
        { "backend", "{" + Language + ", texts: [q]}" },
        { "backend", "{" + Language + ", correlation_searches: maybe}" },
        { "backend", "{" + Language + ", limits: {values: {most: many, note: n}}}" },
        { "backend", "{" + Language + ", limits: {length: {most: 9 words}}}" },
        { "backend", "{" + Language + ", limits: {depth: {most: 9, group: x}}}" },
        { "backend", "{" + Language + ", regex: {dialect: posix}}" },
        { "backend", "{" + Language + ", shapes: {text: {template: '{field}', selects: most, note: n}}}" },
        { "backend", "{" + Language + ", formats: {default: {description: d, extension: txt}}}" },

        // A missing key.
        { "rule", "{title: T, detection: {sel: {A: b}, condition: sel}}" },
        { "rule", "{title: T, logsource: {product: windows}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: {A: b}}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {condition: sel}}" },
        { "rule", "{title: T, logsource: {definition: x}, detection: {sel: {A: b}, condition: sel}}" },
        { "rule", "{title: T, logsource: {product: windows}, detection: {sel: {}, condition: sel}}" },
        { "rule", "{" + Counting + "}}" },
        { "rule", "{title: T, correlation: {rules: [one], timespan: 5m, condition: {gte: 5}}}" },
        { "rule", "{title: T, correlation: {type: event_count, timespan: 5m, condition: {gte: 5}}}" },
        { "rule", "{title: T, correlation: {type: temporal, timespan: 5m}}" },
        { "rule", "{title: T, correlation: {type: value_count, rules: [one], timespan: 5m, condition: {gte: 5}}}" },
        { "rule", "{title: T, correlation: {type: value_percentile, rules: [one], timespan: 5m, condition: {gte: 5, field: A}}}" },
        { "rule", "{title: T, logsource: {product: x}, filter: {s: {A: b}, condition: s}}" },
        { "rule", "{title: T, filter: {rules: any, s: {A: b}, condition: s}}" },
        { "cases", "{rule: x}" },
        { "cases", "tests: [{matches: 1}]" },
        { "cases", "tests: [{event: {a: 1}, data: x.json}]" },
        { "cases", "{rule_metadata: [{id: x}], regression_tests_info: [{name: x}]}" },
        { "pipeline", "transformations: [{mapping: {a: b}}]" },
        { "pipeline", "transformations: [{type: field_name_mapping}]" },
        { "pipeline", "transformations: [{type: change_logsource}]" },
        { "pipeline", "transformations: [{type: hashes_fields, valid_hash_algos: [MD5], drop_algo_prefix: true}]" },
        { "pipeline", "transformations: [{type: file_placeholders, path: x, format: csv}]" },
        { "pipeline", "transformations: [{type: case, detection_item_conditions: [{type: match_string, pattern: x}]}]" },
        { "pipeline", "postprocessing: [{type: template}]" },
        { "backend", "title: T" },
        { "backend", "expression: {and: ' AND ', or: ' OR ', not: 'NOT {operand}'}" },
        { "backend", "{" + Language + ", texts: {q: {escaped: x}}}" },
        { "backend", "{" + Language + ", shapes: {list: {template: '{items}'}}}" },
        { "backend", "{" + Language + ", shapes: {exists: {template: '{field}', selects: more}}}" },
        { "backend", "{" + Language + ", formats: {default: {extension: .txt}}}" },
        { "backend", "{" + Language + ", options: {store: {default: x}}}" },
        { "backend", "{" + Language + ", emitter: grep}" },
        { "backend", "{extends: splunk, shapes: {list: {template: '{items}'}}}" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_file_that_the_reader_refuses_is_invalid(string name, string text)
    {
        EditorSchema schema = EditorSchema.All.Single(schema => schema.Name == name);

        ReaderOf.Complaints(schema, text).Should().NotBeEmpty();
        schema.Accepts(text).Should().BeFalse();
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_finding_of_the_readers_is_one_of_the_schemas_or_cannot_be()
    {
        var unseen = new HashSet<string>();
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Sigma.Tests", "Errors"), "SIG*.yml"))
        {
            string code = Path.GetFileName(file)[..7];
            EditorSchema schema = code[..5] switch
            {
                "SIG04" => EditorSchema.Pipeline,
                "SIG05" => EditorSchema.Backend,
                "SIG08" => EditorSchema.Cases,
                "SIG09" => EditorSchema.Configuration,
                _ => EditorSchema.Rule,
            };
            string text = File.ReadAllText(file);
            if (ReaderOf.Complaints(schema, text).Any(finding => finding.Code.Id == code) && schema.Accepts(text))
            {
                unseen.Add(code);
            }
        }

        unseen.Should().BeEquivalentTo(Unseen.Keys);
    }
}
