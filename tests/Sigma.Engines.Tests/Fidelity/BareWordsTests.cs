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
        // The whole value lies in the field that wildcards are looked for in.
        Finding.InEach(name, [.. Words.Select(word => ($"fA: [{Quoted(word)}, 'zz*', 'q?']", Values(word, "zzz", "q1", "other")))])
            .Zip(Words).Should().AllSatisfy(found => found.First.Should().Be("0 1 2", found.Second));
    }

    [NeedsTheory(Needs.Bash)]
    [MemberData(nameof(Targets))]
    public void A_word_beside_a_wildcard_is_part_of_the_value(string name)
    {
        (string Item, string?[] Values)[] cases =
        [
            .. Words.SelectMany(word => new[]
            {
                ($"'fA|startswith': {Quoted(word)}", Values(word + "x", "other", "x" + word)),
                ($"'fA|endswith': [{Quoted(word)}, zz]", Values("x" + word, "other", word + "x")),
                ($"'fA|contains': {Quoted(word)}", Values("x" + word + "x", "other")),
                ($"'fA|cased': {Quoted(word)}", Values(word, "other")),
            }),
        ];
        Finding.InEach(name, cases).Zip(cases).Should().AllSatisfy(found => found.First.Should().Be("0", found.Second.Item));
    }

    [Theory]
    [InlineData("es-qs", "fA.keyword:(\"NOT\" OR x*)")]
    [InlineData("graylog", "fA:(\"NOT\" x*)")]
    public void It_stands_in_quotes(string name, string query) =>
        OwnTarget.Query(Finding.Target(name).Target(), Finding.Rule("fA: ['NOT', 'x*']")).Should().Be(query);

    private static string?[] Values(params string?[] values) => values;

    private static string Quoted(string text) => "'" + text.Replace("'", "''") + "'";
}
