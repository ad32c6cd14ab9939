using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Hostile.Readers;
using Sigma.Pipelines;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>A query string of Elasticsearch's or Graylog's.</summary>
internal sealed class LuceneOutlet(string target) : QueryOutlet(target, target, null)
{
    public override Reading Read(Output output) => LuceneReader.Read(output.Text!);

    public override string? Misread(Output output, Reading reading) => Meaning.Check(output, reading.Finds!, wholeMessage: true, inLine: false);
}

/// <summary>A search of Splunk or LogPoint.</summary>
internal sealed class SearchOutlet(string target, Func<string, Reading> read) : QueryOutlet(target, target, null)
{
    public override Reading Read(Output output) => read(output.Text!);

    public override string? Misread(Output output, Reading reading) =>
        reading.Finds is null ? null : Meaning.Check(output, reading.Finds, wholeMessage: false, inLine: false);
}

/// <summary>A search of Splunk over a data model.</summary>
internal sealed class DataModelOutlet() : QueryOutlet("splunk data_model", "splunk", "data_model", "summariesonly")
{
    protected override IReadOnlyList<Pipeline>? Others => [Fidelity.SplunkDataModel.Pipeline];

    public override Reading Read(Output output) => SearchReaders.SplunkDataModel(output.Text!);

    public override string? Misread(Output output, Reading reading) => Meaning.Check(output, reading.Finds!, wholeMessage: false, inLine: false);
}

/// <summary>A query of ES|QL, which keeps a field's case apart where an option says so.</summary>
internal sealed class PipedOutlet(string target, Func<string, Reading> read, params string[] options) : QueryOutlet(target, target, null, options)
{
    public override Reading Read(Output output) => read(output.Text!);

    public override string? Misread(Output output, Reading reading) =>
        reading.Finds is null ? null : Meaning.Check(output, reading.Finds, wholeMessage: false, inLine: false);
}

/// <summary>A pattern for any tool that knows Perl's expressions.</summary>
internal sealed class PatternOutlet() : QueryOutlet("grep pattern", "grep", "pattern")
{
    public override Reading Read(Output output) => ExpressionReader.Read(output.Text!);

    public override string? Misread(Output output, Reading reading) => Meaning.Check(output, reading.Finds!, wholeMessage: false, inLine: true);
}

/// <summary>A call of grep.</summary>
internal sealed class GrepOutlet() : QueryOutlet("grep", "grep", "default")
{
    public override int Share => 30;

    public override bool IsCommand => true;

    public override Reading Read(Output output) => throw new NotSupportedException("a shell reads it");

    public override Reading Read(Output output, ShellCall call)
    {
        if (call.Program != "grep" || call.Arguments.Count == 0)
        {
            throw new Unreadable($"{call.Program} with {call.Arguments.Count} arguments");
        }

        var reading = ExpressionReader.Read((call.Arguments[0].Contains('i') ? "(?i)" : "") + call.Arguments[^1]);
        reading.Counts["arguments"] = call.Arguments.Count;
        reading.Structure.UnionWith(call.Arguments.SkipLast(1));
        return reading;
    }

    public override string? Misread(Output output, Reading reading) => Meaning.Check(output, reading.Finds!, wholeMessage: false, inLine: true);
}

/// <summary>A script of PowerShell.</summary>
internal sealed class PowerShellOutlet(string format) : QueryOutlet("powershell " + format, "powershell", format, "csv")
{
    public override int Share { get; } = format == "default" ? 15 : 30;

    public override Reading Read(Output output) => PowerShellReader.Read(output.Text!);

    public override string? Misread(Output output, Reading reading)
    {
        var rule = output.Rule;
        if (output.Option is not null && !reading.Of("text").Contains(rule[Place.Option]))
        {
            return rule[Place.Option].Length == 0 ? null : "the option is not what was put in";
        }

        // Where the text stands for itself it stands there whole, or in a pattern that fits it.
        var exact = Meaning.IsExact(rule, inLine: Format == "default") && rule.Shape is Shape.Value or Shape.List && !rule.Has(Place.Field);
        return !exact || reading.Of("text").Any(text => text == rule[Place.Value] || Fits(text, Format == "default" ? $"{rule[Place.Field]}: {rule[Place.Value]}" : rule[Place.Value])) ? null : "the value is not what was put in";
    }

    private static bool Fits(string pattern, string text)
    {
        try
        {
            return pattern.Length > 0 && Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2))
                && !Regex.IsMatch("", pattern, RegexOptions.None, TimeSpan.FromSeconds(2));
        }
        catch (Exception refusal) when (refusal is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }
}

