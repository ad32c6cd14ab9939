using CsCheck;
using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Matching;

/// <summary>Rules in their order are found match by match as they are found by going through the whole window.</summary>
public sealed class OrderedMatchesTests
{
    private static readonly string[] Labels = ["a", "b", "c"];

    [Trait(Tier.Name, Tier.Slow)]
    [Theory]
    [InlineData("")]
    [InlineData("\n  condition: (a or b) and b and c")]
    [InlineData("\n  condition: a and b and not c")]
    [InlineData("\n  condition: c and (a or b or c) and c")]
    public void A_window_holds_when_its_matches_have_the_order(string condition)
    {
        string rules = string.Concat(Labels.Select(name => $"title: T\nname: {name}\nlogsource: {{category: test}}\ndetection: {{s: {{k: {name}}}, condition: s}}\n---\n"));
        string text = $"{rules}title: C\ncorrelation:\n  type: temporal_ordered\n  rules: [a, b, c]\n  timespan: 10s{condition}\n";
        Correlation correlation = ((SigmaCorrelation)RuleReader.Read(new SourceText("a.yml", text))[3].Document!).Correlation;
        TemporalOrder order = TemporalOrder.Of(correlation, Labels)!;
        var counter = new CorrelationCounter(correlation, [.. Labels], order, null);

        // Each match: which rule, how much later, and whether it is of the same event as the one before.
        Gen.Select(Gen.Int[0, 2], Gen.Int[-2, 6], Gen.Int[0, 3]).Array[1, 40].Sample(
            matches =>
            {
                var window = new CorrelationWindow(counter);
                var all = new List<WindowEntry>();
                bool before = false;
                (long time, long sequence) = (1_000, 0);
                foreach ((int part, int later, int same) in matches)
                {
                    if (same > 0)
                    {
                        (time, sequence) = (time + later, sequence + 1);
                    }

                    var entry = new WindowEntry(time * TimeSpan.TicksPerSecond, sequence, part, null);
                    all.RemoveAll(one => Math.Abs(one.Time - entry.Time) > counter.Ticks);
                    all.Insert(all.FindLastIndex(one => one.Time <= entry.Time) + 1, entry);
                    // Matches that all lie within the timespan are one window; only where a late one has some on both sides are there several.
                    bool single = all[^1] == entry || all[^1].Time - all[0].Time <= counter.Ticks;
                    bool held = single ? Holds(order, all) : Windows(all, counter.Ticks, entry).Any(some => Holds(order, some));
                    HeldCorrelation? found = window.Add(entry);
                    if (found is not null)
                    {
                        held.Should().BeTrue();
                    }
                    else if (held)
                    {
                        before.Should().BeTrue("what holds and did not before is reported");
                    }

                    before = held;
                }
            },
            iter: 3_000);
    }

    private static IEnumerable<IReadOnlyList<WindowEntry>> Windows(IReadOnlyList<WindowEntry> all, long ticks, WindowEntry late) =>
        all.Select((start, i) => (IReadOnlyList<WindowEntry>)[.. all.Skip(i).TakeWhile(one => one.Time - start.Time <= ticks)])
            .Where(some => some[0].Time <= late.Time);

    private static bool Holds(TemporalOrder order, IReadOnlyList<WindowEntry> window)
    {
        int step = 0;
        long before = -1;
        foreach (WindowEntry entry in window)
        {
            if (step < order.Steps.Length && entry.Sequence != before && order.Steps[step].Contains(Labels[entry.Part]))
            {
                before = entry.Sequence;
                step++;
            }
        }

        return step == order.Steps.Length && (order.Absent is null || !window.Any(entry => Labels[entry.Part] == "c"));
    }
}
