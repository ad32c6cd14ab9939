using System.Text;
using System.Text.Json;
using Sigma.Events.Matching;
using Sigma.Events.Samples;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Samples;

/// <summary>What samples of each kind of test look like. What is expected of them follows from the specification's meaning of the test.</summary>
public sealed class RuleSamplerTests
{
    [Fact]
    public void Each_value_of_a_list_gets_a_match()
    {
        RuleSamples samples = Make("sel: {Image|endswith: ['\\one.exe', '\\two.exe', '\\three.exe']}\ncondition: sel");
        Values(samples, "Image").Select(image => image[(image.LastIndexOf('\\') + 1)..]).Should().BeEquivalentTo("one.exe", "two.exe", "three.exe");
    }

    [Fact]
    public void Each_branch_of_an_or_gets_a_match()
    {
        RuleSamples samples = Make("a: {x: one}\nb: {y: two}\nc: {z: three}\ncondition: 1 of them");
        Matches(samples).Select(e => string.Join(' ', e.Fields.Select(f => f.Value).Intersect(["one", "two", "three"]))).Should().BeEquivalentTo("one", "two", "three");
    }

    [Fact]
    public void Two_lists_are_gone_through_side_by_side()
    {
        Make("sel: {x: [a, b, c], y: [d, e, f]}\ncondition: sel").Positives.Should().Be(3);
    }

    [Fact]
    public void The_count_bounds_both_kinds()
    {
        RuleSamples samples = Make("sel: {x: [a, b, c, d, e]}\ncondition: sel", new SampleSettings { Count = 2 });
        samples.Positives.Should().Be(2);
        samples.NearMisses.Should().Be(2);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("{x|startswith: ab, x|endswith: yz, x|contains: mn}", "^ab.*mn.*yz$")]
    [InlineData("{x|contains|all: [aa, bb, cc]}", "^(?=.*aa)(?=.*bb)(?=.*cc)")]
    [InlineData("{x: 'a?c*d'}", "^a.c.*d$")]
    [InlineData("{x|startswith: abc, x|endswith: bcd}", "^abc.*bcd$|^abcd$")]
    [InlineData(@"{x|re: '^[0-9]{3}-(one|two)\.exe$'}", @"^[0-9]{3}-(one|two)\.exe$")]
    [InlineData(@"{x|re: 'ab+c', x|contains: zz}", "(?=.*ab+c)(?=.*zz)")]
    [InlineData("{x|cidr: 10.1.0.0/16}", @"^10\.1\.\d+\.\d+$")]
    [InlineData("{x|gte: 7, x|lt: 9}", "^(7|8)$")]
    [InlineData("{x|gt: 4, x|lt: 6}", "^5$")]
    [InlineData("{x|exists: true}", ".")]
    [InlineData("{x: ''}", "^$")]
    [InlineData("{x|cased: 'MiXed'}", "^MiXed$")]
    [InlineData("{x|base64: 'foo'}", "^Zm9v$")]
    [InlineData("{x|wide|base64: 'foo'}", "^ZgBvAG8A$")]
    [InlineData("{x|hour|gte: 18}", "T(18|19|2[0-3]):")]
    public void Tests_of_one_field_are_met_together(string selection, string expected)
    {
        RuleSamples samples = Make($"sel: {selection}\ncondition: sel");
        samples.Diagnostics.Should().BeEmpty();
        Values(samples, "x").Should().NotBeEmpty().And.AllSatisfy(value => value.Should().MatchRegex(expected));
    }

    [Fact]
    public void Null_leaves_the_field_out() =>
        Matches(Make("sel: {x: null, y: 1}\ncondition: sel")).Single().Fields.Select(f => f.Key).Should().Contain("y").And.NotContain("x");

    [Fact]
    public void A_field_that_refers_to_another_has_its_value()
    {
        SampleEvent e = Matches(Make("sel: {x|endswith: '\\a.exe', x|fieldref: y}\ncondition: sel")).Single();
        Value(e, "x").Should().Be(Value(e, "y")).And.EndWith("\\a.exe");
    }

