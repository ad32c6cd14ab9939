using System.Text.RegularExpressions;
using Sigma.Cli;
using Sigma.Tests.Backends;

namespace Sigma.Tests.Docs;

/// <summary>docs/configuration.md lists every setting, and where it stands.</summary>
public sealed partial class ConfigurationPageTests
{
    [Fact]
    public void The_page_has_the_settings_there_are()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));

        Row().Matches(page).Select(row => (row.Groups["name"].Value, row.Groups["where"].Value)).Should().BeEquivalentTo(
            SettingTable.All.GroupBy(setting => setting.Name)
                .Select(group => (group.Key, group.First().Command is null ? "anywhere" : "under " + string.Join(", ", group.Select(setting => $"`{setting.Command}`")))));
    }

    [GeneratedRegex(@"^\| `(?<name>[a-z-]+)` \| (?<where>anywhere|under [^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
