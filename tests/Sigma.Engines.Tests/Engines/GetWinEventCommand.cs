using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Sigma.Engines.Tests.Engines;

/// <summary>
/// Get-WinEvent over the events of a test. It takes only the parameters it honours: any other is a binding error, so a
/// query that leans on one is not passed by accident.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WinEvent", DefaultParameterSetName = "Log")]
public sealed class GetWinEventCommand : PSCmdlet
{
    public const string EventsVariable = "EngineEvents";

    private static readonly string[] NotHere = ["ProviderName", "Path", "Keywords", "Level", "UserID", "Data", "SuppressHashFilter"];

    [Parameter(Position = 0, ParameterSetName = "Log")]
    public string[] LogName { get; set; } = ["*"];

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Hash")]
    public Hashtable[] FilterHashtable { get; set; } = [];

    [Parameter]
    public long MaxEvents { get; set; } = long.MaxValue;

    [Parameter]
    public SwitchParameter Oldest { get; set; }

    protected override void EndProcessing()
    {
        var events = (IEnumerable<WinEventRecord>)GetVariableValue(EventsVariable);
        var ordered = Oldest ? events.OrderBy(e => e.TimeCreated) : events.OrderByDescending(e => e.TimeCreated);
        var wanted = ParameterSetName == "Hash"
            ? ordered.Where(e => FilterHashtable.Any(filter => Matches(filter, e)))
            : ordered.Where(e => InLog(LogName, e));
        for (var found = wanted.GetEnumerator(); MaxEvents > 0 && found.MoveNext(); MaxEvents--)
        {
            WriteObject(found.Current);
        }
    }

    private static bool InLog(IEnumerable<string> names, WinEventRecord e) =>
        names.Any(name => new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch(e.LogName));

    private static bool Matches(Hashtable filter, WinEventRecord e)
    {
        var entries = filter.Cast<DictionaryEntry>().ToDictionary(
            entry => entry.Key.ToString()!, entry => Texts(entry.Value), StringComparer.OrdinalIgnoreCase);
        if (!entries.ContainsKey("LogName"))
        {
            // The real cmdlet says the same of a table with neither log, provider nor path.
            throw new ArgumentException("The FilterHashtable names no log.");
        }

        return entries.All(entry => Matches(entry.Key, entry.Value, e));
    }

    private static bool Matches(string key, IReadOnlyList<string> values, WinEventRecord e) => key.ToLowerInvariant() switch
    {
        "logname" => InLog(values, e),
        "id" => values.Select(value => int.Parse(value, CultureInfo.InvariantCulture)).Contains(e.Id),
        "starttime" => e.TimeCreated >= Time(values),
        "endtime" => e.TimeCreated <= Time(values),
        _ when NotHere.Contains(key, StringComparer.OrdinalIgnoreCase) =>
            throw new ArgumentException($"The test's Get-WinEvent does not filter by {key}."),
        // Any other key names a data item, and the event log's XPath compares it exactly.
        _ => e.Data.Any(item => item.Name == key && values.Contains(item.Value)),
    };

    private static DateTime Time(IReadOnlyList<string> values) =>
        DateTime.Parse(values.Single(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static IReadOnlyList<string> Texts(object? value) => value switch
    {
        PSObject wrapped => Texts(wrapped.BaseObject),
        DateTime time => [time.ToString("O", CultureInfo.InvariantCulture)],
        string text => [text],
        IEnumerable many => [.. many.Cast<object?>().SelectMany(Texts)],
        _ => [Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""],
    };
}
