using System.Globalization;
using System.Text;

namespace Sigma.RegularExpressions;

/// <summary>
/// Counts the states that Lucene would need for an expression. It makes each one deterministic before it searches, and
/// Elasticsearch refuses those that need more than 10,000 states (<c>max_determinized_states</c>). An open search with a
/// counted gap, <c>.*a.{1,80}b</c>, is of that kind: the automaton has to remember every <c>a</c> of the last 80 characters.
/// </summary>
internal sealed class LuceneStates
{
    /// <summary>What Elasticsearch, OpenSearch and so Graylog allow.</summary>
    internal const int Limit = 10_000;

    private readonly List<AutomatonState> states = [];

    /// <summary>So many answers are kept on each thread: the targets on Lucene ask for the same expressions one after another.</summary>
    private const int MostKept = 64;

    [ThreadStatic]
    private static Dictionary<string, bool>? answers;

    /// <summary>Whether an expression, as <see cref="LuceneWriter"/> writes them, needs more states than are allowed.</summary>
    internal static bool Exceed(string pattern)
    {
        if (MostStates(pattern) <= Limit)
        {
            return false;
        }

        answers ??= new Dictionary<string, bool>(StringComparer.Ordinal);
        if (!answers.TryGetValue(pattern, out bool exceeds))
        {
            if (answers.Count == MostKept)
            {
                answers.Clear();
            }

            answers[pattern] = exceeds = Count(pattern) > Limit;
        }

        return exceeds;
    }

    /// <summary>Counts the states; any number above the limit where there are more.</summary>
    internal static int Count(string pattern)
    {
        var automaton = new LuceneStates();
        int at = 0;
        Node root = ParseUnion(pattern, ref at);
        int end = automaton.Build(root, automaton.Add());
        return end < 0 ? Limit + 1 : SubsetCount.Of(automaton.states, Limit);
    }

    /// <summary>
    /// The most states that an expression can need which has only characters, letters in both cases and <c>.*</c>, as most values are
    /// written, and no letter both in one case and in both.
    /// </summary>
    /// <remarks>
    /// What stands between two gaps is a word that is searched for. After k gaps the automaton still follows the words before them, so
    /// that a state is the longest end of the text that begins one of these words (Aho and Corasick): as many as they have characters.
    /// Twice that, since the text before a gap counts for the words before it only.
    /// </remarks>
    /// <param name="pattern">The expression, as <see cref="LuceneWriter"/> writes it.</param>
    /// <returns>The number; <see cref="int.MaxValue"/> for any other expression.</returns>
    internal static int MostStates(string pattern)
    {
        uint alone = 0, paired = 0;
        int gaps = 0;
        for (int at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '.' when at + 1 < pattern.Length && pattern[at + 1] == '*':
                    gaps++;
                    at++;
                    break;
                case '[' when at + 3 < pattern.Length && pattern[at + 3] == ']' && char.IsAsciiLetter(pattern[at + 1]) && (pattern[at + 1] ^ pattern[at + 2]) == 0x20:
                    paired |= Bit(pattern[at + 1]);
                    at += 3;
                    break;
                case '\\' when at + 1 < pattern.Length && !char.IsAsciiLetterOrDigit(pattern[at + 1]):
                    at++;
                    break;
                case '.' or '[' or '\\' or '(' or ')' or '|' or '*' or '+' or '?' or '{':
                    return int.MaxValue;
                case var letter when char.IsAsciiLetter(letter):
                    alone |= Bit(letter);
                    break;
            }
        }

        return (alone & paired) != 0 ? int.MaxValue : (int)Math.Min(2L * (gaps + 1) * (pattern.Length + 1), int.MaxValue);

