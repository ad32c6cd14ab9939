using System.Diagnostics;

namespace Sigma.Events.Matching;

/// <summary>
/// How long the regular expressions that need backtracking may take: those of one rule together, and those of all rules in a run.
/// Only what takes long is counted, so that a log of any size can be looked through.
/// </summary>
internal sealed class RegexBudget
{
    /// <summary>The usual time for a rule.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);

    /// <summary>The factor between the time of all rules and the time of one.</summary>
    public const int RunFactor = 10;

    private static readonly long LongTicks = Stopwatch.Frequency / 1000;
    private static readonly long MostTicks = (long)(RegexTest.Limit.TotalSeconds * Stopwatch.Frequency);

    private readonly RegexBudget? run;
    private readonly long limit;
    private long spent;

    /// <summary>Creates the budget of a run.</summary>
    /// <param name="rule">How long the expressions of one rule may take.</param>
    public RegexBudget(TimeSpan rule)
    {
        Rule = rule;
        limit = (long)Math.Min(rule.TotalSeconds * RunFactor * Stopwatch.Frequency, long.MaxValue / 2);
    }

    private RegexBudget(RegexBudget run)
    {
        this.run = run;
        Rule = run.Rule;
        limit = run.limit / RunFactor;
    }

    /// <summary>How long the expressions of one rule may take.</summary>
    public TimeSpan Rule { get; }

    /// <summary>Whether it, or that of the run, is used up.</summary>
    public bool IsSpent => Volatile.Read(ref spent) >= limit || run is { IsSpent: true };

    /// <summary>Creates the budget of one of the run's rules.</summary>
    public RegexBudget OfRule() => new(this);

    /// <summary>Counts the time since a moment, where that is long. More than one value may take is a pause of the program, as when a computer sleeps.</summary>
    public void SpendSince(long start)
    {
        long ticks = Math.Min(Stopwatch.GetTimestamp() - start, MostTicks);
        if (ticks >= LongTicks)
        {
            Interlocked.Add(ref spent, ticks);
            if (run is not null)
            {
                Interlocked.Add(ref run.spent, ticks);
            }
        }
    }
}