/// <summary>A stanza of savedsearches.conf.</summary>
internal sealed class StanzaOutlet(string format, params string[] options) : QueryOutlet("splunk " + format, "splunk", format, options)
{
    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Title, Place.Title, Place.Description, Place.Description];

    public override Reading Read(Output output)
    {
        var stanzas = StanzaReader.Read(output.Text!);
        if (stanzas.Count != 1)
        {
            throw new Unreadable($"{stanzas.Count} stanzas");
        }

        var settings = stanzas[0].Settings;
        var reading = SearchReaders.Splunk(settings.Single(setting => setting.Key == "search").Value);
        foreach (var (key, value) in settings)
        {
            reading.Structure.Add("key " + key);
            reading.Count("settings of " + key);
            reading.Texts.Add((key, value));
        }

        reading.Texts.Add(("name", stanzas[0].Name));
        return reading;
    }

    public override string? Misread(Output output, Reading reading)
    {
        var rule = output.Rule;
        var name = Meaning.Letters(reading.Of("name").Single());
        var title = Meaning.Letters(rule[Place.Title]);
        // A name of at most 99 characters has the beginning of a longer title.
        var begins = Format == "correlation_search" && reading.Of("name").Single().Length > 90 && title.StartsWith(name["Threat".Length..^"Rule".Length], StringComparison.Ordinal);
        if (rule.Has(Place.Title) && !name.Contains(title, StringComparison.Ordinal) && !begins)
        {
            return $"the stanza is called {reading.Of("name").Single()}";
        }

        if (rule.Has(Place.Description) && (Format == "savedsearches" || rule[Place.Description].Trim().Length > 0) && Meaning.Letters(reading.Of("description").SingleOrDefault() ?? "") != Meaning.Letters(rule[Place.Description]))
        {
            return $"the description is {reading.Of("description").SingleOrDefault()}";
        }

        return reading.Finds is null ? null : Meaning.Check(output, reading.Finds, wholeMessage: false, inLine: false);
    }
}

/// <summary>A watch, as it is or within a curl command.</summary>
internal sealed class WatchOutlet(string format) : QueryOutlet("xpack-watcher " + format, "xpack-watcher", format, "index", "interval", "mail", "host", "timestamp_field")
{
    public override int Share { get; } = format == "curl" ? 7 : 100;

    private const string Address = "localhost:9200/_watcher/watch/";

    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Title, Place.Title, Place.Id, Place.Id, Place.Description, Place.Tag, Place.ShownField, Place.ShownField, Place.State];

    public override bool IsCommand => Format == "curl";

    public override Reading Read(Output output) => ReadWatch(output.Text!);

    public override Reading Read(Output output, ShellCall call)
    {
        var url = new Engines.CurlCall(call.Arguments, call.Input).Url;
        if (call.Program != "curl" || url is null)
        {
            throw new Unreadable($"{call.Program} without an address");
        }

        var reading = ReadWatch(call.Input);
        reading.Counts["arguments"] = call.Arguments.Count;
        reading.Structure.UnionWith(call.Arguments.Where(argument => !ReferenceEquals(argument, url)));
        reading.Texts.Add(("address", url));
        return reading;
    }

    public override string? Misread(Output output, Reading reading)
    {
        var rule = output.Rule;
        if (output.Option == "host" && Format == "curl")
        {
            return reading.Of("address").Single().Contains(rule[Place.Option].Trim(), StringComparison.Ordinal) ? null : "the host is not what was put in";
        }

        if (reading.Of("address").SingleOrDefault() is { } address && AddressFlaw(rule, address) is { } flaw)
        {
            return flaw;
        }

        foreach (var (place, kind) in new[] { (Place.Title, "title"), (Place.Description, "description"), (Place.Tag, "tag") })
        {
            if (rule.Has(place) && rule[place].Trim().Length > 0 && !reading.Of(kind).Any(text => Meaning.Shown(text) == Meaning.Shown(rule[place])))
            {
                return $"the {kind} is {reading.Of(kind).FirstOrDefault()}";
            }
        }

        var subject = string.Concat(reading.Of("subject"));
        if (rule.Has(Place.Title) && !Meaning.Letters(subject).Contains(Meaning.Letters(rule[Place.Title]), StringComparison.Ordinal))
        {
            return $"the subject is {subject}";
        }

        return reading.Finds is null ? null : Meaning.Check(output, reading.Finds, wholeMessage: true, inLine: false);
    }

    private static string? AddressFlaw(HostileRule rule, string address)
    {
        var id = address.StartsWith(Address, StringComparison.Ordinal) ? address[Address.Length..] : null;
        if (id is null or "" or "." or ".." || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '%'))
        {
            return $"the address is {address}";
        }

        return rule.Has(Place.Id) && rule[Place.Id].Trim().Length > 0 && !Meaning.Letters(Uri.UnescapeDataString(id)).StartsWith(Meaning.Letters(rule[Place.Id]), StringComparison.OrdinalIgnoreCase)
            ? $"the address is {address}" : null;
    }

    private static Reading ReadWatch(string text)
    {
        using var document = JsonReader.Parse(text);
        var watch = document.RootElement;
        var query = JsonReader.Text(watch, "metadata", "query") ?? throw new Unreadable("a watch without a query");
        var reading = LuceneReader.Read(query);
        reading.Structure.UnionWith(JsonReader.Keys(watch, path => path.EndsWith(".range", StringComparison.Ordinal)));
        foreach (var name in new[] { "title", "description" })
        {
            reading.Texts.Add((name, JsonReader.Text(watch, "metadata", name) ?? ""));
        }

        if (watch.GetProperty("metadata").GetProperty("tags") is { ValueKind: System.Text.Json.JsonValueKind.Array } tags)
        {
            reading.Texts.AddRange(tags.EnumerateArray().Select(tag => ("tag", tag.GetString()!)));
        }

        foreach (var (name, action) in watch.GetProperty("actions").EnumerateObject().Select(action => (action.Name, action.Value)))
        {
            reading.Count("actions");
            foreach (var part in new[] { "subject", "body" })
            {
                MustacheReader.Read(JsonReader.Text(action, "email", part) ?? "", part, reading);
            }
        }

        // What a mail shows of an event is a field of it; the name is the rule's.
        reading.Structure.UnionWith(reading.Texts.Where(one => one.Kind.EndsWith(" tag", StringComparison.Ordinal))
            .Select(one => one.Text.StartsWith("_source", StringComparison.Ordinal) ? one.Kind + " _source.…" : $"{one.Kind} {one.Text}"));
        return reading;
    }
}

