using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;

namespace Sigma.Documentation;

/// <summary>A log that rules of a log source look in.</summary>
/// <param name="Channel">The log, <c>Security</c>.</param>
/// <param name="EventIds">The ids of its events that the log source means; empty for all.</param>
internal sealed record EventLog(string Channel, ImmutableArray<string> EventIds);

/// <summary>
/// The event logs behind the log sources of Windows. The built-in pipelines know them: what they add to a rule that has
/// nothing but a log source is the log and the event ids.
/// </summary>
internal sealed class EventLogs
{
    private const string Channel = "Channel";
    private const string EventId = "EventID";

    private static readonly Lazy<IReadOnlyList<IReadOnlyList<Pipeline>>> Ways = new(() =>
    [
        [SharedPipelines.Read("sysmon"), SharedPipelines.Read("windows-logsources")],
        [SharedPipelines.Read("windows-audit"), SharedPipelines.Read("windows-logsources")],
    ]);

    private readonly ConcurrentDictionary<(string?, string?, string?), ImmutableArray<EventLog>> known = new();

    /// <summary>Finds the logs.</summary>
    /// <param name="source">The log source.</param>
    /// <returns>Its logs; empty if the pipelines do not know it.</returns>
    public ImmutableArray<EventLog> Of(LogSource source) => known.GetOrAdd((source.Category, source.Product, source.Service), _ => Find(source));

    private static ImmutableArray<EventLog> Find(LogSource source)
    {
        var logs = new List<EventLog>();
        foreach (IReadOnlyList<Pipeline> way in Ways.Value)
        {
            var bare = new SigmaRule(new Metadata(), source, [], [new Condition(new SelectorCondition(true, null, source.Span), null, source.Span)], source.Span);
            SigmaRule piped = Planner.Pipe(bare, way) ?? bare;
            string[] ids = [.. Added(piped, EventId)];
            foreach (string channel in Added(piped, Channel))
            {
                if (!logs.Exists(log => log.Channel == channel && log.EventIds.SequenceEqual(ids)))
                {
                    logs.Add(new EventLog(channel, [.. ids]));
                }
            }
        }

        return [.. logs];
    }

    private static IEnumerable<string> Added(SigmaRule rule, string field) => RuleItems.Of(rule).Where(item => item.Field == field).SelectMany(RuleItems.Literals);
}
