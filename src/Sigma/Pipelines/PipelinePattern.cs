using System.Text;
using System.Text.RegularExpressions;
using Sigma.RegularExpressions;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// A regular expression that a pipeline itself applies, as opposed to one that goes into a query. Written in Python's
/// syntax, since that is what the public format's patterns are; run by .NET with a limit on time.
/// </summary>
internal sealed class PipelinePattern
{
    /// <summary>The longest text that a replacement may make, in characters: far above any query.</summary>
    private const int MostCharacters = 64 * 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Regex regex;
    private readonly RegexPattern pattern;

    private PipelinePattern(Regex regex, RegexPattern pattern)
    {
        this.regex = regex;
        this.pattern = pattern;
    }

    /// <summary>The names of its named groups, in order.</summary>
    public IEnumerable<string> GroupNames => pattern.GroupNames.OfType<string>();

    /// <summary>Compiles a pattern.</summary>
    /// <param name="scalar">The pattern as it stands in the pipeline.</param>
    /// <param name="atStart">Whether it must match from the start of a text on, as opposed to anywhere in it.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The pattern; null after a report.</returns>
    public static PipelinePattern? Compile(YamlScalar scalar, bool atStart, List<Diagnostic> diagnostics)
    {
        if (!RegexPattern.TryParse(scalar.Value, RegexFlags.None, out RegexPattern? pattern, out RegexError? error))
        {
            diagnostics.Add(Diagnostic.InvalidRegex(scalar.SpanOf(error.Offset, error.Length), error.Message));
            return null;
        }

        RegexTranslation translation = RegexWriter.Write(pattern, RegexDialect.DotNet, new RegexWriterOptions(GroupsBefore: atStart ? 0 : null));
        if (translation.Text is not { } text)
        {
            diagnostics.Add(Diagnostic.InvalidRegex(scalar.Span, translation.Notes[0].Message));
            return null;
        }

        try
        {
            return new PipelinePattern(new Regex(atStart ? @"\A(?:" + text + ")" : text, RegexOptions.CultureInvariant, Limit), pattern);
        }
        catch (ArgumentException exception)
        {
            diagnostics.Add(Diagnostic.InvalidRegex(scalar.Span, exception.Message));
            return null;
        }
    }

    /// <summary>Whether it matches.</summary>
    /// <exception cref="RegexMatchTimeoutException">It takes too long; the run reports it.</exception>
    public bool IsMatch(string text) => regex.IsMatch(text);

    /// <summary>The first match, as the texts of its named groups; null for no match.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Groups(string text)
    {
        Match match = regex.Match(text);
        return !match.Success
            ? null
            : [.. GroupNames.Where(name => match.Groups[name].Success).Select(name => new KeyValuePair<string, string>(name, match.Groups[name].Value))];
    }

    /// <summary>Replaces every match.</summary>
    /// <exception cref="TooLongException">The result is longer than a query may be; the run reports it.</exception>
    public string Replace(string text, Replacement replacement)
    {
        long room = MostCharacters;
        return regex.Replace(text, match => replacement.For(match, ref room));
    }

    /// <summary>A replacement that repeats its groups, or stands for each of many matches, multiplies a text.</summary>
    internal sealed class TooLongException : Exception;

    /// <summary>Reads a replacement in Python's syntax: <c>\1</c>, <c>\g&lt;name&gt;</c>, <c>\n</c>, <c>\\</c>.</summary>
    /// <param name="scalar">The replacement as it stands in the pipeline.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The replacement; null after a report.</returns>
    public Replacement? ReadReplacement(YamlScalar scalar, List<Diagnostic> diagnostics)
    {
        string text = scalar.Value;
        var parts = new List<(string Literal, string Group)>();
        var literal = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                literal.Append(text[i]);
                continue;
            }

            char next = text[++i];
            int start = i;
            string? reference = null;
            switch (next)
            {
                case '\\':
                    literal.Append('\\');
                    continue;
                case 'n':
                    literal.Append('\n');
                    continue;
                case 't':
                    literal.Append('\t');
                    continue;
                case 'r':
                    literal.Append('\r');
                    continue;
                case >= '0' and <= '9':
                    i += i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]) ? 1 : 0;
                    reference = text[start..(i + 1)];
                    break;
                case 'g' when i + 1 < text.Length && text[i + 1] == '<' && text.IndexOf('>', i) is > 0 and int end:
                    reference = text[(i + 2)..end];
                    i = end;
                    break;
                default:
                    literal.Append('\\').Append(next);
                    continue;
            }

            if (NameOf(reference) is not { } group)
            {
                diagnostics.Add(Diagnostic.PipelineValue(scalar.SpanOf(start - 1, i - start + 2), "replacement", "a string with groups of the pattern", $"the group '{reference}'"));
                return null;
            }

            parts.Add((literal.ToString(), group));
            literal.Clear();
        }

        return new Replacement(parts, literal.ToString());
    }

    /// <summary>What .NET calls a group: it counts the unnamed ones first, where Python counts all in their order.</summary>
    private string? NameOf(string reference)
    {
        if (!int.TryParse(reference, out int number))
        {
            return pattern.GroupNames.Contains(reference) ? reference : null;
        }

        return number == 0 ? "0"
            : number > pattern.GroupNames.Length ? null
            : pattern.GroupNames[number - 1] ?? pattern.GroupNames.Take(number).Count(name => name is null).ToString();
    }

    /// <summary>What takes the place of a match.</summary>
    internal sealed class Replacement(IReadOnlyList<(string Literal, string Group)> parts, string last)
    {
        /// <summary>Fills in the groups of a match; one that took no part is empty.</summary>
        public string For(Match match, ref long room)
        {
            var text = new StringBuilder();
            foreach ((string literal, string group) in parts)
            {
                text.Append(literal).Append(match.Groups[group].ValueSpan);
                if (text.Length > room)
                {
                    throw new TooLongException();
                }
            }

            text.Append(last);
            room -= text.Length;
            return room >= 0 ? text.ToString() : throw new TooLongException();
        }
    }
}
