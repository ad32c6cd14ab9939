using System.Collections.Immutable;

namespace Sigma.Events.Matching;

/// <summary>
/// A rule ready to be asked: its expression once for each variant of its log source, and once as the rule itself says
/// it, for events that do not tell their log source.
/// </summary>
/// <param name="source">The rule's log source.</param>
/// <param name="plain">The rule's expression.</param>
/// <param name="bodies">The rule's expression in the field names of each variant of the log source.</param>
internal sealed class RuleTest(RuleSource source, EventTest plain, ImmutableArray<EventTest> bodies)
{
    /// <summary>The rule's log source.</summary>
    public RuleSource Source => source;

    /// <summary>The expression as the rule itself says it.</summary>
    public EventTest Plain => plain;

    /// <summary>Which of the expressions apply to an event, a bit each; none if the event is of another log source.</summary>
    public uint Applying(EventView view) => source.Applying(view);

    /// <summary>The expressions of some bits.</summary>
    public IEnumerable<EventTest> Bodies(uint applying)
    {
        if ((applying & RuleSource.PlainBit) != 0)
        {
            yield return plain;
        }

        for (int i = 0; i < bodies.Length; i++)
        {
            if ((applying & (1u << i)) != 0)
            {
                yield return bodies[i];
            }
        }
    }

    /// <summary>Whether the event passes.</summary>
    public bool Holds(EventView view)
    {
        uint applying = Applying(view);
        if ((applying & RuleSource.PlainBit) != 0 && plain.Holds(view))
        {
            return true;
        }

        for (int i = 0; i < bodies.Length; i++)
        {
            if ((applying & (1u << i)) != 0 && bodies[i].Holds(view))
            {
                return true;
            }
        }

        return false;
    }
}
