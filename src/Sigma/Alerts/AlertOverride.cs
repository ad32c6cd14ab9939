using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Alerts;

/// <summary>What a user sets for the objects of some rules, without changing the rules.</summary>
internal sealed record AlertSettings
{
    /// <summary>Nothing is set.</summary>
    public static readonly AlertSettings None = new();

    /// <summary>The severity instead of the rule's; null for the rule's.</summary>
    public Level? Level { get; init; }

    /// <summary>How often the object runs, such as <c>5m</c>; null for the option's value.</summary>
    public string? Interval { get; init; }

    /// <summary>How far back each run looks; null for the option's value.</summary>
    public string? Lookback { get; init; }

    /// <summary>How long no second alert is made; null for every alert.</summary>
    public string? Throttle { get; init; }

    /// <summary>Who is responsible; null for nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether the object runs; null for the option's value.</summary>
    public bool? Enabled { get; init; }

    /// <summary>These settings, with those of a later override instead where it has any.</summary>
    public AlertSettings With(AlertSettings later) => new()
    {
        Level = later.Level ?? Level,
        Interval = later.Interval ?? Interval,
        Lookback = later.Lookback ?? Lookback,
        Throttle = later.Throttle ?? Throttle,
        Owner = later.Owner ?? Owner,
        Enabled = later.Enabled ?? Enabled,
    };
}

/// <summary>Settings for the rules with one of some ids, tags and levels.</summary>
/// <param name="Ids">The ids; empty for any.</param>
/// <param name="Tags">The tags, of which a rule has one; empty for any.</param>
/// <param name="Levels">The levels as rules have them; empty for any.</param>
/// <param name="Settings">What is set.</param>
internal sealed record AlertOverride(ImmutableArray<string> Ids, ImmutableArray<string> Tags, ImmutableArray<Level> Levels, AlertSettings Settings)
{
    /// <summary>Whether it is for a rule.</summary>
    public bool IsFor(Metadata rule) =>
        (Ids.IsEmpty || (rule.Id is { } id && Ids.Contains(id, StringComparer.OrdinalIgnoreCase)))
        && (Tags.IsEmpty || rule.Tags.Any(tag => Tags.Contains(tag, StringComparer.OrdinalIgnoreCase)))
        && (Levels.IsEmpty || (rule.Level is { } level && Levels.Contains(level)));

    /// <summary>What all overrides together set for a rule; a later one takes precedence.</summary>
    public static AlertSettings For(IReadOnlyList<AlertOverride> overrides, Metadata rule)
    {
        AlertSettings settings = AlertSettings.None;
        foreach (AlertOverride one in overrides)
        {
            if (one.IsFor(rule))
            {
                settings = settings.With(one.Settings);
            }
        }

        return settings;
    }
}