        static uint Bit(char letter) => 1u << (letter & 0x1f);
    }

    private int Add()
    {
        states.Add(new AutomatonState());
        return states.Count - 1;
    }

    /// <summary>Appends a part after a state; returns the number of the state after it, or -1 if there are too many.</summary>
    private int Build(Node node, int from)
    {
        if (from < 0 || states.Count > 4 * Limit)
        {
            return -1;
        }

        int to;
        switch (node)
        {
            case SetNode set:
                to = Add();
                states[from].Steps.Add((set.Points, to));
                return to;
            case SequenceNode sequence:
                return sequence.Items.Aggregate(from, (at, item) => Build(item, at));
            case UnionNode union:
                to = Add();
                foreach (Node branch in union.Branches)
                {
                    int start = Add();
                    states[from].Free.Add(start);
                    int end = Build(branch, start);
                    if (end < 0)
                    {
                        return -1;
                    }

                    states[end].Free.Add(to);
                }

                return to;
            case RepeatNode repeat:
                return BuildRepeat(repeat, from);
            default:
                throw new System.Diagnostics.UnreachableException(node.GetType().Name);
        }
    }

    private int BuildRepeat(RepeatNode repeat, int from)
    {
        for (int i = 0; i < repeat.Min && from >= 0; i++)
        {
            from = Build(repeat.Body, from);
        }

        if (from < 0)
        {
            return -1;
        }

        int to = Add();
        states[from].Free.Add(to);
        if (repeat.Max is null)
        {
            int again = Build(repeat.Body, to);
            if (again >= 0)
            {
                states[again].Free.Add(to);
            }

            return again < 0 ? -1 : to;
        }

        for (int i = repeat.Min; i < repeat.Max && from >= 0; i++)
        {
            from = Build(repeat.Body, from);
            if (from >= 0)
            {
                states[from].Free.Add(to);
            }
        }

        return from < 0 ? -1 : to;
    }

    private static Node ParseUnion(string text, ref int at)
    {
        var branches = new List<Node> { ParseSequence(text, ref at) };
        while (at < text.Length && text[at] == '|')
        {
            at++;
            branches.Add(ParseSequence(text, ref at));
        }

        return branches.Count == 1 ? branches[0] : new UnionNode(branches);
    }

    private static SequenceNode ParseSequence(string text, ref int at)
    {
        var items = new List<Node>();
        while (at < text.Length && text[at] is not ('|' or ')'))
        {
            Node item = ParseAtom(text, ref at);
            while (at < text.Length && text[at] is '*' or '+' or '?' or '{')
            {
                item = ParseQuantifier(item, text, ref at);
            }

            items.Add(item);
        }

        return new SequenceNode(items);
    }

    private static Node ParseAtom(string text, ref int at)
    {
        switch (text[at])
        {
            case '(':
                at++;
                Node inner = ParseUnion(text, ref at);
                at++;
                return inner;
            case '.':
                at++;
                return new SetNode(CodePointSet.All);
            case '[':
                return ParseClass(text, ref at);
            default:
                return new SetNode(ParseCharacter(text, ref at));
        }
    }

    private static RepeatNode ParseQuantifier(Node body, string text, ref int at)
    {
        char sign = text[at++];
        if (sign != '{')
        {
            return new RepeatNode(body, sign == '+' ? 1 : 0, sign == '?' ? 1 : null);
        }

        int close = text.IndexOf('}', at);
        string[] bounds = text[at..close].Split(',');
        at = close + 1;
        int min = int.Parse(bounds[0], CultureInfo.InvariantCulture);
        return new RepeatNode(body, min, bounds.Length == 1 ? min : bounds[1].Length == 0 ? null : int.Parse(bounds[1], CultureInfo.InvariantCulture));
    }

    private static SetNode ParseClass(string text, ref int at)
    {
        at++;
        bool negated = text[at] == '^';
        at += negated ? 1 : 0;
        CodePointSet set = CodePointSet.Empty;
        while (text[at] != ']')
        {
            CodePointSet first = ParseCharacter(text, ref at);
            if (text[at] == '-' && text[at + 1] != ']')
            {
                at++;
                first = CodePointSet.Of(first.Ranges[0].First, ParseCharacter(text, ref at).Ranges[0].First);
            }

            set = set.Union(first);
        }

        at++;
        return new SetNode(negated ? set.Complement() : set);
    }

    private static CodePointSet ParseCharacter(string text, ref int at)
    {
        if (text[at] == '\\')
        {
            at++;
            if (text[at] is 's' or 'S')
            {
                return CodePointSet.OfShorthand(text[at++]);
            }
        }

        Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length);
        int point = rune == Rune.ReplacementChar && length == 1 ? text[at] : rune.Value;
        at += length;
        return CodePointSet.Of(point, point);
    }

    private abstract record Node;

    private sealed record SetNode(CodePointSet Points) : Node;

    private sealed record SequenceNode(IReadOnlyList<Node> Items) : Node;

    private sealed record UnionNode(IReadOnlyList<Node> Branches) : Node;

    private sealed record RepeatNode(Node Body, int Min, int? Max) : Node;
}
