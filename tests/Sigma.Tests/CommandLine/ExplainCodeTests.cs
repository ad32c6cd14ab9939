using System.Text.Json;
using Sigma.Cli;
using Sigma.Text;

namespace Sigma.Tests.CommandLine;

/// <summary><c>sigmac explain SIG0212</c>: what a code means.</summary>
public sealed class ExplainCodeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_code_is_printed_with_severity_message_explanation_and_place_in_the_documentation()
    {
        ProgramRun run = Sigmac.Run(folder, "explain", "SIG0217");

        run.ExitCode.Should().Be(0);
        run.Error.Should().BeEmpty();
        run.Output.Should().Be(
            "error SIG0217: '{value}' is not a valid network: {reason}\n   write 10.0.0.0/8 or 2001:db8::/32\n\n"
            + Codes.InvalidCidr.Explanation.ReplaceLineEndings("\n") + "\n\nSee docs/diagnostics.md#sig0217\n");
    }

    [Fact]
    public void Several_codes_in_any_letter_case_are_printed_in_the_order_given()
    {
        ProgramRun run = Sigmac.Run(folder, "explain", "sig0212", "SIG0101");

        run.Lines.Where(line => line.Contains(" SIG0")).Select(line => line.Split(':')[0]).Should().Equal("error SIG0212", "error SIG0101");
    }

    [Fact]
    public void A_hint_that_is_only_a_detail_is_not_printed() =>
        Sigmac.Run(folder, "explain", "SIG0211").Output.Should().NotContain("{hint}");

    [Theory]
    [InlineData("SIG0199", "did you mean 'SIG01")]
    [InlineData("sig99999999999", "'sigmac list codes' lists all codes")]
    public void An_unknown_code_is_an_error_with_a_suggestion(string code, string hint)
    {
        ProgramRun run = Sigmac.Run(folder, "explain", "SIG0212", code);

        run.ExitCode.Should().Be(2);
        run.Output.Should().BeEmpty();
        run.Error.Should().Contain($"SIG0720: unknown code '{code}'").And.Contain(hint);
    }

    [Fact]
    public void A_file_with_the_name_of_a_code_is_read_as_rules()
    {
        folder.With("SIG0212", "title: T\nlogsource: {product: windows}\ndetection:\n  sel: {a: b}\n  condition: sel\n");

        ProgramRun run = Sigmac.Run(folder, "explain", "-t", "splunk", "SIG0212");

        run.Output.Should().StartWith("SIG0212:1: T\n").And.Contain("a=\"b\"");
    }

    [Fact]
    public void A_code_beside_a_rule_is_taken_for_a_file()
    {
        folder.With("a.yml", "title: T\n");

        ProgramRun run = Sigmac.Run(folder, "explain", "-t", "splunk", "SIG0212", "a.yml");

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("no such file or folder: 'SIG0212'");
    }

    [Fact]
    public void A_record_has_the_keys_of_its_schema()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Backends.Repository.Root, "docs", "code.schema.json")));
        string[] keys = [.. schema.RootElement.GetProperty("required").EnumerateArray().Select(key => key.GetString()!)];

        string[] lines = [.. Sigmac.Run(folder, "explain", "--json", "SIG0212", "SIG0217").Lines];

        lines.Should().HaveCount(2);
        foreach (string line in lines)
        {
            using JsonDocument record = JsonDocument.Parse(line);
            record.RootElement.EnumerateObject().Select(property => property.Name).Should().Equal(keys);
        }

        schema.RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name).Should().Equal(keys);
    }

    [Fact]
    public void The_list_of_codes_has_them_all()
    {
        ProgramRun run = Sigmac.Run(folder, "list", "codes");

        run.Lines.Skip(1).Select(line => line[..7]).Should().Equal(KnownCodes.All.Select(code => code.Id));
        run.Output.Should().Contain("SIG0212  error     unknown modifier '{modifier}'\n");
    }
}
