using System.Runtime.InteropServices;

namespace Sigma.Events.Matching;

/// <summary>A literal that a value of a field must contain, ignoring case, for a test to match.</summary>
/// <param name="Slot">The field; -1 for any value.</param>
/// <param name="Text">The literal.</param>
/// <param name="AtStart">Whether the value must begin with it.</param>
/// <param name="AtEnd">Whether the value must end with it.</param>
internal readonly record struct RequiredLiteral(int Slot, string Text, bool AtStart, bool AtEnd)
{
    /// <summary>Whether an event has it.</summary>
    public bool IsIn(EventView view)
    {
        if (Slot < 0)
        {
            for (int i = 0; i < view.Event.Count; i++)
            {
                if (IsIn(view.Event.TextOf(i)))
                {
                    return true;
                }
            }

            return false;
        }

        for (int i = view.First(Slot); i >= 0; i = view.Next(Slot, i))
        {
            if (IsIn(view.Event.TextOf(i)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsIn(ReadOnlySpan<char> text) =>
        AtStart && AtEnd ? text.Equals(Text, StringComparison.OrdinalIgnoreCase)
        : AtStart ? text.StartsWith(Text, StringComparison.OrdinalIgnoreCase)
        : AtEnd ? text.EndsWith(Text, StringComparison.OrdinalIgnoreCase)
        : text.Contains(Text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Chooses the literals by which an index finds each rule: an event that matches the rule contains at least one of them. Literals
/// of many rules are likely to be in many events, so the chooser prefers literals of few rules, and long ones.
/// </summary>
internal sealed class RequiredLiteralChooser
{
    /// <summary>Shorter literals are in too many values to be useful, except single characters outside ASCII.</summary>
    private const int Shortest = 2;

    /// <summary>How rare a literal is taken to be by its length: with each character a quarter as many values have it, up to eight.</summary>
    private static readonly double[] Rarity = [.. Enumerable.Range(0, 9).Select(length => Math.Pow(0.25, length))];

    private readonly Lock gate = new();
    private readonly Dictionary<(int Slot, string Literal), int> uses = new(AnyCase.Instance);
    private readonly Dictionary<EventTest, IReadOnlyList<RequiredLiteral>?> chosen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Counts the literals of a rule.</summary>
    public void Learn(EventTest test)
    {
        lock (gate)
        {
            foreach (RequiredLiteral literal in AllOf(test))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(uses, KeyOf(literal), out _)++;
            }
        }
    }

    /// <summary>All literals among which those of a rule are chosen.</summary>
    public static IReadOnlyList<RequiredLiteral> AllOf(EventTest test)
    {
        var literals = new List<RequiredLiteral>();
        AddAll(test, literals);
        return literals;
    }

    private static void AddAll(EventTest test, List<RequiredLiteral> literals)
    {
        if (test is AllTest or AnyTest)
        {
            foreach (EventTest operand in test is AllTest all ? all.Operands : ((AnyTest)test).Operands)
            {
                AddAll(operand, literals);
            }
        }
        else if (Of(test) is { } own)
        {
            literals.AddRange(own);
        }
    }

    /// <summary>Chooses the literals.</summary>
    /// <returns>The literals; null if the rule requires none.</returns>
    public IReadOnlyList<RequiredLiteral>? Choose(EventTest test)
    {
        lock (gate)
        {
            if (!chosen.TryGetValue(test, out IReadOnlyList<RequiredLiteral>? known))
            {
                known = chosen[test] = Best(test, Cost)?.Literals;
            }

            return known;
        }
    }

    /// <summary>Chooses those literals that the fewest events have.</summary>
    /// <param name="test">The rule.</param>
    /// <param name="events">How many events have one of its literals.</param>
    /// <returns>The literals; null if the rule requires none.</returns>
    public IReadOnlyList<RequiredLiteral>? Choose(EventTest test, Func<RequiredLiteral, int> events)
    {
        lock (gate)
        {
            // Among equals, the ordinary choice. Its costs are far below 1 for all literals that are not very short.
            return Best(test, literal => events(literal) + Cost(literal))?.Literals;
        }
    }

    private static (IReadOnlyList<RequiredLiteral> Literals, double Cost)? Best(EventTest test, Func<RequiredLiteral, double> costOf)
    {
        switch (test)
        {
            case AllTest all:
                (IReadOnlyList<RequiredLiteral> Literals, double Cost)? best = null;
                foreach (EventTest operand in all.Operands)
                {
                    if (Best(operand, costOf) is { } one && (best is null || one.Cost < best.Value.Cost))
                    {
                        best = one;
                    }
                }

                return best;
            case AnyTest any:
                var together = new List<RequiredLiteral>();
                double cost = 0;
                foreach (EventTest operand in any.Operands)
                {
                    if (Best(operand, costOf) is not { } one)
                    {
                        return null;
                    }

                    together.AddRange(one.Literals);
                    cost += one.Cost;
                }

                return (together, cost);
            default:
                return Of(test) is { } literals ? (literals, CostOf(literals, costOf)) : null;
        }
    }

    private static double CostOf(List<RequiredLiteral> literals, Func<RequiredLiteral, double> costOf)
    {
        double sum = 0;
        foreach (RequiredLiteral literal in literals)
        {
            sum += costOf(literal);
        }

        return sum;
    }

    private double Cost(RequiredLiteral literal) => (1 + uses.GetValueOrDefault(KeyOf(literal))) * Rarity[literal.Text.Length == 1 ? 4 : Math.Min(literal.Text.Length, Rarity.Length - 1)];

    private static (int, string) KeyOf(RequiredLiteral literal) => (literal.Slot, literal.Text);

    private static List<RequiredLiteral>? Of(EventTest test)
    {
        var literals = new List<RequiredLiteral>();
        return test switch
        {
            FieldValueTest field when Add(field.Slot, field.Test, literals) => literals,
            KeywordTest keyword when Add(-1, keyword.Test, literals) => literals,
            _ => null,
        };
    }

    private static bool Add(int slot, ValueTest test, List<RequiredLiteral> literals)
    {
        switch (test)
        {
            case TextTest text:
                text.AddLiterals(slot, literals);
                break;
            case PatternTest { Longest: { } longest }:
                literals.Add(new RequiredLiteral(slot, longest, false, false));
                break;
            case RegexTest { Required: { } required }:
                literals.AddRange(required.Select(literal => new RequiredLiteral(slot, literal, false, false)));
                break;
            case AnyValueTest any when any.Tests.All(one => Add(slot, one, literals)):
                break;
            default:
                return false;
        }

        return literals.TrueForAll(literal => literal.Text.Length >= Shortest || literal.Text is [> '\x7F']);
    }

    /// <summary>Counts literals that differ only in case together.</summary>
    private sealed class AnyCase : IEqualityComparer<(int Slot, string Literal)>
    {
        public static AnyCase Instance { get; } = new();

        public bool Equals((int Slot, string Literal) a, (int Slot, string Literal) b) => a.Slot == b.Slot && a.Literal.Equals(b.Literal, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((int Slot, string Literal) key) => HashCode.Combine(key.Slot, key.Literal.GetHashCode(StringComparison.OrdinalIgnoreCase));
    }
}
