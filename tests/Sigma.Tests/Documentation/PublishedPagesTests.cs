using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Sigma.Attack;
using Sigma.Engines.Tests.Engines;
using Sigma.Text;

namespace Sigma.Tests.Documentation;

/// <summary>
/// Our pages against the published ones, outside the queries. History's text is rewritten class by class (docs/deviations.md,
/// P1 to P6), and the end must be our bytes.
/// </summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed partial class PublishedPagesTests
{
    private const string NoData = "  There is no documented Data Needed for this Detection Rule yet  |";

    /// <summary>P1: what each of these rules needs, and why history had it otherwise.</summary>
    private static readonly Dictionary<string, string[]> NeededInstead = new()
    {
        // The rule is broken, and no rule needs nothing.
        ["powershell_downgrade_attack"] = [],

        // Head and document together: the start of a process, in the system log, with event id 7045, is no event there is.
        ["win_apt_apt29_tor"] = [],

        // Every rule of the file asks for the command line; history took the head, which has no fields, for a rule.
        ["win_apt_turla_commands"] = ["DN_0002_4688_windows_process_creation_with_commandline", "DN_0003_1_windows_sysmon_process_creation"],

        // The head's selection replaces those with the event ids, as in history's queries; ImagePath is in the event of the system log alone.
        ["win_invoke_obfuscation_obfuscated_iex_services"] = ["DN_0005_7045_windows_service_insatalled"],

        // The head asks for a description, which only Sysmon records.
        ["win_silenttrinity_stage_use"] = ["DN_0003_1_windows_sysmon_process_creation", "DN_0011_7_windows_sysmon_image_loaded"],

        // History did not know the application log.
        ["win_susp_backup_delete"] = ["DN_0039_524_system_catalog_has_been_deleted"],
        ["win_susp_msmpeng_crash"] = ["DN_0044_1000_application_crashed", "DN_0045_1001_windows_error_reporting"],
    };

    /// <summary>Our pages with the names of 2020, by their folders, for both tests.</summary>
    private static readonly ConcurrentDictionary<string, string> Pages = new(StringComparer.Ordinal);

    /// <summary>The figures of docs/deviations.md; a page may fall under several classes.</summary>
    private static readonly Dictionary<string, int> Expected = new()
    {
        ["same"] = 223,
        ["P1"] = 7,
        ["P2"] = 4,
        ["P3"] = 1,
        ["P4"] = 1,
        ["P5"] = 1,
    };

    [SharedFact]
    public void Every_page_is_historys_or_deviates_by_a_named_class()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var unexplained = new List<string>();
        foreach (string folder in Directory.GetDirectories(SharedFolder.In("golden", "pages")).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(folder);
            string ours = PageOf2020(folder);
            string theirs = Outside(File.ReadAllText(Path.Combine(folder, "page.md")));
            var classes = new SortedSet<string>();
            if (Rewrite(name, theirs, classes) != ours)
            {
                unexplained.Add(name);
            }

            foreach (string deviation in classes.DefaultIfEmpty("same"))
            {
                counts[deviation] = counts.GetValueOrDefault(deviation) + 1;
            }
        }

        unexplained.Should().BeEmpty();
        counts.Should().Equal(new SortedDictionary<string, int>(Expected, StringComparer.Ordinal));
    }

    /// <summary>P6: with the built-in names, techniques that were renamed since have their new names, and nothing else changes.</summary>
    [SharedFact]
    public void The_names_of_today_are_all_that_the_default_catalogue_changes()
    {
        int renamed = 0;
        foreach (string folder in Directory.GetDirectories(SharedFolder.In("golden", "pages")))
        {
            string old = PageOf2020(folder);
            string today = Outside(Page(folder, AttackCatalog.BuiltIn));
            string expected = old
                .Replace("T1070: Indicator Removal on Host", "T1070: Indicator Removal")
                .Replace("T1218: Signed Binary Proxy Execution", "T1218: System Binary Proxy Execution")
                .Replace("T1046: Network Service Scanning", "T1046: Network Service Discovery")
                .Replace("T1211: Exploitation for Defense Evasion", "T1211: Exploitation for Stealth");
            today.Should().Be(expected);
            renamed += today == old ? 0 : 1;
        }

        renamed.Should().Be(9);
    }

    private static string PageOf2020(string folder) => Pages.GetOrAdd(folder, static one => Outside(Page(one, AttackCatalog.Of2020)));

    private static string Page(string folder, AttackCatalog attack) =>
        Documented.Page(SourceText.Decode("rule.yml", File.ReadAllBytes(Path.Combine(folder, "rule.yml")), out _), attack);

    /// <summary>The page up to its queries; what is in them is the concern of GoldenQueriesTests.</summary>
    private static string Outside(string page) => page[..page.IndexOf("### powershell\n    \n", StringComparison.Ordinal)];

    private static string Rewrite(string name, string page, SortedSet<string> classes)
    {
        string text = page;
        if (NeededInstead.TryGetValue(name, out string[]? needed))
        {
            string items = string.Concat(needed.Select(type => $"<li>[{type}](../Data_Needed/{type}.md)</li>"));
            Change("P1", DataNeeded().Replace(text, _ => "| **Data Needed**          |" + (needed.Length == 0 ? NoData : $" <ul>{items}</ul>  |")));
        }

        Change("P2", NoAddress().Replace(text, "<li>$1</li>"));
        Change("P3", PythonMap().Replace(text, "<li>$1: $2</li>"));
        if (name == "win_apt_turla_commands")
        {
            Change("P4", text.Replace("|  Severity Level for this Detection Rule wasn't defined yet  |", "| critical |"));
        }

        if (name == "powershell_downgrade_attack")
        {
            Change("P5", text.Replace("\n```\n\n\n\n\n\n", "\n```\n\n* warning SIG0207: no rule follows this 'action: global', so it has no effect (line 1)\n\n\n\n\n"));
        }

        return text;

        void Change(string deviation, string changed)
        {
            if (changed != text)
            {
                classes.Add(deviation);
                text = changed;
            }
        }
    }

    [GeneratedRegex(@"^\| \*\*Data Needed\*\*          \|.*$", RegexOptions.Multiline)]
    private static partial Regex DataNeeded();

    /// <summary>A link to words with blanks, unless it is an address with a title in brackets, which Markdown knows.</summary>
    [GeneratedRegex(@"<li>\[((?!http)[^\]]* [^\]]*)\]\(\1\)</li>")]
    private static partial Regex NoAddress();

    [GeneratedRegex(@"<li>\{'([^']*)': '([^']*)'\}</li>")]
    private static partial Regex PythonMap();
}
