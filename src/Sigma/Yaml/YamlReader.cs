using Sigma.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sigma.Yaml;

/// <summary>Turns a file into positioned documents. Whatever the input, it ends soon and throws nothing.</summary>
public static class YamlReader
{
    /// <summary>The deepest nesting that is followed. Rules nest about 6 deep.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many nodes a document may have once its aliases are written out. A value list of 1,000,000 still fits.</summary>
    public const int MaxNodes = 2_000_000;

    /// <summary>Reads all documents of a source.</summary>
    /// <param name="source">The text.</param>
    /// <returns>
    /// One entry a document, in order, with its diagnostics. A document whose YAML is broken keeps its place;
    /// reading goes on at the next line that starts with <c>---</c>.
    /// </returns>
    public static IReadOnlyList<YamlDocument> Read(SourceText source)
    {
        var documents = new List<YamlDocument>();
        int start = 0;
        while (start < source.Text.Length)
        {
            int failedAt = new Reading(source, start, documents).Run();
            if (failedAt < 0)
            {
                break;
            }

            start = NextDocument(source.Text, failedAt);
        }

        return documents;
    }

    private static int NextDocument(string text, int from)
    {
        int at = text.IndexOf("\n---", from, StringComparison.Ordinal);
        return at < 0 ? text.Length : at + 1;
    }

    /// <summary>One pass of the parser, from an offset to the end or to the first document it cannot read.</summary>
    private sealed class Reading(SourceText source, int start, List<YamlDocument> documents)
    {
        private readonly Dictionary<string, (YamlNode? Node, int Size)> anchors = [];
        private readonly List<(Span Span, bool Flow)> open = [];
        private List<Diagnostic> diagnostics = [];
        private IParser parser = null!;
        private int nodes;
        private int documentStart;

        /// <summary>Reads documents into the list.</summary>
        /// <returns>The offset near which reading failed, or -1 when all was read.</returns>
        public int Run()
        {
            int reached = start;
            documentStart = start;
            try
            {
                parser = new Parser(new Scanner(new StringReader(start == 0 ? source.Text : source.Text[start..])));
                while (parser.MoveNext())
                {
                    ParsingEvent current = parser.Current!;
                    reached = Offset(current.End);
                    if (current is DocumentStart)
                    {
                        BeginDocument(current);
                        parser.MoveNext();
                        YamlNode root = ReadNode(0);
                        documents.Add(new YamlDocument(IsEmpty(root) ? null : root, root.Span, diagnostics));
                    }
                }

                return -1;
            }
            catch (StopReading)
            {
                reached = parser.Current is { } current ? Offset(current.End) : reached;
            }
            catch (YamlException exception)
            {
                reached = ReportBrokenYaml(exception);
            }
            catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException)
            {
                // The scanner loses its place on some broken flow collections and escapes: the innermost open collection is the best place.
                Span place = open.Count > 0 ? open[^1].Span.Slice(0, 1) : new Span(source, Math.Min(reached, source.Text.Length), 0);
                diagnostics.Add(open.Count > 0 && open[^1].Flow ? Codes.UnclosedFlow.At(place) : Codes.InvalidYaml.At(place, "it cannot be read here"));
                reached = Math.Max(reached, place.Start);
            }

            Span failed = new(source, documentStart, 0);
            documents.Add(new YamlDocument(null, failed, diagnostics));
            return Math.Max(reached, documentStart);
        }

        private void BeginDocument(ParsingEvent current)
        {
            documentStart = Offset(current.Start);
            anchors.Clear();
            open.Clear();
            diagnostics = [];
            nodes = 0;
        }

