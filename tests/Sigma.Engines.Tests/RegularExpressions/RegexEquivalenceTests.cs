using System.Globalization;
using System.Text.RegularExpressions;
using Lucene.Net.Util.Automaton;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.Engines.Searches;
using Sigma.RegularExpressions;
using Xunit.Abstractions;

namespace Sigma.Engines.Tests.RegularExpressions;

/// <summary>What we write selects what the pattern selects, by the engines themselves.</summary>
public class RegexEquivalenceTests(ITestOutputHelper output)
{
    private const int Patterns = 3_000;
    private const int ValuesEach = 40;

    [Fact]
    public void DotNet_selects_the_same()
    {
        for (var seed = 0; seed < Patterns; seed++)
        {
            var generator = new PatternGenerator(seed);
            var text = generator.Pattern();
            var written = RegexWriter.Write(Read(text), RegexDialect.DotNet).Text;
            written.Should().NotBeNull($"seed {seed}: {text}");
            AssertSame(generator, Matcher(text), Matcher(written!), $"seed {seed}: {text} became {written}");
        }
    }

    [Fact]
    public void DotNet_reads_what_only_PCRE_and_Python_write()
    {
        // Each pair says the same, the first in PCRE's or Python's words, the second in .NET's own.
        (string Pcre, string DotNet)[] pairs =
        [
            ("a*+b", "(?>a*)b"), (@"(?P<x>a)(?P=x)", @"(a)\1"), (@"\Qa.\Eb", @"a\.b"), ("[[:alpha:]]{,2}1", "[A-Za-z]{0,2}1"),
            (@"(?<x>a)(b)\1\2", "abab"), (@"\x{41}\101", "AA"), (@"a\Kb", "ab"), ("(?|a|b)1", "(?:a|b)1"),
            (@"\R", @"\n"), (@"[[:^alpha:]]", "[^A-Za-z]"), (@"[\h]\h", "[ \t][ \t]"),
        ];
        foreach (var (pcre, dotNet) in pairs)
        {
            var written = RegexWriter.Write(Read(pcre), RegexDialect.DotNet).Text!;
            AssertSame(new PatternGenerator(1), Matcher(dotNet), Matcher(written), $"{pcre} became {written}", values: 2_000);
        }
    }

    [Fact]
    public void Lucene_selects_the_same_or_says_that_it_selects_more()
    {
        var outcomes = new Dictionary<string, int>();
        for (var seed = 0; seed < Patterns; seed++)
        {
            var generator = new PatternGenerator(seed);
            var text = generator.Pattern();
            var flags = (RegexFlags)(seed % 8);
            var translation = RegexWriter.Write(Read(text, flags), RegexDialect.Lucene);
            var outcome = translation.Text is null ? "refused" : translation.Notes.IsEmpty ? "exact" : $"{translation.Notes.Max(n => n.Effect)}";
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            if (translation.Text is null)
            {
                AssertJustlyRefused(generator, text, flags, translation);
                continue;
            }

            var automaton = new CharacterRunAutomaton(new RegExp(translation.Text).ToAutomaton());
            var options = (RegexOptions)(int)(flags & RegexFlags.IgnoreCase)
                | (flags.HasFlag(RegexFlags.Multiline) ? RegexOptions.Multiline : RegexOptions.None)
                | (flags.HasFlag(RegexFlags.DotAll) ? RegexOptions.Singleline : RegexOptions.None);
            var original = Matcher(text, options);
            for (var i = 0; i < ValuesEach; i++)
            {
                var value = generator.Value();
                if (Decide(original, value) is not { } expected)
                {
                    break;
                }

                var actual = automaton.Run(value);
                var mayDiffer = outcome == "More" || (outcome == "MoreAcrossLines" && value.Contains('\n'));
                (actual == expected || (actual && mayDiffer)).Should()
                    .BeTrue($"seed {seed}: {text} ({flags}) became {translation.Text}, value '{value}': {expected} became {actual}");

                // The same with a line break at the end.
                if (Decide(original, value + "\n") is not { } expectedBefore)
                {
                    break;
                }

                var actualBefore = automaton.Run(value + "\n");
                (actualBefore == expectedBefore || (actualBefore ? !translation.Notes.IsEmpty : translation.Notes.Any(note => note.Effect is RegexEffect.FewerBeforeLastBreak))).Should()
                    .BeTrue($"seed {seed}: {text} ({flags}) became {translation.Text}, value '{value}\\n': {expectedBefore} became {actualBefore}");
            }
        }

        output.WriteLine(string.Join(", ", outcomes.Select(pair => $"{pair.Key}: {pair.Value}")));
    }

