using System.CommandLine;

namespace Sigma.Mutation;

/// <summary>The command line.</summary>
internal static class MutationCommand
{
    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        var sample = new Option<int>("--sample") { Description = "how many mutants", DefaultValueFactory = _ => 500 };
        var seed = new Option<int>("--seed") { Description = "chooses them: the same number and the same code make the same mutants", DefaultValueFactory = _ => 4711 };
        var jobs = new Option<int>("--jobs") { Description = "how many test runs at once", DefaultValueFactory = _ => 2 };
        var slowest = new Option<int>("--slowest") { Description = "tests and classes of tests that take more than so many seconds of the processor without a mutant are left out", DefaultValueFactory = _ => 20 };
        var quick = new Option<bool>("--quick") { Description = "no mutant gets a process of its own: what lives in one that tries many has survived" };
        var seconds = new Option<double>("--seconds") { Description = "how many seconds of the processor the tests of a mutant may take together without it, in a process that tries many", DefaultValueFactory = _ => 20 };
        var minutes = new Option<int?>("--minutes") { Description = "begin no mutant after so many minutes; a later run goes on" };
        var page = new Option<string?>("--page") { Description = "the page to write the figures into" };
        var again = new Option<bool>("--again") { Description = "forget what an earlier run has found, instead of going on where it stopped" };
        var command = new RootCommand("Changes the library in small ways, one at a time, and sees whether the tests notice.") { sample, seed, jobs, slowest, quick, seconds, minutes, page, again };
        command.SetAction(parsed =>
        {
            var settings = new MutationSettings(parsed.GetValue(sample), parsed.GetValue(seed), parsed.GetValue(jobs), parsed.GetValue(slowest), parsed.GetValue(quick), parsed.GetValue(seconds), parsed.GetValue(minutes), parsed.GetValue(again));
            MutationReport report = new MutationRun(settings, Repository.Root).Run();
            Console.WriteLine(report.Text);
            if (parsed.GetValue(page) is { } path)
            {
                report.WriteInto(path);
            }

            return 0;
        });
        return command;
    }
}

/// <summary>What a run is asked for.</summary>
/// <param name="Sample">How many mutants.</param>
/// <param name="Seed">Chooses them.</param>
/// <param name="Jobs">How many test runs at once.</param>
/// <param name="Slowest">How many seconds a test or a class of tests may take.</param>
/// <param name="Quick">Whether no mutant gets a process of its own.</param>
/// <param name="Seconds">How many seconds the tests of a mutant may take together without it, in a process that tries many.</param>
/// <param name="Minutes">After how many minutes no mutant is begun.</param>
/// <param name="Again">Whether to forget what an earlier run has found.</param>
internal sealed record MutationSettings(int Sample, int Seed, int Jobs, int Slowest, bool Quick, double Seconds, int? Minutes, bool Again);

/// <summary>The folders of the repository.</summary>
internal static class Repository
{
    /// <summary>The folder with Sigma.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sigma.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("no Sigma.sln above this program");
        }

        return folder.FullName;
    }
}
