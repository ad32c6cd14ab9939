using System.Text.RegularExpressions;
using Sigma.Events.Fitting;
using Sigma.Tests.Backends;
using Sigma.Tests.Golden;
using Sigma.Text;

namespace Sigma.Tests.Docs;

/// <summary>docs/fit.md shows what the program does.</summary>
[Trait(GoldenFiles.Trait, "yes")]
public sealed partial class FitPageTests
{
    private const string Path = "docs/fit.md";
    private static readonly string Page = File.ReadAllText(System.IO.Path.Combine(Repository.Root, Path));

    [Fact]
    public void The_examples_give_the_outputs_shown()
    {
        PageExamples.Check(Path, (arguments, run) =>
        {
            run.ExitCode.Should().Be(arguments.Contains("mapping.yml", StringComparison.Ordinal) ? 0 : 1, run.Error);
            return run.Output + run.Error;
        });
    }

    [Fact]
    public void The_schema_of_the_page_is_one_and_all_forms_are_in_the_table()
    {
        string text = Page[(Page.IndexOf("## Schema", StringComparison.Ordinal))..];
        var diagnostics = new List<Diagnostic>();
        IReadOnlyList<LogProfile> logs = SchemaReader.Read(new SourceText("schema.yml", Yaml().Match(text).Groups["text"].Value), diagnostics);

        diagnostics.Should().BeEmpty();
        logs.Select(log => log.Name).Should().Equal("windows/process_creation", "linux/sshd");
        logs[1].Fields.Select(field => (field.Name, field.Forms)).Should().Equal(("user", ValueForms.Name), ("port", ValueForms.Number), ("message", ValueForms.None));
        Named().Matches(text).Select(name => name.Groups["name"].Value).Should().Contain(ValueForm.Names);
    }

    [GeneratedRegex(@"```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex("`(?<name>[a-z-]+)`")]
    private static partial Regex Named();
}
