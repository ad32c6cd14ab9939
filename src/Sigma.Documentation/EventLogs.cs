using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sigma.Planning;
using Sigma.Rules;

namespace Sigma.Documentation;

/// <summary>A log that rules of a log source look in.</summary>
/// <param name="Channel">The log, <c>Security</c>.</param>
/// <param name="EventIds">The ids of its events that the log source means; empty for all.</param>
internal sealed record EventLog(string Channel, ImmutableArray<string> EventIds);

/// <summary>The event logs behind the log sources of Windows: the channels and event ids of their variants.</summary>
internal sealed class EventLogs
{
    private readonly ConcurrentDictionary<(string?, string?, string?), ImmutableArray<EventLog>> known = new();

    /// <summary>Finds the logs.</summary>
    /// <param name="source">The log source.</param>
    /// <returns>Its logs; empty if the pipelines do not know it.</returns>
    public ImmutableArray<EventLog> Of(LogSource source) => known.GetOrAdd((source.Category, source.Product, source.Service), _ => Find(source));

    private static ImmutableArray<EventLog> Find(LogSource source)
    {
        var logs = new List<EventLog>();
        foreach (LogSourceVariant variant in LogSources.BuiltIn.VariantsOf(source))
        {
            string[] ids = [.. Values(variant, WindowsFields.EventId)];
            foreach (string channel in Values(variant, WindowsFields.Channel))
            {
                if (!logs.Exists(log => log.Channel == channel && log.EventIds.SequenceEqual(ids)))
                {
                    logs.Add(new EventLog(channel, [.. ids]));
                }
            }
        }

        return [.. logs];
    }

    private static IEnumerable<string> Values(LogSourceVariant variant, string field) =>
        variant.Source.Cast<DetectionItem>().Where(item => item.Field == field).SelectMany(RuleItems.Literals);
}
