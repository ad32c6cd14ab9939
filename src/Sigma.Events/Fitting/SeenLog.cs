using Sigma.Events.Matching;

namespace Sigma.Events.Fitting;

/// <summary>What the logs that a rule is for hold together, by the fields that rules ask for.</summary>
internal sealed class SeenLog
{
    private readonly Dictionary<int, List<FieldProfile>> bySlot = [];

    /// <summary>Puts logs together.</summary>
    /// <param name="table">The fields that rules ask for.</param>
    /// <param name="logs">The logs.</param>
    public SeenLog(FieldTable table, IReadOnlyList<LogProfile> logs)
    {
        Events = logs.Sum(log => log.Events);
        Fields = [.. logs.SelectMany(log => log.Fields)];
        foreach (FieldProfile field in Fields)
        {
            // A field that never has a value does not help a rule.
            if (field is { Count: 0, IsOfSchema: false })
            {
                continue;
            }

            foreach (FieldBinding binding in table.Of(field.Path))
            {
                if (!bySlot.TryGetValue(binding.Slot, out List<FieldProfile>? known))
                {
                    bySlot.Add(binding.Slot, known = []);
                }

                known.Add(field);
            }
        }
    }

    /// <summary>How many events there are; 0 in a schema.</summary>
    public long Events { get; }

    /// <summary>All fields.</summary>
    public IReadOnlyList<FieldProfile> Fields { get; }

    /// <summary>The fields of the logs that one of the rules' fields means; none if it never has a value.</summary>
    public IReadOnlyList<FieldProfile> Of(int slot) => bySlot.GetValueOrDefault(slot) ?? [];
}
