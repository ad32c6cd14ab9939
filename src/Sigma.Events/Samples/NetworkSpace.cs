using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Sigma.Events.Samples;

/// <summary>
/// What addresses networks have in common. Texts of IPv4 and of IPv6 are two spaces: a network of IPv4 also has the IPv6 form of its
/// addresses (<c>::ffff:10.0.0.1</c>), but no text of IPv4 is in a network of IPv6.
/// </summary>
internal static class NetworkSpace
{
    private const int Four = 32;
    private const int Six = 128;

    /// <summary>The first 96 bits of an IPv4 address in its IPv6 form.</summary>
    private static readonly UInt128 Mapped = (UInt128)0xFFFF << Four;

    /// <summary>Whether no address is in all of some networks and in none of others. It is decided, not tried.</summary>
    /// <param name="within">The networks that an address must be in; at least one.</param>
    /// <param name="outside">Those that it must not be in.</param>
    public static bool IsEmpty(IReadOnlyList<IPNetwork> within, IReadOnlyList<IPNetwork> outside) => IsEmpty(within, outside, Four) && IsEmpty(within, outside, Six);

    /// <summary>Whether a network has all addresses of another one.</summary>
    public static bool Includes(IPNetwork wide, IPNetwork narrow) => IsEmpty([narrow], [wide]);

    private static bool IsEmpty(IReadOnlyList<IPNetwork> within, IReadOnlyList<IPNetwork> outside, int bits)
    {
        Block smallest = new(0, 0);
        foreach (IPNetwork network in within)
        {
            if (BlockOf(network, bits) is not { } block || !(block.Has(smallest, bits) || smallest.Has(block, bits)))
            {
                return true;
            }

            smallest = block.Prefix > smallest.Prefix ? block : smallest;
        }

        return IsCovered(smallest, [.. outside.Select(network => BlockOf(network, bits)).OfType<Block>()], bits);
    }

    /// <summary>Whether blocks together have all addresses of another one: one has, or both halves are covered.</summary>
    private static bool IsCovered(Block block, List<Block> by, int bits)
    {
        if (by.Exists(one => one.Has(block, bits)))
        {
            return true;
        }

        List<Block> inner = by.FindAll(one => block.Has(one, bits));
        if (inner.Count < 2)
        {
            return false;
        }

        int prefix = block.Prefix + 1;
        return IsCovered(new Block(block.First, prefix), inner, bits) && IsCovered(new Block(block.First | (UInt128.One << (bits - prefix)), prefix), inner, bits);
    }

    /// <summary>The addresses of a network in one of the two spaces; null for none.</summary>
    private static Block? BlockOf(IPNetwork network, int bits)
    {
        bool isFour = network.BaseAddress.AddressFamily is AddressFamily.InterNetwork;
        Span<byte> bytes = stackalloc byte[Six / 8];
        network.BaseAddress.TryWriteBytes(bytes, out _);
        return (isFour, bits) switch
        {
            (true, Four) => new Block(BinaryPrimitives.ReadUInt32BigEndian(bytes), network.PrefixLength),
            (true, _) => new Block(Mapped | BinaryPrimitives.ReadUInt32BigEndian(bytes), Six - Four + network.PrefixLength),
            (false, Six) => new Block(BinaryPrimitives.ReadUInt128BigEndian(bytes), network.PrefixLength),
            _ => null,
        };
    }

    /// <summary>Addresses with the same first bits.</summary>
    /// <param name="First">The first address.</param>
    /// <param name="Prefix">How many bits they share.</param>
    private readonly record struct Block(UInt128 First, int Prefix)
    {
        public bool Has(Block other, int bits) => Prefix <= other.Prefix && (Prefix == 0 || (First ^ other.First) >> (bits - Prefix) == 0);
    }
}
