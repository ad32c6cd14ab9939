using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Planning;

/// <summary>One of the ways in which events of a rule's log source are recorded: process creation as Sysmon event 1, or as event 4688 of the security log.</summary>
/// <param name="Rule">The rule with the field names of the variant.</param>
/// <param name="Source">What such an event says of itself: its event id and its channel.</param>
/// <param name="Further">What else it must have.</param>
/// <param name="ExtraFields">The fields that a correlation uses of the rule, with the field names of the variant.</param>
/// <param name="Way">Which of the ways it is, from 0: rules of one log source have the same <paramref name="Source"/> in the same way.</param>
internal sealed record LogSourceVariant(
    SigmaRule Rule, ImmutableArray<Detection> Source, ImmutableArray<Detection> Further, ImmutableArray<ExtraField> ExtraFields, int Way);

/// <summary>
/// What the built-in pipelines know of Windows events: sysmon and windows-audit say which event ids record a category,
/// windows-logsources which channels a service writes to. Nothing of it is repeated here.
/// </summary>
internal sealed class LogSources
{
    private const string Windows = "windows";
    private const string SharedService = "application";

    private static readonly Lazy<LogSources> Instance = new(() => new LogSources());

    private readonly Pipeline[][] ways;
    private readonly ConcurrentDictionary<(string? Category, string? Service), RecordedAs?[]> recorded = [];
    private readonly Lazy<HashSet<string>> knownChannels;

    private LogSources()
    {
        Pipeline channels = SharedPipelines.Read("windows-logsources");
        ways = [[SharedPipelines.Read("sysmon"), channels], [SharedPipelines.Read("windows-audit"), channels]];
        LogSource[] known =
        [
            .. ways.SelectMany(way => way).SelectMany(pipeline => pipeline.Items)
                .SelectMany(item => item.RuleConditions.Conditions.OfType<LogSourceCondition>())
                .Select(condition => condition.Source)
                .Where(source => source.Product is Windows),
        ];
        Categories = [.. known.Where(source => source.Category is not null).DistinctBy(source => source.Category)];
        Services = [.. known.Where(source => source.Category is null && source.Service is not (null or SharedService)).DistinctBy(source => source.Service)];
        knownChannels = new(() => KnownChannels(known));
    }

    /// <summary>What is built in.</summary>
    public static LogSources BuiltIn => Instance.Value;

    /// <summary>The categories of Windows events whose variants are known.</summary>
    public IReadOnlyList<LogSource> Categories { get; }

    /// <summary>The services of Windows whose channels are known, but for the application log, into which any program writes.</summary>
    public IReadOnlyList<LogSource> Services { get; }

    /// <summary>The channels that are known, in any case.</summary>
    public IReadOnlySet<string> Channels => knownChannels.Value;

    /// <summary>Whether a rule is about Windows, or may be.</summary>
    public static bool MayBeWindows(LogSource source) => source.Product is null or Windows;

    /// <summary>The variants of a log source; none if nothing is known of it.</summary>
    public IReadOnlyList<LogSourceVariant> VariantsOf(LogSource source) =>
        VariantsOf(new SigmaRule(new Metadata(), source, [], [], new Span(new SourceText("", ""), 0, 0)));

    /// <summary>The variants of a rule's log source; none if nothing is known of it.</summary>
    /// <param name="rule">The rule, after the user's pipelines.</param>
    public IReadOnlyList<LogSourceVariant> VariantsOf(SigmaRule rule)
    {
        if (!MayBeWindows(rule.LogSource))
        {
            return [];
        }

        var variants = new List<LogSourceVariant>();
        RecordedAs?[] all = recorded.GetOrAdd((rule.LogSource.Category, rule.LogSource.Service), static (_, about) => [.. about.Ways.Select(way => RecordedIn(way, about.Source))], (Ways: ways, Source: rule.LogSource));
        for (int way = 0; way < all.Length; way++)
        {
            if (all[way] is { } log && VariantOf(rule, log, way) is { } variant && !variants.Exists(known => IsSame(known, variant)))
            {
                variants.Add(variant);
            }
        }

        return variants;
    }

