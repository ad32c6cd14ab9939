using System.Globalization;
using System.Text;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// The arguments of a command that are too long for one record: the kernel writes <c>a1_len=16000 a1[0]=… a1[1]=…</c>, over several records of one
/// event. They become one field, <c>a1</c>.
/// </summary>
internal sealed class AuditArguments
{
    private readonly Dictionary<string, List<byte>> parts = [];

    /// <summary>Whether a field of an EXECVE record is an argument, <c>a1</c>: its text may be in hexadecimal digits.</summary>
    public static bool IsOne(ReadOnlySpan<char> name) =>
        name is ['a', .. { Length: > 0 } digits] && digits.IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Takes a part of an argument.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isQuoted">Whether it is written as it is.</param>
    /// <returns>Whether it is one.</returns>
    public bool TryTake(ReadOnlySpan<char> name, ReadOnlySpan<char> value, bool isQuoted)
    {
        int bracket = name.IndexOf('[');
        if (bracket < 0 || !IsOne(name[..bracket]) || name[^1] != ']' || !int.TryParse(name[(bracket + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return false;
        }

        string argument = name[..bracket].ToString();
        if (!parts.TryGetValue(argument, out List<byte>? bytes))
        {
            parts.Add(argument, bytes = []);
        }

        // A letter of several bytes may lie in two parts, so all are put together before they are a text.
        bytes.AddRange(!isQuoted && AuditdEvents.BytesOf(value) is { } encoded ? encoded : Encoding.UTF8.GetBytes(value.ToString()));
        return true;
    }

    /// <summary>Adds the arguments whose parts were taken.</summary>
    public void AddTo(Event result)
    {
        foreach ((string name, List<byte> bytes) in parts)
        {
            result.AddText(name, AuditdEvents.TextOf([.. bytes]));
        }
    }
}
