using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Kusto;

/// <summary>The scalar functions that queries here use; each is what its page says.</summary>
internal static class KustoFunctions
{
    private static readonly Regex Dotted = new(@"\A(\d{1,3}(?:\.\d{1,3}){3})(?:/(\d{1,2}))?\z", RegexOptions.CultureInvariant);

    public static KustoValue? Of(string name, KustoValue[] a) => (name, a.Length) switch
    {
        ("not", 1) => s => KustoLogic.Truth(a[0](s)) is { } truth ? !truth : null,
        ("isempty", 1) => s => IsEmpty(a[0](s)),
        ("isnotempty", 1) => s => !IsEmpty(a[0](s)),
        ("isnull", 1) => s => a[0](s) is null,
        ("isnotnull", 1) => s => a[0](s) is not null,
        ("coalesce", > 1) => s => a.Select(one => one(s)).FirstOrDefault(value => value is not null and not ""),
        ("iff", 3) => s => KustoLogic.Truth(a[0](s)) is true ? a[1](s) : a[2](s),
        ("case", > 2) when a.Length % 2 == 1 => s => Case(a, s),
        ("tolower", 1) => s => KustoLogic.Text(a[0](s)).ToLowerInvariant(),
        ("tostring", 1) => s => AsText(a[0](s)),
        ("tolong", 1) => s => AsLong(a[0](s)),
        ("todouble", 1) => s => AsDouble(a[0](s)),
        ("todatetime", 1) => s => AsTime(a[0](s)),
        ("tohex", 2) => s => a[0](s) is long number ? number.ToString("x", CultureInfo.InvariantCulture).PadLeft((int)(long)a[1](s)!, '0') : "",
        ("strcat", > 0) => s => string.Concat(a.Select(one => AsText(one(s)))),
        ("strlen", 1) => s => (long)KustoLogic.Text(a[0](s)).EnumerateRunes().Count(),
        ("replace_string", 3) => s => KustoLogic.Text(a[0](s)).Replace(KustoLogic.Text(a[1](s)), KustoLogic.Text(a[2](s)), StringComparison.Ordinal),
        ("extract", 3) => s => new PerlExpression(KustoLogic.Text(a[0](s))).Groups(KustoLogic.Text(a[2](s)))?[(int)(long)a[1](s)!] ?? "",
        ("parse_json", 1) => s => Json(KustoLogic.Text(a[0](s))),
        ("column_ifexists", 2) => s => KustoLogic.Text(a[0](s)) is var column && s.Row.Has(column) ? s.Row[column] : a[1](s),
        ("bin", 2) => s => a[0](s) is DateTime time && a[1](s) is TimeSpan span ? time.AddTicks(-(time.Ticks % span.Ticks)) : null,
        ("datetime_part", 2) => s => a[1](s) is DateTime time ? Part(KustoLogic.Text(a[0](s)), time) : null,
        ("ipv4_is_in_range", 2) => s => InRange(V4(KustoLogic.Text(a[0](s))), KustoLogic.Text(a[1](s))),
        ("ipv6_is_in_range", 2) => s => InRange(V6(KustoLogic.Text(a[0](s))), KustoLogic.Text(a[1](s))),
        ("set_has_element", 2) => s => ((JsonArray)a[0](s)!).Any(one => one!.GetValue<string>() == (string)a[1](s)!),
        ("array_length", 1) => s => a[0](s) is JsonArray array ? (long)array.Count : null,
        _ => null,
    };

    public static string AsText(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        JsonValue json when json.TryGetValue<string>(out var text) => text,
        JsonNode json => json.ToJsonString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new SearchError($"a text of {value.GetType().Name}"),
    };

    public static double? AsDouble(object? value) => value switch
    {
        long number => number,
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        JsonValue json => AsDouble(AsText(json)),
        _ => null,
    };

    private static long? AsLong(object? value) => value switch
    {
        long number => number,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        JsonValue json => AsLong(AsText(json)),
        _ => null,
    };

    private static DateTime? AsTime(object? value) => value switch
    {
        DateTime time => time,
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.UtcDateTime,
        _ => null,
    };

    private static object? Case(KustoValue[] arguments, KustoScope scope)
    {
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            if (KustoLogic.Truth(arguments[i](scope)) is true)
            {
                return arguments[i + 1](scope);
            }
        }

        return arguments[^1](scope);
    }

    private static bool IsEmpty(object? value) => value is null or "";

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // What is no JSON is a text.
            return JsonValue.Create(text);
        }
    }

    private static long? Part(string part, DateTime time) => part switch
    {
        "year" => time.Year,
        "month" => time.Month,
        "week_of_year" => ISOWeek.GetWeekOfYear(time),
        "day" => time.Day,
        "hour" => time.Hour,
        "minute" => time.Minute,
        _ => throw new SearchError($"no part '{part}'"),
    };

    private static IPAddress? V4(string text) => Dotted.Match(text) is { Success: true } dotted && !dotted.Groups[2].Success && IPAddress.TryParse(text, out var address) ? address : null;

    private static IPAddress? V6(string text) => IPAddress.TryParse(text, out var address) ? address.MapToIPv6() : null;

    private static bool? InRange(IPAddress? address, string range) => !IPNetwork.TryParse(range, out var network) ? throw new SearchError($"'{range}' is no range")
        : address is null ? null
        : network.BaseAddress.AddressFamily == address.AddressFamily ? network.Contains(address)
        : throw new SearchError($"'{range}' for {(address.AddressFamily == AddressFamily.InterNetwork ? "ipv4" : "ipv6")}");
}
