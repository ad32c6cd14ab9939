using System.Globalization;
using System.Text;

namespace Sigma.RegularExpressions;

/// <summary>What an engine of regular expressions knows, and how it writes what all engines know.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="MaxRepeat">The largest number of a repetition; null for no bound.</param>
/// <param name="NestsRepeats">Whether nested repetitions are multiplied for that bound.</param>
/// <param name="Looks">Whether it has lookaheads and lookbehinds.</param>
/// <param name="References">Whether it has references to groups.</param>
/// <param name="Keeps">Whether it has atomic groups and possessive repetitions.</param>
/// <param name="Properties">Whether it has Unicode's general categories.</param>
/// <param name="LocalFlags">Whether <c>(?i)</c> may stand within the expression.</param>
internal sealed record RegexEngine(
    string Name, int? MaxRepeat, bool NestsRepeats, bool Looks, bool References, bool Keeps, bool Properties, bool LocalFlags)
{
    /// <summary>RE2 (github.com/google/re2, syntax), and what takes the same: Go's regexp, Rust's regex (Kusto).</summary>
    public static readonly RegexEngine Re2 = new("RE2", 1000, true, false, false, false, true, true);

    /// <summary>java.util.regex.</summary>
    public static readonly RegexEngine Java = new("Java", null, false, true, true, true, true, true);

    /// <summary>PostgreSQL's advanced regular expressions (documentation, 9.7.3).</summary>
    public static readonly RegexEngine Postgres = new("PostgreSQL", 255, false, true, true, false, false, false);

    /// <summary>CrowdStrike LogScale: what its documentation says of both of its engines (library.humio.com, regular expression syntax).</summary>
    public static readonly RegexEngine LogScale = new("LogScale", 1000, true, false, false, false, false, false);
}

/// <summary>
/// Writes an expression anew from its tree, with nothing but what RE2, Java, PostgreSQL and LogScale read alike, or what an engine needs
/// in its place. What an engine lacks is refused. Line breaks and the ends of lines mean what they mean in PCRE, whatever the engine's own
/// defaults are.
/// </summary>
/// <param name="pattern">The expression.</param>
/// <param name="engine">The engine.</param>
/// <param name="options">Choices: whether the engine's <c>.</c> takes line breaks, whether it fits whole values only.</param>
internal sealed partial class PlainWriter(RegexPattern pattern, RegexEngine engine, RegexWriterOptions options)
{
    /// <summary>Into how many pieces a repetition may be cut that is longer than the engine counts.</summary>
    private const int MaxPieces = 8;

    private readonly StringBuilder output = new();
    private readonly List<RegexNote> notes = [];
    private readonly bool numbered = engine.References && HasReference(pattern.Root);

    /// <summary>Java's (?i) is for ASCII letters only, unless it is told so.</summary>
    private readonly string ignoring = engine == RegexEngine.Java && HasOtherLetters(pattern.Root) ? "iu" : "i";
    private long repeats = 1;

    /// <summary>Writes the expression.</summary>
    public RegexTranslation Write()
    {
        bool ignoresCase = pattern.Flags.HasFlag(RegexFlags.IgnoreCase);
        string flags = ignoresCase ? $"(?{ignoring})" : "";
        if (!engine.LocalFlags)
        {
            flags = WholeFlags();
        }

        if (engine == RegexEngine.Java && HasLineParts(pattern.Root))
        {
            // Without (?d) several characters end a line; with it only \n does, as in PCRE.
            flags += "(?d)";
        }

        Put(pattern.Root);
        string text = output.ToString();
        if (options.Whole)
        {
            string any = options.DotAll || engine == RegexEngine.Postgres ? ".*" : "(?s:.*)";
            text = $"{any}(?:{text}){any}";
        }

        text = engine == RegexEngine.LogScale ? Flagged(flags, text) : flags + text;
        return new RegexTranslation(notes.Exists(n => n.Effect is RegexEffect.Refused) ? null : text, [.. notes.OrderBy(n => n.Offset)]);
    }

