using System.Globalization;
using System.Text;
using Sigma.Events.Matching;

namespace Sigma.Cli;

/// <summary>How often each rule matched: by rule with the hits per day, by level, by host and by hour.</summary>
/// <param name="output">Where to.</param>
/// <param name="span">From when to when the events are; asked at the end.</param>
internal sealed class SummaryWriter(Stream output, Func<(DateTimeOffset From, DateTimeOffset To)?> span) : MatchWriter(output)
{
    private const int MostRows = 20;
    private const int MostHosts = 10_000;

    private readonly Dictionary<MatchedRule, Hits> rules = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, long> levels = [];
    private readonly Dictionary<string, long> hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> hours = [];
    private int places;
    private long unlisted;
    private long withoutPlace;
    private long withoutHost;
    private long withoutTime;

    /// <inheritdoc/>
    public override void Write(RuleMatch match, string file, byte[]? json)
    {
        if (!rules.TryGetValue(match.Rule, out Hits? hits))
        {
            rules.Add(match.Rule, hits = new Hits());
        }

        hits.Count++;
        Count(levels, match.Rule.Metadata.Level?.ToString().ToLowerInvariant() ?? "no level");
        if (match.Origin?.Computer is { } host)
        {
            Count(hosts, host);
            if (hits.Hosts.Count < MostHosts)
            {
                hits.Hosts.Add(host);
            }
        }
        else
        {
            withoutHost++;
        }

        if (match.Origin is { } origin)
        {
            Add(hits, new Place(origin.Computer ?? "-", origin.Channel ?? "-", origin.Provider ?? "-", origin.EventId ?? "-"), origin.RecordId);
        }
        else
        {
            withoutPlace++;
        }

        if (match.Time is { } time)
        {
            hits.First = hits.First is { } first && first < time ? first : time;
            hits.Last = hits.Last is { } last && last > time ? last : time;
            Count(hours, time.UtcDateTime.ToString("yyyy-MM-dd HH:00", CultureInfo.InvariantCulture));
        }
        else
        {
            withoutTime++;
        }
    }

    /// <inheritdoc/>
    public override void Flush(bool isLive)
    {
        // Everything is known at the end only.
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (rules.Count > 0)
        {
            double? days = span() is { } events ? Math.Max(1, (events.To - events.From).TotalDays) : null;
            Line("HITS", "PER DAY", "LEVEL", "HOSTS", "FIRST", "LAST", "RULE");
            foreach ((MatchedRule rule, Hits hits) in rules.OrderByDescending(rule => rule.Value.Count).ThenBy(rule => MatchSummary.NameOf(rule.Key), StringComparer.Ordinal))
            {
                Line(
                    hits.Count.ToString(CultureInfo.InvariantCulture),
                    days is { } known ? (hits.Count / known).ToString("0.##", CultureInfo.InvariantCulture) : "-",
                    rule.Metadata.Level?.ToString().ToLowerInvariant() ?? "-",
                    hits.Hosts.Count == 0 ? "-" : hits.Hosts.Count.ToString(CultureInfo.InvariantCulture),
                    Of(hits.First),
                    Of(hits.Last),
                    MatchSummary.NameOf(rule));
            }

            WritePlaces();
            Table("LEVEL", levels.OrderByDescending(level => level.Value), 0, "");
            Table("HOST", hosts.OrderByDescending(host => host.Value).ThenBy(host => host.Key, StringComparer.Ordinal), withoutHost, "without a host");
            Table("HOUR (UTC)", hours.OrderBy(hour => hour.Key, StringComparer.Ordinal), withoutTime, "without a time");
        }

        base.Flush(isLive: false);
        base.Dispose();
    }

    private void Add(Hits hits, Place place, string? record)
    {
        if (!hits.Places.TryGetValue(place, out Records? records))
        {
            if (places == MostHosts)
            {
                unlisted++;
                return;
            }

            places++;
            hits.Places.Add(place, records = new Records { First = record });
        }

        records.Count++;
        records.Last = record;
    }

