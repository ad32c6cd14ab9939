using Sigma.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sigma.Yaml;

/// <summary>One pass of the parser, from an offset to the end or to the first document it cannot read.</summary>
internal sealed class YamlDocumentReader
{
    private readonly SourceText source;
    private readonly int start;
    private readonly List<YamlDocument> documents;
    private readonly AliasBudget aliases;
    private readonly ParserLenience lenience;
    private readonly RestOfText text;
    private readonly AnchorScanner? scanner;
    private readonly Parser parser;
    private readonly YamlAnchors anchors = new();
    private readonly List<(Span Span, bool Flow)> open = [];
    private List<Diagnostic> diagnostics = [];
    private readonly long mostNodes;
    private readonly long mostDepth;
    private int nodes;
    private int deepest;
    private int documentStart;
    private bool documentRead;

    /// <summary>Creates the pass.</summary>
    /// <param name="source">The file.</param>
    /// <param name="start">The offset to start from.</param>
    /// <param name="documents">Receives the documents.</param>
    /// <param name="aliases">What aliases of the file have added.</param>
    /// <param name="lenience">What the parser is spared.</param>
    public YamlDocumentReader(SourceText source, int start, List<YamlDocument> documents, AliasBudget aliases, ParserLenience lenience)
    {
        this.source = source;
        this.start = start;
        this.documents = documents;
        this.aliases = aliases;
        this.lenience = lenience;
        text = new RestOfText(source.Text, start, lenience.LeadingBlanks ? LeadingBlanks.Find(source.Text, start) : []) { Marked = lenience.Kept, Mark = lenience.Mark };
        scanner = lenience.Anchors ? new AnchorScanner(new Scanner(text)) : null;
        parser = scanner is null ? new Parser(new Scanner(text)) : new Parser(scanner);
        mostNodes = source.Limits[Limits.YamlValues];
        mostDepth = source.Limits[Limits.YamlDepth];
    }

    /// <summary>What to spare the parser where the pass has stopped at something that YAML allows: it must be made again from there. Null otherwise.</summary>
    public ParserLenience? Needed { get; private set; }

    /// <summary>The end of what the parser has understood.</summary>
    private int Reached => parser.Current is { } current ? Math.Min(Offset(current.End), source.Text.Length) : start;

