using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sigma.Engines.Tests.Engines;
using Sigma.Events.Logs;
using Sigma.Events.Matching;
using Sigma.Tests.CommandLine;
using Xunit.Abstractions;

namespace Sigma.Tests.Logs;

/// <summary>What is read from Windows event logs is what others read from them, field by field.</summary>
[Trait(Tier.Name, Tier.Slow)]
public partial class EvtxReferenceTests(ITestOutputHelper log)
{
    /// <summary>Our own logs, and thereby the writer of the tests, are understood by libevtx.</summary>
    [EvtxExportFact]
    public void Our_own_logs_are_read_as_libevtx_reads_them()
    {
        using var folder = new TemporaryFolder();
        EvtxWriter writer = WindowsRecords.Processes(new EvtxWriter(), 1, "cmd /c whoami", "cmd /c \"é <&> ß€\"", "");
        WindowsRecords.Processes(writer.NewChunk(), 4, "cmd /c exit");
        folder.With("own.evtx", writer.ToArray());

        Compare(folder["own.evtx"]).Should().Be(4);
    }

    [EvtxExportSharedFact]
    public void Public_logs_are_read_as_libevtx_reads_them()
    {
        string[] files = Directory.GetFiles(SharedFolder.In("corpus", "regression"), "*.evtx", SearchOption.AllDirectories);
        int events = files.Sum(Compare);
        events.Should().BeGreaterThanOrEqualTo(files.Length);
        log.WriteLine($"{files.Length} files, {events} events");
    }

    /// <summary>The JSON beside the public logs was written by evtx_dump, a decoder in Rust; in one of them letters were changed to lower case later.</summary>
    [SharedFact]
    public void Public_logs_are_read_as_the_json_beside_them_has_them()
    {
        int events = 0;
        foreach (string file in Directory.GetFiles(SharedFolder.In("corpus", "regression"), "*.evtx", SearchOption.AllDirectories))
        {
            List<List<(string, string)>> expected = [];
            foreach (EventBatch batch in EventInput.Read(new MemoryStream(File.ReadAllBytes(Path.ChangeExtension(file, ".json")))))
            {
                batch.Read(EventInput.NewEvent(), (e, _, _) => expected.Add(Fields(e)), problem => throw new FormatException(problem.Message));
            }

            List<List<(string, string)>> found = Ours(file);
            found.Should().HaveCount(expected.Count, file);
            for (int i = 0; i < found.Count; i++)
            {
                Lower(found[i]).Should().BeEquivalentTo(Lower(expected[i]), $"of event {i + 1} of {file}");
                events++;
            }
        }

        events.Should().BePositive();
        log.WriteLine($"{events} events");
    }

    private static IEnumerable<(string, string)> Lower(List<(string Name, string Value)> fields) => fields.Select(field => (field.Name, field.Value.ToLowerInvariant()));

    private static int Compare(string file)
    {
        List<List<(string, string)>> expected = Libevtx(file);
        List<List<(string, string)>> found = Ours(file);
        found.Should().HaveCount(expected.Count, file);
        for (int i = 0; i < found.Count; i++)
        {
            found[i].Should().BeEquivalentTo(expected[i], options => options.WithStrictOrdering(), $"of event {i + 1} of {file}");
        }

        return found.Count;
    }

    private static List<List<(string, string)>> Ours(string file)
    {
        (List<(Event Event, long Line)> events, List<EventProblem> problems) = EvtxTests.Read(File.ReadAllBytes(file));
        problems.Should().BeEmpty(file);
        return [.. events.Select(one => Fields(one.Event))];
    }

    /// <summary>What the fields are; a field without a value, and one with an empty text, look alike in XML.</summary>
    private static List<(string, string)> Fields(Event e) =>
    [
        .. e.Values.Where(value => value.Kind != EventValueKind.Object && !value.Name.Contains("xmlns")).Select(value => (value.Name.Replace(".#text", ""), Plain(value.Text))),
    ];

    private static List<List<(string, string)>> Libevtx(string file)
    {
        using var process = Process.Start(new ProcessStartInfo("evtxexport", ["-f", "xml", file]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, file);
        return [.. EventElement().Matches(text).Select(match => Fields(XElement.Parse(match.Value, LoadOptions.PreserveWhitespace)))];
    }

    private static List<(string, string)> Fields(XElement e)
    {
        var found = new List<(string, string)>();
        Add(e, "Event");
        return found;

        void Add(XElement element, string path)
        {
            bool isData = element.Name.LocalName == "Data" && element.Parent?.Name.LocalName == "EventData" && element.Attribute("Name") is not null;
            string name = isData ? path[..path.LastIndexOf('.')] + "." + element.Attribute("Name")!.Value : path;
            XAttribute[] attributes = [.. element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && !isData)];
            found.AddRange(attributes.Select(attribute => ($"{name}.#attributes.{attribute.Name.LocalName}", Plain(attribute.Value))));
            foreach (XElement child in element.Elements())
            {
                Add(child, $"{name}.{child.Name.LocalName}");
            }

            if (!element.HasElements && (attributes.Length == 0 || element.Value.Length > 0))
            {
                found.Add((name, Plain(element.Value)));
            }
        }
    }

    /// <summary>
    /// Decoders differ in letters of GUIDs, brackets around them, digits of times and zeros before numbers, and evtx_dump leaves out blanks at
    /// the ends of texts; the values are the same.
    /// </summary>
    private static string Plain(string text) =>
        Guid.TryParse(text, out Guid guid) ? guid.ToString()
        : Time().IsMatch(text) && DateTime.TryParse(Time().Match(text).Groups[1].Value, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) ? time.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture)
        : Hex().IsMatch(text) ? "0x" + text[2..].TrimStart('0')
        : text.Trim();

    [GeneratedRegex("^0x[0-9a-f]+$")]
    private static partial Regex Hex();

    [GeneratedRegex(@"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?)\d*Z$")]
    private static partial Regex Time();

    [GeneratedRegex("<Event .*?</Event>", RegexOptions.Singleline)]
    private static partial Regex EventElement();
}

/// <summary>A test that needs evtxexport of libevtx.</summary>
public sealed class EvtxExportFactAttribute : FactAttribute
{
    internal const string Missing = "Skipped: no evtxexport on this machine (Debian's libevtx-utils).";

    public EvtxExportFactAttribute() => Skip = IsPresent ? null : Missing;

    internal static bool IsPresent { get; } = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "evtxexport"))) == true;
}

/// <summary>The same over the shared folder.</summary>
public sealed class EvtxExportSharedFactAttribute : FactAttribute
{
    public EvtxExportSharedFactAttribute() => Skip = SharedFolder.Path is null ? $"Skipped: {SharedFolder.Missing}." : EvtxExportFactAttribute.IsPresent ? null : EvtxExportFactAttribute.Missing;
}
