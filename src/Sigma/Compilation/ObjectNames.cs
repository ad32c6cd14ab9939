using Sigma.Backends;
using Sigma.Text;

namespace Sigma.Compilation;

/// <summary>
/// The names that the conversions of a run give to objects in the systems behind the targets. A second object of a name would
/// silently replace the first there, so a name that comes from a rule's title is changed, and two rules of one id are an error.
/// </summary>
/// <remarks>Conversions are brought in the order of the output, by one thread; the names do not depend on which was made first.</remarks>
public sealed class ObjectNames
{
    private readonly Dictionary<(string Kind, string Name), string> owners = new(NameComparer.Instance);
    private readonly Dictionary<(string Kind, string Name), int> tried = new(NameComparer.Instance);

    /// <summary>Takes the names of a conversion.</summary>
    /// <param name="conversion">The conversion.</param>
    /// <param name="place">Where the rule stands, for messages.</param>
    /// <returns>The same conversion; one with other names, where its own are taken; or a failed one. A changed one says why.</returns>
    public Conversion Settle(Conversion conversion, string place)
    {
        if (conversion.Objects.Count == 0)
        {
            return conversion;
        }

        string owner = conversion.Metadata.Title.Length == 0 ? place : $"'{conversion.Metadata.Title}' in {place}";
        Conversion settled = conversion;
        if (conversion.Objects.FirstOrDefault(IsTaken) is { } taken)
        {
            settled = taken.IsId || conversion.Renumbered is null ? Refused(conversion, taken) : Renamed(conversion, taken);
        }

        foreach (ObjectName named in settled.Objects)
        {
            owners.TryAdd((named.Kind, named.Name), owner);
        }

        return settled;
    }

    private bool IsTaken(ObjectName named) => owners.ContainsKey((named.Kind, named.Name));

    private Conversion Refused(Conversion conversion, ObjectName taken) => conversion with
    {
        Status = ConversionStatus.Failed,
        Queries = [],
        Objects = [],
        Diagnostics = [.. conversion.Diagnostics, Diagnostic.SameObject(null, taken.Kind, taken.Name, owners[(taken.Kind, taken.Name)])],
    };

    /// <summary>Takes the first free number, starting after the last rule of this name, so the cost does not grow with their number.</summary>
    private Conversion Renamed(Conversion conversion, ObjectName taken)
    {
        int added = tried.GetValueOrDefault((taken.Kind, taken.Name));
        Conversion renamed;
        do
        {
            renamed = conversion.Renumbered!(++added);
        }
        while (renamed.Objects.Any(IsTaken) && !renamed.Objects.Any(named => named.IsId));

        tried[(taken.Kind, taken.Name)] = added;
        if (renamed.Objects.FirstOrDefault(IsTaken) is { } still)
        {
            return Refused(conversion, still);
        }

        string now = renamed.Objects.Count == 0 ? "" : renamed.Objects[0].Name;
        return renamed with { Diagnostics = [.. renamed.Diagnostics, Diagnostic.ObjectRenamed(null, taken.Kind, taken.Name, owners[(taken.Kind, taken.Name)], now)] };
    }

    /// <summary>Some systems distinguish names that differ only in case, others do not.</summary>
    private sealed class NameComparer : IEqualityComparer<(string Kind, string Name)>
    {
        public static readonly NameComparer Instance = new();

        public bool Equals((string Kind, string Name) x, (string Kind, string Name) y) =>
            x.Kind == y.Kind && StringComparer.OrdinalIgnoreCase.Equals(x.Name, y.Name);

        public int GetHashCode((string Kind, string Name) obj) => HashCode.Combine(obj.Kind, StringComparer.OrdinalIgnoreCase.GetHashCode(obj.Name));
    }
}
