using Sigma.Tests.Backends;

namespace Sigma.Tests.Checks;

/// <summary>A rule, or several, with a planted fault, or with something that only looks like one.</summary>
/// <param name="Code">The check that the case is for.</param>
/// <param name="IsFault">Whether it must find something.</param>
/// <param name="Name">What is special about it.</param>
/// <param name="Files">The files with their paths; the marks show where findings begin.</param>
/// <param name="Authors">The authors that the configuration lists.</param>
internal sealed record PlantedCase(string Code, bool IsFault, string Name, IReadOnlyList<(string Path, string Text)> Files, IReadOnlyList<string> Authors);

/// <summary>
/// Reads <c>Planted/*.cases</c>. A case begins with <c>=== code fault: name</c> or <c>=== code near: name</c>; then follows a rule,
/// or the keys in which it differs from the ordinary one (<see cref="ExampleRule"/>). Lines with a percent sign: <c>%file path</c>
/// begins a file, <c>%whole</c> takes the text as it is, <c>%correlation</c> puts two rules in front of it, <c>%authors</c> lists
/// authors. The sign § stands where a finding begins, and ␠ ␉ ␍ for a blank, a tab and a carriage return; the text ends at ␃.
/// </summary>
internal static class PlantedCases
{
    /// <summary>Where a finding begins.</summary>
    public const char Mark = '§';

    private const string UsualPath = "rules/proc_creation_win_example_rule.yml";

    private const string Counted = """
        title: Whoami
        name: whoami
        logsource:
            product: windows
        detection:
            selection:
                User: root
            condition: selection
        ---
        title: Netstat
        name: netstat
        logsource:
            product: windows
        detection:
            selection:
                User: admin
            condition: selection
        ---
        title: Often

        """;

    /// <summary>The cases of all files, by file name.</summary>
    public static IReadOnlyList<(string File, PlantedCase Case)> All { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Sigma.Tests", "Checks", "Planted"), "*.cases").Order(StringComparer.Ordinal)
            .SelectMany(path => Read(File.ReadAllText(path).ReplaceLineEndings("\n")).Select(read => (Path.GetFileNameWithoutExtension(path), read)))];

    private static IEnumerable<PlantedCase> Read(string text)
    {
        foreach (string block in ("\n" + text).Split("\n=== ").Skip(1))
        {
            string[] lines = block.TrimEnd('\n').Split('\n');
            string[] head = lines[0].Split(' ', 3);
            if (head is not [var code, "fault:" or "near:", var name])
            {
                throw new FormatException($"no case begins with '{lines[0]}'");
            }

            yield return new PlantedCase(code, head[1] == "fault:", name, [.. FilesOf(lines[1..])], AuthorsOf(lines));
        }
    }

    private static string[] AuthorsOf(string[] lines) =>
        lines.FirstOrDefault(line => line.StartsWith("%authors ", StringComparison.Ordinal))?["%authors ".Length..].Split(", ") ?? [];

    private static IEnumerable<(string Path, string Text)> FilesOf(string[] lines)
    {
        int[] starts = [.. lines.Index().Where(line => line.Item.StartsWith("%file ", StringComparison.Ordinal)).Select(line => line.Index)];
        foreach ((int start, int end) in starts is [0, ..] ? starts.Zip(starts[1..].Append(lines.Length)) : [(0, lines.Length)])
        {
            string[] part = lines[start..end];
            string path = part is [['%', 'f', ..] file, ..] ? file["%file ".Length..] : UsualPath;
            string text = string.Join('\n', part.Where(line => !line.StartsWith('%')));
            text = part.Contains("%correlation") ? Counted + text + "\n" : part.Contains("%whole") ? text + "\n" : ExampleRule.Of(text);
            yield return (path, Shown(text));
        }
    }

    private static string Shown(string text)
    {
        int end = text.IndexOf('␃');
        return (end < 0 ? text : text[..end]).Replace('␠', ' ').Replace('␉', '\t').Replace('␍', '\r');
    }
}
