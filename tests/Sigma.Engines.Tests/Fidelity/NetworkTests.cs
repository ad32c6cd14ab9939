using System.Globalization;
using System.Net;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>Networks on the engines: addresses at both sides of their borders, in the canonical form and in the long ones.</summary>
public sealed class NetworkTests
{
    private static readonly string[] Networks =
    [
        "fe80::/64", "fe80::/10", "fc00::/7", "2001:db8::/36", "2001:db8::/32", "2001:db8:a0::/44", "2001:db8::/120", "::1/128", "::/0", "::ffff:10.0.0.0/104",
        "2001:db8::1:0/127", "2001:db8:0:0:1::/80", "10.0.0.0/8", "192.168.4.0/22", "1.2.3.4/32", "0.0.0.0/0", "172.16.0.0/12", "128.0.0.0/1",
    ];

    [NeedsTheory(Needs.Grep)]
    [InlineData("graylog")]
    [InlineData("logpoint")]
    [InlineData("powershell eventdata")]
    [InlineData("grep")]
    [InlineData("powershell")]
    public void They_find_their_addresses_and_no_others(string name)
    {
        foreach (string network in Networks)
        {
            var range = IPNetwork.Parse(network);
            string[] addresses = [.. Around(range).SelectMany(Forms).Distinct()];
            var expected = addresses.Select((text, i) => (text, i)).Where(one => range.Contains(IPAddress.Parse(one.text))).Select(one => one.i);
            Finding.In(name, $"'fA|cidr': '{network}'", addresses).Should().Be(string.Join(' ', expected), $"{network} of {string.Join(' ', addresses)}");
        }
    }

    [Theory]
    [InlineData("graylog")]
    [InlineData("logpoint")]
    public void A_zone_may_follow(string name) =>
        Finding.In(name, "'fA|cidr': 'fe80::/10'", "fe80::1%12", "fe80::1%eth0", "fec0::1%12", "fe80::1%").Should().Be("0 1");

    [Theory]
    [InlineData("logpoint")]
    [InlineData("graylog")]
    public void Denied_they_leave_their_addresses_out(string name)
    {
        var target = Finding.Target(name);
        var query = OwnTarget.Query(target.Target(), "title: t\nlogsource: {product: test}\ndetection:\n  s: {fB: x}\n  f:\n    'fA|cidr': ['10.0.0.0/8', 'fe80::/64', 'fc00::/7']\n  condition: s and not f\n");
        string?[] values = ["10.1.1.1", "fe80::1", "fe80:0:0:0:0:0:0:1", "fe80:0:0:1::1", "fd12::", "8.8.8.8", null, "2001:db8::1"];
        target.Search([query], [.. values.Select((value, i) => EngineEvent.Of(i, "Test", 1, ("fA", value), ("fB", "x")))])[0].Should().Equal(3, 5, 6, 7);
    }

    [NeedsFact(Needs.Grep)]
    public void In_a_line_an_address_may_stand_in_brackets_quotes_or_behind_a_name()
    {
        var target = Finding.Target("grep");
        string query = OwnTarget.Query(target.Target(), Finding.Rule("'fA|cidr': 'fe80::/64'"));
        string[] fits = ["ip=fe80::1", "ip:fe80::1", "source:fe80::1", "\"ip\":\"fe80::1\"", "[fe80::1]:443", "fe80::1%4", "fe80::1.", "from fe80::1, to x", "FE80:0:0:0:0:0:0:1"];
        string[] fitsNot = ["fe80::1:1:1:1:1", "2001:fe80::1", "xfe80::1", "fe81::1", "::fe80:1", "fe80:0:0:1::1"];
        GrepEngine.Run(query, [.. fits, .. fitsNot]).MatchingLines.Should().Equal(fits);
    }

    /// <summary>The ends of a network, what lies just beyond them, and what shares fewer bits.</summary>
    private static IEnumerable<byte[]> Around(IPNetwork network)
    {
        byte[] first = network.BaseAddress.GetAddressBytes();
        int bits = first.Length * 8;
        byte[] last = [.. first];
        for (int bit = network.PrefixLength; bit < bits; bit++)
        {
            last[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        yield return first;
        yield return last;
        foreach (byte[] edge in new[] { first, last })
        {
            foreach (int flipped in new[] { 0, 1, network.PrefixLength - 1, network.PrefixLength - 2, network.PrefixLength, network.PrefixLength + 1, bits / 2, bits - 16, bits - 1 }.Where(bit => bit >= 0 && bit < bits))
            {
                byte[] near = [.. edge];
                near[flipped / 8] ^= (byte)(0x80 >> (flipped % 8));
                yield return near;
            }
        }
    }

    private static IEnumerable<string> Forms(byte[] address)
    {
        yield return new IPAddress(address).ToString();
        if (address.Length == 16)
        {
            yield return string.Join(':', Enumerable.Range(0, 8).Select(i => Group(address, i, "x4")));
            yield return string.Join(':', Enumerable.Range(0, 8).Select(i => Group(address, i, "X")));
        }
    }

    private static string Group(byte[] address, int i, string format) =>
        ((address[2 * i] << 8) | address[(2 * i) + 1]).ToString(format, CultureInfo.InvariantCulture);
}
