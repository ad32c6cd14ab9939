using System.Text;
using System.Text.Json;
using Sigma.Engines.Tests.Engines;
using Sigma.Rules;

namespace Sigma.Engines.Tests.OwnRules;

/// <summary>What random rules may contain, for a target that cannot say everything.</summary>
[Flags]
internal enum RuleParts
{
    Strings = 0,
    Keywords = 1,
    Absence = 2,
    Numbers = 4,
    References = 8,
    Cased = 16,
}

/// <summary>Makes rules whose values are dense in the characters that languages read, and events close to them.</summary>
internal sealed class RandomRules(int seed, RuleParts parts, bool controls)
{
    private const string Characters = "\\\\\\*?\"'$%^&|()[]{}<>/#;,:~+-=`!@. aAbBé漢Я1\u3000\u00a0\t";
    private static readonly string[] Fields = ["fA", "fB", "fC"];
    private static readonly string[] Modifiers = ["", "", "|contains", "|startswith", "|endswith", "|contains|all"];

    private readonly Random random = new(seed);

    /// <summary>The text of a rule.</summary>
    public string Rule()
    {
        var text = new StringBuilder("title: t\nlogsource: {product: test}\ndetection:\n");
        var count = random.Next(1, 4);
        for (var i = 0; i < count; i++)
        {
            text.Append("  s").Append(i).Append(":\n");
            if (parts.HasFlag(RuleParts.Keywords) && random.Next(5) == 0)
            {
                text.Append("    ").Append(List()).Append('\n');
                continue;
            }

            foreach (var field in Fields.Where((_, f) => f == i || random.Next(3) == 0))
            {
                text.Append("    ").Append(Item(field)).Append('\n');
            }
        }

        return text.Append("  condition: ").Append(Condition(count, 3)).Append('\n').ToString();
    }

    /// <summary>Events around the values of a rule: some fit, some nearly.</summary>
    public IEnumerable<EngineEvent> Events(SigmaRule rule, long firstId, int count)
    {
        SigmaString[] texts = [.. Texts(rule).DefaultIfEmpty(SigmaString.Empty)];
        for (var i = 0; i < count; i++)
        {
            yield return EngineEvent.Of(firstId + i, "Test", 1, [.. Fields.Select(field => (field, FieldValue(texts)))]);
        }
    }

    private static IEnumerable<SigmaString> Texts(SigmaRule rule) => rule.Detections.SelectMany(d => Texts(d.Body));

    private static IEnumerable<SigmaString> Texts(Detection detection) => detection switch
    {
        AllOfDetection all => all.Items.SelectMany(Texts),
        AnyOfDetection any => any.Items.SelectMany(Texts),
        DetectionItem item => item.Values.OfType<StringValue>().Select(value => value.Text),
        _ => [],
    };

    private string? FieldValue(SigmaString[] texts)
    {
        switch (random.Next(12))
        {
            case 0:
                return parts.HasFlag(RuleParts.Absence) ? null : "x";
            case 1:
                return parts.HasFlag(RuleParts.Absence) ? "" : "y";
            case 2:
                return random.Next(-3, 15).ToString(System.Globalization.CultureInfo.InvariantCulture);
            case 3:
                return Text(6);
        }

        var value = string.Concat(texts[random.Next(texts.Length)].Parts.Select(part => part.Kind switch
        {
            PartKind.Many => Text(random.Next(3)),
            PartKind.One => Text(1),
            _ => part.Text,
        }));
        if (value.Length > 0 && random.Next(3) == 0)
        {
            var at = random.Next(value.Length);
            value = random.Next(3) switch
            {
                0 => value.Remove(at, 1),
                1 => value.Insert(at, Text(1)),
                _ => value[..at] + (char.IsUpper(value[at]) ? char.ToLowerInvariant(value[at]) : char.ToUpperInvariant(value[at])) + value[(at + 1)..],
            };
        }

        return value.Length == 0 && !parts.HasFlag(RuleParts.Absence) ? "z" : value;
    }

    private string Item(string field)
    {
        switch (random.Next(10))
        {
            case 0 when parts.HasFlag(RuleParts.Absence):
                return field + ": null";
            case 1 when parts.HasFlag(RuleParts.Absence):
                return field + "|exists: " + (random.Next(2) == 0 ? "true" : "false");
            case 2 when parts.HasFlag(RuleParts.Absence):
                return field + ": ''";
            case 3 when parts.HasFlag(RuleParts.Numbers):
                return $"{field}|{(random.Next(2) == 0 ? "gte" : "lt")}: {random.Next(-3, 15)}";
            case 4 when parts.HasFlag(RuleParts.Numbers):
                return $"{field}: [{random.Next(15)}, {random.Next(15)}]";
            case 5 when parts.HasFlag(RuleParts.References):
                return $"{field}|fieldref{new[] { "", "|startswith", "|endswith", "|contains" }[random.Next(4)]}: fB";
        }

        var modifier = Modifiers[random.Next(Modifiers.Length)];
        var cased = parts.HasFlag(RuleParts.Cased) && random.Next(5) == 0 ? "|cased" : "";
        var negated = random.Next(8) == 0 ? "|neq" : "";
        return $"{field}{modifier}{cased}{negated}: {(modifier.EndsWith("all", StringComparison.Ordinal) || random.Next(2) == 0 ? List() : Quoted())}";
    }

    private string List() => "[" + string.Join(", ", Enumerable.Range(0, random.Next(2, 4)).Select(_ => Quoted())) + "]";

    // JSON's quotes are YAML's too.
    private string Quoted() => JsonSerializer.Serialize(Text(random.Next(1, 6)));

    private string Text(int length)
    {
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            text.Append(controls && random.Next(30) == 0 ? (char)random.Next(1, 9) : Characters[random.Next(Characters.Length)]);
        }

        return text.ToString();
    }

    private string Condition(int count, int depth) => random.Next(depth == 0 ? 1 : 5) switch
    {
        1 => $"({Condition(count, depth - 1)} and {Condition(count, depth - 1)})",
        2 => $"({Condition(count, depth - 1)} or {Condition(count, depth - 1)})",
        3 => $"not {Condition(count, depth - 1)}",
        4 => random.Next(2) == 0 ? "1 of s*" : "all of them",
        _ => "s" + random.Next(count),
    };
}
