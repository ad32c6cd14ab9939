namespace Sigma.Backends;

/// <summary>
/// Brackets and quotes of what a template writes. A definition does not say which signs are quotes in its language and whether a
/// backslash escapes, so a text is read in each way that languages have; what is right in one of them may be right.
/// </summary>
internal sealed class TemplateReading
{
    /// <summary>What a template must be, for messages.</summary>
    public const string Closed = "a text that closes the brackets and quotes that it opens";

    private static readonly string[] QuoteSigns = ["'\"`", StyleCheck.Quotes];

    private readonly char?[] open;

    private TemplateReading(bool isClosed, char?[] open)
    {
        IsClosed = isClosed;
        this.open = open;
    }

    private bool IsClosed { get; }

    /// <summary>Whether all brackets and quotes of a text are closed, in one of the readings.</summary>
    /// <param name="segments">Its pieces; placeholders are neither.</param>
    public static bool AllClosed(IReadOnlyList<Segment> segments) => Readings(segments).Any(reading => reading.IsClosed);

    /// <summary>The quote that a piece of a text stands in; null if it stands in none.</summary>
    /// <param name="segments">The pieces.</param>
    /// <param name="at">Which of them.</param>
    public static char? QuoteAround(IReadOnlyList<Segment> segments, int at) =>
        Readings(segments).Where(reading => reading.IsClosed).Select(reading => reading.open[at]).FirstOrDefault(quote => quote is not null);

    private static IEnumerable<TemplateReading> Readings(IReadOnlyList<Segment> segments) =>
        from quotes in QuoteSigns
        from escapes in new[] { false, true }
        select Read(segments, quotes, escapes);

    private static TemplateReading Read(IReadOnlyList<Segment> segments, string quotes, bool escapes)
    {
        var open = new char?[segments.Count];
        var brackets = new Stack<char>();
        char? quote = null;
        bool isRight = true;
        for (int at = 0; at < segments.Count; at++)
        {
            open[at] = quote;
            string text = segments[at].Literal;
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (escapes && c == '\\')
                {
                    i++;
                }
                else if (quote is not null)
                {
                    quote = c == quote ? null : quote;
                }
                else if (quotes.Contains(c) && !IsApostrophe(text, i))
                {
                    quote = c;
                }
                else if (c is '(' or '[' or '{')
                {
                    brackets.Push(c);
                }
                else if (c is ')' or ']' or '}')
                {
                    isRight &= brackets.TryPop(out char opening) && (opening == '(') == (c == ')');
                }
            }
        }

        return new TemplateReading(isRight && brackets.Count == 0 && quote is null, open);
    }

    /// <summary>As in <c>isn't</c>.</summary>
    private static bool IsApostrophe(string text, int at) =>
        text[at] == '\'' && at > 0 && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]);
}
