using System.Buffers;
using Sigma.Rules;

namespace Sigma.Events.Matching;

/// <summary>Many values that another field has, prepared so that a text is compared with all of them at once, ignoring case.</summary>
internal abstract class ReferencedValues
{
    /// <summary>Makes values ready.</summary>
    /// <param name="reference">How they are compared.</param>
    /// <param name="texts">The values.</param>
    public static ReferencedValues Of(FieldReferenceValue reference, List<string> texts) => reference switch
    {
        { StartsWith: true, EndsWith: true } => new Contained(texts),
        { StartsWith: true } => new Edges(texts, atEnd: false),
        { EndsWith: true } => new Edges(texts, atEnd: true),
        _ => new Whole(texts),
    };

    /// <summary>Whether one of them fits a text.</summary>
    public abstract bool Fit(ReadOnlySpan<char> text);

    /// <summary>Found by their text, or as numbers.</summary>
    private sealed class Whole : ReferencedValues
    {
        private readonly HashSet<string> texts;
        private readonly HashSet<string> numbers = new(StringComparer.Ordinal);

        public Whole(List<string> texts)
        {
            this.texts = new HashSet<string>(texts, StringComparer.OrdinalIgnoreCase);
            foreach (string text in texts)
            {
                if (Number.TryParse(text, out Number number))
                {
                    numbers.Add(number.Key);
                }
            }
        }

        public override bool Fit(ReadOnlySpan<char> text) =>
            texts.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text) || (Number.TryParse(text, out Number number) && numbers.Contains(number.Key));
    }

    /// <summary>Found anywhere in a text.</summary>
    private sealed class Contained(List<string> texts) : ReferencedValues
    {
        private readonly bool any = texts.Contains("");
        private readonly SearchValues<string> wanted = SearchValues.Create([.. texts], StringComparison.OrdinalIgnoreCase);

        public override bool Fit(ReadOnlySpan<char> text) => any || text.ContainsAny(wanted);
    }

    /// <summary>
    /// Found at one end of a text. In their order, without those that begin with another one, at most one can fit: the last
    /// that is not after the text.
    /// </summary>
    private sealed class Edges : ReferencedValues
    {
        private readonly List<string> sorted = [];
        private readonly bool atEnd;

        public Edges(List<string> texts, bool atEnd)
        {
            this.atEnd = atEnd;
            foreach (string text in texts.Select(text => Folded(text)).Order(StringComparer.Ordinal))
            {
                if (sorted.Count == 0 || !text.StartsWith(sorted[^1], StringComparison.Ordinal))
                {
                    sorted.Add(text);
                }
            }
        }

        public override bool Fit(ReadOnlySpan<char> text)
        {
            string folded = Folded(text);
            int place = sorted.BinarySearch(folded, StringComparer.Ordinal);
            return place >= 0 || (place < -1 && folded.StartsWith(sorted[~place - 1], StringComparison.Ordinal));
        }

        /// <summary>The text in upper case, from the end that is compared.</summary>
        private string Folded(ReadOnlySpan<char> text)
        {
            char[] folded = new char[text.Length];
            text.ToUpperInvariant(folded);
            if (atEnd)
            {
                folded.AsSpan().Reverse();
            }

            return new string(folded);
        }
    }
}
