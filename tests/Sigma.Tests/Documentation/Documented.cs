using Sigma.Attack;
using Sigma.Compilation;
using Sigma.Documentation;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Documentation;

/// <summary>Documents rules with the built-in catalogues.</summary>
internal static class Documented
{
    /// <summary>The targets in the order of the specification's page.</summary>
    private static readonly Lazy<Compiler> Seven = new(() => new Compiler(
        [.. new[] { "powershell", "es-qs", "xpack-watcher", "graylog", "splunk", "logpoint", "grep" }.Select(name => Repository.Target(name))]));

    private static readonly Lazy<Compiler> One = new(() => new Compiler([Repository.Target("splunk")]));

    /// <summary>The page of a file, with all seven queries.</summary>
    public static string Page(SourceText source, AttackCatalog attack) => Page(File(source, attack, Seven.Value), RulePage.BuiltIn(attack.Version));

    /// <summary>The built-in page of a rule, with one query.</summary>
    public static string Page(string rule) => Page(File(rule), RulePage.BuiltIn("19"));

    /// <summary>A rule file with one query a rule.</summary>
    public static DocumentedFile File(string rule) => File(new SourceText("a.yml", rule), AttackCatalog.BuiltIn, One.Value);

    /// <summary>The one rule of a file.</summary>
    public static DocumentedRule Rule(string rule) => File(rule).Rules.Should().ContainSingle().Subject;

    private static string Page(DocumentedFile file, RulePage page)
    {
        var diagnostics = new List<Diagnostic>();
        string? text = page.Render(file, diagnostics);
        diagnostics.Should().BeEmpty();
        return text!;
    }

    private static DocumentedFile File(SourceText source, AttackCatalog attack, Compiler compiler)
    {
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(source);
        return new Documenter(attack, new DataNeeded(EventTypeCatalog.BuiltIn), TriggerCatalog.BuiltIn).Document(source, documents, compiler.Convert(source));
    }
}
