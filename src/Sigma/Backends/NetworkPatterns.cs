using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sigma.Queries;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>Writes a network for a target that has no test for one: as texts with wildcards, or as a regular expression.</summary>
internal static class NetworkPatterns
{
    /// <summary>A query with more patterns than this is not practical; a network that needs them is refused.</summary>
    private const int MaxPatterns = 1024;

    /// <summary>
    /// The test in other words. An IPv4 network is a few texts by whole octets. The addresses of an IPv6 network have many
    /// spellings, so it is a regular expression where the target has them; where not, texts if they are exact.
    /// </summary>
    /// <param name="dialect">The target's language.</param>
    /// <param name="match">The test.</param>
    /// <param name="cidr">Its network.</param>
    /// <returns>The test; as it was, for the writer to refuse, where nothing is exact.</returns>
    public static MatchExpr Expand(Dialect dialect, MatchExpr match, CidrValue cidr)
    {
        bool v6 = cidr.Network.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6;
        if ((v6 || cidr.Network.PrefixLength == 0) && dialect.Regex is not null && dialect.ShapeFor(ConditionKind.Regex, match.Field) is { Template: not null })
        {
            // A zone may follow the address, fe80::1%eth0 (RFC 4007, section 11).
            string pattern = v6 ? $@"^{AddressPattern.OfV6(cidr.Network)}(?:%[0-9a-z_.~-]+)?\z" : $@"^{AddressPattern.AnyV4}\z";
            var regex = new RegexValue(SigmaString.OfLiteral(pattern), v6 ? RegexFlags.IgnoreCase : RegexFlags.None, cidr.Span);
            return new MatchExpr(match.Field, [regex], false, match.Span);
        }

        ImmutableArray<Value> patterns = v6 ? PatternsV6(cidr) : Patterns(cidr);
        return patterns.IsEmpty ? match : new MatchExpr(match.Field, patterns, true, match.Span);
    }

    /// <summary>An IPv4 network as texts by whole octets. A single address is itself.</summary>
    /// <param name="cidr">The network.</param>
    public static ImmutableArray<Value> Patterns(CidrValue cidr)
    {
        int length = cidr.Network.PrefixLength;
        if (length == 0)
        {
            // All addresses of this family, and none of the other.
            return [Pattern(cidr, "*.*.*.*")];
        }

        byte[] address = cidr.Network.BaseAddress.GetAddressBytes();
        int octets = (length + 7) / 8;
        int count = 1 << ((octets * 8) - length);
        var patterns = ImmutableArray.CreateBuilder<Value>(count);
        for (int i = 0; i < count; i++)
        {
            string head = string.Join('.', address.Take(octets).Select((b, index) => index == octets - 1 ? b + i : b));
            patterns.Add(Pattern(cidr, octets == 4 ? head : head + ".*"));
        }

        return patterns.DrainToImmutable();
    }

    /// <summary>
    /// An IPv6 network as texts that are exact for the canonical form (RFC 5952) and the long one; none if there are no
    /// such texts. A group before the last known one that is zero may vanish in a <c>::</c>, and a wildcard cannot tell how
    /// many groups follow it.
    /// </summary>
    private static ImmutableArray<Value> PatternsV6(CidrValue cidr)
    {
        IPNetwork network = cidr.Network;
        byte[] bytes = network.BaseAddress.GetAddressBytes();
        int[] values = [.. Enumerable.Range(0, 8).Select(i => (bytes[2 * i] << 8) | bytes[(2 * i) + 1])];
        if (network.PrefixLength == 128)
        {
            return [.. new[] { network.BaseAddress.ToString(), Joined(values, "x"), Joined(values, "x4") }.Distinct().Select(text => Pattern(cidr, text))];
        }

        if (network.PrefixLength == 0)
        {
            return [Pattern(cidr, "*:*")];
        }

        int known = (network.PrefixLength + 15) / 16;
        int count = 1 << ((known * 16) - network.PrefixLength);
        int[] before = values[..(known - 1)];
        if (count > MaxPatterns / 2 || before.Contains(0) || known == 8)
        {
            return [];
        }

        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (int last in Enumerable.Range(values[known - 1], count))
        {
            texts.Add(Joined([.. before, last], "x") + ":*");
            texts.Add(Joined([.. before, last], "x4") + ":*");
            if (last == 0)
            {
                texts.Add(Joined(before, "x") + "::*");
            }
        }

        return [.. texts.Select(text => Pattern(cidr, text))];
    }

    private static string Joined(int[] groups, string format) =>
        string.Join(':', groups.Select(group => group.ToString(format, CultureInfo.InvariantCulture)));

    private static StringValue Pattern(CidrValue cidr, string text) => new(SigmaString.Parse(text), false, cidr.Span);
}
