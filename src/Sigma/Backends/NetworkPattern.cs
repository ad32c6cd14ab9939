using System.Net.Sockets;
using Sigma.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Backends;

/// <summary>Writes a network as an expression that finds its addresses in running text, for PCRE and .NET alike.</summary>
internal static class NetworkPattern
{
    /// <summary>Whether the addresses of the network have more than one usual spelling, so that the expression is only nearly right.</summary>
    public static bool IsApproximate(CidrValue cidr) => cidr.Network.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6;

    /// <summary>Writes the expression.</summary>
    public static string Of(CidrValue cidr)
    {
        bool v6 = IsApproximate(cidr);
        IEnumerable<string> heads = ShapeSelector.Patterns(cidr).Cast<StringValue>()
            .Select(pattern => string.Concat(pattern.Text.Parts.Select((part, i) => Write(part, v6, i > 0 && pattern.Text.Parts[i - 1].Text.EndsWith(':')))));
        return v6
            ? $"(?<![0-9A-Za-z:.])(?i:{string.Join('|', heads)})(?![0-9A-Za-z:])"
            : $"(?<![0-9.])(?:{string.Join('|', heads)})(?![0-9])";
    }

    private static string Write(StringPart part, bool v6, bool afterColon) => part.Kind switch
    {
        PartKind.Many when !v6 => "[0-9.]*[0-9]",
        PartKind.Many when afterColon => "[0-9a-f:.]*",
        PartKind.Many => "[0-9a-f]*:[0-9a-f:.]*",
        _ => RegexText.Escape(part.Text, RegexDialect.Pcre),
    };
}
