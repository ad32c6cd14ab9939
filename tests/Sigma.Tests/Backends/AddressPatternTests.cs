using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Sigma.Backends;
using Sigma.Queries;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Tests.Backends;

/// <summary>
/// The expression of an IPv6 network against the network's own arithmetic, over addresses at and around its borders, many
/// groups of them zero, in all forms that RFC 4291 allows and that RFC 5952 asks for.
/// </summary>
public sealed class AddressPatternTests
{
    public static TheoryData<string> Networks =>
    [
        "::/0", "::/1", "::/96", "::1/128", "::/128", "::/16", "::/10", "::/20", "::/127", "8000::/1", "fe80::/10", "fe80::/64", "fe80::/63", "fe80::/65", "fc00::/7",
        "ff00::/8", "2000::/3", "2001:db8::/32", "2001:db8::/36", "2001:db8::/33", "2001:db8:a0::/44", "2001:db8:0:10::/60", "2001:db8::/120", "2001:db8::/112",
        "2001:db8::/113", "2001:db8::8000/127", "2001:db8:0:0:1::/80", "2001:0:0:1::/64", "64:ff9b::/96", "::ffff:0:0/96", "::ffff:10.0.0.0/104", "::ffff:10.16.0.0/108",
        "::ffff:1.2.3.4/128", "::ffff:1.2.3.4/126", "1:2:3:4:5:6:7:8/128", "1:2:3:4:5:6:7:8/125", "0:0:1::/48", "0:1::/32", "a00::/12", "2001:db8:0:0:8000::/65",
    ];

    /// <summary>Without regular expressions a network of more than 512 groups, each in two spellings, is left for the writer to refuse.</summary>
    [Theory]
    [InlineData("2001:c00::/23", 1024)]
    [InlineData("2001:c00::/22", 1)]
    public void A_target_without_expressions_gets_some_hundred_texts_and_no_more(string network, int values)
    {
        Dialect dialect = new BackendCatalog([new OwnTarget(OwnTarget.Plain)]).Read("own", new Dictionary<string, string>(), [])!.Dialect;
        var cidr = new CidrValue(IPNetwork.Parse(network), default);

        MatchExpr written = NetworkPatterns.Expand(dialect, new MatchExpr("a", [cidr], false, default), cidr);

        written.Values.Length.Should().Be(values);
        written.Values.Contains(cidr).Should().Be(values == 1);
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Networks))]
    public void It_fits_the_addresses_of_the_network_and_no_others(string network)
    {
        var range = IPNetwork.Parse(network);
        var pattern = new Regex($@"\A{AddressPattern.OfV6(range)}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        var random = new Random(5952);
        int inside = 0;
        for (int i = 0; i < 1_500; i++)
        {
            byte[] address = Near(range, random);
            bool expected = IsIn(range, address);
            inside += expected ? 1 : 0;
            foreach (string form in Forms(address, random))
            {
                // Hundreds of thousands of forms: an assertion each would take most of the time.
                if (!IPAddress.Parse(form).GetAddressBytes().AsSpan().SequenceEqual(address) || pattern.IsMatch(form) != expected)
                {
                    Assert.Fail($"{form} should {(expected ? "" : "not ")}be in {network}");
                }
            }
        }

        inside.Should().BeGreaterThan(100);
    }

    [Theory]
    [InlineData("00:11:22:33:44:55")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1::2::3")]
    [InlineData("12:30:45")]
    [InlineData(":")]
    [InlineData("::g")]
    [InlineData("12345::")]
    public void What_is_no_address_is_in_no_network(string text)
    {
        foreach (string network in new[] { "::/0", "::/16", "::/1" })
        {
            Regex.IsMatch(text, $@"\A{AddressPattern.OfV6(IPNetwork.Parse(network))}\z").Should().BeFalse();
        }
    }

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [MemberData(nameof(Networks))]
    public void Lucene_can_say_it(string network)
    {
        RegexPattern.TryParse($@"^{AddressPattern.OfV6(IPNetwork.Parse(network))}\z", RegexFlags.IgnoreCase, out RegexPattern? pattern, out _).Should().BeTrue();
        RegexWriter.Write(pattern!, RegexDialect.Lucene).Notes.Should().BeEmpty();
    }

    /// <summary>An address that agrees with the network in some first bits, with zeros, ones and borders behind them.</summary>
    private static byte[] Near(IPNetwork network, Random random)
    {
        byte[] address = network.BaseAddress.GetAddressBytes();
        int keep = random.Next(3) == 0 ? random.Next(129) : network.PrefixLength;
        int kind = random.Next(4);
        for (int group = 0; group < 8; group++)
        {
            int value = kind switch { 0 => 0, 1 => 0xffff, _ => random.Next(3) switch { 0 => 0, 1 => random.Next(16), _ => random.Next(0x10000) } };
            for (int bit = 0; bit < 16; bit++)
            {
                int at = (group * 16) + bit;
                if (at >= keep)
                {
                    int set = (value >> (15 - bit)) & 1;
                    address[at / 8] = (byte)((address[at / 8] & ~(0x80 >> (at % 8))) | (set * (0x80 >> (at % 8))));
                }
            }
        }

        if (random.Next(4) == 0 && network.PrefixLength > 0)
        {
            int last = network.PrefixLength - 1;
            address[last / 8] ^= (byte)(0x80 >> (last % 8));
        }

        return address;
    }

    // IPNetwork takes ::ffff:1.2.3.4 for an IPv4 address.
    private static bool IsIn(IPNetwork network, byte[] address)
    {
        byte[] first = network.BaseAddress.GetAddressBytes();
        return Enumerable.Range(0, network.PrefixLength).All(bit => ((first[bit / 8] ^ address[bit / 8]) & (0x80 >> (bit % 8))) == 0);
    }

    private static IEnumerable<string> Forms(byte[] bytes, Random random)
    {
        int[] groups = [.. Enumerable.Range(0, 8).Select(i => (bytes[2 * i] << 8) | bytes[(2 * i) + 1])];
        string dotted = string.Join('.', bytes[12..]);
        yield return Canonical(groups);
        yield return new IPAddress(bytes).ToString();
        yield return Joined(groups, "x4");
        yield return Joined(groups, "X4");
        yield return Joined(groups, "x");
        yield return Joined(groups[..6], "x") + ":" + dotted;
        int from = random.Next(8);
        int to = from;
        while (to < 8 && groups[to] == 0 && (to == from || random.Next(4) > 0))
        {
            to++;
        }

        if (to > from)
        {
            yield return Joined(groups[..from], "x") + "::" + Joined(groups[to..], "x3");
            if (to <= 6)
            {
                yield return Joined(groups[..from], "x") + "::" + Joined(groups[to..6], "x") + (to < 6 ? ":" : "") + dotted;
            }
        }
    }

    /// <summary>RFC 5952, section 4: the longest run of at least two zeros becomes ::, the first where several are equal.</summary>
    private static string Canonical(int[] groups)
    {
        var (best, length) = (-1, 1);
        for (int i = 0; i < 8; i++)
        {
            int run = groups[i..].TakeWhile(group => group == 0).Count();
            if (run > length)
            {
                (best, length) = (i, run);
            }
        }

        return best < 0 ? Joined(groups, "x") : Joined(groups[..best], "x") + "::" + Joined(groups[(best + length)..], "x");
    }

    private static string Joined(IEnumerable<int> groups, string format) =>
        string.Join(':', groups.Select(group => group.ToString(format, CultureInfo.InvariantCulture)));
}