    [Fact]
    public void Fields_that_must_differ_do()
    {
        SampleEvent e = Matches(Make("sel: {x: '*', y: '*'}\nsame: {x|fieldref: y}\ncondition: sel and not same")).First();
        Value(e, "x").Should().NotBe(Value(e, "y"));
    }

    [Fact]
    public void What_is_left_out_does_not_hold_in_a_match()
    {
        RuleSamples samples = Make("sel: {Image|endswith: '\\a.exe'}\nfilter: {Image|startswith: 'C:\\Windows\\'}\ncondition: sel and not filter");
        Values(samples, "Image").Should().AllSatisfy(image => image.Should().NotStartWith("C:\\Windows\\"));
        samples.Samples.Should().Contain(sample => sample.Kind == SampleKind.FilterApplies && Value(sample.Events[0], "Image")!.StartsWith("C:\\Windows\\"));
    }

    [Theory]
    [InlineData("{x: abc}", nameof(SampleKind.ChangedCharacter))]
    [InlineData("{x: abc}", nameof(SampleKind.ExtraCharacter))]
    [InlineData("{x: abc}", nameof(SampleKind.MissingField))]
    [InlineData("{x|cased: Abc}", nameof(SampleKind.ChangedCase))]
    [InlineData("{x|re: 'Abc'}", nameof(SampleKind.ChangedCase))]
    [InlineData("{x|gte: 7}", nameof(SampleKind.OutsideRange))]
    [InlineData("{x|cidr: 10.1.0.0/16}", nameof(SampleKind.OutsideRange))]
    [InlineData("{x: true}", nameof(SampleKind.OtherValue))]
    [InlineData("{y: 1, x: null}", nameof(SampleKind.UnwantedField))]
    [InlineData("{y: 1, x|exists: false}", nameof(SampleKind.UnwantedField))]
    public void Near_misses_break_one_test(string selection, string kind)
    {
        Sample miss = Make($"sel: {selection}\ncondition: sel").Samples.Should().Contain(sample => sample.Kind == Enum.Parse<SampleKind>(kind) && sample.Field == "x").Subject;
        miss.Matches.Should().BeFalse();
        miss.Item!.Value.Position.Line.Should().BePositive();
    }

    [Fact]
    public void The_addresses_around_a_network_are_near_misses() =>
        Make("sel: {x|cidr: 10.1.0.0/16}\ncondition: sel").Samples.Where(s => s.Kind == SampleKind.OutsideRange).Select(s => Value(s.Events[0], "x"))
            .Should().BeSubsetOf(["10.2.0.0", "10.0.255.255"]);

    [Fact]
    public void A_keyword_stands_in_the_message()
    {
        RuleSamples samples = Make("words: [alpha, beta]\ncondition: words");
        Matches(samples).Should().HaveCount(2).And.AllSatisfy(e => Value(e, "Message").Should().MatchRegex("alpha|beta"));
    }

    [Theory]
    [InlineData("sel: {x|endswith: abc}\nno: {x|contains: b}\ncondition: sel and not no", "SIG0801")]
    [InlineData("a: {x: one}\nb: {x: two}\ncondition: a and b", "SIG0801")]
    [InlineData("sel: {x|contains: '1', x|startswith: '2'}\nno: {x: '2*1*'}\ncondition: sel and not no", "SIG0801")]
    [InlineData("sel: {x: [one, two]}\nno: {x: two}\ncondition: sel and not no", "SIG0803")]
    public void What_cannot_match_is_said(string detection, string code) =>
        Make(detection).Diagnostics.Select(d => d.Code.Id).Should().Contain(code);

