using Sigma.Events.Logs;
using Sigma.Events.Matching;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A file of events.</summary>
/// <param name="Path">Its path, or <c>-</c>.</param>
/// <param name="IsNamed">Whether the user named it; not if it was found in a folder.</param>
internal sealed record EventFile(string Path, bool IsNamed);

/// <summary>A file of a folder that is passed over.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record UnreadFile(string Path, string Reason);

/// <summary>The files that the user means.</summary>
/// <param name="Files">Those that are read.</param>
/// <param name="PassedOver">The other files of folders.</param>
internal sealed record FoundFiles(List<EventFile> Files, List<UnreadFile> PassedOver)
{
    /// <summary>Whether a folder has files, and none that is read.</summary>
    public bool IsMissing { get; set; }

    /// <summary>Whether several logs are read, each in its own order: several files, or an archive.</summary>
    public bool MayBeSeveral => Files.Count > 1
        || Files.Exists(file => file.Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) || file.Path.Contains(".tar", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase));
}

/// <summary>A log: a file, or a file in an archive.</summary>
/// <param name="Name">Its path, with that in the archive.</param>
/// <param name="IsInArchive">Whether it is in an archive.</param>
/// <param name="Content">Its content.</param>
/// <param name="IsLive">Whether it comes through a pipe.</param>
/// <param name="Failure">Why the file cannot be opened, or the archive not be read on; null if it can.</param>
internal sealed record EventPart(string Name, bool IsInArchive, Stream Content, bool IsLive, Diagnostic? Failure);

/// <summary>Finds the files of events that the user means.</summary>
internal static class EventFiles
{
    /// <summary>Lists the files.</summary>
    /// <param name="given">Files, folders that are searched with their sub-folders for the usual extensions and for other logs, or <c>-</c>.</param>
    /// <param name="diagnostics">Takes what does not exist, and what is left out.</param>
    /// <param name="messages">Is told of folders without a file that is read.</param>
    /// <param name="followLinks">Whether links may lead out of the folders.</param>
    /// <returns>The files in the order given, those of a folder sorted by path.</returns>
    public static FoundFiles Find(IEnumerable<string> given, List<Diagnostic> diagnostics, Messages messages, bool followLinks = false)
    {
        var found = new FoundFiles([], []);
        foreach (string path in given)
        {
            if (path != RuleInputs.StandardInput && File.Exists(path) && FileBounds.Refusal(path) is { } refusal)
            {
                diagnostics.Add(refusal);
            }
            else if (path == RuleInputs.StandardInput || File.Exists(path))
            {
                found.Files.Add(new EventFile(path, IsNamed: true));
            }
            else if (Directory.Exists(path))
            {
                found.IsMissing |= !AddFolder(path, found, messages, diagnostics, followLinks);
            }
            else
            {
                diagnostics.Add(FileErrors.Missing(path));
            }
        }

        return found;
    }

    /// <summary>The bytes of all files, to tell how far a run is; 0 where one of them is a pipe.</summary>
    public static long Bytes(IEnumerable<EventFile> files)
    {
        long bytes = 0;
        foreach (EventFile file in files)
        {
            if (file.Path == RuleInputs.StandardInput)
            {
                return 0;
            }

            bytes += new FileInfo(file.Path) is { Exists: true } info ? info.Length : 0;
        }

        return bytes;
    }

