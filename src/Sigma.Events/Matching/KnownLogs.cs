namespace Sigma.Events.Matching;

/// <summary>The log that an event is from, as Sigma calls it.</summary>
/// <param name="Product">Its product.</param>
/// <param name="Service">Its service; null if the event leaves it open.</param>
internal sealed record KnownLog(string Product, string? Service);

/// <summary>
/// Logs other than those of Windows that are known by what their events always have. Only what is certain stands here: an event
/// that is taken for another log would be kept from its own rules.
/// </summary>
internal static class KnownLogs
{
    private const string ZeekPath = "_path";
    private const string Zeek = "zeek";

    /// <summary>Each log by fields that its events have, all of them; a field with a value must begin, or end, with it.</summary>
    private static readonly (KnownLog Log, Mark[] Marks)[] Known =
    [
        (new("aws", "cloudtrail"), [new("eventName"), new("eventSource", EndsWith: ".amazonaws.com")]),
        (new("aws", "cloudtrail"), [new("eventName"), new("eventSource"), new("awsRegion")]),
        (new("gcp", "gcp.audit"), [new("protoPayload.@type", StartsWith: "type.googleapis.com/google.cloud.audit.AuditLog")]),
        (new("kubernetes", "audit"), [new("apiVersion", StartsWith: "audit.k8s.io/"), new("auditID")]),
        (new("okta", "okta"), [new("eventType"), new("published"), new("legacyEventType"), new("actor.id")]),
        (new("m365", null), [new("Workload"), new("Operation"), new("RecordType"), new("OrganizationId"), new("CreationTime")]),
    ];

    private static readonly Dictionary<string, uint> BitsOfName = MarkBits();

    /// <summary>The marks, a bit each, that a value with one of these names may be.</summary>
    public static uint MarksOf(IReadOnlyList<FieldName> names)
    {
        uint bits = 0;
        foreach (FieldName name in names)
        {
            bits |= BitsOfName.GetValueOrDefault(name.Name);
        }

        return bits;
    }

    /// <summary>Whether one of the names is Zeek's for the log that an event is from.</summary>
    public static bool IsZeekPath(IReadOnlyList<FieldName> names) => names.Any(name => name.Name == ZeekPath);

    /// <summary>The marks among some that a value bears out.</summary>
    public static uint Borne(uint bits, ReadOnlySpan<char> value)
    {
        uint borne = 0;
        int bit = 0;
        foreach ((_, Mark[] marks) in Known)
        {
            foreach (Mark mark in marks)
            {
                if ((bits & (1u << bit)) != 0 && mark.IsBorneBy(value))
                {
                    borne |= 1u << bit;
                }

                bit++;
            }
        }

        return borne;
    }

    /// <summary>The log whose marks are all there; null for none.</summary>
    public static KnownLog? Of(uint borne)
    {
        int bit = 0;
        foreach ((KnownLog log, Mark[] marks) in Known)
        {
            uint all = ((1u << marks.Length) - 1) << bit;
            if ((borne & all) == all)
            {
                return log;
            }

            bit += marks.Length;
        }

        return null;
    }

    /// <summary>The log of a Zeek event by what its <c>_path</c> says; null if it does not name a log, such as the path of a file.</summary>
    public static KnownLog? OfZeek(ReadOnlySpan<char> path)
    {
        foreach (char c in path)
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c == '_' || c == '-'))
            {
                return null;
            }
        }

        return path.Length is 0 or > 64 ? null : new KnownLog(Zeek, path.ToString());
    }

    private static Dictionary<string, uint> MarkBits()
    {
        var bits = new Dictionary<string, uint>(StringComparer.Ordinal);
        int bit = 0;
        foreach (Mark mark in Known.SelectMany(known => known.Marks))
        {
            bits[mark.Name] = bits.GetValueOrDefault(mark.Name) | (1u << bit++);
        }

        return bits;
    }

    /// <summary>A field by which a log is known.</summary>
    private sealed record Mark(string Name, string StartsWith = "", string EndsWith = "")
    {
        public bool IsBorneBy(ReadOnlySpan<char> value) =>
            !value.IsEmpty && value.StartsWith(StartsWith, StringComparison.OrdinalIgnoreCase) && value.EndsWith(EndsWith, StringComparison.OrdinalIgnoreCase);
    }
}
