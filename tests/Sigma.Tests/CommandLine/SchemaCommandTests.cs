using Sigma.Cli;
using Sigma.Tests.Schemas;

namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac schema</c> writes the files of docs/schemas.</summary>
public sealed class SchemaCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_schema_is_written_as_it_is_in_the_documentation()
    {
        foreach (EditorSchema schema in EditorSchema.All)
        {
            ProgramRun run = Sigmac.Run(folder, "schema", schema.Name);

            run.ExitCode.Should().Be(0);
            run.Error.Should().BeEmpty();
            run.Output.Should().Be(schema.Text);
        }
    }

    [Fact]
    public void There_is_a_name_for_each_schema() => SchemaCommand.Names.Should().Equal(EditorSchema.All.Select(schema => schema.Name));

    [Theory]
    [InlineData("rules", "'rules' not recognized. Must be one of: 'rule', 'cases', 'pipeline', 'backend', 'configuration'\n")]
    [InlineData(null, "schema")]
    public void Another_name_and_none_are_wrong_use(string? name, string named)
    {
        ProgramRun run = Sigmac.Run(folder, name is null ? ["schema"] : ["schema", name]);

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain(named);
    }
}
