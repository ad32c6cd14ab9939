using System.Security.Cryptography;
using System.Text;

namespace Sigma.Alerts;

/// <summary>
/// The id of an object, by which a second deployment updates it: the rule's own where that is a UUID, else one that is made from the
/// rule's id or title, the same on every machine.
/// </summary>
internal static class StableId
{
    /// <summary>The namespace of the UUIDs that are made here.</summary>
    private static readonly Guid Own = new("6f3d2a52-5d3e-5b0c-9d0e-2f1c8a7b4e61");

    /// <summary>Returns the id of one of a rule's objects, in lower case.</summary>
    /// <param name="id">The rule's id; null if it has none.</param>
    /// <param name="title">Its title, which stands in for an id.</param>
    /// <param name="ordinal">The 1-based index of the object among those of the rule.</param>
    public static string Of(string? id, string title, int ordinal)
    {
        if (Guid.TryParseExact(id, "D", out Guid own) && own != Guid.Empty)
        {
            return ordinal == 1 ? own.ToString() : Named($"id {own} {ordinal}");
        }

        return Named(string.IsNullOrWhiteSpace(id) ? $"title {title} {ordinal}" : $"id {id} {ordinal}");
    }

    /// <summary>A UUID made from a name (RFC 9562, version 5).</summary>
    private static string Named(string name)
    {
        byte[] text = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        Own.TryWriteBytes(text, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, text.AsSpan(16));
#pragma warning disable CA5350 // The RFC has this hash; nothing depends on its strength.
        Span<byte> hash = SHA1.HashData(text).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true).ToString();
    }
}
