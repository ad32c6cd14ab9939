using System.Text;

namespace Sigma.Checks.Checking;

/// <summary>The page of a check: what <c>sigmac explain</c> prints, and docs/checks has.</summary>
internal static class CheckPage
{
    /// <summary>The longest line of a paragraph.</summary>
    private const int Width = 100;

    /// <summary>Where its page is.</summary>
    public static string PathOf(CheckInfo info) => $"docs/checks/{info.Code}.md";

    /// <summary>What is to be known beside the message, as text for a terminal.</summary>
    public static string Text(CheckInfo info)
    {
        var text = new StringBuilder(Wrapped(info.Why));
        Append(text, "Wrong", info.Wrong, info.WrongPath, info.RightPath);
        Append(text, "Right", info.Right, info.RightPath, info.WrongPath);
        return text.Append("\n\n").AppendJoin('\n', Facts(info).Select(fact => $"{fact.Name}: {fact.Value}")).ToString();
    }

    /// <summary>What stands below the examples: how it is corrected, what it is called, and where else it is known.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(CheckInfo info)
    {
        yield return ("Fix", FixOf(info));
        yield return ("Name", info.Name);
        yield return ("Group", info.GroupName + (info.IsDefault ? "" : "; it runs only if it is selected"));
        if (info.Aliases.Count > 0)
        {
            yield return ("Elsewhere", string.Join(", ", info.Aliases));
        }
    }

    /// <summary>The page as Markdown.</summary>
    public static string Markdown(CheckInfo info)
    {
        var text = new StringBuilder($"# {info.Code}: {info.Name}\n\n**{info.Severity.ToString().ToLowerInvariant()}:** `{info.Message}`");
        text.Append(info.Hint is { } hint ? $"\\\n**hint:** `{hint}`" : "").Append($"\n\n{Wrapped(info.Why)}\n");
        AppendBlock(text, "Wrong", info.Wrong, info.WrongPath, info.RightPath);
        AppendBlock(text, "Right", info.Right, info.RightPath, info.WrongPath);
        text.Append($"\n| Group | Fix | Runs | Elsewhere |\n|---|---|---|---|\n| {info.GroupName} | {FixOf(info)} | {(info.IsDefault ? "by default" : "if selected")} | ");
        text.Append(info.Aliases.Count == 0 ? "nowhere" : string.Join(", ", info.Aliases.Select(alias => $"`{alias}`"))).Append(" |\n");
        return text.ToString();
    }

    private static string FixOf(CheckInfo info) => info.Fix switch
    {
        FixKind.Safe => "--fix",
        FixKind.Unsafe => "--fix --unsafe-fixes",
        _ => "none",
    };

    private static void Append(StringBuilder text, string heading, string example, string path, string other)
    {
        if (example.Length > 0)
        {
            text.Append($"\n\n{heading}{(path == other ? "" : $" ({path})")}:\n\n").AppendJoin('\n', example.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? "" : "    " + line));
        }
    }

    private static void AppendBlock(StringBuilder text, string heading, string example, string path, string other)
    {
        if (example.Length > 0)
        {
            text.Append($"\n{heading}{(path == other ? "" : $", as `{path}`")}:\n\n```yaml\n{example.ReplaceLineEndings("\n")}\n```\n");
        }
    }

    /// <summary>A paragraph, broken where its lines would be too long.</summary>
    private static string Wrapped(string text)
    {
        var wrapped = new StringBuilder();
        int column = 0;
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            bool breaks = column > 0 && column + 1 + word.Length > Width;
            wrapped.Append(breaks ? "\n" : column > 0 ? " " : "").Append(word);
            column = breaks || column == 0 ? word.Length : column + 1 + word.Length;
        }

        return wrapped.ToString();
    }
}
