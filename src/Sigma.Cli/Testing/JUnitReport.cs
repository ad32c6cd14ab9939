using System.Text;
using System.Xml;
using Sigma.Events.Testing;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>
/// Writes results as JUnit XML, in the form that CI systems read: a suite a rule, a test case a case; mistakes in files of cases
/// are errors of a suite of their own.
/// </summary>
internal static class JUnitReport
{
    /// <summary>Creates the document.</summary>
    public static byte[] Of(TestResults results)
    {
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" }))
        {
            TestedRule[] rules = [.. results.Rules.Where(rule => rule.Results.Count > 0 || results.RequireTests)];
            int missing = results.RequireTests ? rules.Count(rule => rule.Results.Count == 0) : 0;
            Diagnostic[] broken = [.. results.Broken.Where(diagnostic => diagnostic.Severity is Severity.Error)];
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "sigmac test");
            Counts(xml, rules.Sum(rule => rule.Results.Count) + missing + broken.Length, rules.Sum(rule => rule.Results.Count(result => !result.Passed)) + missing, broken.Length);
            foreach (TestedRule rule in rules)
            {
                Write(xml, rule);
            }

            if (broken.Length > 0)
            {
                Write(xml, broken);
            }

            xml.WriteEndElement();
        }

        return output.ToArray();
    }

    private static void Write(XmlWriter xml, TestedRule rule)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", rule.Title);
        Attribute(xml, "file", rule.Planned.Input.Path);
        bool missing = rule.Results.Count == 0;
        Counts(xml, missing ? 1 : rule.Results.Count, missing ? 1 : rule.Results.Count(result => !result.Passed), 0);
        if (missing)
        {
            StartCase(xml, rule.Planned.Input.Path, "has cases", rule.Planned.Input.Path, rule.Planned.Document.Span.Position.Line);
            Failure(xml, "failure", "no-case", "the rule has no case", []);
            xml.WriteEndElement();
        }

        foreach (CaseResult result in rule.Results)
        {
            StartCase(xml, rule.Planned.Input.Path, result.Case.Name, result.Case.Span.Source.Path, result.Case.Span.Position.Line);
            if (!result.Passed)
            {
                Failure(xml, "failure", "matches", result.Message ?? "", result.Details);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, Diagnostic[] broken)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "files of cases");
        Counts(xml, broken.Length, 0, broken.Length);
        foreach (Diagnostic diagnostic in broken)
        {
            string path = diagnostic.Span?.Source.Path ?? "sigmac";
            StartCase(xml, path, diagnostic.Code.Id, path, diagnostic.Span?.Position.Line ?? 1);
            Failure(xml, "error", diagnostic.Code.Id, diagnostic.Message, diagnostic.Hint is { } hint ? [hint] : []);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void StartCase(XmlWriter xml, string rule, string name, string file, int line)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", rule);
        Attribute(xml, "name", name);
        Attribute(xml, "file", file);
        Attribute(xml, "line", line.ToString());
        xml.WriteAttributeString("time", "0");
    }

    private static void Failure(XmlWriter xml, string element, string type, string message, IReadOnlyList<string> details)
    {
        xml.WriteStartElement(element);
        Attribute(xml, "type", type);
        Attribute(xml, "message", message);
        xml.WriteString(Sound(string.Join('\n', details)));
        xml.WriteEndElement();
    }

    private static void Counts(XmlWriter xml, int tests, int failures, int errors)
    {
        xml.WriteAttributeString("tests", tests.ToString());
        xml.WriteAttributeString("failures", failures.ToString());
        xml.WriteAttributeString("errors", errors.ToString());
        xml.WriteAttributeString("skipped", "0");
        xml.WriteAttributeString("time", "0");
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Sound(value));

    /// <summary>Without the characters that XML 1.0 cannot have, not even escaped, which events may have; and with those shown that are not seen.</summary>
    internal static string Sound(string text)
    {
        text = UnseenCharacters.Shown(text);
        var sound = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                sound.Append(text[i]).Append(text[++i]);
            }
            else
            {
                sound.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return sound.ToString();
    }
}