    /// <summary>Reads documents into the list.</summary>
    /// <returns>The start of the document that could not be read, or -1 when all was read.</returns>
    public int Run()
    {
        Begin(start);
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart begin)
                {
                    Begin(Offset(begin.Start));
                    parser.MoveNext();
                    YamlNode root = ReadNode(0);
                    documents.Add(new YamlDocument(IsEmpty(root) ? null : root, root.Span, diagnostics));
                    Begin(Offset(parser.Current.End));
                    documentRead = true;
                }
                else if (parser.Current is DocumentEnd)
                {
                    Begin(Offset(parser.Current.End));
                    documentRead = true;
                }
            }

            return -1;
        }
        catch (StopReading)
        {
            // Its diagnostic is already in the list.
        }
        catch (YamlException exception)
        {
            Needed = lenience.After(source.Text, exception, Offset(exception.End));
            if (Needed is not null)
            {
                return documentStart;
            }

            // For a bad escape the start is that of the whole value, and the end the escape itself.
            Mark mark = exception.Message.Contains("escape", StringComparison.Ordinal) ? exception.End : exception.Start;
            int at = Math.Clamp(Offset(mark), 0, source.Text.Length);
            diagnostics.Add(BrokenYaml.Explain(source, exception, at, Reached, OpenBracket()));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The scanner loses its place on some broken flow collections and escapes: the innermost open collection is the best place.
            Span place = new(source, Reached, 0);
            diagnostics.Add(OpenBracket() is { } bracket ? Diagnostic.UnclosedFlow(bracket) : Diagnostic.InvalidYaml(place, "unexpected character"));
        }

        if (documentRead && DocumentBorders.ContinuesDocument(source.Text, documentStart))
        {
            // What cannot be read belongs to the document that seemed to be over.
            YamlDocument last = documents[^1];
            documents[^1] = last with { Root = null, Diagnostics = [.. last.Diagnostics, .. diagnostics] };
        }
        else
        {
            documents.Add(new YamlDocument(null, new Span(source, documentStart, 0), diagnostics));
        }

        return documentStart;
    }

    private void Begin(int offset)
    {
        documentStart = Math.Min(offset, source.Text.Length);
        documentRead = false;
        anchors.Clear();
        open.Clear();
        diagnostics = [];
        nodes = 0;
        deepest = 0;
    }

    private YamlNode ReadNode(int depth)
    {
        ParsingEvent current = parser.Current!;
        if (++nodes > mostNodes)
        {
            throw Stop(source.Limits.Exceeded(Limits.YamlValues, Diagnostic.TooManyNodes, SpanOf(current)));
        }

        if (depth > mostDepth)
        {
            throw Stop(source.Limits.Exceeded(Limits.YamlDepth, Diagnostic.NestedTooDeep, SpanOf(current)));
        }

        deepest = Math.Max(deepest, depth);
        switch (current)
        {
            case Scalar scalar:
                string value = lenience.Kept.IsEmpty ? scalar.Value : scalar.Value.Replace(lenience.Mark, ' ');
                var node = new YamlScalar(value, StyleOf(scalar), ScalarSpan(scalar));
                anchors.Remember(scanner is null ? scalar.Anchor : scanner.AnchorAt(scalar.Start.Index), node, 1, 0);
                return node;
            case AnchorAlias alias:
                return Resolve(alias, depth);
            case SequenceStart sequence:
                return ReadSequence(sequence, depth);
            case MappingStart mapping:
                return ReadMapping(mapping, depth);
            default:
                throw Stop(Diagnostic.InvalidYaml(SpanOf(current), "a value is missing"));
        }
    }

    private YamlSequence ReadSequence(SequenceStart begin, int depth)
    {
        int nodesBefore = nodes;
        int deepestBefore = deepest;
        deepest = depth;
        Open(begin, begin.Style is SequenceStyle.Flow);
        anchors.Announce(begin.Anchor);
        var items = new List<YamlNode>();
        while (parser.MoveNext() && parser.Current is not SequenceEnd)
        {
            YamlNode item = ReadNode(depth + 1);
            items.Add(begin.Style is SequenceStyle.Flow && EndsInColon(item) is { } key
                ? new YamlMapping([new YamlEntry(key, new YamlScalar("", ScalarStyle.Plain, item.Span.Slice(item.Span.Length, 0)))], item.Span)
                : item);
        }

        var node = new YamlSequence(items, Close(items.Count > 0 ? items[^1].Span : null));
        anchors.Remember(begin.Anchor, node, nodes - nodesBefore + 1, deepest - depth);
        deepest = Math.Max(deepest, deepestBefore);
        return node;
    }

    private YamlMapping ReadMapping(MappingStart begin, int depth)
    {
        int nodesBefore = nodes;
        int deepestBefore = deepest;
        deepest = depth;
        Open(begin, begin.Style is MappingStyle.Flow);
        anchors.Announce(begin.Anchor);
        var entries = new List<YamlEntry>();
        var seen = new SeenKeys(entries);
        List<(Span Key, YamlNode From)>? merges = null;
        Span? last = null;
        while (parser.MoveNext() && parser.Current is not MappingEnd)
        {
            YamlNode key = ReadNode(depth + 1);
            parser.MoveNext();
            YamlNode value = ReadNode(depth + 1);
            last = value.Span;
            if (begin.Style is MappingStyle.Flow && value is YamlScalar { Value.Length: 0, Style: ScalarStyle.Plain } && EndsInColon(key) is { } bare)
            {
                key = bare;
            }

            if (key is not YamlScalar name)
            {
                diagnostics.Add(Diagnostic.KeyIsNoText(key.Span, key.Kind));
            }
            else if (name.Style is ScalarStyle.Plain && name.Value == "<<")
            {
                (merges ??= []).Add((name.Span, value));
            }
            else if (seen.Find(name.Value) is { } before)
            {
                diagnostics.Add(Diagnostic.DuplicateKey(name.Span, name.Value, before.Position.Line));
            }
            else
            {
                entries.Add(new YamlEntry(name, value));
            }
        }

        foreach ((Span key, YamlNode from) in merges ?? [])
        {
            Merge(key, from, entries, seen);
        }

        var node = new YamlMapping(entries, Close(last));
        anchors.Remember(begin.Anchor, node, nodes - nodesBefore + 1, deepest - depth);
        deepest = Math.Max(deepest, deepestBefore);
        return node;
    }

    /// <summary>
    /// The key that the parser takes together with its colon where a bracket follows, as in <c>{a: b, c:}</c>: a colon before a bracket ends a
    /// plain text (YAML 1.2.2, section 7.3.3). Null for another node.
    /// </summary>
    private static YamlScalar? EndsInColon(YamlNode node) => node is YamlScalar { Style: ScalarStyle.Plain } text && text.Value.Length > 1 && text.Value.EndsWith(':')
        ? new YamlScalar(text.Value[..^1], ScalarStyle.Plain, text.Span.Length > 1 ? text.Span.Slice(0, text.Span.Length - 1) : text.Span)
        : null;

    /// <summary>
    /// <c>&lt;&lt;: *defaults</c> (YAML 1.1 merge key): keys that the map itself has win, wherever they stand, and so
    /// does the first of several maps.
    /// </summary>
    private void Merge(Span key, YamlNode value, List<YamlEntry> entries, SeenKeys seen)
    {
        IEnumerable<YamlNode> sources = value is YamlSequence list ? list.Items : [value];
        foreach (YamlNode from in sources)
        {
            if (from is not YamlMapping mapping)
            {
                diagnostics.Add(Diagnostic.MergeOfNoMap(key));
                continue;
            }

            foreach (YamlEntry entry in mapping.Entries)
            {
                if (seen.Find(entry.Name) is null)
                {
                    entries.Add(entry);
                }
            }
        }
    }

    private YamlNode Resolve(AnchorAlias alias, int depth)
    {
        string name = alias.Value.Value;
        if (anchors.Find(name) is not { } target)
        {
            throw Stop(Diagnostic.UnknownAlias(SpanOf(alias), name));
        }

        if (target.Node is null)
        {
            throw Stop(Diagnostic.AliasOfItself(SpanOf(alias), name));
        }

        // What counts is the tree that later stages walk, not the few bytes that name it; over a file of many documents too.
        nodes = (int)Math.Min((long)nodes + target.Size, int.MaxValue - 1);
        aliases.Spent += target.Size;
        if (nodes > mostNodes || aliases.Spent > mostNodes)
        {
            throw Stop(source.Limits.Exceeded(Limits.YamlValues, Diagnostic.TooManyNodes, SpanOf(alias)));
        }

        if (depth + target.Height > mostDepth)
        {
            throw Stop(source.Limits.Exceeded(Limits.YamlDepth, Diagnostic.NestedTooDeep, SpanOf(alias)));
        }

        deepest = Math.Max(deepest, depth + target.Height);
        return target.Node;
    }

    private void Open(ParsingEvent begin, bool flow) => open.Add((SpanOf(begin), flow));

    private Span Close(Span? last)
    {
        (Span first, bool flow) = open[^1];
        open.RemoveAt(open.Count - 1);
        if (flow || last is null)
        {
            // The parser's end of a list is before its bracket, that of a map after it.
            int end = Math.Min(Offset(parser.Current!.Start), source.Text.Length);
            end += end < source.Text.Length && source.Text[end] is ']' or '}' ? 1 : 0;
            return new Span(source, first.Start, Math.Max(first.Length, end - first.Start));
        }

        return first.To(last.Value);
    }

    /// <summary>The innermost <c>[</c> or <c>{</c> that is open; null in block style.</summary>
    private Span? OpenBracket() => open.Count > 0 && open[^1].Flow ? open[^1].Span.Slice(0, 1) : null;

    private StopReading Stop(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        return new StopReading();
    }

    private bool IsEmpty(YamlNode root) => root is YamlScalar { Style: ScalarStyle.Plain, Value: "" } && diagnostics.Count == 0;

    private int Offset(Mark mark) => text.OffsetOf(mark.Index);

    private Span SpanOf(ParsingEvent e)
    {
        int from = Math.Min(Offset(e.Start), source.Text.Length);
        return new Span(source, from, Math.Clamp(Offset(e.End) - from, 0, source.Text.Length - from));
    }

    /// <summary>A plain or block scalar's event may end after the line end that closes it.</summary>
    private Span ScalarSpan(Scalar scalar)
    {
        Span span = SpanOf(scalar);
        ReadOnlySpan<char> written = span.Characters;
        return written is [.., not ('\r' or '\n' or ' ')] ? span : span with { Length = written.TrimEnd("\r\n ").Length };
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

    /// <summary>Leaves a document that a guard has refused; its diagnostic is already in the list.</summary>
    private sealed class StopReading : Exception;
}
