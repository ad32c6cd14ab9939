using System.Text;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Matching;

/// <summary>What is odd in one event changes nothing for others, and no number is too large.</summary>
public class EventFaultTests
{
    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("A|gte: 5", "1e999", true)]
    [InlineData("A|gte: 5", "1e99999", true)]
    [InlineData("A|gte: 5", "-1e999", false)]
    [InlineData("A|lt: 5", "-1e99999999999999999999999", true)]
    [InlineData("A|gte: 5", "1e999999999999999999999", true)]
    [InlineData("A|gte: 5", "1e9223372036854775808", true)]
    [InlineData("A|gt: 0", "1e-999999999999999999999", true)]
    [InlineData("A|lt: 5", "1e-18446744073709551616", true)]
    [InlineData("A|gt: 0", "1e-999", true)]
    [InlineData("A|gt: 0", "1e-40", true)]
    [InlineData("A|lt: 0", "-1e-400", true)]
    [InlineData("A|gte: 5", "0e999", false)]
    [InlineData("A|gt: 9007199254740992", "9007199254740993", true)]
    [InlineData("A|gt: 79228162514264337593543950335", "79228162514264337593543950336", true)]
    [InlineData("A|gt: 79228162514264337593543950336", "79228162514264337593543950336", false)]
    [InlineData("A|lt: 0.1234567890123456789012345678901", "0.12345678901234567890123456789009", true)]
    [InlineData("A: 100000000000000000000000000000000000000000", "1e41", true)]
    [InlineData("A: 100000000000000000000000000000000000000000", "1.0e41", true)]
    [InlineData("A: 10", "1.000000000000000000000000000000000000000e1", true)]
    [InlineData("A|lte: 10", "10.0000000000000000000000000000000000000001", false)]
    public void Numbers_of_any_size_are_compared_by_value(string item, string number, bool matches)
    {
        Evaluator.Item(item, $$"""{"A":{{number}}}""").Should().Be(matches, "as a number");
        Evaluator.Item(item, $$"""{"A":"{{number}}"}""").Should().Be(matches, "as a text");
    }

    [Fact]
    public void Numbers_are_ordered_as_digits_say()
    {
        // Written in order; each is compared with each.
        string[] ordered = ["-1e400", "-1e29", "-79228162514264337593543950336", "-2", "-1.5", "-1e-30", "0", "1e-400", "1e-30", "0.5", "1", "1.0000000000000000000000000000001", "9.99e28", "1e29", "1.5e29", "1e400", "2e400"];
        for (int i = 0; i < ordered.Length; i++)
        {
            for (int j = 0; j < ordered.Length; j++)
            {
                Number.TryParse(ordered[i], out Number a).Should().BeTrue();
                Number.TryParse(ordered[j], out Number b).Should().BeTrue();
                Math.Sign(a.CompareTo(b)).Should().Be(i.CompareTo(j), $"{ordered[i]} and {ordered[j]}");
            }
        }

        foreach (string none in (string[])["", "-", ".", "1e", "1e+", "e5", "1.2.3", "0x10", "1 ", " 1", "1,5", "NaN", "Infinity"])
        {
            Number.TryParse(none, out _).Should().BeFalse(none);
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("\"XY\"", true)]
    [InlineData("7.0", true)]
    [InlineData("\"1e500\"", true)]
    [InlineData("\"x\"", false)]
    [InlineData("null", false)]
    public void Long_lists_are_compared_like_short_ones(string value, bool matches)
    {
        foreach (int count in (int[])[3, 20_000])
        {
            string others = string.Concat(Enumerable.Range(100, count).Select(i => $"\"o{i}\","));
            Evaluator.Item("A|fieldref: B", $"{{\"A\":[{others.Replace('o', 'p')}{value}],\"B\":[{others}\"xy\",7,10e499,null]}}").Should().Be(matches, $"{count}");
        }
    }

    [Theory]
    [InlineData(@"\udc00x")]
    [InlineData(@"x\ud800")]
    [InlineData(@"\ud800\ud800")]
    [InlineData(@"\udc00\ud800")]
    public void Half_a_pair_of_surrogates_is_a_replacement_character(string half)
    {
        var e = Event.Parse(Encoding.UTF8.GetBytes("""{"A":"H","kH":{"n":["H"]},"p":"\ud83d\ude00"}""".Replace("H", half)), out string? error)!;

        error.Should().BeNull();
        string sound = half.Replace(@"\udc00", "\uFFFD").Replace(@"\ud800", "\uFFFD");
        e.Values.Select(value => (value.Name, value.Text)).Should().Equal(("A", sound), ("k" + sound, ""), ($"k{sound}.n", sound), ("p", "\U0001F600"));
    }

    [Theory]
    [InlineData("""{"result":{"source":"WinEventLog:ForwardedEvents","Channel":"Security","EventID":4625,"a":"x"}}""")]
    [InlineData("""{"source":"WinEventLog:ForwardedEvents","Channel":"Security","EventID":4625,"a":"x"}""")]
    [InlineData("""{"source":"XmlWinEventLog:System","result":{"LogName":"Security","EventCode":4625,"a":"x"}}""")]
    [InlineData("""{"_source":{"source":"WinEventLog:ForwardedEvents","winlog":{"channel":"Security","event_id":4625},"a":"x"}}""")]
    [InlineData("""{"result":{"source":"WinEventLog:System","Event":{"System":{"Channel":"Security","EventID":4625},"EventData":{"a":"x"}}}}""")]
    [InlineData("""{"result":{"source":"WinEventLog:ForwardedEvents","channel":"Security","EventID":4625,"a":"x"}}""")]
    [InlineData("""{"log_name":"ForwardedEvents","winlog":{"channel":"Security","event_id":4625},"a":"x"}""")]
    [InlineData("""{"_source":{"LogName":"ForwardedEvents","winlog":{"channel":"Security","event_id":4625},"a":"x"}}""")]
    [InlineData("""{"LogName":"ForwardedEvents","Event":{"System":{"channel":"Security","EventID":4625}},"a":"x"}""")]
    [InlineData("""{"log_name":"ForwardedEvents","data":{"win":{"system":{"channel":"Security","eventID":4625}}},"a":"x"}""")]
    [InlineData("""{"result":{"source":"WinEventLog:Security","Channel":null,"EventID":4625,"a":"x"}}""")]
    [InlineData("""{"source":"WinEventLog:Security","Channel":"","EventID":4625,"a":"x"}""")]
    [InlineData("""{"source":"WinEventLog:ForwardedEvents","SourceName":"Microsoft-Windows-Security-Auditing","EventID":4625,"a":"x"}""")]
    public void An_events_own_channel_goes_before_its_source(string json)
    {
        Evaluator.Matcher("sel:\n  a: x\ncondition: sel", "product: windows\n  service: security").Matches(Event.Parse(json)).Should().BeTrue();
        Evaluator.Matcher("sel:\n  a: x\ncondition: sel", "product: windows\n  service: application").Matches(Event.Parse(json)).Should().BeFalse();
    }

    [Theory]
    [InlineData("""{"Channel":null,"Provider_Name":"Microsoft-Windows-Sysmon","EventID":1,"Image":"x"}""")]
    [InlineData("""{"Channel":"","Provider_Name":"Microsoft-Windows-Sysmon","EventID":1,"Image":"x"}""")]
    [InlineData("""{"Channel":" ","Provider_Name":"Microsoft-Windows-Sysmon","EventID":1,"Image":"x"}""")]
    [InlineData("""{"Channel":"-","Provider_Name":"Microsoft-Windows-Sysmon","EventID":1,"Image":"x"}""")]
    [InlineData("""{"Channel":" - ","Provider_Name":"Microsoft-Windows-Sysmon","EventID":1,"Image":"x"}""")]
    [InlineData("""{"Channel":[],"Provider_Name":"Microsoft-Windows-Sysmon","EventID":1,"Image":"x"}""")]
    [InlineData("""{"Channel":[null,"Microsoft-Windows-Sysmon/Operational"],"EventID":1,"Image":"x"}""")]
    [InlineData("""{"Event":{"System":{"Channel":null,"Provider":{"#attributes":{"Name":"Microsoft-Windows-Sysmon"}},"EventID":1},"EventData":{"Image":"x"}}}""")]
    [InlineData("""{"Channel":"Microsoft-Windows-Sysmon/Operational","Provider_Name":null,"EventID":1,"Image":"x"}""")]
    public void What_is_there_without_a_value_tells_nothing(string json)
    {
        Evaluator.Matcher("sel:\n  Image: x\ncondition: sel", "product: windows\n  category: process_creation").Matches(Event.Parse(json)).Should().BeTrue();
        Evaluator.Matcher("sel:\n  Image: x\ncondition: sel", "product: windows\n  category: network_connection").Matches(Event.Parse(json)).Should().BeFalse();
        Evaluator.Matcher("sel:\n  Image: x\ncondition: sel", "product: linux\n  category: process_creation").Matches(Event.Parse(json)).Should().BeFalse();
    }

    [Theory]
    [InlineData("ThreatName", "Threat Name", true)]
    [InlineData("Threat Name", "ThreatName", true)]
    [InlineData("threatname", "Threat Name", true)]
    [InlineData("Threat Name", "Threat  Name", true)]
    [InlineData("ThreatName", "Threat_Name", true)]
    public void Names_are_compared_without_blanks(string field, string name, bool matches)
    {
        Evaluator.Item($"{field}: x", $$"""{"{{name}}":"x"}""").Should().Be(matches);
        Evaluator.Item($"{field}: x", """{"Event":{"EventData":{"N":"x"}}}""".Replace("N\"", name + "\"")).Should().Be(matches);
        Event.Parse($$"""{"{{name}}":"x"}""").Find(field).Should().Be(matches ? "x" : null);
    }

    [Fact]
    public void The_exact_name_goes_before_one_with_other_blanks()
    {
        const string Json = """{"Threat Name":"far","threatname":"near"}""";
        Evaluator.Item("ThreatName: near", Json).Should().BeTrue();
        Evaluator.Item("ThreatName: far", Json).Should().BeFalse();
        Evaluator.Item("Threat Name: far", Json).Should().BeTrue();
        Evaluator.Item("ThreatName: null", """{"ThreatName":null,"Threat Name":"x"}""").Should().BeTrue();
    }

    [Theory]
    [InlineData("value_sum", "gte: 30", "0=1e300 50=10 70=10 80=10", 1, 4)]
    [InlineData("value_sum", "gte: 1", "0=1e308 1=1e308 2=1e308", 1)]
    [InlineData("value_sum", "gte: 1", "0=1e999 1=-1e999 2=1e999", 1, 3)]
    [InlineData("value_median", "gte: 1", "0=1e308 1=1e308", 1)]
    public void A_giant_number_does_not_spoil_what_is_counted_after_it(string type, string condition, string values, params int[] numbers)
    {
        string text = "title: T\nname: t\nlogsource: {category: test}\ndetection: {s: {k: '*'}, condition: s}\n---\n"
            + $"title: C\ncorrelation: {{type: {type}, rules: t, group-by: g, timespan: 1m, condition: {{{condition}, field: n}}}}\n";
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("c.yml", text));
        SeriesMatcher matcher = SeriesMatcher.Create(documents[1], RuleSet.Link(documents), new DetectorSettings(), [])!;

        IEnumerable<Event> events = values.Split(' ').Select(one => one.Split('=')).Select(one =>
            Event.Parse($$"""{"k":"v","g":"g","n":{{one[1]}},"@timestamp":{{1767225600 + int.Parse(one[0])}} }"""));
        matcher.Match(events).Should().Equal(numbers);
    }
}
