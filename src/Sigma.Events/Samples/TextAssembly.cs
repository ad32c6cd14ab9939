using System.Text;
using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>
/// Writes texts that several Sigma strings probably match together: the beginning that one asks for, the end that another
/// does, what is to be contained between them, and plausible words around.
/// </summary>
/// <param name="kind">What kind of text it is.</param>
/// <param name="program">The program that the event is about; null where none is known.</param>
internal sealed class TextAssembly(TextKind kind, string? program)
{
    /// <summary>What a <c>?</c> becomes.</summary>
    private const string OneCharacter = "x5a";

    /// <summary>Writes texts, the likeliest first; whoever takes them has to try them.</summary>
    /// <param name="texts">The strings; each has a wildcard.</param>
    /// <param name="extra">A text to have in it besides; empty for none.</param>
    public IEnumerable<string> Write(IReadOnlyList<StringValue> texts, string extra = "")
    {
        for (int variant = 0; variant < OneCharacter.Length; variant++)
        {
            List<string>[] chunks = [.. texts.Select(text => Chunks(text.Text, OneCharacter[variant]))];
            string prefix = Longest(texts, chunks, first: true);
            string suffix = Longest(texts, chunks, first: false);
            List<string> all = [.. Middles(texts, chunks), .. extra.Length > 0 ? [extra] : Array.Empty<string>()];
            List<string> needed = Needed(all, prefix, suffix);
            foreach (List<string> middles in needed.Count == all.Count ? [needed] : new[] { needed, all })
            {
                foreach (string text in Around(prefix, middles, suffix))
                {
                    yield return text;
                }
            }
        }
    }

    private IEnumerable<string> Around(string prefix, List<string> middles, string suffix)
    {
        foreach (string head in prefix.Length > 0 ? [prefix] : SampleVocabulary.Heads(kind, program).Append(""))
        {
            foreach (string tail in suffix.Length > 0 ? [suffix] : SampleVocabulary.Tails(kind).Append(""))
            {
                string text = head;
                foreach (string middle in middles)
                {
                    text = SampleVocabulary.Join(kind, text, middle);
                }

                // What both the beginning and the end ask for may be one and the same.
                yield return prefix.Length > 0 && suffix.Length > 0 && middles.Count == 0 && prefix.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                    ? prefix
                    : SampleVocabulary.Join(kind, text, tail);
                yield return head + string.Concat(middles) + tail;
            }
        }

        yield return prefix + string.Concat(middles.AsEnumerable().Reverse()) + suffix;
        for (int shared = Math.Min(prefix.Length, suffix.Length); shared > 0; shared--)
        {
            if (prefix.EndsWith(suffix[..shared], StringComparison.OrdinalIgnoreCase))
            {
                yield return prefix + suffix[shared..];
            }
        }
    }

    /// <summary>Leaves out what stands in another piece anyway.</summary>
    private static List<string> Needed(List<string> middles, string prefix, string suffix)
    {
        var needed = new List<string>();
        for (int i = 0; i < middles.Count; i++)
        {
            string middle = middles[i];
            bool there = Has(prefix) || Has(suffix)
                || middles.Where((other, at) => at != i && (other.Length > middle.Length || (at < i && other.Length == middle.Length))).Any(Has);
            if (!there)
            {
                needed.Add(middle);
            }

            bool Has(string other) => other.Contains(middle, StringComparison.OrdinalIgnoreCase);
        }

        return needed;
    }

    private static IEnumerable<string> Middles(IReadOnlyList<StringValue> texts, List<string>[] chunks)
    {
        for (int i = 0; i < texts.Count; i++)
        {
            int from = IsOpen(texts[i].Text, first: true) ? 0 : 1;
            int to = chunks[i].Count - (IsOpen(texts[i].Text, first: false) ? 0 : 1);
            for (int c = from; c < to; c++)
            {
                yield return chunks[i][c];
            }
        }
    }

    private static string Longest(IReadOnlyList<StringValue> texts, List<string>[] chunks, bool first)
    {
        string longest = "";
        for (int i = 0; i < texts.Count; i++)
        {
            if (chunks[i].Count > 0 && !IsOpen(texts[i].Text, first) && chunks[i][first ? 0 : ^1].Length > longest.Length)
            {
                longest = chunks[i][first ? 0 : ^1];
            }
        }

        return longest;
    }

    private static bool IsOpen(SigmaString text, bool first) => text.Parts[first ? 0 : ^1].Kind is PartKind.Many;

    /// <summary>The texts between the <c>*</c> of a string.</summary>
    private static List<string> Chunks(SigmaString text, char one)
    {
        var chunks = new List<string>();
        var chunk = new StringBuilder();
        foreach (StringPart part in text.Parts)
        {
            if (part.Kind is PartKind.Many)
            {
                Flush();
            }
            else if (part.Kind is PartKind.One)
            {
                chunk.Append(one);
            }
            else
            {
                chunk.Append(part.Text);
            }
        }

        Flush();
        return chunks;

        void Flush()
        {
            if (chunk.Length > 0)
            {
                chunks.Add(chunk.ToString());
                chunk.Clear();
            }
        }
    }
}
