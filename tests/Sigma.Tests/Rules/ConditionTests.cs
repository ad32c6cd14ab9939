using System.Diagnostics;
using CsCheck;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Rules;

/// <summary>The grammar of conditions (Sigma specification 2.1, "Condition"; docs/compatibility.md, "Conditions").</summary>
public sealed class ConditionTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "x-1", "x-2", "_p", "_q", "notfoo", "android", "order", "allow", "offset", "themselves", "1st"];

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a and b and c", "((a and b) and c)")]
    [InlineData("a or b or c", "((a or b) or c)")]
    [InlineData("a or b and c", "(a or (b and c))")]
    [InlineData("a and b or c and d", "((a and b) or (c and d))")]
    [InlineData("not a and b", "((not a) and b)")]
    [InlineData("not a or b", "((not a) or b)")]
    [InlineData("not not a", "(not (not a))")]
    [InlineData("a and not (b or c)", "(a and (not [(b or c)]))")]
    [InlineData("((a))", "[[a]]")]
    [InlineData("not 1 of x-*", "(not 1 of x-*)")]
    [InlineData("1 of them", "1 of them")]
    [InlineData("any of them", "1 of them")]
    [InlineData("all of x*", "all of x*")]
    [InlineData("1 of a", "1 of a")]
    [InlineData("all of them and a", "(all of them and a)")]
    public void Operators_bind_or_loosest_then_and_then_not_and_to_the_left(string condition, string tree) => Tree(condition).Should().Be(tree);

    /// <summary>docs/compatibility.md, defects of the reference implementation, "condition": names are whole words, whatever they begin with.</summary>
    [Theory]
    [InlineData("notfoo")]
    [InlineData("android or order", "(android or order)")]
    [InlineData("allow and offset", "(allow and offset)")]
    [InlineData("themselves or 1st", "(themselves or 1st)")]
    [InlineData("not notfoo", "(not notfoo)")]
    public void Decision_0_2_names_that_begin_like_a_keyword_are_names(string condition, string? tree = null) => Tree(condition).Should().Be(tree ?? condition);

    /// <summary>docs/compatibility.md, defects of the reference implementation, "condition": a pattern takes every character that a name may have.</summary>
    [Fact]
    public void Decision_0_2_a_pattern_may_have_a_hyphen() =>
        Selected("1 of x-*", "x-1", "x-2", "y").Should().Equal("x-1", "x-2");

    /// <summary>docs/compatibility.md, defects of the reference implementation, "condition": the older tools took operators in capitals, so do we.</summary>
    [Theory]
    [InlineData("a AND NOT b OR c", "((a and (not b)) or c)")]
    [InlineData("1 OF x* And All Of THEM", "(1 of x* and all of them)")]
    public void Decision_0_2_operators_in_capitals_are_operators(string condition, string tree) => Tree(condition).Should().Be(tree);

    [Fact]
    public void A_name_counts_before_a_keyword_where_both_could_stand()
    {
        Tree("not", "not").Should().Be("not");
        Tree("not and a", "not", "a").Should().Be("(not and a)");
        Tree("not not", "not").Should().Be("(not not)");
        Tree("all and any", "all", "any").Should().Be("(all and any)");
        Tree("1 of them", "them", "x").Should().Be("1 of them");
        Tree("or or and", "or", "and").Should().Be("(or or and)");
    }

    [Theory]
    [InlineData("|\n  a\n  and\n\n  b")]
    [InlineData(">-\n  a\n  and b")]
    [InlineData("a\n  and\tb")]
    [InlineData("\"a\\n\\tand b\"")]
    public void A_condition_may_take_several_lines(string yaml)
    {
        ReadDocument document = Given.Condition(yaml, "a", "b");
        document.Diagnostics.Should().BeEmpty();
        Print(((SigmaRule)document.Document!).Conditions.Single().Search).Should().Be("(a and b)");
    }

    /// <summary>docs/compatibility.md, difference 7: the text of the specification allows it, its JSON schema does not.</summary>
    [Fact]
    public void Decision_0_1_7_a_list_of_conditions_makes_a_condition_each()
    {
        var rule = (SigmaRule)Given.Condition("[a, 'a and b']", "a", "b").Document!;
        rule.Conditions.Select(c => Print(c.Search)).Should().Equal("a", "(a and b)");
    }

    [Theory]
    [InlineData("*", "a", "ab", "b")]
    [InlineData("a*", "a", "ab")]
    [InlineData("*b", "ab", "b")]
    [InlineData("_*", "_a")]
    [InlineData("*a", "a")]
    [InlineData("a", "a")]
    [InlineData("A*")]
    public void A_pattern_takes_whole_names_and_leaves_names_with_an_underscore_to_those_who_ask(string pattern, params string[] selected) =>
        new[] { "a", "ab", "b", "_a" }.Where(name => ConditionParser.Selects(pattern, name)).Should().Equal(selected);

    [Theory]
    [InlineData("x?*", "x?", "x?y")]
    [InlineData(@"x\*", @"x\", @"x\y")]
    [InlineData("x*y*", "xy", "x?y", @"x\y")]
    [InlineData("x**", "x?", "xy", "x?y", @"x\", @"x\y")]
    public void Only_the_star_stands_for_others(string pattern, params string[] selected) =>
        new[] { "x?", "xy", "x?y", @"x\", @"x\y", "yx" }.Where(name => ConditionParser.Selects(pattern, name)).Should().Equal(selected);

    /// <summary>What a pattern takes does not depend on how many other detections there are; many are looked for in another way.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    public void A_selector_takes_the_same_names_of_few_and_of_many(int others)
    {
        string[] names = ["sel_b", "_sel", "sel_a", "filter", "sel", .. Enumerable.Range(0, others).Select(i => $"other{i}")];
        foreach (string? pattern in (string?[])["sel*", "sel_*", "*_b", "_*", "filter", "nothing*", null])
        {
            new DetectionNames(names, Limits.Default).Selected(pattern).Select(place => names[place])
                .Should().Equal(names.Where(name => ConditionParser.Selects(pattern, name)), pattern);
        }
    }

    [Fact]
    public void Them_leaves_names_with_an_underscore_out() => ConditionParser.Selects(null, "_a").Should().BeFalse();

    [Theory]
    [InlineData("", "SIG0301", "")]
    [InlineData("a and", "SIG0301", "")]
    [InlineData("not", "SIG0301", "")]
    [InlineData("a b", "SIG0302", "b")]
    [InlineData("and a", "SIG0302", "and")]
    [InlineData("a or or b", "SIG0302", "or")]
    [InlineData("a)", "SIG0302", ")")]
    [InlineData("()", "SIG0302", ")")]
    [InlineData("(a and (b)", "SIG0303", "(")]
    [InlineData("aa", "SIG0304", "aa")]
    [InlineData("1 of y*", "SIG0305", "y*")]
    [InlineData("1 of (a, b)", "SIG0302", "(")]
    [InlineData("1 of", "SIG0301", "")]
    [InlineData("2 of x*", "SIG0308", "2")]
    [InlineData("a | cnt() > 5", "SIG0306", "cnt")]
    [InlineData("a | count( > 5", "SIG0302", ">")]
    [InlineData("a | count() > five", "SIG0302", "five")]
    [InlineData("a | count()", "SIG0301", "")]
    [InlineData("a | sum() > 5", "SIG0309", "sum")]
    [InlineData("a |", "SIG0301", "")]
    [InlineData("a | count() > 5 b", "SIG0302", "b")]
    [InlineData("a = b", "SIG0302", "=")]
    public void A_mistake_is_marked_where_it_is(string condition, string code, string marked)
    {
        Diagnostic diagnostic = Given.Condition($"'{condition}'", "a", "b", "x-1", "x-2").Diagnostics.Should().ContainSingle().Subject;
        (diagnostic.Code.Id, Given.Text(diagnostic.Span)).Should().Be((code, marked));
    }

    /// <summary>docs/compatibility.md, defects of the reference implementation, "condition": anything but a text is reported, with its place.</summary>
    [Theory]
    [InlineData("{a: b}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("[[a]]")]
    public void Decision_0_2_a_condition_that_is_no_text_is_reported(string yaml) =>
        Given.Condition(yaml, "a").Diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be("SIG0203");

    [Fact]
    public void A_mistyped_name_comes_with_a_suggestion() =>
        Given.Condition("selction and filter", "selection", "filter").Diagnostics.Should().ContainSingle()
            .Which.Hint.Should().Be("did you mean 'selection'?");

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("(", ")")]
    [InlineData("not ", "")]
    [InlineData("a or ", "")]
    [InlineData("", " and a")]
    [InlineData("a and (", " or a)")]
    public void A_hundred_thousand_levels_are_refused_quickly(string before, string after)
    {
        var watch = Stopwatch.StartNew();
        string condition = string.Concat(Enumerable.Repeat(before, 100_000)) + "a" + string.Concat(Enumerable.Repeat(after, 100_000));
        Given.Condition(condition, "a").Diagnostics.Should().ContainSingle().Which.Code.Id.Should().Be("SIG0307");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(1), "a machine may be busy, and what is not linear takes far longer");
    }

    [Fact]
    public void What_is_printed_parses_to_the_same_condition() => Trees().Sample(
        printed =>
        {
            ReadDocument document = Given.Condition($"'{printed}'", Names);
            document.Diagnostics.Should().BeEmpty();
            Source(((SigmaRule)document.Document!).Conditions.Single().Search).Should().Be(printed);
        },
        iter: 500);

    /// <summary>Conditions with as few brackets as the grammar needs, and some more.</summary>
    private static Gen<string> Trees() => Gen.Recursive<string>((depth, inner) => depth > 4
        ? Gen.OneOf(Names)
        : Gen.OneOf(
            Gen.OneOf(Names),
            Gen.OneOf("1 of x-*", "all of them", "all of _*"),
            inner.Select(i => i.StartsWith("not ", StringComparison.Ordinal) || !i.Contains(' ') ? "not " + i : $"not ({i})"),
            Gen.Select(inner, inner).Select((l, r) => $"({l}) and ({r})"),
            Gen.Select(inner, inner).Select((l, r) => $"({l}) or ({r})"),
            Gen.Select(Gen.OneOf(Names), Gen.OneOf(Names), Gen.OneOf(Names)).Select((l, m, r) => $"{l} or {m} and {r}")));

    private static string Tree(string condition, params string[] names)
    {
        ReadDocument document = Given.Condition($"'{condition}'", names.Length == 0 ? Names : names);
        document.Diagnostics.Should().BeEmpty();
        return Print(((SigmaRule)document.Document!).Conditions.Single().Search);
    }

    private static IEnumerable<string> Selected(string condition, params string[] names)
    {
        var rule = (SigmaRule)Given.Condition($"'{condition}'", names).Document!;
        var selector = (SelectorCondition)rule.Conditions.Single().Search;
        return names.Where(name => ConditionParser.Selects(selector.Pattern, name));
    }

    /// <summary>Every operator with brackets of its own; the author's brackets as [ ].</summary>
    private static string Print(ConditionNode node) => node switch
    {
        AndCondition and => $"({Print(and.Left)} and {Print(and.Right)})",
        OrCondition or => $"({Print(or.Left)} or {Print(or.Right)})",
        NotCondition not => $"(not {Print(not.Operand)})",
        GroupCondition group => $"[{Print(group.Inner)}]",
        IdentifierCondition name => name.Name,
        SelectorCondition selector => $"{(selector.All ? "all" : "1")} of {selector.Pattern ?? "them"}",
        _ => throw new UnreachableException(),
    };

    /// <summary>As the author wrote it.</summary>
    private static string Source(ConditionNode node) => node switch
    {
        AndCondition and => $"{Source(and.Left)} and {Source(and.Right)}",
        OrCondition or => $"{Source(or.Left)} or {Source(or.Right)}",
        NotCondition not => $"not {Source(not.Operand)}",
        GroupCondition group => $"({Source(group.Inner)})",
        _ => Print(node),
    };
}
