using System.Runtime.CompilerServices;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Matching;

/// <summary>A rule that is ready to be evaluated keeps nothing of its file in memory: thousands of rules would keep all their texts.</summary>
public class ForgottenTextTests
{
    [Theory]
    [InlineData("Image|endswith: ['\\a.exe', '\\b.exe']")]
    [InlineData("CommandLine|re: 'a.*b(?=c)'")]
    [InlineData("CommandLine: 'a*b?c'")]
    [InlineData("Image|fieldref: ParentImage")]
    [InlineData("ParentImage: null")]
    [InlineData("Image|exists: true")]
    [InlineData("Address|cidr: 10.0.0.0/8")]
    [InlineData("Size|gt: 10")]
    [InlineData("UtcTime|hour|gte: 18")]
    [InlineData("CommandLine|windash|contains|all: [' -e', ' -x']")]
    [InlineData("EventID: [1, 2]")]
    [InlineData("Hashes|contains|cased: 'MD5=A'")]
    public void The_text_of_a_rule_is_forgotten(string item) =>
        Forgotten($"title: T\nid: 8d5b8e2c-6f5e-4f9a-9f51-6f6a3f1d2c3b\ntags: [attack.t1059]\nowner: me\nlogsource: {{category: process_creation, product: windows, definition: all}}\ndetection:\n  s:\n    {item}\n  filter: {{User|contains: x}}\n  condition: s and not filter\n");

    [Theory]
    [InlineData("first word, second word", "{category: test}")]
    [InlineData("4624", "{product: linux, service: auth}")]
    public void So_is_that_of_keywords(string keywords, string source) =>
        Forgotten($"title: T\nlogsource: {source}\ndetection:\n  s: [{keywords}]\n  condition: s\n");

    [Fact]
    public void What_is_found_of_a_rule_still_has_its_place()
    {
        var source = new SourceText("rule.yml", "title: T\nlogsource: {category: test}\ndetection:\n  s: {a|contains: ''}\n  condition: s\nlevel: loud\n");
        var findings = new List<(ReadDocument Document, Diagnostic Finding)>();
        Detector.Create(RuleReader.Read(source), RuleSet.Empty, new DetectorSettings { BriefRules = true }, (document, finding) => findings.Add((document, finding)));
        findings.Should().NotBeEmpty().And.OnlyContain(one => one.Document.Span.Source == source && one.Finding.Span!.Value.Source == source);
        findings.Should().Contain(one => one.Finding.Span!.Value.Position.Line == 6);
    }

    private static void Forgotten(string text)
    {
        (WeakReference source, Detector detector) = Prepare(text);
        GC.Collect();
        source.IsAlive.Should().BeFalse("nothing holds it");
        detector.Rules.Should().Be(1);
        GC.KeepAlive(detector);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Source, Detector Detector) Prepare(string text)
    {
        var source = new SourceText("rule.yml", text);
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(source);
        return (new WeakReference(source), Detector.Create(documents, RuleSet.Empty, new DetectorSettings(), (_, finding) => finding.Severity.Should().NotBe(Severity.Error, finding.Message)));
    }
}