    /// <summary>Opens a file: it is a log, or an archive of logs.</summary>
    /// <param name="file">The file, or <c>-</c>.</param>
    /// <param name="environment">The streams and variables.</param>
    /// <returns>Its parts, each to be read before the next.</returns>
    public static IEnumerable<EventPart> Parts(EventFile file, CommandEnvironment environment)
    {
        Stream? stream = null;
        IEnumerator<LogPart>? parts = null;
        try
        {
            while (true)
            {
                EventPart? part = null;
                try
                {
                    stream ??= file.Path == RuleInputs.StandardInput ? environment.OpenInput() : File.OpenRead(file.Path);
                    parts ??= LogArchive.Open(stream).GetEnumerator();
                    if (!parts.MoveNext())
                    {
                        yield break;
                    }

                    LogPart log = parts.Current;
                    part = new EventPart(log.Name is null ? file.Path : $"{file.Path}/{log.Name}", log.Name is not null, log.Content, IsLive: !stream.CanSeek, null);
                }
                catch (Exception exception) when (Refusal(exception) is { } refusal)
                {
                    part = new EventPart(file.Path, false, Stream.Null, false, refusal);
                }

                yield return part;
                if (part.Failure is not null)
                {
                    yield break;
                }
            }
        }
        finally
        {
            parts?.Dispose();
            stream?.Dispose();
        }
    }

    /// <summary>Reads a log. What cannot be read is reported; what was read before counts.</summary>
    /// <param name="part">The log.</param>
    /// <param name="format">Its format, or Auto.</param>
    /// <param name="recover">Whether events are looked for in the unused space of Windows event logs.</param>
    /// <param name="report">Is told why it cannot be read, or not to its end.</param>
    public static IEnumerable<EventBatch> Read(EventPart part, EventFormat format, bool recover, Action<Diagnostic> report)
    {
        if (part.Failure is { } failure)
        {
            report(failure);
            yield break;
        }

        IEnumerator<EventBatch>? batches = null;
        try
        {
            while (true)
            {
                try
                {
                    batches ??= EventInput.Read(part.Content, format, recover, part.IsLive).GetEnumerator();
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
            part.Content.Dispose();
        }
    }

    /// <summary>Why a file cannot be read, or not to its end; null for what says nothing about files.</summary>
    public static Diagnostic? Refusal(Exception exception) => exception switch
    {
        NotEventsException { IsKnown: true } known => Diagnostic.NotALog(null, known.Message),
        NotEventsException unknown => Diagnostic.UnknownLog(null, unknown.Message),
        InvalidDataException => Diagnostic.CutShort(null, "its compressed data ends too early, is damaged, or is followed by other data"),
        _ when FileErrors.IsOne(exception) => Diagnostic.CannotRead(null, FileErrors.Reason(exception)),
        _ => null,
    };

    /// <summary>Adds the files of a folder.</summary>
    /// <returns>Whether it has one that is read, or none at all.</returns>
    private static bool AddFolder(string folder, FoundFiles found, Messages messages, List<Diagnostic> diagnostics, bool followLinks)
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

        var passedOver = new List<UnreadFile>();
        bool isAnyLog = false;
        foreach (string path in all)
        {
            if (!EventFileNames.IsOfLog(path) && Doubt(path) is { } doubt)
            {
                passedOver.Add(new UnreadFile(path, doubt));
                continue;
            }

            isAnyLog = true;
            if (!IsEmpty(path))
            {
                found.Files.Add(new EventFile(path, IsNamed: false));
            }
        }

        if (all.Length == 0)
        {
            messages.Note($"sigmac: {folder}: the folder contains no files");
        }
        else if (!isAnyLog)
        {
            messages.Say(Diagnostic.NoEventFile(null, EventFileNames.Count(all)), folder);
            passedOver.ForEach(file => messages.Say(Diagnostic.PassedOver(null, file.Reason), file.Path));
            return false;
        }

        found.PassedOver.AddRange(passedOver);
        return true;
    }

    /// <summary>Why a file with an unusual name is no log, by its content; null if it is one, or if only reading it tells what is wrong.</summary>
    private static string? Doubt(string path)
    {
        if (IsEmpty(path))
        {
            return Diagnostic.NotALog(null, "empty, or no ordinary file").Message;
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            LogContent.Check(stream);
            return null;
        }
        catch (NotEventsException exception)
        {
            return Refusal(exception)!.Message;
        }
        catch (Exception exception) when (Refusal(exception) is not null)
        {
            return null;
        }
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
}
