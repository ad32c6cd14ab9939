using System.Globalization;
using System.Text;

namespace Sigma.Backends;

/// <summary>The longest regular expression that an engine takes.</summary>
/// <param name="Most">How many bytes or characters.</param>
/// <param name="InBytes">Whether it counts the bytes of UTF-8; else UTF-16 units, as Java and .NET do.</param>
internal sealed record ExpressionLength(int Most, bool InBytes)
{
    private const string Bytes = " bytes";

    /// <summary>Reads <c>1000</c> or <c>1000 bytes</c>; null for anything else.</summary>
    public static ExpressionLength? Read(string text)
    {
        bool inBytes = text.EndsWith(Bytes, StringComparison.Ordinal);
        string number = inBytes ? text[..^Bytes.Length] : text;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int most) ? new ExpressionLength(most, inBytes) : null;
    }

    /// <summary>Whether an expression is short enough.</summary>
    public bool Holds(ReadOnlySpan<char> expression) => (InBytes ? Encoding.UTF8.GetByteCount(expression) : expression.Length) <= Most;

    /// <summary>As a message says it.</summary>
    public override string ToString() => Most.ToString(CultureInfo.InvariantCulture) + (InBytes ? Bytes : " characters");
}
