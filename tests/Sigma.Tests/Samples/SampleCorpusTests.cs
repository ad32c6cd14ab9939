using System.Collections.Concurrent;
using Sigma.Engines.Tests.Engines;
using Sigma.Events.Samples;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Samples;

/// <summary>Every rule has samples of both kinds, but for those that no event can match; each of these is named here, with the reason.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class SampleCorpusTests
{
    /// <summary>Rules of the public repository for which there is no matching event.</summary>
    private static readonly Dictionary<string, string> WithoutSamples = new()
    {
        ["proc_creation_win_xwizard_runwizard_com_object_exec.yml"] = "the command line would have to be 'RunWizard', whole, and have a GUID in it",
        ["win_system_eventlog_cleared.yml"] = "the event has two fields Channel: that of the log it stands in, and that of the log that was cleared",
    };

    /// <summary>Rules of ours that a pipeline of the user's has to complete.</summary>
    private static readonly string[] WithPlaceholders =
        ["proc_creation_admin_tool_by_normal_user.yml", "proxy_upload_outside_company_domains.yml", "security_logon_of_monitored_accounts.yml"];

    [SharedFact]
    public void Every_public_rule_has_matches_and_near_misses() =>
        Incomplete(Directory.GetFiles(SharedFolder.In("corpus", "sigmahq"), "*.yml", SearchOption.AllDirectories)).Should().BeEquivalentTo(WithoutSamples.Keys);

    [Fact]
    public void Every_rule_of_ours_has_matches_and_near_misses() => Incomplete(Repository.Rules).Should().BeEquivalentTo(WithPlaceholders);

    private static ConcurrentBag<string> Incomplete(IReadOnlyList<string> files)
    {
        var sampler = new RuleSampler(new SampleSettings { Count = 1 }, []);
        var incomplete = new ConcurrentBag<string>();
        Parallel.ForEach(files, file =>
        {
            foreach (ReadDocument document in RuleReader.Read(SourceText.Decode(file, File.ReadAllBytes(file), out _)))
            {
                if (document.Document is SigmaRule rule && sampler.Make(rule) is var samples && (samples.Positives == 0 || samples.NearMisses == 0))
                {
                    incomplete.Add(Path.GetFileName(file));
                }
            }
        });
        return incomplete;
    }
}
