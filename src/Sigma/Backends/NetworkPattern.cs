using System.Net.Sockets;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>Writes a network as an expression that finds its addresses in running text, for PCRE and .NET alike.</summary>
internal static class NetworkPattern
{
    // What stands before an address: no letter or digit, and no group of a longer address. A name may: "source:fe80::1".
    private const string NotInside =
        "(?<![0-9a-z.]|::|(?<![0-9a-z])[0-9a-f]:|(?<![0-9a-z])[0-9a-f]{2}:|(?<![0-9a-z])[0-9a-f]{3}:|(?<![0-9a-z])[0-9a-f]{4}:)";

    /// <summary>Writes the expression.</summary>
    /// <param name="cidr">The network.</param>
    public static string Of(CidrValue cidr) => cidr.Network.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6
        ? $@"(?i:{NotInside}{AddressPattern.OfV6(cidr.Network)}(?![0-9a-z:]|\.[0-9]))"
        : $"(?<![0-9.])(?:{string.Join('|', Heads(cidr))})(?![0-9])";

    private static IEnumerable<string> Heads(CidrValue cidr) => NetworkPatterns.Patterns(cidr).Cast<StringValue>()
        .Select(pattern => string.Concat(pattern.Text.Parts.Select(part => part.Kind is PartKind.Many ? "[0-9.]*[0-9]" : RegexText.Escape(part.Text, RegexDialect.Pcre))));
}
