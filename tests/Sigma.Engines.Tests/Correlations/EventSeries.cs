using System.Globalization;
using CsCheck;
using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.Correlations;

/// <summary>
/// Random events over two hours, and what correlations over them come to: counted here with a few loops, by the
/// specification's words alone. A group is an account; the figures are of each group in each stretch or window of time.
/// </summary>
internal sealed class EventSeries
{
    public const int Minutes = 120;

    /// <summary>The rules that a correlation may name, with the event id each is for.</summary>
    public static readonly IReadOnlyList<(string Name, int EventId)> Rules = [("failed", 4625), ("logon", 4624), ("created", 4720)];

    private static readonly string?[] Accounts = ["ann", "bob", "carl", null];

    private static readonly Gen<EngineEvent> OneEvent = Gen.Select(
        Gen.Int[0, 2],
        Gen.Int[0, (Minutes * 60) - 1],
        Gen.Int[0, 3],
        Gen.Int[0, 4],
        Gen.Int[0, 48],
        (kind, second, account, host, size) =>
            EngineEvent.Of(0, "Security", Rules[kind].EventId, ("Account", Accounts[account]), ("Host", host == 0 ? null : "h" + host), ("Size", Size(size))) with { Time = EngineEvent.Noon.AddSeconds(second), Provider = "Microsoft-Windows-Security-Auditing" });

    private EventSeries(IReadOnlyList<EngineEvent> events) => Events = events;

    public static Gen<EventSeries> Any { get; } = OneEvent.List[0, 40].Select(events => new EventSeries([.. events.Select((e, i) => e with { RecordId = i })]));

    public IReadOnlyList<EngineEvent> Events { get; }

    /// <summary>The groups of a count, with the events of each stretch: those that fall on the same multiple of the length.</summary>
    public IEnumerable<(string? Account, long Start, IReadOnlyList<EngineEvent> Events)> Stretches(int minutes, bool byAccount, params string[] rules) =>
        from e in Of(rules)
        where !byAccount || e.Data["Account"] is not null
        group e by (Account: byAccount ? e.Data["Account"] : null, Start: Seconds(e) / (minutes * 60) * (minutes * 60)) into found
        select (found.Key.Account, found.Key.Start, (IReadOnlyList<EngineEvent>)[.. found.OrderBy(Seconds)]);

    /// <summary>The groups of a count, with all of their events; no event is no group.</summary>
    public IEnumerable<(string? Account, IReadOnlyList<EngineEvent> Events)> Groups(bool byAccount, params string[] rules) =>
        from e in Of(rules)
        where !byAccount || e.Data["Account"] is not null
        group e by byAccount ? e.Data["Account"] : "" into found
        select (byAccount ? found.Key : null, (IReadOnlyList<EngineEvent>)[.. found]);

    /// <summary>The windows of a correlation: those that end with an event, as long as its timespan, from any moment.</summary>
    public IEnumerable<(string? Account, IReadOnlyList<EngineEvent> Events)> Windows(int minutes, bool byAccount, params string[] rules) =>
        from last in Of(rules)
        where !byAccount || last.Data["Account"] is not null
        let window = Of(rules).Where(e => Seconds(e) <= Seconds(last) && Seconds(e) > Seconds(last) - (minutes * 60))
        select (byAccount ? last.Data["Account"] : null, (IReadOnlyList<EngineEvent>)[.. window
            .Where(e => !byAccount || e.Data["Account"] == last.Data["Account"]).OrderBy(Seconds)]);

    /// <summary>The moving windows of a correlation: of each event, the events of its group from the timespan before it up to its time.</summary>
    public IEnumerable<(EngineEvent Last, IReadOnlyList<EngineEvent> Events)> MovingWindows(int minutes, bool byAccount, params string[] rules) =>
        from last in Of(rules)
        where !byAccount || last.Data["Account"] is not null
        select (last, (IReadOnlyList<EngineEvent>)[.. Of(rules)
            .Where(e => Seconds(e) <= Seconds(last) && Seconds(e) >= Seconds(last) - (minutes * 60))
            .Where(e => !byAccount || e.Data["Account"] == last.Data["Account"]).OrderBy(Seconds)]);

    /// <summary>Whether a row of events, one of each rule, each later than the one before, ends with an event.</summary>
    public static bool EndsRow(IReadOnlyList<EngineEvent> events, EngineEvent last, params string[] rules) =>
        last.EventId == IdOf(rules[^1])
        && (rules.Length == 1 || events.Any(e => Seconds(e) < Seconds(last) && EndsRow(events, e, rules[..^1])));

    /// <summary>
    /// Whether a row of events, one of each rule, is in a window: one that ends with its last event, or, where something must not match,
    /// which may leave a later window before the row does, any.
    /// </summary>
    public static bool HasRow(IReadOnlyList<EngineEvent> events, EngineEvent last, string absent, params string[] rules) =>
        absent.Length == 0 ? EndsRow(events, last, rules) : events.Any(e => EndsRow(events, e, rules));

    public static long Seconds(EngineEvent e) => (long)(e.Time - DateTime.UnixEpoch).TotalSeconds;

    /// <summary>The figure of a correlation over some events; null where there is none.</summary>
    public static double? Figure(string type, double percentile, IReadOnlyList<EngineEvent> events)
    {
        List<double> sizes = [.. events.Select(e => double.TryParse(e.Data["Size"], CultureInfo.InvariantCulture, out var size) ? size : (double?)null).OfType<double>().Order()];
        return type switch
        {
            "event_count" => events.Count,
            "value_count" => events.Select(e => e.Data["Host"]).OfType<string>().Distinct().Count(),
            _ when sizes.Count == 0 => null,
            "value_sum" => sizes.Sum(),
            "value_avg" => sizes.Average(),
            "value_median" => (sizes[(sizes.Count - 1) / 2] + sizes[sizes.Count / 2]) / 2,
            // The least value that at least so many of a hundred do not exceed.
            "value_percentile" => sizes.First(size => sizes.Count(other => other <= size) * 100m >= (decimal)percentile * sizes.Count),
            _ => throw new ArgumentException(type),
        };
    }

    /// <summary>Whether events of all rules are there; in the order of the rules, where that counts.</summary>
    public static bool AllThere(IReadOnlyList<EngineEvent> events, bool ordered, params string[] rules)
    {
        var from = long.MinValue;
        foreach (var rule in rules)
        {
            var times = events.Where(e => e.EventId == IdOf(rule)).Select(Seconds).Where(time => !ordered || time >= from).ToList();
            if (times.Count == 0)
            {
                return false;
            }

            from = times.Min();
        }

        return true;
    }

    private static string? Size(int number) => number switch
    {
        > 44 => null,
        > 40 => "none",
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    private static int IdOf(string rule) => Rules.Single(r => r.Name == rule).EventId;

    private IEnumerable<EngineEvent> Of(string[] rules) => Events.Where(e => rules.Any(rule => IdOf(rule) == e.EventId));
}
