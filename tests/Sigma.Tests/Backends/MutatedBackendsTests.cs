using System.Text.RegularExpressions;
using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>Whatever is changed in a backend, the result is a target that works or a finding, never a failure of the program.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed partial class MutatedBackendsTests
{
    private const string Rules = """
        title: A
        logsource: {product: windows, service: security}
        detection:
          s: {a: 'x*y?z', 'b.c-d': '50%', c|re: "a/b'", d|cidr: 10.0.0.0/15, e|exists: false, f|startswith: 'x', g: '', h: 5, i: true, j: null, k|gte: 3, l|cased: Q, m|cased: 'Q*'}
          t: {n: [1, a, 'b*', 'c?d'], o: [a, b], p|fieldref: q, r|fieldref|contains: s, u|hour: 3, v|exists: true}
          k: ['one', 'two*', 3]
          w: {x|re: '^a\d"'}
          condition: s and not t or not k and w
        ---
        title: B
        logsource: {category: test}
        detection:
          k: [one]
          n: {a: b}
          condition: k and n | count(c) by d > 3
        """;

    public static TheoryData<string> Targets => [.. new BackendCatalog().Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_changed_backend_works_or_is_refused(string target)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "backends", target, "backend.yml"));
        BackendFolder built = BackendFolder.BuiltIn.Single(folder => folder.Name == target);
        var random = new Random(target.Length);
        int works = 0;
        int refused = 0;
        string last = "";
        for (int i = 0; i < Iterations.Of(60); i++)
        {
            string changed = Change(text, random);
            for (int more = random.Next(3); more > 0; more--)
            {
                changed = Change(changed, random);
            }

            var diagnostics = new List<Diagnostic>();
            Backend? backend = new BackendCatalog([new Changed(built, changed)]).Read(target, new Dictionary<string, string>(), diagnostics);
            if (backend is null)
            {
                diagnostics.Should().Contain(d => d.Severity == Severity.Error, changed);
                last = string.Join("; ", diagnostics.Select(d => d.Message)) + changed;
                refused++;
                continue;
            }

            works++;
            foreach (QueryFormat format in backend.Formats)
            {
                foreach (Conversion conversion in new Compiler([new CompilerTarget(backend, format, [])]).Convert(new SourceText("rule.yml", Rules)))
                {
                    (conversion.Query is not null || conversion.Diagnostics.Any(d => d.Severity == Severity.Error)).Should().BeTrue(changed);
                }
            }
        }

        works.Should().BePositive(last);
        refused.Should().BePositive();
    }

    private static string Change(string text, Random random)
    {
        MatchCollection tokens = Token().Matches(text);
        Match one = tokens[random.Next(tokens.Count)];
        Match other = tokens[random.Next(tokens.Count)];
        string[] instead = ["", "''", "~", "[]", "{}", "5", "true", "x", "'{field}'", "'{cidr}'", "'{items}'", "'{'", "[a, {b: c}]", "more", other.Value];
        return random.Next(8) switch
        {
            0 => DropLine(text, random),
            1 => text.Replace(one.Value, other.Value, StringComparison.Ordinal),
            _ => text[..one.Index] + instead[random.Next(instead.Length)] + text[(one.Index + one.Length)..],
        };
    }

    private static string DropLine(string text, Random random)
    {
        List<string> lines = [.. text.Split('\n')];
        lines.RemoveAt(random.Next(lines.Count));
        return string.Join('\n', lines);
    }

    [GeneratedRegex("""'(?:[^'\n]|'')*'|"(?:[^"\\\n]|\\.)*"|[\w.*&<-]+|\{[^{}\n]*\}""")]
    private static partial Regex Token();

    private sealed class Changed(BackendFolder built, string definition) : BackendFolder
    {
        public override string Name => built.Name;

        public override IReadOnlyList<string> Pipelines => built.Pipelines;

        public override SourceText? Read(string path, out Diagnostic? error)
        {
            error = null;
            return path == "backend.yml" ? new SourceText(path, definition) : built.Read(path, out error);
        }
    }
}
