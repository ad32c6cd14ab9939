namespace Sigma.Cli;

/// <summary>Counts events of which a part is not read: their time, or their fields.</summary>
internal sealed class UnreadParts
{
    private readonly SortedDictionary<string, long> times = new(StringComparer.Ordinal);
    private long messages;

    /// <summary>Counts an event that matched.</summary>
    /// <param name="field">The field with a time that is not read; null for none.</param>
    public void AddTime(string? field)
    {
        if (field is not null)
        {
            times[field] = times.GetValueOrDefault(field) + 1;
        }
    }

    /// <summary>Counts an event whose fields are only in the text of a message.</summary>
    public void AddMessage() => messages++;

    /// <summary>Adds what others counted.</summary>
    public void Add(UnreadParts others)
    {
        messages += others.messages;
        foreach ((string field, long number) in others.times)
        {
            times[field] = times.GetValueOrDefault(field) + number;
        }
    }

    /// <summary>Says them, a line each.</summary>
    public IEnumerable<string> Notes()
    {
        if (messages > 0)
        {
            yield return $"sigmac: {Pluralizer.Count(messages, "event")} with fields only in the text of a message, where rules for fields do not look; export the log as .evtx or XML";
        }

        foreach ((string field, long number) in times)
        {
            yield return $"sigmac: {Pluralizer.Count(number, "matching event")} without a time, since {TerminalText.Visible(field)} is not in a format that sigmac reads as a time";
        }
    }
}