    [Fact]
    public void Grep_selects_the_same()
    {
        if (!GrepEngine.Present)
        {
            output.WriteLine("skipped: no grep with -P");
            return;
        }

        var cases = Enumerable.Range(0, 400).Select(seed =>
        {
            var generator = new PatternGenerator(seed);
            var text = generator.Pattern();
            var flags = (RegexFlags)(seed % 8);
            var pattern = RegexWriter.Write(Read(text, flags), RegexDialect.Pcre).Text!;
            IReadOnlyList<string> lines = [.. Enumerable.Range(0, ValuesEach).Select(_ => generator.Value()).Where(line => !line.Contains('\n'))];
            return (Seed: seed, Text: text, Flags: flags, Pattern: pattern, Lines: lines);
        }).ToList();
        foreach (var ((seed, text, flags, pattern, lines), (code, matched, message)) in cases.Zip(Grep([.. cases.Select(one => (one.Pattern, one.Lines))])))
        {
            var original = new Regex(text, (RegexOptions)(int)(flags & RegexFlags.IgnoreCase) | RegexOptions.CultureInvariant);
            var expected = lines.Select((line, index) => (line, number: index + 1)).Where(l => original.IsMatch(l.line)).Select(l => l.number);
            code.Should().BeLessThan(2, $"seed {seed}: {pattern}: {message}");
            matched.Should().Equal(expected, $"seed {seed}: {text} became {pattern}");
        }
    }

