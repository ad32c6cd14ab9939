using Sigma.Matching;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Finds the files of events that the user means.</summary>
internal static class EventFiles
{
    private static readonly string[] Endings = [".json", ".ndjson", ".jsonl", ".csv", ".tsv", ".log"];

    /// <summary>Lists the files.</summary>
    /// <param name="given">Files, folders that are searched with their sub-folders for the usual endings (also behind them .gz), or <c>-</c>.</param>
    /// <param name="diagnostics">Takes what does not exist.</param>
    /// <returns>The files in the order given, those of a folder sorted by path.</returns>
    public static IReadOnlyList<string> Find(IEnumerable<string> given, List<Diagnostic> diagnostics)
    {
        var files = new List<string>();
        foreach (string path in given)
        {
            if (path == RuleInputs.StandardInput || File.Exists(path))
            {
                files.Add(path);
            }
            else if (Directory.Exists(path))
            {
                files.AddRange(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsLikeEvents).Order(StringComparer.Ordinal));
            }
            else
            {
                diagnostics.Add(Codes.NoSuchInput.At(null, path));
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
    /// <param name="format">Its format, or Auto.</param>
    /// <param name="report">Is told why it cannot be read to its end.</param>
    public static IEnumerable<EventBatch> Read(string file, EventFormat format, Action<string> report)
    {
        Stream? stream = null;
        IEnumerator<EventBatch>? batches = null;
        try
        {
            while (true)
            {
                try
                {
                    stream ??= file == RuleInputs.StandardInput ? Console.OpenStandardInput() : File.OpenRead(file);
                    batches ??= EventInput.Read(stream, format).GetEnumerator();
                    if (!batches.MoveNext())
                    {
                        yield break;
                    }
                }
                catch (Exception exception) when (FileErrors.IsOne(exception))
                {
                    report(FileErrors.Reason(exception));
                    yield break;
                }
                catch (InvalidDataException exception)
                {
                    report("its data is broken: " + exception.Message);
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

    private static bool IsLikeEvents(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
    }
}
