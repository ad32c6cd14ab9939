namespace Sigma.Events.Matching;

/// <summary>What kept rules from being judged by an event, by their numbers.</summary>
internal sealed class Troubles
{
    private readonly List<(int Rule, Exception? Failure, bool IsTimeSpent)> found = [];

    /// <summary>The troubles with one event: an exception, or that expressions took too long.</summary>
    public IReadOnlyList<(int Rule, Exception? Failure, bool IsTimeSpent)> Found => found;

    /// <summary>Forgets all.</summary>
    public void Clear() => found.Clear();

    /// <summary>Asks a rule about an event. What it throws is kept, so that neither other rules nor other events suffer.</summary>
    public bool Holds(int rule, EventTest test, EventView view)
    {
        (int slow, int leftOut) = (RegexTest.GaveUp, RegexTest.LeftOut);
        try
        {
            bool holds = test.Holds(view);
            if (RegexTest.GaveUp != slow || RegexTest.LeftOut != leftOut)
            {
                found.Add((rule, null, RegexTest.LeftOut != leftOut));
            }

            return holds;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            found.Add((rule, exception, false));
            return false;
        }
    }

    /// <summary>The same for a whole rule.</summary>
    public bool Holds(int rule, RuleTest test, EventView view)
    {
        foreach (EventTest body in test.Bodies(test.Applying(view)))
        {
            if (Holds(rule, body, view))
            {
                return true;
            }
        }

        return false;
    }
}
