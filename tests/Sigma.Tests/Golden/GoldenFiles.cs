using System.Text.RegularExpressions;
using Sigma.Tests.Backends;

namespace Sigma.Tests.Golden;

/// <summary>
/// Texts in the repository that were read by a person before they were kept: what the program makes is compared with them, byte by
/// byte, or, after a change that is meant, written in their place. <c>tests/accept.sh</c> does that for all of them.
/// </summary>
/// <param name="root">The folder of the repository, or of a copy.</param>
/// <param name="accepts">Whether texts are written instead of compared.</param>
internal sealed class GoldenFiles(string root, bool accepts)
{
    /// <summary>The trait of the tests that <c>tests/accept.sh</c> runs.</summary>
    public const string Trait = "Golden";

    private const string Variable = "SIGMAC_ACCEPT";

    /// <summary>Those of the repository. They are written with <c>SIGMAC_ACCEPT=1</c>.</summary>
    public static GoldenFiles InRepository { get; } = new(Repository.Root, Environment.GetEnvironmentVariable(Variable) == "1");

    /// <summary>Compares a file.</summary>
    /// <param name="path">Its path in the repository.</param>
    /// <param name="text">What the program makes.</param>
    public void Check(string path, string text)
    {
        string file = Path.Combine(root, path);
        if (accepts)
        {
            Write(file, text);
        }

        text.Should().Be(File.ReadAllText(file), $"that is {path}; after a change that is meant, run tests/accept.sh and read the difference");
    }

    /// <summary>Compares all files of a folder. None may be missing, and none left over.</summary>
    /// <param name="path">Its path in the repository.</param>
    /// <param name="files">What the program makes, by the files' names.</param>
    public void CheckFolder(string path, IReadOnlyDictionary<string, string> files)
    {
        string folder = Path.Combine(root, path);
        if (accepts)
        {
            Directory.CreateDirectory(folder);
            foreach (string stale in Directory.GetFiles(folder).Where(file => !files.ContainsKey(Path.GetFileName(file))))
            {
                File.Delete(stale);
            }
        }

        foreach ((string name, string text) in files)
        {
            Check(Path.Combine(path, name), text);
        }

        Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo(files.Keys);
    }

    /// <summary>Compares the outputs that a page shows.</summary>
    /// <param name="path">The page's path in the repository.</param>
    /// <param name="example">Finds the examples; the group <c>output</c> is what the program makes.</param>
    /// <param name="output">Makes the output of an example.</param>
    public void CheckExamples(string path, Regex example, Func<Match, string> output)
    {
        string page = File.ReadAllText(Path.Combine(root, path));
        example.IsMatch(page).Should().BeTrue();
        Check(path, example.Replace(page, match =>
        {
            Group shown = match.Groups["output"];
            return match.Value[..(shown.Index - match.Index)] + output(match) + match.Value[(shown.Index - match.Index + shown.Length)..];
        }));
    }

    /// <summary>A file that is the same already is not touched.</summary>
    private static void Write(string file, string text)
    {
        if (!File.Exists(file) || File.ReadAllText(file) != text)
        {
            File.WriteAllText(file, text);
        }
    }
}
