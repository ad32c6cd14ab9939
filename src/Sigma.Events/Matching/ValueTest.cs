using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Events.Matching;

/// <summary>A test of one value's text. It holds no state and serves any thread.</summary>
internal abstract class ValueTest
{
    /// <summary>Whether a text passes.</summary>
    public abstract bool Fits(ReadOnlySpan<char> text);

    /// <summary>About how long it takes, in units of a comparison; of several tests the short ones are made first.</summary>
    public virtual int Cost => 2;
}

/// <summary>Any of several tests passes.</summary>
internal sealed class AnyValueTest(ValueTest[] tests) : ValueTest
{
    public ValueTest[] Tests => tests;

    public override int Cost => tests.Sum(test => test.Cost);

    public override bool Fits(ReadOnlySpan<char> text)
    {
        foreach (ValueTest test in tests)
        {
            if (test.Fits(text))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The text is a number of this value.</summary>
internal sealed class NumberTest(string wanted) : ValueTest
{
    private readonly Number number = Number.TryParse(wanted, out Number parsed) ? parsed : default;

    private readonly bool isPlain = IsPlain(wanted);

    public override bool Fits(ReadOnlySpan<char> text) =>
        text.SequenceEqual(wanted) || (!(isPlain && IsPlain(text)) && Number.TryParse(text, out Number actual) && actual.CompareTo(number) == 0);

    /// <summary>Whether a text is a whole number in the only way to write it with digits alone, so that others are other numbers.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text) => text is [>= '1' and <= '9', ..] && text.IndexOfAnyExceptInRange('0', '9') < 0;
}

/// <summary><c>lt</c>, <c>lte</c>, <c>gt</c>, <c>gte</c>: the text is a number so compared.</summary>
internal sealed class ComparisonTest(Comparison comparison, string wanted) : ValueTest
{
    private readonly Number number = Number.TryParse(wanted, out Number parsed) ? parsed : default;

    public override bool Fits(ReadOnlySpan<char> text) => Number.TryParse(text, out Number actual) && Holds(comparison, actual.CompareTo(number));

    /// <summary>Whether an order is the wanted one.</summary>
    public static bool Holds(Comparison comparison, int order) => comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        Comparison.GreaterOrEqual => order >= 0,
        _ => throw new UnreachableException(comparison.ToString()),
    };
}

/// <summary>A part of a date: <c>hour</c> and the like. The date is taken as it is written, in its own time zone.</summary>
internal sealed class TimePartTest(TimePart wanted, Comparison comparison, string compared) : ValueTest
{
    private readonly Number number = Number.TryParse(compared, out Number parsed) ? parsed : default;

    public override bool Fits(ReadOnlySpan<char> text)
    {
        if (!EventTime.TryParse(text, out DateTimeOffset time))
        {
            return false;
        }

        int part = wanted switch
        {
            TimePart.Minute => time.Minute,
            TimePart.Hour => time.Hour,
            TimePart.Day => time.Day,
            TimePart.Week => System.Globalization.ISOWeek.GetWeekOfYear(time.DateTime),
            TimePart.Month => time.Month,
            TimePart.Year => time.Year,
            _ => throw new UnreachableException(wanted.ToString()),
        };
        Span<char> digits = stackalloc char[11];
        part.TryFormat(digits, out int length);
        return Number.TryParse(digits[..length], out Number actual) && ComparisonTest.Holds(comparison, actual.CompareTo(number));
    }
}

/// <summary><c>cidr</c>: the text is an address of the network. An IPv4 address in its IPv6 form is that IPv4 address.</summary>
internal sealed class NetworkTest(IPNetwork network) : ValueTest
{
    private readonly uint first = network.BaseAddress.AddressFamily is AddressFamily.InterNetwork ? Bits(network.BaseAddress) : 0;
    private readonly bool four = network.BaseAddress.AddressFamily is AddressFamily.InterNetwork;
    private readonly uint mask = network.PrefixLength == 0 ? 0 : uint.MaxValue << Math.Max(0, 32 - network.PrefixLength);

    public override bool Fits(ReadOnlySpan<char> text)
    {
        if (TryParseFour(text, out uint address))
        {
            return four && (address & mask) == first;
        }

        // To .NET an address in brackets, with a port or not, is one as well, and what is behind a slash.
        if (!text.Contains(':') || text.ContainsAny('[', '/') || !IPAddress.TryParse(text, out IPAddress? six))
        {
            return false;
        }

        return four ? six.IsIPv4MappedToIPv6 && network.Contains(six.MapToIPv4()) : IsWithin(six);
    }

    /// <summary>By the bits: to IPNetwork no IPv4 address in its IPv6 form is in any IPv6 network.</summary>
    private bool IsWithin(IPAddress six)
    {
        Span<byte> wanted = stackalloc byte[16];
        Span<byte> actual = stackalloc byte[16];
        network.BaseAddress.TryWriteBytes(wanted, out _);
        six.TryWriteBytes(actual, out _);
        UInt128 different = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(wanted) ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(actual);
        return network.PrefixLength == 0 || different >> (128 - network.PrefixLength) == 0;
    }

    /// <summary>Reads four decimal numbers with dots between them; the other forms that some systems take are not addresses here.</summary>
    private static bool TryParseFour(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        int parts = 0;
        int value = -1;
        foreach (char c in text)
        {
            if (char.IsAsciiDigit(c) && value != 0)
            {
                value = (Math.Max(value, 0) * 10) + (c - '0');
                if (value > 255)
                {
                    return false;
                }
            }
            else if (c == '.' && value >= 0 && parts < 3)
            {
                address = (address << 8) | (uint)value;
                value = -1;
                parts++;
            }
            else
            {
                return false;
            }
        }

        address = (address << 8) | (uint)Math.Max(value, 0);
        return parts == 3 && value >= 0;
    }

    private static uint Bits(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}

/// <summary><c>re</c>: the expression is found in the text.</summary>
/// <remarks>
/// An expression that needs backtracking (look-around, back references) gets a tenth of a second for a value, and those of a rule
/// together a budget; it counts as not found after it. All others take linear time.
/// </remarks>
/// <param name="pattern">The expression, which .NET can build.</param>
/// <param name="required">Literals of which a text has one, in any case, if the expression is found in it; null if none are known.</param>
/// <param name="budget">How long the rule's expressions may take that do not take linear time.</param>
internal sealed class RegexTest(string pattern, string[]? required, RegexBudget budget) : ValueTest
{
    /// <summary>Texts without the literals are told from others sooner than the expression can, and most rules never need it.</summary>
    private readonly TextTest? literals = required is null ? null : new TextTest([], [], [], required, cased: false);

    private Regex? built;

    public string[]? Required => required;

    public override int Cost => 100;

    /// <summary>How long an expression may take for one value.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    [ThreadStatic]
    private static int gaveUp;

    [ThreadStatic]
    private static int leftOut;

    /// <summary>How often this thread gave an expression up that took too long, so that whoever asks can tell whether a rule was judged by all of its expressions.</summary>
    public static int GaveUp => gaveUp;

    /// <summary>How often this thread left an expression out, for which there is no time left.</summary>
    public static int LeftOut => leftOut;

    public override bool Fits(ReadOnlySpan<char> text)
    {
        if (literals is not null && !literals.Fits(text))
        {
            return false;
        }

        Regex regex = Volatile.Read(ref built) ?? Build();
        if ((regex.Options & RegexOptions.NonBacktracking) != RegexOptions.None)
        {
            return regex.IsMatch(text);
        }

        if (budget.IsSpent)
        {
            leftOut++;
            return false;
        }

        long start = Stopwatch.GetTimestamp();
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            gaveUp++;
            return false;
        }
        finally
        {
            budget.SpendSince(start);
        }
    }
    /// <summary>Builds the expression for the first text; another thread may build the same.</summary>
    private Regex Build()
    {
        Regex regex;
        try
        {
            regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // Look-around, back references and the like, and what grows too large: by backtracking, with a limit.
            regex = new Regex(pattern, RegexOptions.CultureInvariant, Limit);
        }

        Volatile.Write(ref built, regex);
        return regex;
    }
}
