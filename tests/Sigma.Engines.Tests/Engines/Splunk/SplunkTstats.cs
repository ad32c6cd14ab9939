using System.Text.RegularExpressions;
using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Splunk;

/// <summary>
/// "tstats" (Search Reference): figures over the fields of a data model, by groups. where takes what the search command takes over
/// field-value pairs; signs of comparison are none that the page promises. Without fillnull_value, an event that lacks one of the fields of
/// by is in no group.
/// </summary>
internal static partial class SplunkTstats
{
    public static SearchCommand Parse(string text)
    {
        if (Head().Match(text) is not { Success: true } head)
        {
            throw new SearchError($"tstats begins otherwise: {text}");
        }

        var root = head.Groups["root"].Value + ".";
        var rest = text[head.Length..];
        var by = LastBy(rest);
        List<string> names = [.. SplunkCommands.Names(new SearchScanner(rest[(by + 4)..]))];
        var where = by > 0 ? rest[..by].TrimStart() : "";
        if (where.Length > 0 && !where.StartsWith("where ", StringComparison.Ordinal))
        {
            throw new SearchError($"where is missing: {where}");
        }

        where = where.Length > 0 ? Node().Replace(where[6..], "") : "";
        if (Outside(where).Any(part => part.AsSpan().IndexOfAny('<', '>') >= 0))
        {
            throw new SearchError($"tstats compares with = only: {where}");
        }

        if (names.Find(name => !name.StartsWith(root, StringComparison.Ordinal)) is { } other)
        {
            throw new SearchError($"{other} is no field of {root}");
        }

        var test = where.Trim().Length == 0 ? _ => true : SplunkSearch.Parse(where);
        var fill = head.Groups["fill"] is { Success: true } filled ? filled.Value : null;
        return rows => [.. rows.Select(row => Fields(row, root)).Where(row => test(row))
            .Select(row => (Row: row, Key: names.ConvertAll(name => row[name] is { } value ? SearchRow.Text(value) : fill)))
            .Where(pair => !pair.Key.Contains(null))
            .GroupBy(pair => string.Join('\u0001', pair.Key))
            .Select(group => Figures([.. group.Select(pair => pair.Row)], names, group.First().Key))];
    }

    /// <summary>What a data model has of an event: its own fields, and the time.</summary>
    private static SearchRow Fields(SearchRow row, string root)
    {
        var fields = new SearchRow { RecordId = row.RecordId };
        foreach (var name in row.Names.Where(name => name == "_time" || name.StartsWith(root, StringComparison.Ordinal)))
        {
            fields[name] = row[name];
        }

        return fields;
    }

    private static SearchRow Figures(IReadOnlyList<SearchRow> rows, List<string> names, List<string?> key)
    {
        var times = rows.Select(row => SearchRow.Number(row["_time"])).OfType<double>().ToList();
        var figures = new SearchRow { RecordId = rows.Count == 1 ? rows[0].RecordId : null, ["count"] = (double)rows.Count };
        (figures["firstTime"], figures["lastTime"]) = times.Count == 0 ? (null, null) : ((object)times.Min(), (object)times.Max());
        for (var i = 0; i < names.Count; i++)
        {
            figures[names[i]] = key[i];
        }

        return figures;
    }

    /// <summary>Where the last "by" outside quotes begins.</summary>
    private static int LastBy(string text)
    {
        var by = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                for (i++; i < text.Length && text[i] != '"'; i++)
                {
                    i += text[i] == '\\' ? 1 : 0;
                }
            }
            else if (string.CompareOrdinal(text, i, " by ", 0, 4) == 0)
            {
                by = i;
            }
        }

        return by < 0 ? throw new SearchError("by is missing") : by;
    }

    private static IEnumerable<string> Outside(string text) => Quoted().Split(text);

    [GeneratedRegex("""\A summariesonly=(?:true|false) allow_old_summaries=(?:true|false)(?: fillnull_value="(?<fill>[A-Za-z]+)")? count min\(_time\) as firstTime max\(_time\) as lastTime from datamodel=[A-Za-z0-9_]+\.(?<root>[A-Za-z0-9_]+)(?= )""")]
    private static partial Regex Head();

    [GeneratedRegex(@"\Anodename=[A-Za-z0-9_]+\.[A-Za-z0-9_]+(?: |\z)")]
    private static partial Regex Node();

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Quoted();
}
