using CsCheck;
using Sigma.Engines.Tests.Engines;
using Sigma.Events.Logs;
using Sigma.Events.Matching;
using Sigma.Events.Samples;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Matching;

/// <summary>What the index finds is what one-by-one evaluation finds.</summary>
[Trait(Tier.Name, Tier.Slow)]
public class RuleIndexTests
{
    private static readonly string[] Words = ["cmd", "CMD.exe", @"\cmd.exe", "a", " -e", "ß", "K", "ſ", "é", "É", "😀", "日本", "powershell", "x y", "", "10", "4688", "null"];

    /// <summary>How events that do not tell their log may be taken.</summary>
    private static readonly UnknownEvents[] Views = [UnknownEvents.OfTheRule, UnknownEvents.OfNoLog, UnknownEvents.Of(null, null, "process_creation")];

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
            iter: Iterations.Of(20));
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

    [Theory]
    [InlineData("^a(foobar)?b$", "ab", "afoobarb")]
    [InlineData("^a(foobar)*b$", "ab", "afoobarfoobarb")]
    [InlineData("^a(foobar){0,2}b$", "ab", "afoobarb")]
    [InlineData("^a(?:foobar)??b$", "ab", "afoobarb")]
    [InlineData("^a(foobar|)b$", "ab", "afoobarb")]
    [InlineData("^a(foobar|x?)b$", "ab", "axb")]
    [InlineData("^a((foobar)?|cmd)b$", "ab", "acmdb")]
    [InlineData("^a(foobar)+b$", "afoobarb", "afoobarfoobarb")]
    public void What_an_expression_may_lack_is_not_asked_for(string pattern, string one, string other)
    {
        Event[] events = [Event.Of(("Image", one)), Event.Of(("Image", other)), Event.Of(("Image", "none"))];
        SigmaRule rule = Given.Rule($"sel: {{'Image|re': '{pattern}'}}\ncondition: sel\n");
        Assert([rule], events);
        events.Select(RuleMatcher.Create(rule, [])!.Matches).Should().Equal(true, true, false);
    }

    /// <summary>The index may not ask for a character that has another form, or is two in a text.</summary>
    [Theory]
    [InlineData("re|i", "kind", "\u212aind")]
    [InlineData("re|i", "^aKb$", "A\u212aB")]
    [InlineData("re", "(?i:k)ind", "\u212aind")]
    [InlineData("re", "a\U0001F600bc", "xa\U0001F600bcx")]
    [InlineData("re|i", "^\U0001F600$", "\U0001F600")]
    [InlineData("re|i", "\u00e9t\u00e9", "\u00c9T\u00c9")]
    public void What_a_character_may_be_instead_is_found(string modifiers, string pattern, string text)
    {
        Event[] events = [Event.Of(("Image", text)), Event.Of(("Image", "none"))];
        SigmaRule rule = Given.Rule($"sel: {{'Image|{modifiers}': '{pattern}'}}\ncondition: sel\n");
        Assert([rule], events);
        events.Select(RuleMatcher.Create(rule, [])!.Matches).Should().Equal(true, false);
    }

    /// <summary>
    /// Texts are made along with the expressions that find them, so that what an expression may have or not, as in
    /// <c>^a(foobar)?b$</c>, is there and is not.
    /// </summary>
    [Fact]
    public void Random_expressions_on_texts_that_they_find_and_nearly_find()
    {
        string[] conditions = ["r", "not r", "r and w", "r or w", "w and not r", "r and id", "r and not id", "not (r and id)", "not (r or id)", "id and not r", "not id", "not (not r or not w)"];
        string[] sources = ["category: test", "{product: windows}", "{category: process_creation, product: windows}", "{product: windows, service: security}"];
        Gen<(string Rule, string Text)> rule =
            from found in RandomPattern.Any
            from whole in Gen.OneOf(true, true, false)
            from flag in Gen.OneOf("", "|i")
            from condition in Gen.OneOf(conditions)
            from source in Gen.OneOf(sources)
            from id in Gen.OneOf("1", "[1, 4688]", "null")
            from word in Gen.OneOf(Words)
            let pattern = whole ? $"^{found.Pattern}$" : found.Pattern
            select ($"title: T\nlogsource: {(source[0] == '{' ? source : "{" + source + "}")}\ndetection:\n  r:\n    'Image|re{flag}': {Quoted(pattern)}\n  w:\n    Image|contains: {Quoted(word)}\n"
                + $"  id:\n    EventID: {id}\n  condition: {condition}\n", found.Text);
        Gen<(string? Channel, string? Id, string Before, string Behind, bool Upper, int Which)> around = Gen.Select(
            OneOf<string?>(null, "Microsoft-Windows-Sysmon/Operational", "Security"), OneOf<string?>(null, "1", "4688"), OneOf("", "", "", "x", "\n"), OneOf("", "", "", "x", "\n"), Gen.Bool, Gen.Int[0, 999]);
        Gen.Select(rule.Array[15], around.Array[60]).Sample(
            (rules, events) => Assert(
                [.. rules.SelectMany((one, i) => RuleReader.Read(new SourceText(i.ToString(), one.Rule))).Select(document => (SigmaRule)document.Document!)],
                [
                    .. events.Select(one => (one, Text: one.Before + rules[one.Which % rules.Length].Text + one.Behind)).Select(e => Event.Of(
                        ("Channel", e.one.Channel), ("EventID", e.one.Id), ("Image", e.one.Upper ? e.Text.ToUpperInvariant() : e.Text), ("NewProcessName", e.Text))),
                ]),
            iter: Iterations.Of(25));
    }

    [Fact]
    public void The_rule_pack_and_what_it_denies_on_samples_of_its_rules_and_on_parts_of_them()
    {
        ReadDocument[] documents = [.. Repository.Rules.SelectMany(file => RuleReader.Read(SourceText.Decode(file, File.ReadAllBytes(file), out _)))];
        RuleSet links = RuleSet.Link(documents);
        var sampler = new RuleSampler(new SampleSettings { Count = 3, Shape = EventShape.WinEvent }, []);
        var random = new Random(11);
        var events = new List<Event>();
        foreach (SampleEvent sample in documents.SelectMany(document => sampler.Make(document, links).Samples).SelectMany(sample => sample.Events))
        {
            Event whole = Event.Parse(sample.ToJson(EventShape.WinEvent), out _)!;
            events.Add(whole);
            (string, string?)[] values = [.. whole.Values.Where(value => value.Kind is not EventValueKind.Object).Select(value => (value.Name, (string?)value.Text))];
            events.Add(Event.Of([.. values.Where(_ => random.Next(4) > 0)]));
            events.Add(Event.Of([.. values.Select(value => random.Next(4) > 0 ? value : (value.Item1, values[random.Next(values.Length)].Item2))]));
        }

        SigmaRule[] rules = [.. documents.Select(document => document.Document).OfType<SigmaRule>()];
        SigmaRule[] denied =
        [
            .. rules.Select(rule => rule with { Conditions = [.. rule.Conditions.Select(condition => condition with { Search = new NotCondition(condition.Search, condition.Span) })] }),
        ];
        rules.Should().HaveCountGreaterThan(80);
        events.Should().HaveCountGreaterThan(rules.Length * 5);
        // The views of what a rule does not know share the events; a long run gives each of them all.
        for (int i = 0; i < Views.Length; i++)
        {
            Assert([.. rules, .. denied], [.. events.Where((_, n) => Iterations.IsLong || n % Views.Length == i)], Views[i]);
        }
    }

    [Fact]
    public void A_rule_that_is_tried_on_many_events_is_found_by_a_literal_that_few_have()
    {
        var fields = new FieldTable();
        var compiler = new RuleTestCompiler(fields, UnknownEvents.OfTheRule);
        RuleTest test = compiler.Compile(
            Planner.ForEvents([], PipelineSettings.Default).Plan(Given.Rule("sel: {Company: 'Microsoft Corporation', 'CommandLine|contains': whoami}\ncondition: sel\n"), [])!.Value, [])!;
        IndexedRule[] entries = [new IndexedRule(0, test.Plain)];
        var chooser = new RequiredLiteralChooser();
        chooser.Choose(test.Plain)!.Single().Text.Should().Be("Microsoft Corporation", "it is the longer one");

        var review = new LiteralReview(entries, chooser, watched: 8);
        var view = new EventView(fields);
        LiteralTables? better = null;
        bool done = false;
        for (int i = 0; i < 9; i++)
        {
            done.Should().BeFalse();
            view.Bind(Event.Of(("Company", "Microsoft Corporation"), ("CommandLine", $"cmd /c dir {i}")));
            done = review.See(view, [0], out better);
        }

        done.Should().BeTrue();
        var candidates = new Candidates();
        byte[] folded = new byte[64];
        Find("cmd /c dir").Should().Be(0);
        Find("cmd /c WHOAMI").Should().Be(1);

        int Find(string line)
        {
            view.Bind(Event.Of(("Company", "Microsoft Corporation"), ("CommandLine", line)));
            candidates.Clear(entries.Length);
            better!.Find(view, candidates, ref folded);
            return candidates.Count;
        }
    }

    private static void Assert(ReadDocument[] documents, Event[] events) => Assert([.. documents.Select(document => (SigmaRule)document.Document!)], events);

    private static void Assert(SigmaRule[] rules, Event[] events)
    {
        foreach (UnknownEvents unknown in Views)
        {
            Assert(rules, events, unknown);
        }
    }

    private static void Assert(SigmaRule[] rules, Event[] events, UnknownEvents unknown)
    {
        var fields = new FieldTable();
        var compiler = new RuleTestCompiler(fields, unknown);
        Planner planner = Planner.ForEvents([], PipelineSettings.Default);
        RuleTest[] tests = [.. rules.Select(rule => planner.Plan(rule, []) is { } plans ? compiler.Compile(plans, []) : null).OfType<RuleTest>()];
        var view = new EventView(fields);
        var hits = new List<int>();

        // Twice, so that many events come after the choice of literals was reviewed.
        var reader = new IndexReader(new RuleIndex(fields, compiler.Sources, tests) { ReviewedAfter = 8 });
        foreach (Event e in events.Concat(events))
        {
            long began = System.Diagnostics.Stopwatch.GetTimestamp();
            reader.Match(e, hits);
            view.Bind(e);
            int[] expected = [.. Enumerable.Range(0, tests.Length).Where(i => tests[i].Holds(view))];

            // A regular expression that takes too long on a busy machine has no verdict.
            if (!hits.SequenceEqual(expected) && System.Diagnostics.Stopwatch.GetElapsedTime(began) < RegexTest.Limit)
            {
                throw new InvalidOperationException($"found {string.Join(' ', hits)}, not {string.Join(' ', expected)} on {string.Join("; ", e.Values)}");
            }
        }
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Quoted(string text) => "'" + text.Replace("'", "''") + "'";

    /// <summary>What stands for the log of events tells null from an object, since a rule may ask for null.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_object_for_a_provider_is_not_null_whatever_came_before(bool objectFirst)
    {
        IReadOnlyList<ReadDocument> rules = RuleReader.Read(new SourceText("r.yml", "title: T\nlogsource: {product: windows, service: security}\ndetection:\n  sel: {EventID: 4624, Provider_Name: null}\n  condition: sel\n"));
        var matcher = Detector.Create(rules, RuleSet.Empty, new DetectorSettings(), (_, _) => { }).NewMatcher();
        Event absent = Event.Parse("""{"EventID":4624,"Channel":"Security","Provider_Name":null}""");
        Event held = Event.Parse("""{"EventID":4624,"Channel":"Security","Provider_Name":{"Guid":"g"}}""");

        Event[] events = objectFirst ? [held, absent] : [absent, held];
        events.Select((e, i) => matcher.Match(e, i + 1) is not null).Should().Equal(!objectFirst, objectFirst);
    }
}