        private YamlNode ReadNode(int depth)
        {
            ParsingEvent current = parser.Current!;
            if (++nodes > MaxNodes)
            {
                throw Stop(Codes.TooManyNodes.At(SpanOf(current), MaxNodes.ToString("N0")));
            }

            if (depth > MaxDepth)
            {
                throw Stop(Codes.NestedTooDeep.At(SpanOf(current), MaxDepth.ToString()));
            }

            switch (current)
            {
                case Scalar scalar:
                    var node = new YamlScalar(scalar.Value, StyleOf(scalar), ScalarSpan(scalar));
                    Remember(scalar.Anchor, node, 1);
                    return node;
                case AnchorAlias alias:
                    return Resolve(alias);
                case SequenceStart sequence:
                    return ReadSequence(sequence, depth);
                case MappingStart mapping:
                    return ReadMapping(mapping, depth);
                default:
                    throw Stop(Codes.InvalidYaml.At(SpanOf(current), "a value is missing"));
            }
        }

        private YamlSequence ReadSequence(SequenceStart begin, int depth)
        {
            int before = nodes;
            Open(begin, begin.Style is SequenceStyle.Flow);
            Announce(begin.Anchor);
            var items = new List<YamlNode>();
            while (parser.MoveNext() && parser.Current is not SequenceEnd)
            {
                items.Add(ReadNode(depth + 1));
            }

            var node = new YamlSequence(items, Close(items.Count > 0 ? items[^1].Span : null));
            Remember(begin.Anchor, node, nodes - before + 1);
            return node;
        }

        private YamlMapping ReadMapping(MappingStart begin, int depth)
        {
            int before = nodes;
            Open(begin, begin.Style is MappingStyle.Flow);
            Announce(begin.Anchor);
            var entries = new List<YamlEntry>();
            var seen = new Dictionary<string, Span>(StringComparer.Ordinal);
            while (parser.MoveNext() && parser.Current is not MappingEnd)
            {
                YamlNode key = ReadNode(depth + 1);
                parser.MoveNext();
                YamlNode value = ReadNode(depth + 1);
                if (key is not YamlScalar name)
                {
                    diagnostics.Add(Codes.KeyIsNoText.At(key.Span, key.Kind));
                }
                else if (name.Style is ScalarStyle.Plain && name.Value == "<<")
                {
                    Merge(name, value, entries, seen);
                }
                else if (!seen.TryAdd(name.Value, name.Span))
                {
                    diagnostics.Add(Codes.DuplicateKey.At(name.Span, name.Value, seen[name.Value].Position.Line.ToString()));
                }
                else
                {
                    entries.Add(new YamlEntry(name, value));
                }
            }

            var node = new YamlMapping(entries, Close(entries.Count > 0 ? entries[^1].Value.Span : null));
            Remember(begin.Anchor, node, nodes - before + 1);
            return node;
        }

        /// <summary><c>&lt;&lt;: *defaults</c> (YAML 1.1 merge key): keys that the map itself has win.</summary>
        private void Merge(YamlScalar key, YamlNode value, List<YamlEntry> entries, Dictionary<string, Span> seen)
        {
            IEnumerable<YamlNode> sources = value is YamlSequence list ? list.Items : [value];
            foreach (YamlNode from in sources)
            {
                if (from is not YamlMapping mapping)
                {
                    diagnostics.Add(Codes.MergeOfNoMap.At(key.Span));
                    continue;
                }

                foreach (YamlEntry entry in mapping.Entries)
                {
                    if (seen.TryAdd(entry.Name, entry.Key.Span))
                    {
                        entries.Add(entry);
                    }
                }
            }
        }

        private YamlNode Resolve(AnchorAlias alias)
        {
            string name = alias.Value.Value;
            if (!anchors.TryGetValue(name, out var target))
            {
                throw Stop(Codes.UnknownAlias.At(SpanOf(alias), name));
            }

            if (target.Node is null)
            {
                throw Stop(Codes.AliasOfItself.At(SpanOf(alias), name));
            }

            // What counts is the tree that later stages walk, not the few bytes that name it.
            nodes = (int)Math.Min((long)nodes + target.Size, int.MaxValue - 1);
            if (nodes > MaxNodes)
            {
                throw Stop(Codes.TooManyNodes.At(SpanOf(alias), MaxNodes.ToString("N0")));
            }

            return target.Node;
        }

