using System.Text.RegularExpressions;
using Sigma.Tests.Backends;
using Sigma.Tests.CommandLine;
using Sigma.Tests.Golden;

namespace Sigma.Tests.Docs;

/// <summary>The examples of a page, and the files that it shows by name, which they use.</summary>
internal static partial class PageExamples
{
    /// <summary>Compares the output of each <c>$ sigmac …</c> with what the page shows.</summary>
    /// <param name="path">The page.</param>
    /// <param name="output">What the page should show of a run, given its arguments.</param>
    public static void Check(string path, Func<string, ProgramRun, string> output)
    {
        using var folder = new TemporaryFolder();
        foreach (Match file in NamedFile().Matches(File.ReadAllText(Path.Combine(Repository.Root, path))))
        {
            folder.With(file.Groups["name"].Value, file.Groups["text"].Value);
        }

        GoldenFiles.InRepository.CheckExamples(path, Example(), example =>
        {
            string arguments = example.Groups["arguments"].Value;
            return output(arguments, Sigmac.Run(folder, arguments.Split(' ')));
        });
    }

    [GeneratedRegex(@"`(?<name>\w+\.\w+)`[^`]*:\n\n```(?:yaml|json)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"```console\n\$ sigmac (?<arguments>[^\n]*)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
