namespace Sigma.Cli;

/// <summary>Counts events of known logs whose fields have other names than rules: a rule for them matches only with a pipeline.</summary>
internal sealed class RenamedEvents
{
    private readonly Dictionary<string, long> events = [];
    private readonly Dictionary<string, IReadOnlyList<string>> pipelinesOf = [];

    /// <summary>Counts an event.</summary>
    /// <param name="pipelines">The built-in pipelines that give rules the names of its fields; none where these have the rules' names.</param>
    public void Add(IReadOnlyList<string> pipelines)
    {
        if (pipelines.Count > 0)
        {
            Add(string.Join(" or -p ", pipelines), pipelines, 1);
        }
    }

    /// <summary>Adds what others counted.</summary>
    public void Add(RenamedEvents others)
    {
        foreach ((string words, long number) in others.events)
        {
            Add(words, others.pipelinesOf[words], number);
        }
    }

    /// <summary>Says which pipelines are missing, a line each.</summary>
    /// <param name="choice">The user's pipelines. One of the user's own may do the same as a built-in one.</param>
    public IEnumerable<string> Notes(PipelineChoice choice) =>
        from one in events
        where !choice.Pipelines.Any(given => pipelinesOf[one.Key].Contains(given) || Path.Exists(given))
        select $"sigmac: {Pluralizer.Count(one.Value, "event")} with field names of the Elastic Common Schema, which rules do not use; "
            + $"give rules these names with -p {one.Key}";

    private void Add(string words, IReadOnlyList<string> pipelines, long number)
    {
        events[words] = events.GetValueOrDefault(words) + number;
        pipelinesOf[words] = pipelines;
    }
}
