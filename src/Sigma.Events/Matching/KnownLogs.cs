using System.Collections.Frozen;
using System.Collections.Immutable;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Events.Matching;

/// <summary>The log that an event is from, as Sigma calls it.</summary>
/// <param name="Product">Its product; null if it may be of any.</param>
/// <param name="Service">Its service; null if the event leaves it open.</param>
/// <param name="Category">Its category; null if the event leaves it open.</param>
internal sealed record KnownLog(string? Product, string? Service, string? Category = null)
{
    /// <summary>Further services that its events belong to: what sshd writes is in the log <c>auth</c>.</summary>
    public ImmutableArray<string> Also { get; init; } = [];

    /// <summary>The categories that its events may be of, where it leaves that open.</summary>
    public ImmutableArray<string> Of { get; init; } = [];

    /// <summary>The built-in pipelines that give rules the names of its fields, where a shipper made others of the product's own; any of them will do.</summary>
    public ImmutableArray<string> Pipelines { get; init; } = [];

    /// <summary>The field that says when one of its events happened; null where that is one that has the time in every log.</summary>
    public string? Time { get; init; }

    /// <summary>Its parts in words.</summary>
    public string Name => string.Join(' ', ((string?[])[Product, Service, Category, Pipelines.IsEmpty ? null : "(ECS)"]).Where(part => part is not null));

    /// <summary>
    /// Whether its events may be of a service. Where it leaves that open, the rule must name its product, and the service must not be one whose
    /// events are known by their own marks.
    /// </summary>
    private bool IsOf(string service, bool isOfProduct) => Service is null && Also.IsEmpty
        ? Product is not null && isOfProduct && !KnownLogs.HasOwnMarks(Product, service)
        : service.Equals(Service, StringComparison.OrdinalIgnoreCase) || Also.Contains(service, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether its events may be those that a rule is about.</summary>
    public bool MayBe(LogSource source) =>
        (source.Product is null || source.Product.Equals(Product, StringComparison.OrdinalIgnoreCase))
        && (source.Service is null || IsOf(source.Service, isOfProduct: source.Product is not null))
        && (source.Category is not { } category || MayBeOf(category, isNamed: source.Service is not null));

    /// <summary>Whether its events may be of a category: one of the taxonomy must be named by the log, or the rule must name the log's service.</summary>
    private bool MayBeOf(string category, bool isNamed) => Category is not null
        ? category.Equals(Category, StringComparison.OrdinalIgnoreCase)
        : isNamed || Of.Contains(category, StringComparer.OrdinalIgnoreCase) || !KnownLogs.IsInTaxonomy(category);
}

/// <summary>Logs that are known by what their events always have; logs.yml has those that are not of Windows.</summary>
internal static class KnownLogs
{
    private static readonly Facts Table = Read();
    private static readonly FrozenDictionary<string, int[]> MarksOfName = Table.Signatures
        .SelectMany(signature => signature.Marks)
        .GroupBy(mark => mark.Name)
        .ToFrozenDictionary(group => group.Key, group => group.Select(mark => mark.Number).ToArray(), StringComparer.Ordinal);

    private static readonly Mark[] Marks = [.. Table.Signatures.SelectMany(signature => signature.Marks)];

    /// <summary>How many words of 64 bits have a bit for each mark.</summary>
    public static int Words { get; } = (Marks.Length + 63) / 64;

    /// <summary>The fields that say in one log or another when an event happened.</summary>
    public static IReadOnlyList<string> TimeFields { get; } = [.. Table.Signatures.Select(signature => signature.Log.Time).OfType<string>().Concat(Table.Times.Values).Distinct(StringComparer.Ordinal)];

    /// <summary>The field that says when an event happened in lines of a kind.</summary>
    public static string TimeIn(string kind) => Table.Times[kind];

    /// <summary>The marks that a value with one of these names may be.</summary>
    public static int[] MarksOf(IReadOnlyList<FieldName> names)
    {
        int[] found = [];
        foreach (FieldName name in names)
        {
            if (MarksOfName.TryGetValue(name.Name, out int[]? marks))
            {
                found = [.. found.Union(marks)];
            }
        }

        return found;
    }

    /// <summary>Notes the marks among some that a value bears out.</summary>
    public static void Note(int[] marks, ReadOnlySpan<char> value, Span<ulong> borne)
    {
        foreach (int mark in marks)
        {
            if (Marks[mark].IsBorneBy(value))
            {
                borne[mark >> 6] |= 1ul << (mark & 63);
            }
        }
    }

