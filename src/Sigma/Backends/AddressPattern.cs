using System.Globalization;
using System.Net;
using System.Text;

namespace Sigma.Backends;

/// <summary>
/// Writes an IPv6 network as a regular expression of all spellings of its addresses: with and without <c>::</c> wherever that
/// can stand, with and without leading zeros, the last two groups also as an IPv4 address (RFC 4291, section 2.2). The
/// canonical form of RFC 5952 and the long form are among them. It has nothing but groups, classes, alternatives and counted
/// repetition, so that every dialect can say it.
/// </summary>
internal sealed class AddressPattern
{
    private const int Groups = 8;
    private const int LastPair = 6;
    private const string AnyGroup = "[0-9a-f]{1,4}";
    private const string AnyOctet = "[0-9]{1,3}";

    /// <summary>Any IPv4 address.</summary>
    public const string AnyV4 = AnyOctet + @"(?:\." + AnyOctet + "){3}";

    private readonly string[] groups = new string[Groups];
    private readonly bool[] mayBeZero = new bool[Groups];
    private readonly string dotted;

    private AddressPattern(IPNetwork network)
    {
        byte[] address = network.BaseAddress.GetAddressBytes();
        for (int i = 0; i < Groups; i++)
        {
            int value = (address[2 * i] << 8) | address[(2 * i) + 1];
            groups[i] = Group(value, Math.Clamp(network.PrefixLength - (16 * i), 0, 16));
            mayBeZero[i] = value == 0;
        }

        dotted = network.PrefixLength <= 16 * LastPair
            ? AnyV4
            : string.Join(@"\.", Enumerable.Range(2 * LastPair, 4).Select(i => Octet(address[i], Math.Clamp(network.PrefixLength - (8 * i), 0, 8))));
    }

    /// <summary>Writes the expression, in lower case.</summary>
    /// <param name="network">The IPv6 network.</param>
    public static string OfV6(IPNetwork network) => new AddressPattern(network).From(0);

    /// <summary>The groups from one on, for a given number of written groups, without the colon after the last.</summary>
    private string From(int index)
    {
        if (index == Groups)
        {
            return "";
        }

        var ways = new List<string> { groups[index] + From(index + 1) };
        if (index == LastPair)
        {
            ways.Add(dotted);
        }

        if (mayBeZero[index])
        {
            ways.Add((index == 0 ? "::" : ":") + BehindGap(index));
        }

        string all = ways.Count == 1 ? ways[0] : $"(?:{string.Join('|', ways)})";
        return index == 0 ? all : ":" + all;
    }

    /// <summary>What may follow a <c>::</c> that stands for one or more groups of zeros from an index on.</summary>
    private string BehindGap(int index)
    {
        int first = index + 1;
        int last = first;
        while (last < Groups && mayBeZero[last])
        {
            last++;
        }

        var ways = new List<string>();
        if (first <= LastPair)
        {
            int pair = Math.Min(last, LastPair);
            ways.Add(Optional(first, pair) + string.Concat(Enumerable.Range(pair, LastPair - pair).Select(i => groups[i] + ":"))
                + $"(?:{groups[LastPair]}:{groups[LastPair + 1]}|{dotted})");
        }

        if (first <= LastPair + 1 && last >= LastPair + 1)
        {
            ways.Add(groups[LastPair + 1]);
        }

        return ways.Count == 0 ? "" : last == Groups ? $"(?:{string.Join('|', ways)})?" : ways.Count == 1 ? ways[0] : $"(?:{string.Join('|', ways)})";
    }

    /// <summary>Groups with their colons, of which any number from the left may be in the gap.</summary>
    private string Optional(int from, int to)
    {
        string text = "";
        for (int i = from; i < to;)
        {
            int same = i + 1;
            while (i == from && same < to && groups[same] == groups[from])
            {
                same++;
            }

            text = same - i > 1
                ? string.Create(CultureInfo.InvariantCulture, $"(?:{groups[i]}:){{0,{same - i}}}")
                : $"(?:{text}{groups[i]}:)?";
            i = same;
        }

        return text;
    }

    /// <summary>A group of which the first bits are known, with leading zeros or without.</summary>
    private static string Group(int value, int known)
    {
        if (known == 0)
        {
            return AnyGroup;
        }

        string digits = value.ToString("x4", CultureInfo.InvariantCulture);
        int whole = known / 4;
        int free = 4 - whole - (known % 4 == 0 ? 0 : 1);
        int zeros = digits[..whole].TakeWhile(digit => digit == '0').Count();
        if (whole == 4)
        {
            return zeros == 4 ? "0{1,4}" : Zeros(zeros) + digits[zeros..];
        }

        int low = known % 4 == 0 ? 0 : Convert.ToInt32(digits[whole].ToString(), 16);
        string range = known % 4 == 0 ? "" : Class(low, low + (1 << (4 - (known % 4))) - 1);
        if (zeros < whole || low > 0)
        {
            return Zeros(zeros) + digits[zeros..whole] + range + Any(free, free);
        }

        // The value may be so small that the digits after the known ones are leading zeros too.
        return range.Length == 0 ? Zeros(zeros) + Any(1, free)
            : free == 0 ? Zeros(zeros) + range
            : $"{Zeros(zeros)}(?:{range}{Any(free, free)}|{Any(1, free)})";
    }

    private static string Zeros(int most) => most switch
    {
        0 => "",
        1 => "0?",
        _ => string.Create(CultureInfo.InvariantCulture, $"0{{0,{most}}}"),
    };

    private static string Any(int least, int most) => (least, most) switch
    {
        (_, 0) => "",
        (1, 1) => "[0-9a-f]",
        _ when least == most => string.Create(CultureInfo.InvariantCulture, $"[0-9a-f]{{{most}}}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"[0-9a-f]{{{least},{most}}}"),
    };

    private static string Class(int low, int high)
    {
        var digits = new StringBuilder("[");
        for (int digit = low; digit <= high; digit++)
        {
            digits.Append(digit.ToString("x", CultureInfo.InvariantCulture));
        }

        return digits.Append(']').ToString();
    }

    private static string Octet(int value, int known) => known switch
    {
        0 => AnyOctet,
        8 => value.ToString(CultureInfo.InvariantCulture),
        _ => $"(?:{string.Join('|', Enumerable.Range(value, 1 << (8 - known)))})",
    };
}
