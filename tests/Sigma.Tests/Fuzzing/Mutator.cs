using CsCheck;
using Sigma.Engines.Tests.Hostile;

namespace Sigma.Tests.Fuzzing;

/// <summary>
/// Makes new files of a corpus that mostly get past the readers: parts change places with parts that stood under the same key
/// elsewhere, texts are exchanged and spiced, entries go and come twice. Now and then a key is wrong, or the text itself is damaged.
/// </summary>
internal sealed class Mutator
{
    private readonly IReadOnlyList<IReadOnlyList<FuzzTree>> corpus;
    private readonly Dictionary<string, List<FuzzTree>> byKey = new(StringComparer.Ordinal);
    private readonly List<string> keys;
    private readonly List<string> texts;

    public Mutator(IEnumerable<string> files)
    {
        corpus = [.. files.Select(FuzzTree.Read).Where(documents => documents.Count > 0)];
        var seenTexts = new HashSet<string>(StringComparer.Ordinal);
        foreach (FuzzTree document in corpus.SelectMany(file => file))
        {
            Learn(document, "", seenTexts);
        }

        keys = [.. byKey.Keys.Order(StringComparer.Ordinal)];
        texts = [.. seenTexts.Order(StringComparer.Ordinal)];
    }

    /// <summary>How many files the corpus has.</summary>
    public int Files => corpus.Count;

    /// <summary>Makes an input.</summary>
    /// <param name="random">Chooses the file and the changes.</param>
    /// <param name="most">The number of changes that most inputs have at the most; some have three times as many.</param>
    public IReadOnlyList<FuzzTree> Make(PCG random, uint most = 2)
    {
        List<FuzzTree> documents = [.. HostileText.Pick(random, corpus)];
        if (random.Next(25) == 0)
        {
            documents.AddRange(HostileText.Pick(random, corpus));
        }

        for (int n = 1 + (int)random.Next(random.Next(5) == 0 ? 3 * most : most); n > 0; n--)
        {
            int at = (int)random.Next((uint)documents.Count);
            int node = (int)random.Next((uint)documents[at].Size);
            documents[at] = Mutate(documents[at], ref node, "", random);
        }

        return documents;
    }

