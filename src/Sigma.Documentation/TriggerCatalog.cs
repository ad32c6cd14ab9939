using System.Text.RegularExpressions;
using Sigma.Attack;
using Sigma.Text;

namespace Sigma.Documentation;

/// <summary>The techniques for which there is a test that does what the technique is, and so triggers a rule.</summary>
/// <param name="techniques">Their ids.</param>
internal sealed partial class TriggerCatalog(IEnumerable<string> techniques)
{
    private static readonly Lazy<TriggerCatalog> Tabled = new(ReadTable);

    private readonly HashSet<string> ids = new(techniques, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The built-in list: the techniques that had a public atomic test in 2020, and what the retired ones among them became,
    /// since the tests moved with them.
    /// </summary>
    public static TriggerCatalog BuiltIn => Tabled.Value;

    /// <summary>How many there are.</summary>
    public int Count => ids.Count;

    /// <summary>Whether there is a test for a technique.</summary>
    public bool Has(string id) => ids.Contains(id);

    /// <summary>Reads a checkout of the public atomic tests.</summary>
    /// <param name="folder">The checkout, or its folder <c>atomics</c>: a folder a technique, with a file of its name.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The catalogue; null after a report.</returns>
    public static TriggerCatalog? Read(string folder, List<Diagnostic> diagnostics)
    {
        if (!Directory.Exists(folder))
        {
            diagnostics.Add(Diagnostic.NoSuchInput(null, folder));
            return null;
        }

        string inner = Path.Combine(folder, "atomics");
        var catalog = new TriggerCatalog(Directory.EnumerateDirectories(Directory.Exists(inner) ? inner : folder)
            .Where(directory => File.Exists(Path.Combine(directory, Path.GetFileName(directory) + ".yaml")))
            .Select(directory => Path.GetFileName(directory))
            .Where(name => TechniqueId().IsMatch(name)));
        if (catalog.Count == 0)
        {
            diagnostics.Add(Diagnostic.CatalogFile(null, folder, "checkout of atomic tests", "it has no test such as T1059.001/T1059.001.yaml"));
            return null;
        }

        return catalog;
    }

    private static TriggerCatalog ReadTable()
    {
        AttackCatalog attack = AttackCatalog.BuiltIn;
        string[] tested = [.. EmbeddedTable.Read(typeof(AttackCatalog).Assembly, "techniques.tsv", 7).Where(row => row[6].Length > 0).Select(row => row[0])];
        return new TriggerCatalog(tested.Concat(tested.Select(id => attack.Current(attack.FindTechnique(id)!)?.Id).OfType<string>()));
    }

    [GeneratedRegex(@"^T\d{4}(\.\d{3})?$")]
    private static partial Regex TechniqueId();
}
