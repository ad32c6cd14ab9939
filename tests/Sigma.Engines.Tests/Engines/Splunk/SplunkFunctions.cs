using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Splunk;

/// <summary>
/// Functions of expressions ("Evaluation functions", Search Reference), those that searches here use and their like.
/// Expressions are PCRE; .NET's read the same here but for what the emitter's own tests compare.
/// </summary>
internal static class SplunkFunctions
{
    /// <summary>A function with so many arguments; null where there is none.</summary>
    public static SplunkValue? Of(string name, IReadOnlyList<SplunkValue> of) => (name, of.Count) switch
    {
        ("if", 3) => row => SplunkExpression.True(of[0](row)) ? NoTruth(of[1](row)) : NoTruth(of[2](row)),
        ("null", 0) => _ => null,
        ("nullif", 2) => row => of[0](row) is { } value && of[1](row) is { } other && SearchRow.Text(value) == SearchRow.Text(other) ? null : NoTruth(of[0](row)),
        ("true", 0) => _ => true,
        ("false", 0) => _ => false,
        ("isnull", 1) => row => of[0](row) is null,
        ("isnotnull", 1) => row => of[0](row) is not null,
        ("lower", 1) => row => of[0](row) is { } value ? SearchRow.Text(value).ToLowerInvariant() : null,
        ("upper", 1) => row => of[0](row) is { } value ? SearchRow.Text(value).ToUpperInvariant() : null,
        ("len", 1) => row => of[0](row) is { } value ? (object)(double)Characters(SearchRow.Text(value)).Count : null,
        ("substr", 2) => row => Substring(of[0](row), SearchRow.Number(of[1](row)), double.MaxValue),
        ("substr", 3) => row => Substring(of[0](row), SearchRow.Number(of[1](row)), SearchRow.Number(of[2](row))),
        ("tonumber", 1) => row => SearchRow.Number(of[0](row)),
        ("tostring", 1) => row => of[0](row) is { } value ? SearchRow.Text(value) : null,
        ("coalesce", > 0) => row => of.Select(value => value(row)).FirstOrDefault(value => value is not null),
        _ => null,
    };

    /// <summary>"match(subject, regex)": the expression is found anywhere in the text.</summary>
    public static SplunkValue Match(SplunkValue subject, string pattern)
    {
        var expression = new PerlExpression(pattern);
        return row => subject(row) is { } value ? expression.IsMatch(SearchRow.Text(value)) : null;
    }

    /// <summary>"cidrmatch(cidr, ip)".</summary>
    public static SplunkValue InNetwork(SplunkValue subject, string network)
    {
        if (!IPNetwork.TryParse(network, out var addresses))
        {
            throw new SearchError($"'{network}' is no network");
        }

        return row => subject(row) is { } value ? IPAddress.TryParse(SearchRow.Text(value), out var address) && addresses.Contains(address) : null;
    }

    /// <summary>"like(text, pattern)": % stands for any characters, _ for one; case counts.</summary>
    public static SplunkValue Like(SplunkValue subject, SplunkValue pattern) => row =>
        subject(row) is { } text && pattern(row) is { } form
            ? Regex.IsMatch(
                SearchRow.Text(text),
                @"\A" + Regex.Escape(SearchRow.Text(form)).Replace("%", ".*").Replace("_", ".") + @"\z",
                RegexOptions.Singleline | RegexOptions.CultureInvariant)
            : null;

    /// <summary>"eval": a truth value cannot be put into a field.</summary>
    public static object? NoTruth(object? value) => value is bool ? throw new SearchError("a field cannot be true or false") : value;

    /// <summary>"substr(text, start, length)": the first character is 1, and -1 the last.</summary>
    private static string? Substring(object? value, double? start, double? length)
    {
        if (value is null || start is null || length is null)
        {
            return null;
        }

        var characters = Characters(SearchRow.Text(value));
        var skipped = (int)start switch
        {
            > 0 => (int)start - 1,
            0 => throw new SearchError("substr begins before the first character"),
            _ => Math.Max(characters.Count + (int)start, 0),
        };
        return string.Concat(characters.Skip(skipped).Take((int)Math.Min(length.Value, int.MaxValue)).Select(rune => rune.ToString()));
    }

    private static List<Rune> Characters(string text) => [.. text.EnumerateRunes()];
}
