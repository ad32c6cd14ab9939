using System.Reflection;
using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines;

namespace Sigma.Tests.Language;

/// <summary>
/// Each feature of correlations, filters and pipelines has a test named after its row in a list that lies in the shared folder:
/// a method whose name begins with the row's, or a theory with a case for it. What such a test asserts is for its reader
/// to judge; that none is forgotten is for this one.
/// </summary>
public sealed partial class LanguageRowsTests
{
    /// <summary>Rows about what sigmac does not have, with the reason.</summary>
    private static readonly Dictionary<string, string> NotOurs = new(StringComparer.Ordinal)
    {
        ["5 Round trip"] = "a method of the Python objects; sigmac is a program",
    };

    private static readonly Lazy<string[]> Tests = new(() => [.. NamesOfTests()]);

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach ((string row, string name) in SharedFolder.Path is null ? [] : ReadRows())
        {
            rows.Add(row, name);
        }

        if (rows.Count == 0)
        {
            rows.Add("none", "none");
        }

        return rows;
    }

    [SharedTheory]
    [MemberData(nameof(Rows))]
    public void A_row_has_a_test(string row, string name)
    {
        if (NotOurs.TryGetValue(row, out string? reason))
        {
            reason.Should().NotBeEmpty();
            Tests.Value.Should().NotContain(test => test.StartsWith(name, StringComparison.Ordinal), "a row that has a test is ours");
            return;
        }

        Tests.Value.Should().Contain(test => test.StartsWith(name, StringComparison.Ordinal), "of row {0}", row);
    }

    [SharedFact]
    public void All_rows_are_read() =>
        ReadRows().GroupBy(row => row.Row.Split(' ')[0]).Select(section => (section.Key, section.Count())).Should().Equal(
            ("4", 17), ("5", 10), ("6.2", 31), ("6.3", 19), ("6.4", 11));

    private static IEnumerable<(string Row, string Name)> ReadRows()
    {
        string section = "";
        bool head = true;
        foreach (string line in File.ReadLines(SharedFolder.In("reference", "sigma-inventory.md")))
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                section = heading.Groups[1].Value;
            }

            if (!line.StartsWith('|'))
            {
                head = true;
                continue;
            }

            string[] cells = [.. line.Split('|').Skip(1).Select(cell => cell.Trim())];
            bool separator = cells[0].StartsWith("---", StringComparison.Ordinal);
            bool row = !head && !separator;
            head = head && !separator;
            if (row && Prefix(section, cells) is { } prefix)
            {
                foreach (string part in Parts(section is "6.3" or "6.4" ? cells[1] : cells[0]))
                {
                    yield return ($"{section} {part}", Normalized(prefix + part));
                }
            }
        }
    }

    /// <summary>What the names of the tests of a table begin with; null for tables of other sections.</summary>
    private static string? Prefix(string section, string[] cells) => section switch
    {
        "4" or "5" => "",
        "6.2" => "Transformation ",
        "6.3" => cells[0] switch { "rule" => "Rule condition ", "item" => "Detection item condition ", _ => "Field name condition " },
        "6.4" => cells[0] == "post" ? "Postprocessing " : "Finalizer ",
        _ => null,
    };

    /// <summary>Several names in a cell are rows of their own; the words behind a name only describe it.</summary>
    private static IEnumerable<string> Parts(string cell)
    {
        bool extended = cell.Contains("extended", StringComparison.Ordinal);
        string[] names = [.. cell.Split(" / ").Select(part => part.Contains('_') || extended ? part.Split(' ')[0] : part)];
        return names.Select(name => extended ? name + " extended" : name);
    }

    /// <summary>The names of all tests, and for the cases of a theory the name with the case: its <c>type:</c>, or its first text.</summary>
    private static IEnumerable<string> NamesOfTests()
    {
        foreach (MethodInfo method in Assembly.GetExecutingAssembly().GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.DeclaringType != typeof(LanguageRowsTests) && method.GetCustomAttribute<FactAttribute>() is not null))
        {
            yield return Normalized(method.Name);
            foreach (string given in method.GetCustomAttributes<InlineDataAttribute>().Select(data => data.GetData(method).Single()?.FirstOrDefault()).OfType<string>())
            {
                string what = TypeOf().Match(given) is { Success: true } type ? type.Groups[1].Value : given;
                yield return Normalized($"{KindOf(method.Name)} {what}");
                yield return Normalized(what);
            }
        }
    }

    /// <summary>Theories over a kind of step are named by the kind in front.</summary>
    private static string KindOf(string method) =>
        Kinds.FirstOrDefault(kind => Normalized(method).StartsWith(Normalized(kind), StringComparison.Ordinal)) ?? method;

    private static readonly string[] Kinds = ["Rule condition", "Detection item condition", "Field name condition", "Postprocessing", "Finalizer"];

    private static string Normalized(string name) => NotAlphanumeric().Replace(name.ToLowerInvariant(), "_").Trim('_');

    [GeneratedRegex(@"^##+ ([\d.]+?)\.? ")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\{?type: (\w+)")]
    private static partial Regex TypeOf();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotAlphanumeric();
}
