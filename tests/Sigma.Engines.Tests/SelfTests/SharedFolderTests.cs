using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.History;

namespace Sigma.Engines.Tests.SelfTests;

public sealed class SharedFolderTests
{
    [Fact]
    public void The_repositorys_root_is_above_the_test_assembly() =>
        File.Exists(Path.Combine(SharedFolder.Root!, "Sigma.sln")).Should().BeTrue();

    [Fact]
    public void A_test_runs_exactly_where_the_folder_is()
    {
        var skip = new SharedFactAttribute().Skip;

        (skip is null).Should().Be(SharedFolder.Path is not null);
        skip?.Should().StartWith("Skipped: the shared folder is not there");
    }

    [SharedFact]
    public void Every_page_has_a_rule_and_a_text_for_each_target()
    {
        GoldenPage.All.Should().HaveCountGreaterThan(200);
        GoldenPage.All.Should().OnlyContain(page => File.Exists(Path.Combine(page.Folder, "rule.yml")));
    }
}