    /// <summary>The event ids by which Sysmon records a category, for Linux as for Windows; none if nothing is known of it.</summary>
    public ImmutableArray<Detection> SysmonIdsOf(LogSource source) => source.Category is null ? [] :
    [
        .. VariantsOf(source with { Product = Windows, Service = null }).Where(variant => variant.Way == 0).SelectMany(variant => variant.Source)
            .Where(item => ((DetectionItem)item).Field is WindowsFields.EventId),
    ];

    /// <summary>How the events of a log source are recorded in one way; null if they are not.</summary>
    private static RecordedAs? RecordedIn(Pipeline[] way, LogSource source)
    {
        LogSource ofWindows = source with { Product = Windows };
        IReadOnlyList<Pipeline> acting = Planner.Acting(ofWindows, way);
        var any = new SigmaRule(new Metadata(), ofWindows, [], [], source.Span);
        DetectionItem[] added = [.. (Planner.Pipe(any, acting)?.Detections ?? []).SelectMany(detection => ((AllOfDetection)detection.Body).Items).Cast<DetectionItem>().Select(Spread)];
        bool renames = acting.SelectMany(pipeline => pipeline.Items).Any(item => item.Transformation is not (AddCondition or ChangeLogSource));
        return Array.Exists(added, IsSource) ? new RecordedAs([.. added.Where(IsSource)], [.. added.Where(item => !IsSource(item))], renames ? new Planner(acting, PipelineSettings.Default, "") : null) : null;
    }

    /// <summary>A rule with the names that its fields have in a log; null if it asks for what that log does not have.</summary>
    private static LogSourceVariant? VariantOf(SigmaRule rule, RecordedAs log, int way)
    {
        if (log.Renaming is not { } renaming)
        {
            return new LogSourceVariant(rule, log.Source, log.Further, rule.ExtraFields, way);
        }

        return renaming.Pipe(rule with { LogSource = rule.LogSource with { Product = Windows } }) is { } piped
            ? new LogSourceVariant(rule with { Detections = [.. piped.Detections.Take(rule.Detections.Length)] }, log.Source, log.Further, piped.ExtraFields, way)
            : null;
    }

    private HashSet<string> KnownChannels(IEnumerable<LogSource> known)
    {
        IEnumerable<DetectionItem> sources = known.Distinct()
            .SelectMany(VariantsOf)
            .SelectMany(variant => variant.Source)
            .Cast<DetectionItem>();
        return sources.Where(item => item.Field is WindowsFields.Channel)
            .SelectMany(item => item.Values.OfType<StringValue>())
            .Select(value => value.Text.Literal)
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>An item with each of the values that a step made of one as a value of its own; any of them may hold.</summary>
    private static DetectionItem Spread(DetectionItem item) =>
        item.Values.Any(value => value is ExpansionValue) ? item with { Values = [.. item.Values.SelectMany(Members)], IsList = true } : item;

    private static IEnumerable<Value> Members(Value value) => value is ExpansionValue several ? several.Values.SelectMany(Members) : [value];

    private static bool IsSource(DetectionItem item) => item.Field is WindowsFields.EventId or WindowsFields.Channel or WindowsFields.Provider;

    private static bool IsSame(LogSourceVariant a, LogSourceVariant b) =>
        AreSame(a.Rule.Detections, b.Rule.Detections) && AreSame(a.Source, b.Source) && AreSame(a.Further, b.Further);

    /// <summary>Whether two lists are of the same objects: no step has changed any.</summary>
    internal static bool AreSame<T>(ImmutableArray<T> a, ImmutableArray<T> b)
        where T : class
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Length; i++)
        {
            if (!ReferenceEquals(a[i], b[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How the events of a log source are recorded in one way.</summary>
    /// <param name="Source">What such an event says of itself.</param>
    /// <param name="Further">What else it must have.</param>
    /// <param name="Renaming">What gives the fields of a rule their names there; null where they keep them.</param>
    private sealed record RecordedAs(ImmutableArray<Detection> Source, ImmutableArray<Detection> Further, Planner? Renaming);
}
