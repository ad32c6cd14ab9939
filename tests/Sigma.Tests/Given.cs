using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Tests;

/// <summary>What tests start from: rules that are complete but for the part that the test is about.</summary>
internal static class Given
{
    /// <summary>The head of a rule that has nothing to complain about.</summary>
    public const string Head = "title: T\nlogsource:\n  product: windows\n";

    /// <summary>The one YAML document of a text.</summary>
    public static YamlDocument Yaml(string text) => YamlReader.Read(new SourceText("a.yml", text)).Should().ContainSingle().Subject;

    /// <summary>The one rule document of a text.</summary>
    public static ReadDocument Document(string text) => RuleReader.Read(new SourceText("a.yml", text)).Should().ContainSingle().Subject;

    /// <summary>The rule with this text under <c>detection:</c>, indented by two blanks.</summary>
    public static ReadDocument Detection(string detection) => Document(Head + "detection:\n" + Indent(detection));

    /// <summary>The rule with these detections, when there is nothing wrong with it.</summary>
    public static SigmaRule Rule(string detection)
    {
        ReadDocument document = Detection(detection);
        document.Diagnostics.Where(d => d.Severity is Severity.Error).Should().BeEmpty();
        return document.Document.Should().BeOfType<SigmaRule>().Subject;
    }

    /// <summary>What stands under <c>sel:</c> in a rule with the condition <c>sel</c>.</summary>
    public static Detection Selection(string body) => Rule("sel:\n" + Indent(body) + "condition: sel\n").Detections.Single().Body;

    /// <summary>The item that one field, with its modifiers, and one YAML value make.</summary>
    public static DetectionItem Item(string key, string value) =>
        Selection($"'{key}': {value}\n").Should().BeOfType<AllOfDetection>().Subject.Items.Single().Should().BeOfType<DetectionItem>().Subject;

    /// <summary>The single value of such an item.</summary>
    public static Value Value(string key, string value) => Item(key, value).Values.Should().ContainSingle().Subject;

    /// <summary>The codes that such an item is reported with.</summary>
    public static IEnumerable<string> Codes(string key, string value) =>
        Detection($"sel:\n  '{key}': {value}\ncondition: sel\n").Diagnostics.Select(d => d.Code.Id);

    /// <summary>The rule whose detections a, b, c … exist and whose condition is this.</summary>
    public static ReadDocument Condition(string condition, params string[] names) =>
        Detection(string.Concat(names.Select(name => $"'{name}': {{f: {name.Length}}}\n")) + "condition: " + condition + "\n");

    /// <summary>The text of a place.</summary>
    public static string Text(Span? span) => span!.Value.Characters.ToString();

    /// <summary>Line and column of a place, as <c>3:5</c>.</summary>
    public static string Place(Span? span)
    {
        (int line, int column) = span!.Value.Position;
        return $"{line}:{column}";
    }

    private static string Indent(string text) =>
        string.Concat(text.Split('\n').Select(line => line.Length == 0 ? "" : "  " + line + "\n"));
}
