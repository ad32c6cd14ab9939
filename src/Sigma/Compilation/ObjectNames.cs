using Sigma.Backends;
using Sigma.Text;

namespace Sigma.Compilation;

/// <summary>
/// The names that the conversions of a run give to objects in the systems behind the targets. A second object of a name would
/// silently replace the first there, so a name, or an id, that comes from a rule's title is changed, and two rules of one id are an error.
/// </summary>
/// <remarks>Conversions are brought in the order of the output, by one thread; the names do not depend on which was made first.</remarks>
public sealed class ObjectNames
{
    private readonly Dictionary<(string Kind, string Name), Owner> owners = new(NameComparer.Instance);
    private readonly Dictionary<(string Kind, string Name), int> tried = new(NameComparer.Instance);

    /// <summary>Takes the names of a conversion.</summary>
    /// <param name="conversion">The conversion.</param>
    /// <param name="place">Where the rule stands, for messages.</param>
    /// <returns>The same conversion; one with other names, where its own are taken; or a failed one. A changed one says why.</returns>
    public Conversion Settle(Conversion conversion, string place)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        ArgumentNullException.ThrowIfNull(place);
        if (conversion.Objects.Count == 0)
        {
            return conversion;
        }

        var rule = new Owner(conversion.Metadata.Title, place, conversion.Index, conversion.Target);
        Conversion settled = conversion;
        if (conversion.Objects.FirstOrDefault(IsTaken) is { } taken)
        {
            settled = taken.IsFixed || conversion.Renumbered is null ? Refused(conversion, taken, rule) : Renamed(conversion, taken, rule);
        }

        foreach (ObjectName named in settled.Objects)
        {
            owners.TryAdd((named.Kind, named.Name), rule);
        }

        return settled;
    }

    private bool IsTaken(ObjectName named) => owners.ContainsKey((named.Kind, named.Name));

    private Conversion Refused(Conversion conversion, ObjectName taken, Owner rule)
    {
        Owner other = owners[(taken.Kind, taken.Name)];
        Diagnostic error = Diagnostic.SameObject(conversion.Metadata.IdPlace, taken.Kind, taken.Name, other.SeenFrom(rule));
        return conversion with
        {
            Status = ConversionStatus.Failed,
            Queries = [],
            Objects = [],
            Diagnostics = [.. conversion.Diagnostics, other.IsRuleOf(rule) ? error.WithHint("convert the rule for one target in a run") : error],
        };
    }

    /// <summary>Takes the first free number, starting after the last rule of this name, so the cost does not grow with their number.</summary>
    private Conversion Renamed(Conversion conversion, ObjectName taken, Owner rule)
    {
        int added = tried.GetValueOrDefault((taken.Kind, taken.Name));
        Conversion renamed;
        do
        {
            renamed = conversion.Renumbered!(++added);
        }
        while (renamed.Objects.Any(IsTaken) && !renamed.Objects.Any(named => named.IsFixed));

        tried[(taken.Kind, taken.Name)] = added;
        if (renamed.Objects.FirstOrDefault(IsTaken) is { } still)
        {
            return Refused(conversion, still, rule);
        }

        string other = owners[(taken.Kind, taken.Name)].SeenFrom(rule);
        string now = renamed.Objects.Count == 0 ? "" : renamed.Objects[0].Shown;
        return renamed with { Diagnostics = [.. renamed.Diagnostics, Diagnostic.ObjectRenamed(conversion.Metadata.TitlePlace, taken.Kind, taken.Shown, other, now)] };
    }

    /// <summary>The rule that made an object.</summary>
    private sealed record Owner(string Title, string Place, int Index, string Target)
    {
        /// <summary>Whether it is the same rule, converted for another target.</summary>
        public bool IsRuleOf(Owner rule) => (Place, Index) == (rule.Place, rule.Index) && Target != rule.Target;

        /// <summary>What a message about another rule calls it.</summary>
        public string SeenFrom(Owner rule) => IsRuleOf(rule) ? $"the same rule for {Target}" : Title.Length == 0 ? Place : $"'{Title}' in {Place}";
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
