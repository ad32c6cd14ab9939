using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.Deviations;

/// <summary>
/// Each test shows one class of deviation: what the program of 2020 wrote, what GNU grep makes of it, and a command that
/// means what the rule means.
/// </summary>
public sealed class GrepDeviationsTests
{
    private const string UserInit = @"Details=C:\Windows\system32\userinit.exe";

    [NeedsTheory(Needs.Grep)]
    [InlineData(@"grep -P '^.*\Userinit.*'", "PCRE2 does not support")]
    [InlineData(@"grep -P '^.*\Program Files.*'", "unknown property")]
    [InlineData(@"grep -P '^.*\MACHINE.*'", "unrecognized character follows")]
    public void D02_a_bare_backslash_before_a_letter_is_refused(string history, string words) =>
        GrepEngine.Accepts(history).Refusal.Should().Contain(words);

    [NeedsFact(Needs.Grep)]
    public void D02_a_bare_backslash_that_is_accepted_reads_as_a_class_and_finds_nothing()
    {
        // \s of \system32 is a blank, \s of \services a blank too: accepted, and never true of a path.
        Matches(@"grep -P '^(?:.*\system32.*)'", UserInit).Should().BeFalse();
        Matches(@"grep -iP '\\system32'", UserInit).Should().BeTrue();
    }

    [NeedsFact(Needs.Grep)]
    public void D02_the_escaped_value_is_found_and_nothing_like_it()
    {
        const string Right = @"grep -iP '\\userinit\.exe'";

        Matches(Right, UserInit).Should().BeTrue();
        Matches(Right, UserInit.Replace(".exe", "Xexe")).Should().BeFalse();
    }

    [NeedsFact(Needs.Grep)]
    public void D03_a_negation_of_2020_matches_the_line_it_must_not()
    {
        const string HasA = "x a y";
        const string HasBoth = "x a b y";
        const string History = "grep -P '^(?:.*(?=.*a)(?=.*(?!.*b)))'";
        const string Right = "grep -P '^(?=.*a)(?!.*b)'";

        Matches(History, HasA).Should().BeTrue();
        Matches(History, HasBoth).Should().BeTrue("its inner .* slides to the line's end, where no b follows");
        Matches(Right, HasA).Should().BeTrue();
        Matches(Right, HasBoth).Should().BeFalse();
    }

    [NeedsFact(Needs.Grep)]
    public void D03_a_leading_dot_star_lets_a_right_lookahead_slide_past_what_it_must_see()
    {
        Matches("grep -P '^(?:.*(?!.*b)(?=.*c))'", "a b c").Should().BeTrue("the .* has moved behind b and before c");
        Matches("grep -P '^(?!.*b)(?=.*c)'", "a b c").Should().BeFalse();
    }

    [NeedsFact(Needs.Grep)]
    public void D04_a_rule_of_one_value_is_anchored_to_the_lines_start()
    {
        Matches("grep -P '^106'", "EventID=106").Should().BeFalse();
        Matches("grep -P '106'", "EventID=106").Should().BeTrue();
    }

    [NeedsFact(Needs.Grep)]
    public void D05_case_is_told_apart_without_i()
    {
        Matches("grep -P '^(?:.*mimikatz)'", "CommandLine=Mimikatz").Should().BeFalse();
        Matches("grep -iP 'mimikatz'", "CommandLine=Mimikatz").Should().BeTrue();
    }

    [NeedsFact(Needs.Grep)]
    public void D10_a_regular_expression_that_2020_refused_is_pcre_as_it_stands()
    {
        const string Right = @"grep -P '\$PSHome\[\s*\d{1,3}\s*\]'";

        Matches(Right, "CommandLine=$PSHome[ 21 ]").Should().BeTrue();
        Matches(Right, "CommandLine=$PSHome[x]").Should().BeFalse();
    }

    [NeedsFact(Needs.Grep)]
    public void D17_without_its_count_a_single_line_is_a_finding()
    {
        // The rule: more than five of these commands by host.
        Matches("grep -P '^(?:.*(?:.*whoami|.*nbtstat))'", "host=a CommandLine=whoami").Should().BeTrue();
    }

    [NeedsFact(Needs.Grep)]
    public void D25_a_chain_of_dot_stars_meets_the_backtracking_limit()
    {
        // Each lookahead behind the leading .* is tried from every place in the line, and each .* in it again.
        var history = "grep -P '^(?:.*" + string.Concat(Enumerable.Repeat("(?=.*.*.*a.*.*b)", 3)) + ")'";

        GrepEngine.Run(history, [new string('a', 600)]).Error.Should().Contain("backtracking limit");
        GrepEngine.Run("grep -P '^(?=.*a.*b)'", [new string('a', 600)]).Verdict.Should().Be(Verdict.Accept);
    }

    [NeedsFact(Needs.Grep)]
    public void D25_so_does_a_wildcard_beside_another_test_on_a_line_of_a_thousand_characters()
    {
        var line = string.Concat(Enumerable.Repeat("400", 333));

        GrepEngine.Run(@"grep -P '^(?:.*(?=.*400)(?=.*(?:.*2\..*|.*4\..*))(?=.*3\..*))'", [line]).Error.Should().Contain("backtracking limit");
        GrepEngine.Run(@"grep -P '^(?=.*400)(?=.*(?:2\.|4\.))(?=.*3\.)'", [line]).Verdict.Should().Be(Verdict.Accept);
    }

    [NeedsFact(Needs.Grep)]
    public void D25_so_does_a_list_of_words_beside_another_on_a_line_of_five_hundred_characters()
    {
        var line = string.Join(' ', Enumerable.Range(100, 36).Select(n => $"name{n}=some{n}"));
        line.Length.Should().BeInRange(500, 600);

        GrepEngine.Run("grep -iP '^(?:.*(?=.*(?:.*StopLogging|.*UpdateTrail|.*DeleteTrail))(?=.*name))'", [line]).Error.Should().Contain("backtracking limit");
        GrepEngine.Run("grep -iP '^(?=.*(?:StopLogging|UpdateTrail|DeleteTrail))(?=.*name)'", [line]).Verdict.Should().Be(Verdict.Accept);
    }

    private static bool Matches(string command, string line)
    {
        var result = GrepEngine.Run(command, [line]);
        result.Verdict.Should().Be(Verdict.Accept);
        return result.MatchingLines.Count == 1;
    }
}