/// <summary>A statement of SQL, a condition, or a view.</summary>
internal sealed class SqlOutlet(string target, string format, SqlReader reader) : QueryOutlet($"{target} {format}", target, format, "time", "raw")
{
    public override int Share => 30;

    public override Reading Read(Output output) => reader.Read(output.Text!);
}

/// <summary>A script of one rule: a comment with the log source as a slug and the number of rules, and a statement that gives the rule's title.</summary>
internal sealed partial class SweepOutlet(string target, SqlReader reader) : QueryOutlet($"{target} sweep", target, "sweep", "time", "raw", "event")
{
    public override int Share => 30;

    public override IReadOnlyList<Place> Places => [.. base.Places, Place.Title, Place.Title];

    public override Reading Read(Output output)
    {
        var comment = Comment().Match(output.Text!);
        return comment.Success ? reader.Read(output.Text![comment.Length..]) : throw new Unreadable("no comment with the log source");
    }

    public override string? Misread(Output output, Reading reading) =>
        !output.Rule.Has(Place.Title) || Meaning.Letters(output.Rule[Place.Title]) is not { Length: > 0 } title || reading.Of("text").Any(text => Meaning.Letters(text) == title)
            ? null : "the title is not what was put in";

    [GeneratedRegex(@"\G-- [\w -]+: 1 rule\n")]
    private static partial Regex Comment();
}

/// <summary>A query of Kusto, over a table that the user names.</summary>
internal sealed class KustoOutlet() : QueryOutlet("kql", "kql", "default", "table", "time")
{
    protected override (string Name, string Value)[] Given => [("table", Engines.Kusto.KustoEngine.Table)];

    protected override bool HasPipelines => false;

    public override Reading Read(Output output) => KustoQueryReader.Read(output.Text!);

    public override string? Misread(Output output, Reading reading) =>
        reading.Finds is null || output.Rule.IsCounted || output.Option is not null ? null : Meaning.Check(output, reading.Finds, wholeMessage: false, inLine: false);
}

/// <summary>A statement of AQL or its condition, where plain names have no quotes, and a value with other signs is an expression.</summary>
internal sealed class AqlOutlet(string format, params string[] options) : QueryOutlet("qradar-aql " + format, "qradar-aql", format, options)
{
    private static readonly HashSet<string> Words =
    [
        "AND", "AS", "BETWEEN", "BY", "CASE", "DATEFORMAT", "DOUBLE", "EVENTS", "FLOWS", "FROM", "GROUP", "HAVING", "HOURS", "IF", "ILIKE", "IN",
        "INCIDR", "INTO", "IS", "LAST", "LIKE", "LIMIT", "LONG", "LOWER", "MATCHES", "MINUTES", "NOT", "NULL", "OR", "ORDER", "PARAMETERS",
        "SEARCH", "SELECT", "START", "STOP", "STR", "SUM", "TEXT", "UNIQUECOUNT", "UTF8", "WHERE",
    ];

    public override int Share => 30;

    public override Reading Read(Output output)
    {
        var reading = new SqlReader('"', escapes: false).Read(output.Text!);
        if (reading.Structure.Remove("IMATCHES"))
        {
            reading.Structure.Add("ILIKE");
        }

        reading.Structure.RemoveWhere(part => part.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !Words.Contains(part));
        return reading;
    }
}
