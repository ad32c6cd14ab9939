using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Matching;

/// <summary>What tests of the evaluator start from.</summary>
internal static class Evaluator
{
    /// <summary>A rule without a product, so that its log source decides nothing, with these detections.</summary>
    public static RuleMatcher Matcher(string detection, string logSource = "category: test")
    {
        string indented = string.Concat(detection.TrimEnd('\n').Split('\n').Select(line => "  " + line + "\n"));
        return Create($"title: T\nlogsource:\n  {logSource}\ndetection:\n{indented}");
    }

    /// <summary>The rule of a text.</summary>
    public static RuleMatcher Create(string rule)
    {
        ReadDocument document = RuleReader.Read(new SourceText("a.yml", rule))[0];
        document.Diagnostics.Where(d => d.Severity is Severity.Error).Should().BeEmpty();
        var diagnostics = new List<Diagnostic>();
        RuleMatcher? matcher = RuleMatcher.Create((SigmaRule)document.Document!, diagnostics);
        diagnostics.Should().BeEmpty();
        return matcher!;
    }

    /// <summary>Whether one item, such as <c>f|contains: x</c>, selects a JSON event.</summary>
    public static bool Item(string item, string json) => Matcher($"sel:\n  {item}\ncondition: sel").Matches(Event.Parse(json));

    /// <summary>Whether a keyword selects a JSON event.</summary>
    public static bool Keyword(string keyword, string json) => Matcher($"sel:\n  - {keyword}\ncondition: sel").Matches(Event.Parse(json));
}
