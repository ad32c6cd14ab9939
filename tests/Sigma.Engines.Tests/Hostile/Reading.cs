namespace Sigma.Engines.Tests.Hostile;

/// <summary>An event for a query on trial: fields, and the text of the whole.</summary>
internal sealed record Trial(IReadOnlyDictionary<string, string> Fields, string Message);

/// <summary>What a reader of an output's language made of it.</summary>
internal sealed class Reading
{
    /// <summary>
    /// The parts that are not data: commands, keys, elements, tags. Every part a hostile rule's output has must be one that
    /// some plain rule's output has.
    /// </summary>
    public HashSet<string> Structure { get; } = new(StringComparer.Ordinal);

    /// <summary>How many of each thing of which there may be only so many: queries, stanzas, headings.</summary>
    public Dictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>The texts that are data, by what they are.</summary>
    public List<(string Kind, string Text)> Texts { get; } = [];

    /// <summary>Whether the query finds an event; null where the output is no query, or a counting one.</summary>
    public Func<Trial, bool>? Finds { get; set; }

    public void Count(string what) => Counts[what] = Counts.GetValueOrDefault(what) + 1;

    public IEnumerable<string> Of(string kind) => Texts.Where(one => one.Kind == kind).Select(one => one.Text);
}

/// <summary>An output that its reader refuses.</summary>
internal sealed class Unreadable(string message) : Exception(message);
