namespace Sigma.Cli;

/// <summary>
/// Finds the files that may have a correlation or filter, by their bytes: they have its key, which may be quoted, indented or
/// in braces. A detection may have the name too; whether the document is one is known when it is parsed.
/// </summary>
internal static class TyingKeys
{
    /// <summary>Whether a file may have one. It never says no where there is one.</summary>
    /// <param name="file">The file's bytes.</param>
    public static bool MayBeIn(ReadOnlySpan<byte> file)
    {
        file = file.StartsWith("\uFEFF"u8) ? file[3..] : file;
        return HasKey(file, "correlation"u8) || HasKey(file, "filter"u8);
    }

    private static bool HasKey(ReadOnlySpan<byte> file, ReadOnlySpan<byte> key)
    {
        bool? atMargin = null;
        int next;
        for (int at = file.IndexOf(key); at >= 0; at = next < 0 ? -1 : at + 1 + next)
        {
            ReadOnlySpan<byte> behind = file[(at + key.Length)..];
            behind = (behind is [(byte)'"' or (byte)'\'', ..] ? behind[1..] : behind).TrimStart(" \t"u8);
            if (behind is [(byte)':', ..] && !IsPartOfWord(file, at) && !(IsIndented(file, at) && (atMargin ??= IsAtMargin(file))))
            {
                return true;
            }

            next = file[(at + 1)..].IndexOf(key);
        }

        return false;
    }

    /// <summary>Whether a longer name ends with the key.</summary>
    private static bool IsPartOfWord(ReadOnlySpan<byte> file, int key) =>
        key > 0 && (char.IsAsciiLetterOrDigit((char)file[key - 1]) || file[key - 1] is (byte)'_' or (byte)'-' or (byte)'.');

    /// <summary>Whether there are blanks in front of a key, and nothing else but a quote.</summary>
    private static bool IsIndented(ReadOnlySpan<byte> file, int key)
    {
        ReadOnlySpan<byte> before = file[..key];
        before = before is [.., (byte)'"' or (byte)'\''] ? before[..^1] : before;
        int margin = before.TrimEnd((byte)' ').Length;
        return margin < before.Length && (margin == 0 || before[margin - 1] is (byte)'\n' or (byte)'\r');
    }

    /// <summary>
    /// Whether each document is plainly a map whose keys begin their lines, as nearly all are: an indented key is then none of
    /// the document itself. Merged maps could bring one there, and lines that end in a way of their own.
    /// </summary>
    private static bool IsAtMargin(ReadOnlySpan<byte> file)
    {
        bool begun = false;
        for (ReadOnlySpan<byte> rest = file; !rest.IsEmpty;)
        {
            int end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (line.StartsWith("---"u8) || line.StartsWith("..."u8))
            {
                if (line.TrimEnd(" \t"u8).Length > 3)
                {
                    return false;
                }

                begun = false;
            }
            else if (!begun && !line.Trim(" \t"u8).IsEmpty && line[0] != '#')
            {
                begun = true;
                if (!char.IsAsciiLetter((char)line[0]) || !line.Contains((byte)':'))
                {
                    return false;
                }
            }
        }

        return file.IndexOf("<<"u8) < 0 && file.IndexOf("\u0085"u8) < 0 && file.IndexOf("\u2028"u8) < 0 && file.IndexOf("\u2029"u8) < 0;
    }
}
