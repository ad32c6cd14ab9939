using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Sigma.Text;

/// <summary>A text with the name it is reported under; knows lines and columns, computed only when asked.</summary>
public sealed class SourceText
{
    private int[]? lineStarts;

    /// <summary>Creates a source from text that is in memory.</summary>
    /// <param name="path">The name that diagnostics and records show.</param>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <param name="limits">What reading it may cost; null for the default.</param>
    public SourceText(string path, string text, Limits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(text);
        Path = path;
        Text = text;
        Limits = limits ?? Limits.Default;
    }

    /// <summary>The name that diagnostics and records show; for files, the path as the user gave it.</summary>
    public string Path { get; }

    /// <summary>The whole text; a byte order mark is not part of it.</summary>
    public string Text { get; }

    /// <summary>
    /// Whether messages may show lines of it. A file without the name of a rule, pipeline, configuration or template may be
    /// anything, say a file of passwords that a path led to.
    /// </summary>
    internal bool IsShown { get; private init; } = true;

    /// <summary>Whether it is a part of the program, which users have no file of.</summary>
    internal bool IsBuiltIn { get; private init; }

    /// <summary>What messages for people call it: its path; a part of the program by its name.</summary>
    internal string Shown => !IsBuiltIn ? Path
        : Path.Contains("pipelines/", StringComparison.Ordinal) ? $"the pipeline '{System.IO.Path.GetFileNameWithoutExtension(Path)}'"
        : $"built-in {Path}";

    private static bool IsShownAs(string path) =>
        path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".scriban", StringComparison.OrdinalIgnoreCase)
        || path == "-" || path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    /// <summary>What reading it, and what it says, may cost.</summary>
    public Limits Limits { get; }

    /// <summary>Decodes a file's bytes as UTF-8, strictly. A byte order mark is accepted and dropped.</summary>
    /// <param name="path">The name that diagnostics show.</param>
    /// <param name="bytes">The file's whole content.</param>
    /// <param name="error">What is wrong with the bytes, at the first bad one; null if nothing is.</param>
    /// <param name="limits">What reading it may cost; null for the default.</param>
    /// <returns>The source; where <paramref name="error"/> is set, with replacement characters in it.</returns>
    public static SourceText Decode(string path, ReadOnlySpan<byte> bytes, out Diagnostic? error, Limits? limits = null)
    {
        error = null;
        limits ??= Limits.Default;
        if (bytes.Length > limits.FileBytes)
        {
            return TooLarge(path, (Math.Ceiling(bytes.Length * 10L / (1024.0 * 1024.0)) / 10).ToString("0.0", CultureInfo.InvariantCulture), limits, out error);
        }

        bool valid = Utf8.IsValid(bytes);
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        var source = new SourceText(path, Encoding.UTF8.GetString(bytes), limits) { IsShown = IsShownAs(path) };
        if (!valid)
        {
            int good = ValidPrefix(bytes);
            int at = Encoding.UTF8.GetCharCount(bytes[..good]);
            error = Diagnostic.InvalidUtf8(new Span(source, at, 1), bytes[good].ToString("X2"));
        }

        return source;
    }

    /// <summary>The same text as a part of the program.</summary>
    internal SourceText AsBuiltIn() => new(Path, Text, Limits) { IsShown = IsShown, IsBuiltIn = true };

    /// <summary>Finds the line and column of an offset.</summary>
    /// <param name="offset">An offset into <see cref="Text"/>, in UTF-16 units.</param>
    /// <returns>Line and column, both from 1; the column counts UTF-16 units.</returns>
    public (int Line, int Column) PositionOf(int offset)
    {
        int[] starts = lineStarts ??= FindLineStarts(Text);
        int index = Array.BinarySearch(starts, offset);
        int line = index >= 0 ? index : ~index - 1;
        return (line + 1, offset - starts[line] + 1);
    }

    /// <summary>Gives one line without its line end.</summary>
    /// <param name="line">The line, from 1.</param>
    public ReadOnlySpan<char> Line(int line)
    {
        int[] starts = lineStarts ??= FindLineStarts(Text);
        int start = starts[line - 1];
        int end = line < starts.Length ? starts[line] : Text.Length;
        return Text.AsSpan(start, end - start).TrimEnd("\r\n");
    }

    /// <summary>Refuses a file for its size.</summary>
    /// <param name="path">The name that diagnostics show.</param>
    /// <param name="megabytes">How many megabytes it has, in words.</param>
    /// <param name="limits">The limits that it exceeds.</param>
    /// <param name="error">The finding.</param>
    /// <returns>An empty source.</returns>
    public static SourceText TooLarge(string path, string megabytes, Limits limits, out Diagnostic error)
    {
        var empty = new SourceText(path, "", limits);
        error = limits.Exceeded(Limits.FileSize, Diagnostic.FileTooLarge, new Span(empty, 0, 0), megabytes);
        return empty;
    }

    private static int ValidPrefix(ReadOnlySpan<byte> bytes)
    {
        int good = 0;
        while (good < bytes.Length && Rune.DecodeFromUtf8(bytes[good..], out _, out int read) == System.Buffers.OperationStatus.Done)
        {
            good += read;
        }

        return good;
    }

    private static int[] FindLineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }
}