        private void Announce(AnchorName anchor)
        {
            if (!anchor.IsEmpty)
            {
                anchors[anchor.Value] = (null, 0);
            }
        }

        private void Remember(AnchorName anchor, YamlNode node, int size)
        {
            if (!anchor.IsEmpty)
            {
                anchors[anchor.Value] = (node, size);
            }
        }

        private void Open(ParsingEvent begin, bool flow) => open.Add((SpanOf(begin), flow));

        private Span Close(Span? last)
        {
            (Span first, bool flow) = open[^1];
            open.RemoveAt(open.Count - 1);
            if (flow || last is null)
            {
                return new Span(source, first.Start, Math.Max(0, Offset(parser.Current!.End) - first.Start));
            }

            return first.To(last.Value);
        }

        private int ReportBrokenYaml(YamlException exception)
        {
            int at = Math.Clamp(Offset(exception.Start), 0, source.Text.Length);
            int tab = TabIndent(documentStart);
            if (tab >= 0 && (at <= tab || exception.Message.Contains("tab", StringComparison.OrdinalIgnoreCase) || source.PositionOf(tab).Line >= source.PositionOf(at).Line - 1))
            {
                diagnostics.Add(Codes.TabIndent.At(new Span(source, tab, 1)));
                return tab;
            }

            if (open.Count > 0 && open[^1].Flow)
            {
                diagnostics.Add(Codes.UnclosedFlow.At(open[^1].Span.Slice(0, 1)));
                return at;
            }

            diagnostics.Add(Codes.InvalidYaml.At(new Span(source, at, 0), Sentence(exception.Message)));
            return at;
        }

        /// <summary>The first tab that stands in a line's indentation, or -1.</summary>
        private int TabIndent(int from)
        {
            string text = source.Text;
            for (int line = from; line < text.Length;)
            {
                int at = line;
                while (at < text.Length && text[at] == ' ')
                {
                    at++;
                }

                if (at < text.Length && text[at] == '\t')
                {
                    return at;
                }

                int end = text.IndexOf('\n', at);
                line = end < 0 ? text.Length : end + 1;
            }

            return -1;
        }

        private static string Sentence(string message)
        {
            int colon = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
            string text = (colon < 0 ? message : message[(colon + 3)..]).TrimEnd('.');
            return text.Length == 0 ? "it cannot be read here" : char.ToLowerInvariant(text[0]) + text[1..];
        }

        private StopReading Stop(Diagnostic diagnostic)
        {
            diagnostics.Add(diagnostic);
            return new StopReading();
        }

        private bool IsEmpty(YamlNode root) => root is YamlScalar { Style: ScalarStyle.Plain, Value: "" } && diagnostics.Count == 0;

        private int Offset(Mark mark) => start + (int)mark.Index;

        private Span SpanOf(ParsingEvent e)
        {
            int from = Math.Min(Offset(e.Start), source.Text.Length);
            return new Span(source, from, Math.Clamp(Offset(e.End) - from, 0, source.Text.Length - from));
        }

        /// <summary>A plain or block scalar's event may end behind the line end that closes it.</summary>
        private Span ScalarSpan(Scalar scalar)
        {
            Span span = SpanOf(scalar);
            int length = span.Characters.TrimEnd("\r\n ").Length;
            return span with { Length = length };
        }

        private static ScalarStyle StyleOf(Scalar scalar) => scalar.Style switch
        {
            YamlDotNet.Core.ScalarStyle.SingleQuoted => ScalarStyle.SingleQuoted,
            YamlDotNet.Core.ScalarStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
            YamlDotNet.Core.ScalarStyle.Literal or YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Block,
            _ when IsTaggedAsText(scalar.Tag) => ScalarStyle.SingleQuoted,
            _ => ScalarStyle.Plain,
        };

        private static bool IsTaggedAsText(TagName tag) => !tag.IsEmpty && tag.Value is "tag:yaml.org,2002:str" or "!";
    }

    /// <summary>Leaves a document that a guard has refused; its diagnostic is already in the list.</summary>
    private sealed class StopReading : Exception;
}
