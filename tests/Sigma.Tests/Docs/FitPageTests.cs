using System.Text.RegularExpressions;
using Sigma.Events.Fitting;
using Sigma.Tests.Backends;
using Sigma.Tests.CommandLine;
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
        using var folder = new TemporaryFolder();
        foreach (Match file in NamedFile().Matches(Page))
        {
            folder.With(file.Groups["name"].Value, file.Groups["text"].Value);
        }

        GoldenFiles.InRepository.CheckExamples(Path, Example(), example =>
        {
            string arguments = example.Groups["arguments"].Value;
            ProgramRun run = Sigmac.Run(folder, arguments.Split(' '));
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

    [GeneratedRegex(@"`(?<name>\w+\.\w+)`[^`]*:\n\n```(?:yaml|json)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"```console\n\$ sigmac (?<arguments>[^\n]*)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex("`(?<name>[a-z-]+)`")]
    private static partial Regex Named();
}