    /// <summary>The log whose marks are all there; null for none.</summary>
    /// <param name="borne">The marks.</param>
    /// <param name="e">The event.</param>
    public static KnownLog? Of(ReadOnlySpan<ulong> borne, Event e)
    {
        foreach (Signature signature in Table.Signatures)
        {
            bool all = true;
            foreach (Mark mark in signature.Marks)
            {
                all &= (borne[mark.Number >> 6] & (1ul << (mark.Number & 63))) != 0;
            }

            if (all && LogOf(signature, e) is { } log)
            {
                return log;
            }
        }

        return null;
    }

    private static KnownLog? LogOf(Signature signature, Event e) =>
        signature.ServiceField is { } service ? OfService(signature.Log, e.TextNamed(service))
        : signature.ProgramField is { } field && e.TextNamed(field) is { } program && OfProgram(program) is { } known ? known with { Time = signature.Log.Time }
        : signature.Log;

    /// <summary>The channel of Windows that a provider writes to; null if it may write to several.</summary>
    public static string? ChannelOf(string provider) => Table.Channels.GetValueOrDefault(provider);

    /// <summary>The channels that are named for the provider that writes to them.</summary>
    public static ImmutableArray<string> OwnChannels { get; } = [.. Table.Channels.Where(pair => pair.Value.StartsWith(pair.Key + "/", StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value)];

    /// <summary>Whether a category is one of Sigma's taxonomy, so that it is known what its events are about.</summary>
    public static bool IsInTaxonomy(string category) => Table.Categories.Contains(category);

    /// <summary>Whether a category is of the taxonomy and not of Windows.</summary>
    public static bool IsGeneral(string category) => Table.General.Contains(category);

    /// <summary>The log of a program's messages in a syslog; null for one that is not known.</summary>
    public static KnownLog? OfProgram(string program) => Table.Programs.GetValueOrDefault(program);

    /// <summary>The log that has lines of a form; null for none.</summary>
    public static KnownLog? OfForm(string form) => Table.Forms.GetValueOrDefault(form);

    /// <summary>The log of what a network device reports.</summary>
    /// <param name="message">What the device calls it, such as <c>SYS-5-CONFIG_I</c>.</param>
    public static KnownLog? OfMessage(ReadOnlySpan<char> message)
    {
        foreach ((string pattern, KnownLog log) in Table.Messages)
        {
            if (Mark.Fits(message, pattern))
            {
                return log;
            }
        }

        return null;
    }

    /// <summary>The log of a data set of the Elastic Common Schema; null for one that is not known.</summary>
    /// <param name="dataset">Its name, such as <c>zeek.dns</c>.</param>
    /// <param name="e">An event of it.</param>
    public static KnownLog? OfDataset(string dataset, Event e)
    {
        if (Table.Datasets.TryGetValue(dataset, out Dataset? whole))
        {
            return whole.ProgramField is { } field && e.TextNamed(field) is { } program ? OfProgram(program) ?? whole.Log : whole.Log;
        }

        int dot = dataset.IndexOf('.');
        return dot > 0 && Table.Datasets.TryGetValue(dataset[..(dot + 1)] + "*", out Dataset? family) ? OfService(family.Log, dataset[(dot + 1)..]) : null;
    }

    /// <summary>Whether the events of a service of a product are known by marks of their own.</summary>
    public static bool HasOwnMarks(string product, string service) => Table.Own.Contains((product, service.ToLowerInvariant()));

    /// <summary>A log whose service is a value; null if that does not name one, such as the path of a file.</summary>
    private static KnownLog? OfService(KnownLog log, string? service) =>
        service is { Length: > 0 and <= 64 } && service.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? log with { Service = service } : null;

    private static Facts Read()
    {
        var root = (YamlMapping)YamlReader.Read(EmbeddedFiles.Open(typeof(KnownLogs).Assembly, "matching/logs.yml")!)[0].Root!;
        var signatures = ImmutableArray.CreateBuilder<Signature>();
        var programs = new Dictionary<string, KnownLog>(StringComparer.OrdinalIgnoreCase);
        var forms = new Dictionary<string, KnownLog>(StringComparer.Ordinal);
        var messages = ImmutableArray.CreateBuilder<(string, KnownLog)>();
        var datasets = new Dictionary<string, Dataset>(StringComparer.OrdinalIgnoreCase);
        var own = new HashSet<(string, string)>();
        int number = 0;
        foreach (YamlMapping entry in ((YamlSequence)root["logs"]!).Items.Cast<YamlMapping>())
        {
            var log = (YamlMapping)entry["log"]!;
            var known = new KnownLog(Text(log["product"]), Text(log["service"]), Text(log["category"])) { Also = [.. Texts(log["also"])], Of = [.. Texts(log["of"])], Pipelines = [.. Texts(entry["pipelines"])], Time = Text(entry["time"]) };
            messages.AddRange(Texts(entry["messages"]).Select(message => (message, known)));
            if (known is { Product: { } product, Pipelines.IsEmpty: true })
            {
                own.UnionWith(((string?[])[known.Service, .. known.Also]).OfType<string>().Select(service => (product, service)));
            }

            foreach (string form in Texts(entry["forms"]))
            {
                forms.Add(form, known);
            }

            foreach (string dataset in Texts(entry["datasets"]))
            {
                datasets.Add(dataset, new Dataset(known, Text(entry["program"])));
            }

            foreach (string program in Texts(entry["programs"]))
            {
                programs.Add(program, known);
            }

            if (entry["fields"] is YamlMapping fields)
            {
                Mark[] marks = [.. fields.Entries.Select(field => new Mark(number++, field.Key.Value, [.. Texts(field.Value)]))];
                signatures.Add(new Signature(known, marks, Text(entry["service"]), Text(entry["program"])));
            }
        }

        return new Facts(
            signatures.ToImmutable(),
            programs.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
            forms,
            messages.ToImmutable(),
            datasets,
            own,
            ((YamlMapping)root["providers"]!).Entries.ToFrozenDictionary(provider => provider.Name, provider => ((YamlScalar)provider.Value).Value, StringComparer.OrdinalIgnoreCase),
            ((YamlMapping)root["times"]!).Entries.ToDictionary(kind => kind.Name, kind => ((YamlScalar)kind.Value).Value, StringComparer.Ordinal),
            Texts(root["general"]).ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            LogSources.BuiltIn.Categories.Select(source => source.Category!).Concat(Texts(root["general"])).ToFrozenSet(StringComparer.OrdinalIgnoreCase));
    }

    private static string? Text(YamlNode? node) => (node as YamlScalar)?.Value;

    private static IEnumerable<string> Texts(YamlNode? node) =>
        node is YamlSequence list ? list.Items.Select(item => ((YamlScalar)item).Value) : node is YamlScalar { Value: var one } ? [one] : [];

    /// <summary>What logs.yml says.</summary>
    /// <param name="Signatures">What events of known logs have.</param>
    /// <param name="Programs">The logs of programs in a syslog.</param>
    /// <param name="Forms">The logs that have lines of a form.</param>
    /// <param name="Messages">The logs of what network devices call their messages, in the order in which they count.</param>
    /// <param name="Datasets">The logs of data sets.</param>
    /// <param name="Own">The products and services whose events are known by their own marks.</param>
    /// <param name="Channels">The channel of providers that write to one only.</param>
    /// <param name="Times">The field with the time of kinds of lines.</param>
    /// <param name="General">The categories of the taxonomy that are not of Windows.</param>
    /// <param name="Categories">All categories of the taxonomy.</param>
    private sealed record Facts(
        ImmutableArray<Signature> Signatures,
        FrozenDictionary<string, KnownLog> Programs,
        Dictionary<string, KnownLog> Forms,
        ImmutableArray<(string Pattern, KnownLog Log)> Messages,
        Dictionary<string, Dataset> Datasets,
        HashSet<(string Product, string Service)> Own,
        FrozenDictionary<string, string> Channels,
        Dictionary<string, string> Times,
        FrozenSet<string> General,
        FrozenSet<string> Categories);

    /// <summary>A log of a data set, and the field that has the name of a program where it is a syslog.</summary>
    private sealed record Dataset(KnownLog Log, string? ProgramField);

    /// <summary>A log, and the fields that its events have; where these name a service or a program, the log is that one's.</summary>
    private sealed record Signature(KnownLog Log, Mark[] Marks, string? ServiceField, string? ProgramField);

    /// <summary>A field by which a log is known, and the values that it may have.</summary>
    private sealed record Mark(int Number, string Name, string[] Values)
    {
        public bool IsBorneBy(ReadOnlySpan<char> value)
        {
            foreach (string pattern in Values)
            {
                if (Fits(value, pattern))
                {
                    return true;
                }
            }

            return false;
        }

        public static bool Fits(ReadOnlySpan<char> value, ReadOnlySpan<char> pattern)
        {
            int star = pattern.IndexOf('*');
            if (star < 0)
            {
                return value.Equals(pattern, StringComparison.OrdinalIgnoreCase);
            }

            if (!value.StartsWith(pattern[..star], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            value = value[star..];
            pattern = pattern[(star + 1)..];
            int second = pattern.IndexOf('*');
            return second < 0
                ? value.Length >= pattern.Length && value.EndsWith(pattern, StringComparison.OrdinalIgnoreCase)
                : value.Contains(pattern[..second], StringComparison.OrdinalIgnoreCase);
        }
    }
}
