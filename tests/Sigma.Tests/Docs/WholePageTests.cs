using System.Text.RegularExpressions;
using Sigma.Tests.CommandLine;
using Sigma.Tests.Golden;

namespace Sigma.Tests.Docs;

/// <summary>Pages that show a whole way in one folder: from start to end, their files are written and their commands run.</summary>
[Trait(GoldenFiles.Trait, "yes")]
public sealed partial class WholePageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/tutorial.md")]
    public void The_commands_give_the_outputs_shown(string page)
    {
        // Files are named in the sentence before them, commands are what stands after a $.
        GoldenFiles.InRepository.CheckExamples(page, Block(), block =>
        {
            if (block.Groups["file"].Success)
            {
                folder.With(block.Groups["file"].Value, block.Groups["text"].Value);
                return "";
            }

            ProgramRun run = Sigmac.Run(folder, block.Groups["command"].Value.Split(' '));
            run.ExitCode.Should().Be(block.Groups["command"].Value.Contains("draft.yml", StringComparison.Ordinal) ? 1 : 0, run.Error);
            return Ended(run.Output) + Ended(run.Error);
        });
    }

    private static string Ended(string text) => text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";

    [GeneratedRegex(@"`(?<file>[\w./]+\.\w+)`[^`]*\n\n```(?:yaml|json)\n(?<text>.*?)(?<output>)```|```console\n\$ sigmac (?<command>[^\n]*)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
