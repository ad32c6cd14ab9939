using Sigma.Engines.Tests.Engines;
using Sigma.Tests;

namespace Sigma.Engines.Tests.SelfTests;

public sealed class GrepEngineTests
{
    [NeedsFact(Needs.Grep)]
    public void The_seeds_command_finds_the_seeds_events() =>
        GrepEngine.Search(SeedTexts.Grep, Seed.Events).Should().Equal(Seed.Expected);

    [NeedsTheory(Needs.Grep)]
    [InlineData(@"grep -P '\U'", 2)]
    [InlineData("grep -P '(?=a'", 2)]
    [InlineData("grep -P 'a", 2)]
    [InlineData("grip -P 'a'", 127)]
    public void A_command_that_cannot_run_is_refused(string command, int exit)
    {
        var result = GrepEngine.Run(command, ["a"]);

        result.ExitCode.Should().Be(exit);
        result.Verdict.Accepted.Should().BeFalse();
        result.Error.Should().NotBeEmpty();
    }

    [NeedsFact(Needs.Grep)]
    public void Nothing_found_is_no_refusal()
    {
        var result = GrepEngine.Run("grep -P 'x'", ["a", "b"]);

        result.Verdict.Accepted.Should().BeTrue();
        result.MatchingLines.Should().BeEmpty();
    }

    [NeedsFact(Needs.Grep)]
    public void Commands_of_a_batch_do_not_touch_one_another()
    {
        var results = GrepEngine.RunAll(["grep -P 'a", "exit 9", "grep -iP 'B'"], ["a", "b"]);

        results.Select(result => result.ExitCode).Should().Equal(2, 9, 0);
        results[2].MatchingLines.Should().Equal("b");
    }

    [NeedsFact(Needs.Grep)]
    public void Case_is_folded_beyond_ascii() =>
        GrepEngine.Run("grep -iP 'É'", ["é"]).MatchingLines.Should().Equal("é");
}
