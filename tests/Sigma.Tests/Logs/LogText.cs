using System.Text;
using Sigma.Events.Logs;
using Sigma.Events.Matching;

namespace Sigma.Tests.Logs;

/// <summary>Logs that a test writes as a text.</summary>
internal static class LogText
{
    /// <summary>The events of a log, known by its content. One that cannot be read fails the test.</summary>
    public static List<Event> Events(string content)
    {
        var events = new List<Event>();
        foreach (EventBatch batch in EventInput.Read(new MemoryStream(Encoding.UTF8.GetBytes(content))))
        {
            batch.Read(EventInput.NewEvent(), (e, _, _) => events.Add(e.Copy()), problem => throw new FormatException(problem.Message));
            batch.Release();
        }

        return events;
    }
}