    /// <summary>Flags stand only at the beginning, so all letters must agree.</summary>
    private string WholeFlags()
    {
        List<bool> cases = [];
        Collect(pattern.Root);
        if (cases.Distinct().Count() > 1)
        {
            Refuse(pattern.Root, $"{engine.Name} cannot ignore case in only a part of an expression");
        }

        return cases.Contains(true) ? "(?i)" : "";

        void Collect(RegexNode node)
        {
            switch (node)
            {
                case RegexLiteral literal when CodePointSet.IsCased(literal.CodePoint):
                    cases.Add(literal.Flags.HasFlag(RegexFlags.IgnoreCase));
                    break;
                case RegexCharacterClass set when RegexProperties.HasCasedLetters(set with { Flags = RegexFlags.None }):
                    cases.Add(set.Flags.HasFlag(RegexFlags.IgnoreCase));
                    break;
                case RegexBackreference reference:
                    cases.Add(reference.Flags.HasFlag(RegexFlags.IgnoreCase));
                    break;
            }

            foreach (RegexNode child in RegexProperties.Children(node))
            {
                Collect(child);
            }
        }
    }

    private void Put(RegexNode node)
    {
        switch (node)
        {
            case RegexSequence sequence:
                PutSequence(sequence, isFollowed: false, out _);
                break;
            case RegexAlternation alternation:
                PutAlternation(alternation);
                break;
            case RegexGroup group:
                PutGroup(group);
                break;
            case RegexRepeat repeat:
                PutRepeat(repeat);
                break;
            case RegexLiteral literal:
                output.Append(Character(literal));
                break;
            case RegexAnyCharacter any when engine == RegexEngine.LogScale:
                output.Append(any.Flags.HasFlag(RegexFlags.DotAll) ? RegexText.Any(RegexDialect.LogScale) : @"[^\n]");
                break;
            case RegexAnyCharacter any:
                output.Append(any.Flags.HasFlag(RegexFlags.DotAll) ? options.DotAll ? "." : "(?s:.)" : options.DotAll || options.MoreLineEnds ? @"[^\n]" : ".");
                break;
            case RegexCharacterClass set:
                PutClass(set);
                break;
            case RegexShorthand shorthand:
                output.Append(Shorthand(shorthand));
                break;
            case RegexUnicodeProperty property:
                output.Append(Property(property, inClass: false));
                break;
            case RegexAnchor anchor:
                output.Append(Anchor(anchor));
                break;
            case RegexInlineFlags flags:
                output.Append(Flags(flags));
                break;
            default:
                PutRare(node);
                break;
        }
    }

    private void PutRepeat(RegexRepeat repeat)
    {
        if (repeat.Greed is RegexGreed.Possessive && !engine.Keeps)
        {
            Refuse(repeat, $"{engine.Name} has no possessive repetitions");
        }

        int count = Math.Max(repeat.Max ?? repeat.Min, 1);
        long outer = repeats;
        repeats = engine.NestsRepeats ? Math.Min(repeats * count, int.MaxValue) : count;
        int pieces = engine == RegexEngine.Postgres && !numbered ? MaxPieces : 1;
        if (engine.MaxRepeat is { } most && repeats > (long)most * pieces)
        {
            Refuse(repeat, $"{engine.Name} repeats at most {most * pieces} times");
        }

        if (engine == RegexEngine.Postgres && !numbered && engine.MaxRepeat is { } size && count > size)
        {
            PutLong(repeat, size);
        }
        else
        {
            PutCounted(repeat, repeat.Min, repeat.Max);
        }

        repeats = outer;
    }

    /// <summary>More repetitions than the engine counts, one piece after the other: a{300} is a{255}a{45}.</summary>
    private void PutLong(RegexRepeat repeat, int size)
    {
        output.Append("(?:");
        int min = repeat.Min;
        int? max = repeat.Max;
        do
        {
            int few = Math.Min(min, size);
            int? many = max is null && min <= size ? null : Math.Min(max ?? size, size);
            PutCounted(repeat, few, max is null && min > size ? few : many);
            min -= few;
            max -= many;
        }
        while (min > 0 || max > 0);
        output.Append(')');
    }

    private void PutCounted(RegexRepeat repeat, int min, int? max)
    {
        bool atom = repeat.Body is RegexGroup or RegexAnyCharacter or RegexCharacterClass or RegexShorthand or RegexUnicodeProperty or RegexLookaround
            || repeat.Body is RegexLiteral { CodePoint: <= char.MaxValue };
        output.Append(atom ? "" : "(?:");
        Put(repeat.Body);
        output.Append(atom ? "" : ")").Append((min, max) switch
        {
            (0, null) => "*",
            (1, null) => "+",
            (0, 1) => "?",
            (_, null) => string.Create(CultureInfo.InvariantCulture, $"{{{min},}}"),
            (_, { } most) => min == most ? string.Create(CultureInfo.InvariantCulture, $"{{{min}}}") : string.Create(CultureInfo.InvariantCulture, $"{{{min},{most}}}"),
        });

        // What is looked for has no length, so a lazy repetition finds the same; LogScale's V1 has not all of them, and what takes RE2's may have none.
        output.Append(repeat.Greed switch { RegexGreed.Lazy when engine != RegexEngine.LogScale && engine != RegexEngine.Re2 => "?", RegexGreed.Possessive => "+", _ => "" });
    }

