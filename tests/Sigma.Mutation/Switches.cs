using System.Reflection;

namespace Sigma.Mutation;

/// <summary>The switches of the mutated libraries in this process. Each library has one, and the numbers of mutants are the same in all.</summary>
internal static class Switches
{
    /// <summary>Switches a mutant on, and all others off; -1 switches all off.</summary>
    public static void TurnOn(int mutant) => Each("On", field => field.SetValue(null, mutant));

    /// <summary>Begins to note the mutants that are passed, of so many.</summary>
    public static void Note(int mutants) => Each("Passed", field => field.SetValue(null, mutants < 0 ? null : new bool[mutants]));

    /// <summary>The mutants that have been passed; null where none were noted. A library that no test has loaded has passed none.</summary>
    public static IReadOnlyList<int>? Passed()
    {
        var all = new List<bool[]>();
        Each("Passed", field => all.Add((bool[]?)field.GetValue(null) ?? []));
        return all.TrueForAll(one => one.Length == 0) ? null : [.. Enumerable.Range(0, all.Max(one => one.Length)).Where(i => all.Exists(one => i < one.Length && one[i]))];
    }

    private static void Each(string field, Action<FieldInfo> take)
    {
        foreach (Assembly loaded in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (loaded.GetType("Sigma.MutantSwitch")?.GetField(field) is { } found)
            {
                take(found);
            }
        }
    }
}