    /// <summary>Damages a text: a piece away, a piece twice, another character.</summary>
    public static string Damage(string text, PCG random)
    {
        if (text.Length == 0)
        {
            return text;
        }

        int at = (int)random.Next((uint)text.Length);
        int length = Math.Min(text.Length - at, 1 + (int)random.Next(random.Next(4) == 0 ? 200u : 4u));
        return random.Next(4) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            2 => text.Insert(at, HostileText.Next(random)),
            _ => text[..at] + (char)random.Next(random.Next(3) == 0 ? 0xffffu : 0x7fu) + text[(at + 1)..],
        };
    }

    private void Learn(FuzzTree tree, string key, HashSet<string> seen)
    {
        if (!byKey.TryGetValue(key, out List<FuzzTree>? same))
        {
            byKey[key] = same = [];
        }

        if (same.Count < 500 && tree.Size < 200)
        {
            same.Add(tree);
        }

        switch (tree)
        {
            case FuzzTree.FuzzMap map:
                foreach ((string name, FuzzTree value) in map.Entries)
                {
                    Learn(value, name, seen);
                }

                break;
            case FuzzTree.FuzzList list:
                foreach (FuzzTree item in list.Items)
                {
                    Learn(item, key + "[]", seen);
                }

                break;
            case FuzzTree.FuzzText text:
                seen.Add(text.Text);
                break;
        }
    }

    /// <summary>Changes the node of a number, counted from the top.</summary>
    private FuzzTree Mutate(FuzzTree tree, ref int node, string key, PCG random)
    {
        if (node-- == 0)
        {
            return Change(tree, key, random);
        }

        switch (tree)
        {
            case FuzzTree.FuzzMap map:
                var entries = new List<(string, FuzzTree)>();
                foreach ((string name, FuzzTree value) in map.Entries)
                {
                    entries.Add((name, node < 0 ? value : Mutate(value, ref node, name, random)));
                }

                return new FuzzTree.FuzzMap(entries);
            case FuzzTree.FuzzList list:
                var items = new List<FuzzTree>();
                foreach (FuzzTree item in list.Items)
                {
                    items.Add(node < 0 ? item : Mutate(item, ref node, key + "[]", random));
                }

                return new FuzzTree.FuzzList(items);
            default:
                return tree;
        }
    }

    private FuzzTree Change(FuzzTree tree, string key, PCG random)
    {
        if (random.Next(3) == 0 && byKey.TryGetValue(key, out List<FuzzTree>? same) && same.Count > 0)
        {
            return HostileText.Pick(random, same);
        }

        return tree switch
        {
            FuzzTree.FuzzMap { Entries.Count: > 0 } map => Change(map, random),
            FuzzTree.FuzzList { Items.Count: > 0 } list => Change(list, key, random),
            FuzzTree.FuzzText text => Change(text, random),
            _ => new FuzzTree.FuzzText("", Plain: true),
        };
    }

    private FuzzTree.FuzzMap Change(FuzzTree.FuzzMap map, PCG random)
    {
        List<(string Key, FuzzTree Value)> entries = [.. map.Entries];
        int at = (int)random.Next((uint)entries.Count);
        switch (random.Next(10))
        {
            case 0:
                entries.RemoveAt(at);
                break;
            case 1:
                // A key of its own for what is there twice; YAML refuses the same one.
                entries.Insert((int)random.Next((uint)entries.Count), (entries[at].Key + "|contains", entries[at].Value));
                break;
            case 2:
                entries[at] = (HostileText.Pick(random, keys), entries[at].Value);
                break;
            case 3:
                entries[at] = (HostileText.Next(random), entries[at].Value);
                break;
            case 4:
            case 5:
                string more = HostileText.Pick(random, keys);
                entries.Add((more, HostileText.Pick(random, byKey[more].Count > 0 ? byKey[more] : [new FuzzTree.FuzzText("x", Plain: true)])));
                break;
            default:
                int other = (int)random.Next((uint)entries.Count);
                (entries[at], entries[other]) = ((entries[at].Key, entries[other].Value), (entries[other].Key, entries[at].Value));
                break;
        }

        return new FuzzTree.FuzzMap([.. entries.DistinctBy(entry => entry.Key)]);
    }

    private FuzzTree Change(FuzzTree.FuzzList list, string key, PCG random)
    {
        List<FuzzTree> items = [.. list.Items];
        int at = (int)random.Next((uint)items.Count);
        switch (random.Next(6))
        {
            case 0:
                items.RemoveAt(at);
                break;
            case 1:
                items.Insert(at, items[at]);
                break;
            case 2:
                return items[at];
            case 3 when byKey.TryGetValue(key + "[]", out List<FuzzTree>? same) && same.Count > 0:
                items[at] = HostileText.Pick(random, same);
                break;
            case 4:
                items.AddRange(Enumerable.Repeat(items[at], 1 + (int)random.Next(40)));
                break;
            default:
                items[at] = new FuzzTree.FuzzText(HostileText.Next(random), Plain: false);
                break;
        }

        return new FuzzTree.FuzzList(items);
    }

    private FuzzTree Change(FuzzTree.FuzzText text, PCG random) => random.Next(8) switch
    {
        0 => new FuzzTree.FuzzText(HostileText.Next(random), Plain: false),
        1 => new FuzzTree.FuzzText(text.Text.Insert((int)random.Next((uint)text.Text.Length + 1), HostileText.Next(random)), Plain: false),
        2 => new FuzzTree.FuzzList([text, new FuzzTree.FuzzText(HostileText.Pick(random, texts), Plain: true)]),
        3 => new FuzzTree.FuzzText(HostileText.Pick(random, Numbers), Plain: true),
        4 => new FuzzTree.FuzzText(Damage(text.Text, random), text.Plain),
        _ => new FuzzTree.FuzzText(HostileText.Pick(random, texts), Plain: true),
    };

    private static readonly string[] Numbers =
        ["0", "1", "-1", "2147483647", "2147483648", "-9223372036854775808", "9223372036854775808", "1e308", "1e999", "0.1", "null", "true", "false", "~", "1000000", "5m", "1M", "99999999999y", "0s"];
}
