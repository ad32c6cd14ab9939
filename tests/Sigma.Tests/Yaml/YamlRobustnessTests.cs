using CsCheck;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Yaml;

/// <summary>Whatever stands in a file, reading it ends with an answer and never with an exception.</summary>
public sealed class YamlRobustnessTests
{
    private const string Rule = """
        title: Some rule
        id: 8518ed3d-0000-4000-8000-000000000000
        tags: [attack.t1059, 'cve.2024']
        logsource: &src
            product: windows
            category: process_creation
        detection:
            sel:
                Image|endswith: ['\cmd.exe', "\\x.exe"]
                Hash|re: '^[0-9a-f]{32}$'
                Time|gte: 5
            filter_1:
                - A|windash|contains: ' -enc '
                - B|cidr: 10.0.0.0/8
                - just a keyword
            other: {<<: *src, C: ~}
            condition: >-
                sel and not 1 of filter_*
                or (other)
        ---
        action: repeat
        level: high
        """;

    private static readonly Gen<string> Fragment = Gen.OneOf(
        "\n", "\n  ", "\n    ", ": ", "- ", "[", "]", "{", "}", "'", "\"", "|\n", ">\n", "&a ", "*a", "!!str ", "# c", "---\n", "...\n", "\t", "\\", "%",
        "?", "<<: ", ",", "title: T\n", "detection:\n", "logsource:\n  product: p\n", "condition: sel\n", "sel:\n", "f|re: ", "|all", "|base64offset", "|expand",
        "(", ")", "1 of them", "not ", "\u0001", "\u0085", "\u2028", "\uFEFF", "\uD800", "é", "\U0001F600", "\r", "\r\n", "@", "`", "0x1F", "~", "2024-01-01", "%YAML 1.2\n");

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Random_fragments_never_throw() =>
        Fragment.Array[0, 40].Select(parts => string.Concat(parts)).Sample(Read, iter: 3_000);

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Random_characters_never_throw() => Gen.String.Sample(Read, iter: 2_000);

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void A_rule_with_random_damage_never_throws() =>
        Gen.Select(Gen.Int[0, Rule.Length - 1], Gen.Int[0, 12], Fragment.Array[0, 3])
            .Array[1, 3]
            .Sample(
                damages =>
                {
                    string text = Rule;
                    foreach ((int at, int removed, string[] inserted) in damages)
                    {
                        int start = Math.Min(at, text.Length);
                        int end = Math.Min(start + removed, text.Length);
                        text = text[..start] + string.Concat(inserted) + text[end..];
                    }

                    Read(text);
                },
                iter: 3_000);

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 200].Sample(
        bytes =>
        {
            SourceText source = SourceText.Decode("a.yml", bytes, out Diagnostic? error);
            Print(error is null ? RuleReader.Read(source).SelectMany(d => d.Diagnostics) : [error]);
        },
        iter: 2_000);

    private static void Read(string text)
    {
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(new SourceText("a.yml", text));
        documents.Should().NotBeEmpty();
        foreach (ReadDocument document in documents)
        {
            // Either there is a rule, or an error says why not; a lone template is only warned of.
            (document.Document is not null || document.Diagnostics.Count > 0).Should().BeTrue();
        }

        Print(documents.SelectMany(d => d.Diagnostics));
    }

    private static void Print(IEnumerable<Diagnostic> diagnostics)
    {
        var output = new StringWriter();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            DiagnosticWriter.Write(output, diagnostic, colour: false);
        }

        output.ToString().Should().NotContain("\t").And.NotContain("\u0001");
    }
}
