using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Lucene.Net.Util.Automaton;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Elastic;

/// <summary>What ES|QL and EQL share: expressions of Lucene, which fit a whole value, and addresses.</summary>
internal static class ElasticPatterns
{
    /// <summary>The most characters of an expression, by the setting index.max_regex_length.</summary>
    private const int Longest = 1000;

    private static readonly ConcurrentDictionary<string, Func<string, bool>> Known = new(StringComparer.Ordinal);

    /// <summary>Whether a whole text fits an expression ("Regular expression syntax"); a character is a code point.</summary>
    public static Func<string, bool> Expression(string pattern) => Known.Count > 20_000 ? Made(pattern) : Known.GetOrAdd(pattern, Made);

    /// <summary>A text as an address as Elasticsearch reads one: four numbers without zeros in front of them, or IPv6 without a zone.</summary>
    public static IPAddress? Address(string text)
    {
        var isV4 = text.Split('.') is { Length: 4 } parts
            && parts.All(part => part.Length is > 0 and < 4 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0') && int.Parse(part) < 256);
        return (isV4 || (text.Contains(':') && text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.'))) && IPAddress.TryParse(text, out var address)
            && (isV4 == (address.AddressFamily is AddressFamily.InterNetwork)) ? address : null;
    }

    public static IPNetwork Network(string text) => IPNetwork.TryParse(text, out var network) ? network : throw new SearchError($"'{text}' is no network");

    private static Func<string, bool> Made(string pattern)
    {
        if (pattern.Length > Longest)
        {
            throw new SearchError($"an expression of {pattern.Length} characters");
        }

        try
        {
            var automaton = new CharacterRunAutomaton(new RegExp(LuceneShorthands.Expand(pattern)).ToAutomaton());
            return automaton.Run;
        }
        catch (ArgumentException refusal)
        {
            throw new SearchError($"'{pattern}' is no expression: {refusal.Message}");
        }
    }
}
