using Sigma.Events.Matching;

namespace Sigma.Events.Fitting;

/// <summary>Gathers the profiles of the logs that events are from.</summary>
/// <param name="fields">The fields that rules ask for; whole.</param>
/// <param name="sources">Where events tell their log.</param>
internal sealed class LogProfiles(FieldTable fields, SourceFields sources)
{
    /// <summary>More logs, or event ids, are put together: nobody's log has so many.</summary>
    private const int Most = 2_000;

    private readonly RuleIndex index = new(fields, sources, []);
    private readonly EventView view = new(fields);
    private readonly Dictionary<SourceKey, LogProfile> profiles = [];
    private readonly ValueRoom room = new();
    private LogProfile? others;

    /// <summary>The profiles.</summary>
    public IReadOnlyList<LogProfile> All => [.. profiles.Values, .. others is null ? (LogProfile[])[] : [others]];

    /// <summary>How many events there are whose log is not known.</summary>
    public long Unknown { get; private set; }

    /// <summary>Adds an event.</summary>
    public void Add(Event e)
    {
        view.Bind(e);
        Unknown += index.IsOfKnownLog(view) ? 0 : 1;
        if (index.KeyOf(view) is not { } key)
        {
            (others ??= New(e)).Add(e);
            return;
        }

        if (!profiles.TryGetValue(key, out LogProfile? profile))
        {
            profile = profiles.Count < Most ? profiles[key] = New(e) : others ??= New(e);
        }

        profile.Add(e);
    }

    private LogProfile New(Event e) => new(e, index.NameOf(view), room) { IsOfKnownLog = index.IsOfKnownLog(view) };
}
