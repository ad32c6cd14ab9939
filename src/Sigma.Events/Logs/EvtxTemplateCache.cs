using System.Runtime.InteropServices;
using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// Keeps templates over the chunks of a log: each chunk has its own copy of them. A template is only taken from here if its bytes
/// are the same, but for the places of its names, and its names too; a damaged or forged copy is read by itself.
/// </summary>
internal sealed class EvtxTemplateCache
{
    /// <summary>How many bytes of templates are kept, of any number of logs.</summary>
    private const int MostBytes = 1024 * 1024;

    private readonly Dictionary<Key, Kept> known = [];
    private int size;

    /// <summary>The template at a place, if it is known.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="begin">Where the template's binary XML begins.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="parent">The field around its element.</param>
    public EvtxTemplate? Find(ReadOnlyMemory<byte> chunk, int begin, int length, EventPath parent) =>
        known.TryGetValue(KeyOf(chunk, begin, length, parent), out Kept? kept) && kept.IsAt(chunk, begin) ? kept.Template : null;

    /// <summary>Keeps a template.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="begin">Where the template's binary XML begins.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="names">Its names.</param>
    /// <param name="template">What was read there.</param>
    public void Add(ReadOnlyMemory<byte> chunk, int begin, int length, IReadOnlyList<EvtxName> names, EvtxTemplate template)
    {
        if (size + length > MostBytes)
        {
            known.Clear();
            size = 0;
        }

        size += length;
        EvtxName[] own = [.. names.Select(name => name with { Place = name.Place - begin })];
        known[KeyOf(chunk, begin, length, template.Parent)] = new Kept(template, chunk.Slice(begin, length).ToArray(), own);
    }

    /// <summary>A template's identifier stands before its size, which is the last number of its header.</summary>
    private static Key KeyOf(ReadOnlyMemory<byte> chunk, int begin, int length, EventPath parent) =>
        new(MemoryMarshal.Read<Guid>(chunk.Span.Slice(begin - 20, 16)), length, parent);

    private readonly record struct Key(Guid Id, int Length, EventPath Parent);

    private sealed record Kept(EvtxTemplate Template, byte[] Bytes, EvtxName[] Names)
    {
        public bool IsAt(ReadOnlyMemory<byte> chunk, int begin)
        {
            ReadOnlySpan<byte> bytes = chunk.Span.Slice(begin, Bytes.Length);
            int at = 0;
            foreach (EvtxName name in Names)
            {
                if (!bytes[at..name.Place].SequenceEqual(Bytes.AsSpan(at, name.Place - at)) || !name.IsAt(chunk, begin))
                {
                    return false;
                }

                at = name.End;
            }

            return bytes[at..].SequenceEqual(Bytes.AsSpan(at));
        }
    }
}
