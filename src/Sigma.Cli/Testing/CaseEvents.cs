using Sigma.Events.Logs;
using Sigma.Events.Matching;
using Sigma.Events.Testing;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Reads the events of cases.</summary>
internal static class CaseEvents
{
    /// <summary>Reads the events of a case.</summary>
    /// <param name="one">The case.</param>
    /// <param name="followLinks">Whether links may lead out of the folder that the cases were found in.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The events; null after a report.</returns>
    public static IReadOnlyList<Event>? Read(RuleCase one, bool followLinks, List<Diagnostic> diagnostics)
    {
        if (one.Events is { } inline)
        {
            return [.. inline.Select(Event.Parse)];
        }

        string folder = Path.GetDirectoryName(one.Span.Source.Path) ?? "";
        string[] candidates = [.. one.OtherData.Prepend(one.Data!).Select(name => Path.Combine(folder, name))];
        string root = one.Root ?? (folder.Length > 0 ? folder : ".");

        // A message must not reveal whether a file outside exists.
        if (candidates.Select(candidate => FileBounds.Refusal(candidate, root, one.DataSpan, followLinks)).FirstOrDefault(refusal => refusal is not null) is { } refused)
        {
            diagnostics.Add(refused);
            return null;
        }

        string? path = candidates.FirstOrDefault(File.Exists);
        if (path is null)
        {
            diagnostics.Add(Diagnostic.CaseData(one.DataSpan, one.Name, $"no such file: {Path.Combine(folder, one.Data!)}"));
            return null;
        }

        try
        {
            var events = new List<Event>();
            bool sound = true;
            using FileStream stream = File.OpenRead(path);
            foreach (EventBatch batch in EventInput.Read(stream))
            {
                batch.Read(
                    EventInput.NewEvent(),
                    (e, number, json) => events.Add(e.Copy()),
                    problem =>
                    {
                        sound = false;
                        diagnostics.Add(Diagnostic.CaseData(one.DataSpan, one.Name, $"{path}:{problem.Line}: {problem.Message}"));
                    });
                batch.Release();
            }

            if (sound && events.Count == 0)
            {
                diagnostics.Add(Diagnostic.CaseData(one.DataSpan, one.Name, $"{path} has no event"));
                return null;
            }

            return sound ? events : null;
        }
        catch (Exception exception) when (EventFiles.Refusal(exception) is { } refusal)
        {
            diagnostics.Add(Diagnostic.CaseData(one.DataSpan, one.Name, $"{path}: {refusal.Message}"));
            return null;
        }
    }
}
