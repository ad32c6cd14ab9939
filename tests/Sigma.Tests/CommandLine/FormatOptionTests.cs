namespace Sigma.Tests.CommandLine;

/// <summary>An option whose value a format cannot use is a mistake in the option: no rule is unsupported for it.</summary>
public sealed class FormatOptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder().With("a.yml", "title: T\nid: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13\nlogsource: {product: windows, category: process_creation}\ndetection: {s: {Image: b}, condition: s}\nlevel: high\n");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("logql", "grafana", "interval=7s", "the option 'interval' must be a multiple of 10s for a rule of Grafana, not '7s'")]
    [InlineData("kql", "sentinel_yaml", "interval=30d", "the option 'interval' must be between 5m and 14d for a rule of Sentinel, not '30d'")]
    [InlineData("kql", "sentinel_arm", "interval=1m", "the option 'interval' must be between 5m and 14d for a rule of Sentinel, not '1m'")]
    [InlineData("kql", "sentinel_yaml", "lookback=20d", "the option 'lookback' must be at most 14d for a rule of Sentinel, not '20d'")]
    public void It_is_said_of_the_option_and_fails(string target, string format, string option, string message)
    {
        string[] arguments = ["convert", "-t", target, "-f", format, "-O", option, "--skip-unsupported", "a.yml"];
        ProgramRun run = Sigmac.Run(folder, arguments);
        run.ExitCode.Should().Be(1);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain("a.yml: error SIG0706: " + message).And.NotContain("cannot express");
    }

    [Theory]
    [InlineData("logql", "grafana", "interval=10s")]
    [InlineData("logql", "ruler", "interval=7s")]
    [InlineData("kql", "sentinel_yaml", "interval=14d")]
    public void A_value_that_fits_is_used(string target, string format, string option) =>
        Sigmac.Run(folder, "convert", "-t", target, "-f", format, "-O", option, "a.yml").ExitCode.Should().Be(0);
}