    [Fact]
    public void The_parser_accepts_what_grep_compiles_and_refuses_what_it_refuses()
    {
        if (!GrepEngine.Present)
        {
            output.WriteLine("skipped: no grep with -P");
            return;
        }

        string[] pieces =
        [
            "a", "(", ")", "[", "]", "^", "$", "*", "+", "?", "{2}", "{3,1}", "{", "}", "|", "\\", "-", ":", "(?:", "(?i)", "(?<n>", "(?P<m>", "(?>", "(?=",
            "(?<!", "\\d", "\\w", "\\b", "\\y", "\\1", "\\k<n>", "\\x{41}", "\\x", "\\012", "\\Q", "\\E", "[:alpha:]", "[[:digit:]", "\\N", "\\R", "\\K", "\\h",
            "\\g{1}", "(?|", "(?#", "\\p{L}", "(?x)", "#", " ", "z-a", "a-z", "[^", "\\c", "\\A", "\\z", "(?1)", "(?(1)", ",", "3", "\\_", "(?-i:", "(?^", "\\e", "\\o{101}",
        ];
        var (accepted, refused) = (0, 0);
        string[] texts =
        [
            .. Enumerable.Range(0, 1_500).Select(seed => new Random(seed)).Select(random => string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)]))),
        ];
        var rewritten = new List<(string Text, string Written)>();
        foreach (var (seed, (text, (code, _, message))) in texts.Zip(OnADash(texts)).Index())
        {
            var parses = RegexPattern.TryParse(text, RegexFlags.None, out var pattern, out var error);
            var isLookbehind = message.Contains("lookbehind assertion", StringComparison.Ordinal);
            if (isLookbehind)
            {
                continue;
            }

            // grep stops with 2 when a recursion runs away, too; that is no mistake of the pattern's.
            parses.Should().Be(code < 2 || message.Contains("limit", StringComparison.Ordinal), $"seed {seed}: {text}: {error} grep: {message}");
            (accepted, refused) = parses ? (accepted + 1, refused) : (accepted, refused + 1);
            if (pattern is not null)
            {
                var written = RegexWriter.Write(pattern, RegexDialect.Pcre).Text!;
                if (pattern.Trivia.IsEmpty && !text.Contains("\\c", StringComparison.Ordinal))
                {
                    written.Should().Be(text);
                }
                else
                {
                    rewritten.Add((text, written));
                }

                if (RegexWriter.Write(pattern, RegexDialect.DotNet).Text is { } dotNet)
                {
                    var compile = () => new Regex(dotNet);
                    compile.Should().NotThrow($"seed {seed}: {text} became {dotNet}");
                }
            }
        }

        foreach (var ((text, written), (code, _, complaint)) in rewritten.Zip(OnADash(rewritten.Select(one => one.Written))))
        {
            (code < 2 || complaint.Contains("limit", StringComparison.Ordinal)).Should().BeTrue($"{text} became {written}: {complaint}");
        }

        rewritten.Should().NotBeEmpty();
        output.WriteLine($"{accepted} accepted, {refused} refused");
    }

    /// <summary>
    /// Comments, quotes, callouts and control escapes are written in other words, which must find the same texts, and must hold no
    /// quote and no lone backslash that a language around the pattern could take for its own.
    /// </summary>
    [Fact]
    public void What_matches_nothing_is_taken_out_without_a_difference()
    {
        if (!PerlExpression.Present)
        {
            output.WriteLine("skipped: no libpcre2");
            return;
        }

        string[] pieces =
        [
            "a", "b", "1", "2", "4", "B", "a", "(b)", "[", "]", "[^", "-", "^", ".", "*", "+", "?", "{", "}", ",", "|", @"\x4", @"\x", @"\1", @"\0", @"\c\", @"\c""", @"\ca",
            @"\Q", @"\E", @"\Q", @"\E", @"\", "\"", "#", " ", "\n", "(?x)", "(?-x)", "(?#c)", "(?#\")", @"(?#\)", "(?C1)", "(?i)", "[:", ":]", @"\\", @"\_", @"\N", "é", "(", ")",
        ];
        string[] characters =
        [
            "a", "b", "1", "2", "4", "B", "A", "\u0004", "\u001c", "\u0001", "b", @"\", "\"", "#", " ", "\n", "-", "^", "]", "[", ".", "é", "{", "}", ",", ":", "\0", "Q", "E", "?", "*",
        ];
        var compared = 0;
        for (var seed = 0; compared < 1_500; seed++)
        {
            var random = new Random(seed);
            var text = string.Concat(Enumerable.Range(0, random.Next(2, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (!RegexPattern.TryParse(text, RegexFlags.None, out var pattern, out _) || pattern!.Trivia.IsEmpty)
            {
                continue;
            }

            var written = RegexWriter.Write(pattern, RegexDialect.Pcre).Text!;
            (written.Length - written.TrimEnd('\\').Length).Should().Match(count => count % 2 == 0, $"seed {seed}: {text} became {written}");
            var dotNet = RegexWriter.Write(pattern, RegexDialect.DotNet).Text;
            var compile = () => dotNet is null ? null : Matcher(dotNet);
            var translated = compile.Should().NotThrow($"seed {seed}: {text} became {dotNet}").Subject;
            if (Perl(text) is not { } expected)
            {
                continue;
            }

            var actual = new PerlExpression(written);
            for (var i = 0; i < ValuesEach; i++)
            {
                var value = string.Concat(Enumerable.Range(0, random.Next(0, 6)).Select(_ => characters[random.Next(characters.Length)]));
                var matches = expected.IsMatch(value);
                actual.IsMatch(value).Should().Be(matches, $"seed {seed}: {text} became {written}, value '{value}'");
                translated?.IsMatch(value).Should().Be(matches, $"seed {seed}: {text} became {dotNet} for .NET, value '{value}'");
            }

            compared++;
        }
    }

    // The parser accepts a few patterns that PCRE2 refuses, such as "[:é:]".
    private static PerlExpression? Perl(string pattern)
    {
        try
        {
            return new PerlExpression(pattern);
        }
        catch (SearchError)
        {
            return null;
        }
    }

    // A pattern that "can never match" must not match any of the values.
    private static void AssertJustlyRefused(PatternGenerator generator, string text, RegexFlags flags, RegexTranslation translation)
    {
        if (translation.Notes.Any(note => note.Message.StartsWith("this pattern can never", StringComparison.Ordinal)))
        {
            var letters = $"{(flags.HasFlag(RegexFlags.IgnoreCase) ? "i" : "")}{(flags.HasFlag(RegexFlags.Multiline) ? "m" : "")}{(flags.HasFlag(RegexFlags.DotAll) ? "s" : "")}";
            var original = new Regex($"(?{letters}:{text})");
            Enumerable.Range(0, ValuesEach).Select(_ => generator.Value()).Should().NotContain(v => original.IsMatch(v), $"{text} is said to never match");
        }
    }

    private static void AssertSame(PatternGenerator generator, Regex expected, Regex actual, string because, int values = ValuesEach)
    {
        for (var i = 0; i < values; i++)
        {
            var value = generator.Value();
            if (Decide(expected, value) is not { } matches)
            {
                break;
            }

            actual.IsMatch(value).Should().Be(matches, $"{because}, value '{value}'");
        }
    }

    private static Regex Matcher(string pattern, RegexOptions options = RegexOptions.None) =>
        new(pattern, options | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // A few generated patterns backtrack without end, or break the interpreter; .NET gives up on those, and so do we.
    private static bool? Decide(Regex regex, string value)
    {
        try
        {
            return regex.IsMatch(value);
        }
        catch (Exception endless) when (endless is RegexMatchTimeoutException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static IReadOnlyList<(int Code, IReadOnlyList<int> Lines, string Message)> OnADash(IEnumerable<string> patterns) => Grep([.. patterns.Select(pattern => (pattern, (IReadOnlyList<string>)["-"]))]);

    /// <summary>The numbers of the lines that each pattern selects of its own ones, all in one shell.</summary>
    private static IReadOnlyList<(int Code, IReadOnlyList<int> Lines, string Message)> Grep(IEnumerable<(string Pattern, IReadOnlyList<string> Lines)> runs) =>
    [
        .. GrepEngine.RunEach([.. runs.Select(run => ($"grep -nP -- '{run.Pattern.Replace("'", "'\\''")}'", run.Lines))]).Select(result =>
            (result.ExitCode, (IReadOnlyList<int>)[.. result.MatchingLines.Select(line => int.Parse(line[..line.IndexOf(':')], CultureInfo.InvariantCulture))], result.Error)),
    ];

    private static RegexPattern Read(string text, RegexFlags flags = RegexFlags.None)
    {
        RegexPattern.TryParse(text, flags, out var pattern, out var error).Should().BeTrue($"{text}: {error}");
        return pattern!;
    }
}