    [Fact]
    public void Windows_events_say_where_they_are_from()
    {
        SampleEvent e = Matches(Make("sel: {Image|endswith: '\\a.exe'}\ncondition: sel", category: "process_creation")).Single();
        Value(e, "EventID").Should().Be("1");
        Value(e, "Channel").Should().Be("Microsoft-Windows-Sysmon/Operational");
        Value(e, "Provider_Name").Should().Be("Microsoft-Windows-Sysmon");
        using JsonDocument json = JsonDocument.Parse(e.ToJson(EventShape.WinEvent));
        json.RootElement.GetProperty("Event").GetProperty("System").GetProperty("EventID").GetInt32().Should().Be(1);
        json.RootElement.GetProperty("Event").GetProperty("EventData").GetProperty("Image").GetString().Should().EndWith("\\a.exe");
    }

    [Fact]
    public void Names_with_dots_nest_unless_the_first_part_is_a_value()
    {
        SampleEvent nested = Matches(Make("sel: {a.b: 1, a.c: 2}\ncondition: sel", product: "okta")).Single();
        Encoding.UTF8.GetString(nested.ToJson()).Should().Contain("\"a\":{\"b\":1,\"c\":2}");
        Encoding.UTF8.GetString(nested.ToJson(EventShape.Flat)).Should().Contain("\"a.b\":1");
        SampleEvent mixed = Matches(Make("sel: {a: 1, a.c: 2}\ncondition: sel", product: "okta")).Single();
        Encoding.UTF8.GetString(mixed.ToJson()).Should().Contain("\"a\":1").And.Contain("\"a.c\":2");
    }

    [Theory]
    [InlineData(nameof(EventShape.Nested))]
    [InlineData(nameof(EventShape.Flat))]
    [InlineData(nameof(EventShape.WinEvent))]
    public void The_same_rule_makes_the_same_bytes(string name)
    {
        EventShape shape = Enum.Parse<EventShape>(name);
        const string Detection = "sel: {Image|endswith: ['\\a.exe', '\\b.exe'], CommandLine|contains: ' -x '}\ncondition: sel";
        Bytes(0).Should().Equal(Bytes(0));
        Bytes(0).Should().NotEqual(Bytes(1), "another seed makes other process ids");

        string[] Bytes(int seed) =>
        [
            .. Make(Detection, new SampleSettings { Seed = seed, Shape = shape }, "process_creation").Samples
                .SelectMany(sample => sample.Events).Select(e => Encoding.UTF8.GetString(e.ToJson(shape))),
        ];
    }

    [Fact]
    public void A_rule_with_nothing_but_a_negation_has_samples()
    {
        RuleSamples samples = Make("no: {x: bad}\ncondition: not no");
        samples.Positives.Should().Be(1);
        samples.Samples.Should().Contain(sample => sample.Kind == SampleKind.FilterApplies && Value(sample.Events[0], "x") == "bad");
    }

    internal static RuleSamples Make(string detection, SampleSettings? settings = null, string? category = null, string product = "windows")
    {
        string text = $"title: T\nlogsource:\n  product: {product}\n{(category is null ? "" : $"  category: {category}\n")}detection:\n"
            + string.Concat(detection.Split('\n').Select(line => $"  {line}\n"));
        ReadDocument document = RuleReader.Read(new SourceText("a.yml", text)).Single();
        document.Diagnostics.Where(d => d.Severity is Severity.Error).Should().BeEmpty();
        var rule = (SigmaRule)document.Document!;
        settings ??= new SampleSettings();
        RuleSamples samples = new RuleSampler(settings, []).Make(rule);
        RuleMatcher matcher = RuleMatcher.Create(rule, [])!;
        foreach (Sample sample in samples.Samples)
        {
            matcher.Matches(Event.Parse(sample.Events[0].ToJson(settings.Shape), out _)!).Should().Be(sample.Matches, sample.Reason);
        }

        return samples;
    }

    private static IEnumerable<SampleEvent> Matches(RuleSamples samples) => samples.Samples.Where(sample => sample.Matches).Select(sample => sample.Events.Single());

    private static IEnumerable<string> Values(RuleSamples samples, string field) => Matches(samples).Select(e => Value(e, field)!);

    private static string? Value(SampleEvent e, string field) => e.Fields.Where(f => f.Key == field).Select(f => f.Value).SingleOrDefault();
}
