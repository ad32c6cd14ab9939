using System.Text;
using System.Xml;
using Sigma.Checks.Checking;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Writes findings as JUnit XML: a suite for each file, with a failed test case for each finding, or one that passed.</summary>
internal static class FindingJUnit
{
    /// <summary>Writes the document.</summary>
    public static void Write(TextWriter output, IReadOnlyList<Finding> findings, IReadOnlyList<string> paths)
    {
        ILookup<string, Finding> byPath = findings.ToLookup(finding => finding.Span.Source.Path, StringComparer.Ordinal);
        using var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n", OmitXmlDeclaration = true });
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "sigmac check");
        Counts(xml, findings.Count + paths.Count(path => !byPath.Contains(path)), findings.Count);
        foreach (string path in paths)
        {
            Finding[] found = [.. byPath[path]];
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Sound(path));
            Counts(xml, Math.Max(1, found.Length), found.Length);
            foreach (Finding finding in found)
            {
                (int line, int column) = finding.Span.Position;
                StartCase(xml, path, finding.Info.Code, $"{finding.Info.Name} in line {line}", line);
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("type", finding.Info.Code);
                xml.WriteAttributeString("message", Sound(finding.Diagnostic.Message));
                xml.WriteString(Sound($"{path}:{line}:{column}: {finding.Severity.ToString().ToLowerInvariant()} {finding.Info.Code}: {FindingFormats.Sentence(finding)}"));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            if (found.Length == 0)
            {
                StartCase(xml, path, "sigmac check", "nothing found", 1);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.Flush();
        output.WriteLine();
    }

    private static void StartCase(XmlWriter xml, string path, string check, string name, int line)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", check);
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("file", Sound(path));
        xml.WriteAttributeString("line", line.ToString());
        xml.WriteAttributeString("time", "0");
    }

    private static void Counts(XmlWriter xml, int tests, int failures)
    {
        xml.WriteAttributeString("tests", tests.ToString());
        xml.WriteAttributeString("failures", failures.ToString());
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("time", "0");
    }

    /// <summary>A line break of a rule is written visibly: the report may go into the log of a workflow, where a line can be a command.</summary>
    private static string Sound(string text) => JUnitReport.Sound(DiagnosticWriter.Visible(text));
}
