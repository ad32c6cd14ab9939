using CsCheck;
using Sigma.Engines.Tests.Engines;
using Sigma.Matching;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Matching;

/// <summary>What the index finds is what one-by-one evaluation finds.</summary>
public class RuleIndexTests
{
    private static readonly string[] Words = ["cmd", "CMD.exe", @"\cmd.exe", "a", " -e", "ß", "K", "ſ", "é", "É", "😀", "日本", "powershell", "x y", "", "10", "4688", "null"];

    [Fact]
    public void Random_rules_on_random_events()
    {
        string[] fields = ["Image", "CommandLine", "a.b", "image"];
        Gen<string> word = OneOf(Words);
        Gen<string> value = Gen.Select(OneOf("", "*"), word, OneOf("", "*", "?"), word, OneOf("", "*"), (a, b, c, d, e) => a + b + c + d + e);
        Gen<string> item = Gen.Select(
            OneOf([.. fields, ""]), OneOf("", "|contains", "|startswith", "|endswith", "|contains|all", "|re|i", "|cased"), value.Array[1, 3],
            (field, modifiers, values) => field.Length == 0
                ? "[" + string.Join(", ", values.Select(Quoted)) + "]"
                : "{'" + field + modifiers + "': [" + string.Join(", ", values.Select(one => Quoted(modifiers == "|re|i" ? System.Text.RegularExpressions.Regex.Escape(one) : one))) + "]}");
        Gen<string> rule = Gen.Select(item, item, OneOf("one", "one and two", "one or two", "one and not two", "not one"), OneOf("process_creation", "test", "registry_set"),
            (one, two, condition, category) => $"title: T\nlogsource: {{category: {category}, product: windows}}\ndetection:\n  one: {one}\n  two: {two}\n  condition: {condition}\n");
        Gen<Event> happening = Gen.Select(
            OneOf<string?>(null, "Microsoft-Windows-Sysmon/Operational", "Security", "System"), OneOf<string?>(null, "1", "13", "4688", "4657"), Gen.Select(OneOf([.. fields, "NewProcessName", "_path", "eventName"]), Gen.Select(word, word, (a, b) => a + b)).Array[0, 5],
            (channel, id, values) => Event.Of([("Channel", channel), ("EventID", id), .. values.Select(pair => (pair.Item1, (string?)pair.Item2))]));

        Gen.Select(rule.Array[20], happening.Array[40]).Sample(
            (texts, events) =>
            {
                ReadDocument[] documents = [.. texts.SelectMany((text, i) => RuleReader.Read(new SourceText(i.ToString(), text))).Where(document => document.Document is not null)];
                Assert(documents, events);
            },
            iter: 60);
    }

    [SharedFact]
    public void Public_rules_on_their_events_and_on_parts_of_them()
    {
        ReadDocument[] documents =
        [
            .. Directory.GetFiles(SharedFolder.In("corpus", "sigmahq"), "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 8 == 0)
                .SelectMany(file => RuleReader.Read(SourceText.Decode(file, File.ReadAllBytes(file), out _))),
        ];
        var random = new Random(5);
        var events = new List<Event>();
        foreach (string file in Directory.GetFiles(SharedFolder.In("corpus", "regression"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 6 == 0))
        {
            using FileStream stream = File.OpenRead(file);
            foreach (EventBatch batch in EventInput.Read(stream))
            {
                batch.Read(EventInput.NewEvent(), (e, _, _) =>
                {
                    (string, string?)[] values = [.. e.Values.Where(value => value.Kind is not EventValueKind.Object).Select(value => (value.Name, (string?)value.Text))];
                    events.Add(Event.Of(values));
                    events.Add(Event.Of([.. values.Where(_ => random.Next(3) > 0)]));
                }, _ => { });
            }
        }

        Assert(documents, [.. events]);
    }

    private static void Assert(ReadDocument[] documents, Event[] events)
    {
        foreach (UnknownEvents unknown in (UnknownEvents[])[UnknownEvents.OfTheRule, UnknownEvents.OfNoLog, UnknownEvents.Of(null, null, "process_creation")])
        {
            Assert(documents, events, unknown);
        }
    }

    private static void Assert(ReadDocument[] documents, Event[] events, UnknownEvents unknown)
    {
        var fields = new FieldTable();
        var compiler = new RuleTestCompiler(fields, [], PipelineSettings.Default, unknown);
        RuleTest[] tests = [.. documents.Select(document => compiler.Compile((SigmaRule)document.Document!, [])).OfType<RuleTest>()];
        var reader = new IndexReader(new RuleIndex(fields, compiler.Sources, tests));
        var view = new EventView(fields);
        var hits = new List<int>();
        foreach (Event e in events)
        {
            reader.Match(e, hits);
            view.Bind(e);
            hits.Should().Equal(Enumerable.Range(0, tests.Length).Where(i => tests[i].Holds(view)), string.Join("; ", e.Values));
        }
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Quoted(string text) => "'" + text.Replace("'", "''") + "'";
}