    /// <summary>Where each rule matched, with the first and last record: equal matches are one line.</summary>
    private void WritePlaces()
    {
        (MatchedRule Rule, Place Place, Records Records)[] all =
        [
            .. rules.SelectMany(rule => rule.Value.Places.Select(place => (rule.Key, place.Key, place.Value))).OrderByDescending(place => place.Value.Count)
                .ThenBy(place => MatchSummary.NameOf(place.Item1), StringComparer.Ordinal).ThenBy(place => place.Item2.Host, StringComparer.Ordinal).ThenBy(place => place.Item2.Channel, StringComparer.Ordinal),
        ];
        if (all.Length == 0)
        {
            return;
        }

        Text($"\n{"HITS",-8}  {"HOST",-18}  {"CHANNEL",-28}  {"PROVIDER",-28}  {"EVENT",-5}  {"RECORDS",-15}  RULE\n");
        foreach ((MatchedRule rule, Place place, Records records) in all.Take(MostRows))
        {
            string span = records.First is not { } first ? "-" : records.Last is { } last && last != first ? $"{first} to {last}" : first;
            string[] cells = [.. new[] { place.Host, place.Channel, place.Provider, place.EventId, span, MatchSummary.NameOf(rule) }.Select(TerminalText.Visible)];
            Text($"{records.Count.ToString(CultureInfo.InvariantCulture),-8}  {cells[0],-18}  {cells[1],-28}  {cells[2],-28}  {cells[3],-5}  {cells[4],-15}  {cells[5]}\n");
        }

        if (all.Length > MostRows || unlisted > 0)
        {
            Text($"{(all.Skip(MostRows).Sum(one => one.Records.Count) + unlisted).ToString(CultureInfo.InvariantCulture),-8}  in other places\n");
        }

        Rest(withoutPlace, "without a place");
    }

    private static void Count(Dictionary<string, long> counts, string key)
    {
        // Names that an event makes up without end are counted together.
        key = counts.Count < MostHosts || counts.ContainsKey(key) ? key : "others";
        counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    private static string Of(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>The hits that no row has, so that the rows add up to all hits.</summary>
    private void Rest(long count, string what)
    {
        if (count > 0)
        {
            Text($"{count.ToString(CultureInfo.InvariantCulture),-8}  {what}\n");
        }
    }

    private void Table(string name, IEnumerable<KeyValuePair<string, long>> counts, long rest, string what)
    {
        KeyValuePair<string, long>[] all = [.. counts];
        if (all.Length == 0)
        {
            return;
        }

        Text($"\n{"HITS",-8}  {name}\n");
        foreach ((string key, long count) in all.Take(MostRows))
        {
            Text($"{count.ToString(CultureInfo.InvariantCulture),-8}  {TerminalText.Visible(key)}\n");
        }

        if (all.Length > MostRows)
        {
            Text($"{all.Skip(MostRows).Sum(one => one.Value).ToString(CultureInfo.InvariantCulture),-8}  in {all.Length - MostRows} others\n");
        }

        Rest(rest, what);
    }

    private void Line(string hits, string perDay, string level, string hosts, string first, string last, string rule) =>
        Text($"{hits,-8}  {perDay,-8}  {level,-13}  {hosts,-5}  {first,-19}  {last,-19}  {TerminalText.Visible(rule)}\n");

    private void Text(string text) => Output.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Where events are from.</summary>
    private sealed record Place(string Host, string Channel, string Provider, string EventId);

    /// <summary>The matches of a rule in one place.</summary>
    private sealed class Records
    {
        public long Count { get; set; }

        public string? First { get; init; }

        public string? Last { get; set; }
    }

    /// <summary>The matches of a rule.</summary>
    private sealed class Hits
    {
        public long Count { get; set; }

        public Dictionary<Place, Records> Places { get; } = [];

        public HashSet<string> Hosts { get; } = new(StringComparer.OrdinalIgnoreCase);

        public DateTimeOffset? First { get; set; }

        public DateTimeOffset? Last { get; set; }
    }
}
