using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>What a query string reads as an operator where it stands bare, as values, by Lucene's own parser.</summary>
public sealed class BareWordsTests
{
    private static readonly string[] Words =
    [
        "NOT", "AND", "OR", "TO", "not", "&&", "||", "!", "+a", "-a", "+", "-", "/a/", "/", ">5", ">=5", "<5", "<=a", "[a TO b]", "{a TO b}", "a~", "a~2", "a^2", "^",
        "_exists_", "_exists_:a", "a:b", "(a)", "\"a\"", "a NOT b", "a OR", "NOT a", "a\\b", "a&b", "a|b", "a && b", "a||b", "=a", "a;b", "a,b", "#a", "%a%",
    ];

    public static TheoryData<string> Targets => ["es-qs", "graylog", "xpack-watcher"];

    [NeedsTheory(Needs.Bash)]
    [MemberData(nameof(Targets))]
    public void A_plain_value_beside_wildcards_is_a_value(string name)
    {
        foreach (string word in Words)
        {
            // The whole value lies in the field that wildcards are looked for in.
            Finding.In(name, $"fA: [{Quoted(word)}, 'zz*', 'q?']", word, "zzz", "q1", "other").Should().Be("0 1 2", word);
        }
    }

    [NeedsTheory(Needs.Bash)]
    [MemberData(nameof(Targets))]
    public void A_word_beside_a_wildcard_is_part_of_the_value(string name)
    {
        foreach (string word in Words)
        {
            Finding.In(name, $"'fA|startswith': {Quoted(word)}", word + "x", "other", "x" + word).Should().Be("0", word);
            Finding.In(name, $"'fA|endswith': [{Quoted(word)}, zz]", "x" + word, "other", word + "x").Should().Be("0", word);
            Finding.In(name, $"'fA|contains': {Quoted(word)}", "x" + word + "x", "other").Should().Be("0", word);
            Finding.In(name, $"'fA|cased': {Quoted(word)}", word, "other").Should().Be("0", word);
        }
    }

    [Theory]
    [InlineData("es-qs", "fA.keyword:(\"NOT\" OR x*)")]
    [InlineData("graylog", "fA:(\"NOT\" x*)")]
    public void It_stands_in_quotes(string name, string query) =>
        OwnTarget.Query(Finding.Target(name).Target(), Finding.Rule("fA: ['NOT', 'x*']")).Should().Be(query);

    private static string Quoted(string text) => "'" + text.Replace("'", "''") + "'";
}
