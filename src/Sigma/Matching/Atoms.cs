namespace Sigma.Matching;

/// <summary>A literal that some value of a field must contain, in any case, for a test to hold.</summary>
/// <param name="Slot">The field; -1 for any value.</param>
/// <param name="Literal">The literal.</param>
/// <param name="AtStart">Whether the value must begin with it.</param>
/// <param name="AtEnd">Whether the value must end with it.</param>
internal readonly record struct Atom(int Slot, string Literal, bool AtStart, bool AtEnd);

/// <summary>
/// Chooses for each rule the literals by which an index finds it: of one of them, at least, the event must have a value. What many
/// rules look for is likely to be in many events, so the literals of few rules, and long ones, are chosen.
/// </summary>
internal sealed class Atoms
{
    /// <summary>Shorter literals are in too many values to be of use, but for a single character that is not ASCII.</summary>
    private const int Shortest = 2;

    private readonly Dictionary<(int Slot, string Literal), int> uses = [];

    /// <summary>Learns what a rule looks for.</summary>
    public void Learn(EventTest test)
    {
        switch (test)
        {
            case AllTest all:
                foreach (EventTest operand in all.Operands)
                {
                    Learn(operand);
                }

                break;
            case AnyTest any:
                foreach (EventTest operand in any.Operands)
                {
                    Learn(operand);
                }

                break;
            default:
                foreach (Atom atom in Of(test) ?? [])
                {
                    (int, string) key = KeyOf(atom);
                    uses[key] = uses.GetValueOrDefault(key) + 1;
                }

                break;
        }
    }

    /// <summary>Chooses the literals.</summary>
    /// <returns>The literals; null where the rule has none that it needs.</returns>
    public IReadOnlyList<Atom>? Choose(EventTest test) => Best(test)?.Atoms;

    private (IReadOnlyList<Atom> Atoms, double Cost)? Best(EventTest test)
    {
        switch (test)
        {
            case AllTest all:
                (IReadOnlyList<Atom> Atoms, double Cost)? best = null;
                foreach (EventTest operand in all.Operands)
                {
                    if (Best(operand) is { } one && (best is null || one.Cost < best.Value.Cost))
                    {
                        best = one;
                    }
                }

                return best;
            case AnyTest any:
                var together = new List<Atom>();
                double cost = 0;
                foreach (EventTest operand in any.Operands)
                {
                    if (Best(operand) is not { } one)
                    {
                        return null;
                    }

                    together.AddRange(one.Atoms);
                    cost += one.Cost;
                }

                return (together, cost);
            default:
                return Of(test) is { } atoms ? (atoms, atoms.Sum(Cost)) : null;
        }
    }

    private double Cost(Atom atom) => (1 + uses.GetValueOrDefault(KeyOf(atom))) * Math.Pow(0.25, atom.Literal.Length == 1 ? 4 : Math.Min(atom.Literal.Length, 8));

    private static (int, string) KeyOf(Atom atom) => (atom.Slot, atom.Literal.ToUpperInvariant());

    private static IReadOnlyList<Atom>? Of(EventTest test)
    {
        var atoms = new List<Atom>();
        return test switch
        {
            FieldValueTest field when Add(field.Slot, field.Test, atoms) => atoms,
            KeywordTest keyword when Add(-1, keyword.Test, atoms) => atoms,
            _ => null,
        };
    }

    private static bool Add(int slot, ValueTest test, List<Atom> atoms)
    {
        switch (test)
        {
            case TextTest text:
                atoms.AddRange(text.Literals.Select(one => new Atom(slot, one.Literal, one.AtStart, one.AtEnd)));
                break;
            case PatternTest { Longest: { } longest }:
                atoms.Add(new Atom(slot, longest, false, false));
                break;
            case RegexTest { Required: { } required }:
                atoms.AddRange(required.Select(literal => new Atom(slot, literal, false, false)));
                break;
            case AnyValueTest any when any.Tests.All(one => Add(slot, one, atoms)):
                break;
            default:
                return false;
        }

        return atoms.TrueForAll(atom => atom.Literal.Length >= Shortest || atom.Literal is [> '\x7F']);
    }
}