    private void PutRare(RegexNode node)
    {
        switch (node)
        {
            case RegexLookaround look when engine.Looks && !(look.Behind && engine == RegexEngine.Java && RegexProperties.FixedLength(look.Body) is null):
                output.Append(look.Behind ? "(?<" : "(?").Append(look.Negative ? '!' : '=');
                Put(look.Body);
                output.Append(')');
                break;
            case RegexLookaround:
                Refuse(node, engine.Looks ? $"{engine.Name} supports only lookbehind of fixed length" : $"{engine.Name} has no lookahead and no lookbehind");
                break;
            case RegexBackreference reference when engine.References:
                int number = reference.Name is { } name ? pattern.GroupNames.IndexOf(name) + 1 : reference.Number;
                output.Append(CultureInfo.InvariantCulture, $@"(?:\{number + (options.GroupsBefore ?? 0)})");
                break;
            case RegexBackreference:
                Refuse(node, $"{engine.Name} has no references to groups");
                break;
            case RegexVerb { Name: "UTF" or "UTF8" or "UCP" } or RegexSpecialEscape { Letter: 'K' }:
                break;
            case RegexSpecialEscape { Letter: 'R' }:
                // PCRE never takes the \r of \r\n alone.
                output.Append(engine.Keeps ? @"(?>\r\n|" : @"(?:\r\n|").Append(Shorthand(new RegexShorthand(node.Offset, node.Length, 'v', RegexFlags.None))).Append(')');
                break;
            default:
                Refuse(node, node switch
                {
                    RegexConditional => $"{engine.Name} has no conditions",
                    RegexSubroutine => $"{engine.Name} has no recursion",
                    RegexVerb verb => $"{engine.Name} has no control verbs such as (*{verb.Name})",
                    RegexSpecialEscape escape => $@"{engine.Name} has no \{escape.Letter}",
                    _ => $"{engine.Name} has nothing for this part",
                });
                break;
        }
    }

    private string Anchor(RegexAnchor anchor)
    {
        bool lines = anchor.Flags.HasFlag(RegexFlags.Multiline);
        if (engine == RegexEngine.LogScale && anchor.Letter is '^' or '$')
        {
            return LogScaleAnchor(anchor, lines);
        }

        if (lines && options.MoreLineEnds && anchor.Letter is '^' or '$')
        {
            notes.Add(new RegexNote(anchor.Offset, anchor.Length, RegexEffect.MoreAcrossLines, "a line of the engine's ends at other characters than a line feed, too"));
        }

        bool postgres = engine == RegexEngine.Postgres;
        switch (anchor.Letter)
        {
            case '^':
                // To Java no line begins in an empty text.
                return !lines ? "^" : postgres ? @"(?:^|(?<=\n))" : engine == RegexEngine.Java && RegexProperties.IsNullable(pattern.Root) ? "(?:^|(?m:^))" : "(?m:^)";
            case '$' when lines:
                return postgres ? @"(?=\n|\Z)" : "(?m:$)";
            case '$' or 'Z':
                return engine == RegexEngine.Java ? "$" : postgres ? @"(?=\n?\Z)" : @"\n?\z";
            case 'A':
                return @"\A";
            case 'z':
                return postgres ? @"\Z" : @"\z";
            case 'b':
                return postgres ? @"\y" : @"\b";
            case 'B':
                return postgres ? @"\Y" : @"\B";
            default:
                Refuse(anchor, $@"{engine.Name} has no \{anchor.Letter}");
                return "";
        }
    }

    private static bool HasReference(RegexNode node) => node is RegexBackreference || RegexProperties.Children(node).Any(HasReference);

    private static bool HasOtherLetters(RegexNode node) =>
        node is RegexLiteral { CodePoint: > 0x7F } or RegexRange { Last.CodePoint: > 0x7F } || RegexProperties.Children(node).Any(HasOtherLetters);

    private static bool HasLineParts(RegexNode node) =>
        node is RegexAnyCharacter or RegexAnchor { Letter: '^' or '$' or 'Z' } || RegexProperties.Children(node).Any(HasLineParts);

    private void Refuse(RegexNode node, string message) => notes.Add(new RegexNote(node.Offset, node.Length, RegexEffect.Refused, message));
}
