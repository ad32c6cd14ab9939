using Sigma.Events.Logs;
using Sigma.Events.Matching;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Finds the files of events that the user means.</summary>
internal static class EventFiles
{
    private static readonly string[] Endings = [".json", ".ndjson", ".jsonl", ".csv", ".tsv", ".log", ".evtx"];

    /// <summary>Files that often stand beside events, and hold some, but are not read.</summary>
    private static readonly string[] Unread = [".evt", ".etl", ".xml", ".zip", ".7z", ".bz2", ".xz", ".zst", ".parquet"];

    /// <summary>Lists the files.</summary>
    /// <param name="given">Files, folders that are searched with their sub-folders for the usual extensions (also with .gz appended), or <c>-</c>.</param>
    /// <param name="diagnostics">Takes what does not exist, and what is left out.</param>
    /// <param name="messages">Is told of folders without a file that is read.</param>
    /// <param name="missed">Whether a folder has files, and none that is read.</param>
    /// <param name="followLinks">Whether links may lead out of the folders.</param>
    /// <returns>The files in the order given, those of a folder sorted by path.</returns>
    public static IReadOnlyList<string> Find(IEnumerable<string> given, List<Diagnostic> diagnostics, Messages messages, out bool missed, bool followLinks = false)
    {
        var files = new List<string>();
        missed = false;
        foreach (string path in given)
        {
            if (path != RuleInputs.StandardInput && File.Exists(path) && FileBounds.Refusal(path) is { } refusal)
            {
                diagnostics.Add(refusal);
            }
            else if (path == RuleInputs.StandardInput || File.Exists(path))
            {
                files.Add(path);
            }
            else if (Directory.Exists(path))
            {
                missed |= !AddFolder(path, files, messages, diagnostics, followLinks);
            }
            else
            {
                diagnostics.Add(Diagnostic.NoSuchInput(null, path));
            }
        }

        return files;
    }

    /// <summary>The bytes of all files, to tell how far a run is; 0 where one of them is a pipe.</summary>
    public static long Bytes(IEnumerable<string> files)
    {
        long bytes = 0;
        foreach (string file in files)
        {
            if (file == RuleInputs.StandardInput)
            {
                return 0;
            }

            bytes += new FileInfo(file) is { Exists: true } info ? info.Length : 0;
        }

        return bytes;
    }

    /// <summary>Reads a file. What cannot be read is reported; what was read before counts.</summary>
    /// <param name="file">The file, or <c>-</c>.</param>
    /// <param name="environment">The streams and variables.</param>
    /// <param name="format">Its format, or Auto.</param>
    /// <param name="recover">Whether events are looked for in the unused space of Windows event logs.</param>
    /// <param name="report">Is told why it cannot be read, or not to its end.</param>
    public static IEnumerable<EventBatch> Read(string file, CommandEnvironment environment, EventFormat format, bool recover, Action<Diagnostic> report)
    {
        Stream? stream = null;
        IEnumerator<EventBatch>? batches = null;
        try
        {
            while (true)
            {
                try
                {
                    stream ??= file == RuleInputs.StandardInput ? environment.OpenInput() : File.OpenRead(file);
                    batches ??= EventInput.Read(stream, format, recover).GetEnumerator();
                    if (!batches.MoveNext())
                    {
                        yield break;
                    }
                }
                catch (Exception exception) when (Refusal(exception) is { } refusal)
                {
                    report(refusal);
                    yield break;
                }

                yield return batches.Current;
            }
        }
        finally
        {
            batches?.Dispose();
            stream?.Dispose();
        }
    }

    /// <summary>Why a file cannot be read, or not to its end; null for what says nothing about files.</summary>
    public static Diagnostic? Refusal(Exception exception) => exception switch
    {
        NotEventsException { IsKnown: true } known => Diagnostic.NotALog(null, known.Message),
        NotEventsException unknown => Diagnostic.UnknownLog(null, unknown.Message),
        InvalidDataException => Diagnostic.CutShort(null, "its gzip data ends too early, is damaged, or is followed by other data"),
        _ when FileErrors.IsOne(exception) => Diagnostic.CannotRead(null, FileErrors.Reason(exception)),
        _ => null,
    };

    /// <summary>Adds the files of a folder.</summary>
    /// <returns>Whether it has one that is read, or none at all.</returns>
    private static bool AddFolder(string folder, List<string> files, Messages messages, List<Diagnostic> diagnostics, bool followLinks)
    {
        string[] all;
        try
        {
            all = [.. FileBounds.Files(folder, _ => true, diagnostics, followLinks: followLinks)];
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            messages.Say(Diagnostic.CannotRead(null, FileErrors.Reason(exception)), folder);
            return false;
        }

        string[] read = [.. all.Where(path => IsLikeEvents(path) && !IsEmpty(path))];
        files.AddRange(read);
        if (all.Length == 0)
        {
            messages.Note($"sigmac: {folder}: the folder contains no files");
        }
        else if (!all.Any(IsLikeEvents))
        {
            messages.Say(Diagnostic.NoEventFile(null, Count(all)), folder);
            return false;
        }
        else if (all.Where(path => Unread.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)).ToArray() is { Length: > 0 } other)
        {
            messages.Note($"sigmac: {folder}: not read: {Count(other)}");
        }

        return true;
    }

    /// <summary>What is empty has no events; and a pipe, which has no length either, would be waited for without end.</summary>
    private static bool IsEmpty(string path)
    {
        try
        {
            return new FileInfo(path).Length == 0;
        }
        catch (Exception exception) when (FileErrors.IsOne(exception))
        {
            // Why it cannot be read is said when that is tried.
            return false;
        }
    }

    private static string Count(IEnumerable<string> files) => string.Join(", ", files
        .GroupBy(path => Path.GetExtension(path).ToLowerInvariant())
        .OrderByDescending(group => group.Count())
        .Take(5)
        .Select(group => $"{group.Count()} {(group.Key.Length == 0 ? "without an ending" : TerminalText.Visible(group.Key))}"));

    private static bool IsLikeEvents(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
    }
}
