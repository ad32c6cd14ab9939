namespace Sigma.Cli;

/// <summary>
/// Finds the files that may contain a correlation or filter, which refer to rules of other files, without parsing them: it scans
/// the bytes for the key of such a document, which may be quoted, indented or in braces. A detection may have the same name, so
/// only the parser can tell for certain.
/// </summary>
internal static class CrossFileKeyScan
{
    /// <summary>Returns whether a file may contain a correlation or filter. It never returns false for a file that contains one.</summary>
    /// <param name="file">The file's bytes.</param>
    public static bool MayBeIn(ReadOnlySpan<byte> file)
    {
        file = file.StartsWith("\uFEFF"u8) ? file[3..] : file;
        return !IsAtMargin(file) || HasKey(file, "correlation"u8) || HasKey(file, "filter"u8);
    }

    private static bool HasKey(ReadOnlySpan<byte> file, ReadOnlySpan<byte> key)
    {
        int next;
        for (int at = file.IndexOf(key); at >= 0; at = next < 0 ? -1 : at + 1 + next)
        {
            ReadOnlySpan<byte> rest = file[(at + key.Length)..];
            rest = (rest is [(byte)'"' or (byte)'\'', ..] ? rest[1..] : rest).TrimStart(" \t"u8);
            if (rest is [(byte)':', ..] && !IsPartOfWord(file, at) && !IsIndented(file, at))
            {
                return true;
            }

            next = file[(at + 1)..].IndexOf(key);
        }

        return false;
    }

    /// <summary>Returns whether the key is the end of a longer name.</summary>
    private static bool IsPartOfWord(ReadOnlySpan<byte> file, int key) =>
        key > 0 && (char.IsAsciiLetterOrDigit((char)file[key - 1]) || file[key - 1] is (byte)'_' or (byte)'-' or (byte)'.');

    /// <summary>Returns whether only blanks, and perhaps a quote, precede a key on its line.</summary>
    private static bool IsIndented(ReadOnlySpan<byte> file, int key)
    {
        ReadOnlySpan<byte> before = file[..key];
        before = before is [.., (byte)'"' or (byte)'\''] ? before[..^1] : before;
        int margin = before.TrimEnd((byte)' ').Length;
        return margin < before.Length && (margin == 0 || before[margin - 1] is (byte)'\n' or (byte)'\r');
    }

    /// <summary>
    /// Returns whether each document is a map whose keys stand at the left margin as they are, as in nearly all files: an indented key
    /// then does not belong to the document itself. Merge keys and unusual line breaks are exceptions, and so are keys that are
    /// written in another way: behind a question mark, as an alias, with a tag, or with escapes.
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
            else if (line is [(byte)'?' or (byte)'*' or (byte)'&' or (byte)'!' or (byte)'{', ..] || (line is [(byte)'"', ..] && line.Contains((byte)'\\')))
            {
                return false;
            }
        }

        return file.IndexOf("<<"u8) < 0 && file.IndexOf("\u0085"u8) < 0 && file.IndexOf("\u2028"u8) < 0 && file.IndexOf("\u2029"u8) < 0;
    }
}
