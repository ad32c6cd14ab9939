namespace Sigma.Engines.Tests.RegularExpressions;

/// <summary>Makes patterns that .NET and PCRE read alike, and values that may match them.</summary>
internal sealed class PatternGenerator(int seed)
{
    private static readonly string[] Characters = ["a", "b", "A", "B", "1", "_", "-", "/", "\\.", "\\\\", "\\n", "\\x41", "\\{", " ", "~", "\\\"", "&"];
    private static readonly string[] Sets = [".", "\\d", "\\w", "\\s", "\\W", "\\S", "[ab]", "[^a]", "[^\\w]", "[A-Z1]", "[\\d_]", "[^\\W1]", "[a\\-b]", "[\\s\\S]"];
    private static readonly string[] Quantifiers = ["*", "+", "?", "{2}", "{1,2}", "{0,1}", "{2,}", "*?", "+?"];
    private static readonly string[] Anchors = ["^", "$", "\\A", "\\z", "\\b", "\\B"];
    private static readonly string[] Groups = ["(", "(?:", "(?<n>", "(?i:", "(?s:", "(?m:", "(?>"];
    private const string ValueCharacters = "aabbABA1_-/.\\ ~\"&{\n";

    private readonly Random random = new(seed);
    private int names;

    internal string Pattern(int depth = 3)
    {
        var branches = random.Next(4) == 0 ? 2 : 1;
        return string.Join('|', Enumerable.Range(0, branches).Select(_ => Sequence(depth)));
    }

    internal string Value() =>
        string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => ValueCharacters[random.Next(ValueCharacters.Length)])).TrimEnd('\n');

    private string Sequence(int depth)
    {
        var items = Enumerable.Range(0, random.Next(depth == 0 ? 3 : 4)).Select(_ => Item(depth)).ToList();
        if (random.Next(3) == 0)
        {
            items.Insert(random.Next(2) * items.Count, Pick(Anchors));
        }

        return (random.Next(12) == 0 ? "(?i)" : string.Empty) + string.Concat(items);
    }

    private string Item(int depth)
    {
        var kind = random.Next(10);
        var atom = kind < 5 ? Pick(Characters) : kind < 8 || depth == 0 ? Pick(Sets) : Group(depth);
        return random.Next(3) == 0 ? atom + Pick(Quantifiers) : atom;
    }

    private string Group(int depth)
    {
        var open = Pick(Groups);
        return (open == "(?<n>" ? $"(?<n{++names}>" : open) + Pattern(depth - 1) + ")";
    }

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];
}
