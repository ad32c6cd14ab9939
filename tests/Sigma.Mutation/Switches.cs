using System.Reflection;

namespace Sigma.Mutation;

/// <summary>The switches of the mutated libraries in this process. Each library has one, and the numbers of mutants are the same in all.</summary>
internal sealed class Switches
{
    private readonly Type[] types;

    private Switches(Type[] types) => this.types = types;

    /// <summary>Loads the libraries, so that all have their switches from now on.</summary>
    /// <param name="folder">The folder that they are in.</param>
    public static Switches Load(string folder) =>
        new([.. Directory.GetFiles(folder, "Sigma*.dll").Select(file => Assembly.Load(Path.GetFileNameWithoutExtension(file)).GetType("Sigma.MutantSwitch")).OfType<Type>()]);

    /// <summary>Switches a mutant on, and all others off; -1 switches all off.</summary>
    public void TurnOn(int mutant) => Set("On", mutant);

    /// <summary>Ends the loops that run, and those that begin, or lets them run again.</summary>
    public void End(bool ends) => Set("Ends", ends);

    /// <summary>Begins to note the places that are reached, of so many.</summary>
    public void Note(int places) => Array.ForEach(types, type => type.GetField("Passed")!.SetValue(null, new bool[places]));

    /// <summary>The places that have been reached.</summary>
    public IReadOnlyList<int> Passed()
    {
        bool[][] all = [.. types.Select(type => (bool[]?)type.GetField("Passed")!.GetValue(null) ?? [])];
        return [.. Enumerable.Range(0, all.Max(one => one.Length)).Where(i => all.Any(one => i < one.Length && one[i]))];
    }

    private void Set(string field, object value) => Array.ForEach(types, type => type.GetField(field)!.SetValue(null, value));
}
