using Sigma.Alerts;
using Sigma.Checks.Custom;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The values of the settings of one command.</summary>
internal sealed class SettingValues() : Dictionary<string, string[]>(StringComparer.Ordinal)
{
    /// <summary>Where each value stands.</summary>
    public SettingPlaces Places { get; } = new();

    /// <summary>What is set for the objects of some rules; null if nothing is said.</summary>
    public IReadOnlyList<AlertOverride>? Overrides { get; set; }

    /// <summary>Checks of one's own; null if nothing is said.</summary>
    public IReadOnlyList<CustomCheck>? Checks { get; set; }

    /// <summary>What is said under <c>check</c>, for another command that shows findings.</summary>
    public SettingValues? Checking { get; init; }

    /// <summary>Takes the settings of a file that goes before this one.</summary>
    public void TakeOver(SettingValues other)
    {
        Overrides = other.Overrides;
        Checks = other.Checks;
        Places.TakeOver(other.Places);
        foreach ((string name, string[] value) in other)
        {
            this[name] = value;
        }

        if (other.Checking is { } checking)
        {
            Checking?.TakeOver(checking);
        }
    }
}

/// <summary>Where the values of settings stand in the configuration file, for messages of those that use them.</summary>
internal sealed class SettingPlaces
{
    private readonly Dictionary<(string Setting, string Value), Span> places = [];

    /// <summary>Keeps the place of a value; of a map, that of a name.</summary>
    public void Add(string setting, string value, Span span) => places[(setting, value)] = span;

    /// <summary>The place of a value; null if it does not come from a file.</summary>
    public Span? Of(string setting, string value) => places.TryGetValue((setting, value), out Span span) ? span : null;

    /// <summary>Takes the places of a file that goes before this one.</summary>
    public void TakeOver(SettingPlaces other)
    {
        foreach (((string setting, string value), Span span) in other.places)
        {
            places[(setting, value)] = span;
        }
    }

    /// <summary>Reads what a value names; messages without a place get that of the value.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="setting">The setting.</param>
    /// <param name="value">Its value; null if there is none.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <param name="read">Reads it.</param>
    public T Around<T>(string setting, string? value, List<Diagnostic> diagnostics, Func<T> read)
    {
        int from = diagnostics.Count;
        T result = read();
        Span? place = value is null ? null : Of(setting, value);
        for (int i = from; place is not null && i < diagnostics.Count; i++)
        {
            if (diagnostics[i].Span is null)
            {
                diagnostics[i] = diagnostics[i] with { Span = place };
            }
        }

        return result;
    }
}
