using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Kusto;

/// <summary>Values and what operators make of them: the pages "Null values", "String operators" and those of the operators.</summary>
internal static class KustoLogic
{
    private static readonly ConcurrentDictionary<string, PerlExpression> Expressions = new(StringComparer.Ordinal);

    /// <summary>What the vendor's engine, Rust's, does not have, or reads in another way than PCRE does.</summary>
    private static readonly Regex Foreign = new(@"(?<!\\)(?:\\\\)*(?:\(\?(?:[=!>|#]|<[=!])|\\[1-9GKZQEhHRX]|[*+?}]\+)");

    private static readonly Regex Groups = new(@"(?<!\\)(?:\\\\)*\((?:[^?]|\?P?<[A-Za-z])");

    public static bool? Truth(object? value) => value is null or bool ? (bool?)value : throw new SearchError($"{Named(value)} is no truth");

    public static string Text(object? value) => value as string ?? throw new SearchError($"{Named(value)} is no text");

    public static bool? And(bool? left, Func<bool?> right) => left is false ? false : (left, right()) switch
    {
        (_, false) => false,
        (true, true) => true,
        _ => null,
    };

    public static bool? Or(bool? left, Func<bool?> right) => left is true ? true : (left, right()) switch
    {
        (_, true) => true,
        (false, false) => false,
        _ => null,
    };

    /// <summary>Equality with one null is false, with two it is null; an order with a null is null. Texts are never null.</summary>
    public static bool? Compare(string sign, object? left, object? right)
    {
        if (sign is "=~")
        {
            return Folded(Text(left)) == Folded(Text(right));
        }

        if (left is null || right is null)
        {
            return sign is "==" or "!=" && left is null != right is null ? sign == "!=" : null;
        }

        int order = (left, right) switch
        {
            (string a, string b) when sign is "==" or "!=" => string.CompareOrdinal(a, b),
            (long or double, long or double) => Convert.ToDouble(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(right, CultureInfo.InvariantCulture)),
            (DateTime a, DateTime b) => a.CompareTo(b),
            (TimeSpan a, TimeSpan b) => a.CompareTo(b),
            (bool a, bool b) when sign is "==" or "!=" => a == b ? 0 : 1,
            _ => throw new SearchError($"'{sign}' between {Named(left)} and {Named(right)}"),
        };
        return sign switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>The tests of texts; those that disregard case do so for ASCII only.</summary>
    public static Func<string, string, bool>? OnTexts(KustoToken sign) => sign.Text switch
    {
        "=~" when sign.Kind == KustoTokenKind.Sign => static (text, wanted) => Folded(text) == Folded(wanted),
        _ when sign.Kind != KustoTokenKind.Name => null,
        "contains" => static (text, wanted) => Folded(text).Contains(Folded(wanted), StringComparison.Ordinal),
        "contains_cs" => static (text, wanted) => text.Contains(wanted, StringComparison.Ordinal),
        "startswith" => static (text, wanted) => Folded(text).StartsWith(Folded(wanted), StringComparison.Ordinal),
        "startswith_cs" => static (text, wanted) => text.StartsWith(wanted, StringComparison.Ordinal),
        "endswith" => static (text, wanted) => Folded(text).EndsWith(Folded(wanted), StringComparison.Ordinal),
        "endswith_cs" => static (text, wanted) => text.EndsWith(wanted, StringComparison.Ordinal),
        "matches" => Matches,
        _ => null,
    };

    public static bool Matches(string text, string pattern) => Expressions.GetOrAdd(pattern, static one =>
    {
        if (Foreign.IsMatch(one))
        {
            throw new SearchError($"'{one}' is no expression of Kusto's");
        }

        if (Groups.Count(one) > 16)
        {
            throw new SearchError($"'{one}' has more than 16 groups");
        }

        return new PerlExpression(one);
    }).IsMatch(text);

    public static object? Sum(string sign, object? left, object? right) => (left, right) switch
    {
        (null, _) or (_, null) => null,
        (DateTime a, DateTime b) when sign == "-" => a - b,
        (DateTime a, TimeSpan b) => sign == "-" ? a - b : a + b,
        (TimeSpan a, TimeSpan b) => sign == "-" ? a - b : a + b,
        (long a, long b) => sign == "-" ? a - b : a + b,
        _ => throw new SearchError($"'{sign}' between {Named(left)} and {Named(right)}"),
    };

    public static object? Member(object? value, string name) => value switch
    {
        null => null,
        JsonObject map => map[name],
        JsonNode => null,
        _ => throw new SearchError($"a member of {Named(value)}"),
    };

    public static string Folded(string text) => string.Create(text.Length, text, static (folded, original) =>
    {
        for (var i = 0; i < original.Length; i++)
        {
            folded[i] = char.IsAsciiLetterUpper(original[i]) ? (char)(original[i] | 0x20) : original[i];
        }
    });

    private static string Named(object? value) => value is null ? "null" : $"a {value.GetType().Name}";
}
