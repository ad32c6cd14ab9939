namespace Sigma.Checks.Checking;

/// <summary>A rule file as it is written.</summary>
/// <param name="source">Its text.</param>
/// <param name="settings">What the user said about checks.</param>
internal sealed class FileText(SourceText source, CheckSettings settings)
{
    /// <summary>Its text.</summary>
    public SourceText Source => source;

    private IReadOnlyList<Span>? scalars;
    private bool? hasSharedParts;

    /// <summary>The path as the user gave it.</summary>
    public string Path => Source.Path;

    /// <summary>Whether it is a file, not standard input.</summary>
    public bool HasPath => Path is not ("-" or "stdin");

    /// <summary>The name without folders.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The place of findings about the file as a whole.</summary>
    public Span Start => Rules.Count > 0 ? Rules[0].Place : new Span(Source, 0, 0);

    /// <summary>The documents that have keys, in order.</summary>
    public IReadOnlyList<RuleText> Rules { get; private set; } = [];

    /// <summary>Whether an attribute as it is written belongs to several rules: by <c>action: global</c> or <c>action: repeat</c>.</summary>
    public bool HasSharedParts => hasSharedParts ??= Rules.Count > 1 && Rules.SelectMany(rule => rule.Root.Entries).CountBy(entry => entry.Key.Span.Start).Any(place => place.Value > 1);

    /// <summary>All documents as they were read, broken ones among them.</summary>
    public IReadOnlyList<ReadDocument> Documents { get; private init; } = [];

    /// <summary>Whether the last value is a text of several lines, whose end depends on the lines after it.</summary>
    public bool EndsInText => Scalars.Count > 0 && Scalars[^1] is var last && last.Characters is ['|' or '>', ..];

    /// <summary>The places of all values and keys, by place.</summary>
    private IReadOnlyList<Span> Scalars => scalars ??= [.. Rules.SelectMany(rule => ScalarsOf(rule.Root)).Where(span => span.Source == Source).OrderBy(span => span.Start)];

    /// <summary>Reads a file.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="settings">What the user said about checks.</param>
    public static FileText Read(SourceText source, CheckSettings settings)
    {
        IReadOnlyList<(ReadDocument Document, YamlMapping? Root)> read = RuleReader.ReadWritten(source);
        var file = new FileText(source, settings) { Documents = [.. read.Select(one => one.Document)] };

        // The rules know their file, so the file learns of them afterwards.
        file.Rules = [.. read.Where(one => one.Root is not null).Select(one => new RuleText(file, one.Root!, one.Document, settings))];
        return file;
    }

    /// <summary>A number of a check.</summary>
    public int Number(CheckNumber number) => settings.Number(number);

    /// <summary>The lines without their ends.</summary>
    public IEnumerable<Span> Lines()
    {
        string text = Source.Text;
        for (int at = 0; at < text.Length;)
        {
            int length = text.AsSpan(at).IndexOfAny('\n', '\r');
            yield return new Span(Source, at, length < 0 ? text.Length - at : length);
            at = LineEnds.Behind(text, at) is var next and >= 0 ? next : text.Length;
        }
    }

    /// <summary>Whether the end of a line belongs to a value of several lines.</summary>
    public bool IsInText(Span line) => Holds(line.End) || Holds(Math.Max(line.Start, line.End - 1));

    /// <summary>The comments, each from its number sign to the end of its line.</summary>
    public IEnumerable<Span> Comments()
    {
        foreach (Span line in Source.Text.Contains('#') ? Lines() : [])
        {
            for (int at = 0; at < line.Length; at++)
            {
                if (line.Characters[at] == '#' && (at == 0 || line.Characters[at - 1] is ' ' or '\t') && !Holds(line.Start + at))
                {
                    yield return line.Slice(at, line.Length - at);
                    break;
                }
            }
        }
    }

    /// <summary>The places of the keys and values of a node.</summary>
    internal static IEnumerable<Span> ScalarsOf(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar.Span],
        YamlSequence list => list.Items.SelectMany(ScalarsOf),
        YamlMapping map => map.Entries.SelectMany(entry => ScalarsOf(entry.Value).Prepend(entry.Key.Span)),
        _ => [],
    };

    private bool Holds(int offset)
    {
        int low = 0;
        int high = Scalars.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Scalars[middle].Start <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && offset < Scalars[low - 1].End;
    }
}
