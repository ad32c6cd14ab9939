using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>Over the public rules no built-in pipeline breaks anything: each rule gives a query, or an error of the target.</summary>
[Trait(Tier.Name, Tier.Slow)]
public class BuiltInPipelinesCorpusTests
{
    /// <summary>An ordinary run takes one rule of so many, other ones for each row below; a long one (<c>SIGMAC_TIMES</c>) takes all.</summary>
    private const int Share = 3;

    /// <summary>What may be refused: what a language has not, and regular expressions of that kind.</summary>
    private static readonly DiagnosticCode[] OfTargets = [Codes.CannotSay, Codes.RegexNotExpressible];

    /// <summary>
    /// Rules about what ecs_windows does not have: a number of the registry that is written otherwise than Sysmon does, whether the other end has an
    /// address of version 6, and a user compared with another.
    /// </summary>
    private static readonly string[] RefusedByPipelines =
    [
        "registry_set_disabled_exploit_guard_net_protection_on_ms_defender.yml", "registry_set_persistence_ie.yml",
        "registry_set_ie_security_zone_protocol_defaults_downgrade.yml", "registry_set_internet_explorer_disable_first_run_customize.yml",
        "registry_set_office_outlook_enable_load_macro_provider_on_boot.yml", "registry_set_office_outlook_enable_macro_execution.yml",
        "registry_set_winlogon_allow_multiple_tssessions.yml",
        "net_connection_win_dfsvc_uncommon_ports.yml", "proc_creation_win_susp_cross_user_process_spawn.yml",
    ];

    /// <summary>The public rules, which are read once for all runs.</summary>
    private static readonly Lazy<IReadOnlyList<IReadOnlyList<ReadDocument>>> Rules = new(() =>
    [
        .. Directory.GetFiles(SharedFolder.In("corpus", "sigmahq"), "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).AsParallel().AsOrdered()
            .Select(file => RuleReader.Read(new SourceText(file, File.ReadAllText(file)))),
    ]);

    public static TheoryData<string, string> Runs => new()
    {
        { "sysmon", "es-qs graylog grep logpoint powershell splunk xpack-watcher" },
        { "windows-logsources", "splunk" },
        { "windows-audit", "splunk" },
        { "splunk_windows", "splunk" },
        { "sysmon splunk_windows", "splunk" },
        { "ecs_windows", "es-qs xpack-watcher" },
        { "ecs_azure ecs_cloudtrail ecs_gcp ecs_github ecs_google_workspace ecs_kubernetes ecs_m365 ecs_okta", "es-qs xpack-watcher" },
        { "ecs_auditbeat", "es-qs" },
        { "ecs_auditd", "es-qs" },
        { "ocsf", "es-qs" },
    };

    [SharedTheory]
    [MemberData(nameof(Runs))]
    public void Every_public_rule_comes_through(string pipelines, string targets)
    {
        IReadOnlyList<Pipeline> given = BuiltInRun.Pipelines(pipelines.Split(' '));
        CompilerTarget[] ready = [.. targets.Split(' ').Select(name => BuiltInRun.Catalog.Read(name, new Dictionary<string, string>(), given, [])!).Select(backend =>
            new CompilerTarget(backend, backend.Formats[0], PipelineCatalog.For(backend, given, withOwn: true)))];
        var compiler = new Compiler(ready);

        int part = pipelines.Length % Share;
        string[] faults =
        [
            .. Rules.Value.Where((_, i) => Iterations.IsLong || i % Share == part).AsParallel()
                .SelectMany(file => compiler.Convert(file, RuleSet.Link(file)))
                .SelectMany(conversion => conversion.Diagnostics.Where(d => d.Severity is Severity.Error && !OfTargets.Contains(d.Code) && !IsRefusedByPipeline(d)).Select(d => $"{conversion.Target}: {d}")),
        ];

        faults.Should().BeEmpty();
    }

    private static bool IsRefusedByPipeline(Diagnostic diagnostic) =>
        diagnostic.Code == Codes.RuleRefusedByPipeline
            && (RefusedByPipelines.Contains(Path.GetFileName(diagnostic.Span?.Source.Path)) || (diagnostic.Message.Contains("event 4657", StringComparison.Ordinal) && IsAboutTheRegistry(diagnostic)));

    /// <summary>The audit log has neither numbers as Sysmon writes them nor the whole path of a value.</summary>
    private static bool IsAboutTheRegistry(Diagnostic diagnostic) => diagnostic.Span is { } span && span.Source.Text.Contains("category: registry_", StringComparison.Ordinal);
}
