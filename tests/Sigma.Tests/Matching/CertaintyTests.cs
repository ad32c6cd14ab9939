using CsCheck;
using Sigma.Events.Matching;
using Sigma.Pipelines;
using Sigma.Planning;

namespace Sigma.Tests.Matching;

/// <summary>
/// What is judged of an event by the fields that tell its log source is true of every event that tells the same, whatever
/// else it has; and the judgement is as sure as it can be.
/// </summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed class CertaintyTests
{
    /// <summary>The names of the tests in <see cref="Detections"/>: the first of them look at nothing but the log source.</summary>
    private static readonly string[] Telling = ["id1", "id12", "noid", "hasid", "chan", "inchan", "prov", "map"];
    private static readonly string[] Names = [.. Telling, "f", "nof", "word"];

    private const string Detections = """
        id1: {EventID: 1}
        id12: {EventID: [1, 2]}
        noid: {EventID: null}
        hasid: {EventID|exists: true}
        chan: {Channel: A}
        inchan: {Channel|contains: b}
        prov: {Provider_Name: P}
        map: {EventID: 2, Channel: AB}
        f: {f: x}
        nof: {f: null}
        word: [x]

        """;

    private static readonly string?[] Ids = [null, "1", "2", "3"];
    private static readonly string?[] Channels = [null, "A", "AB", "C"];
    private static readonly string?[] Providers = [null, "P", "Q"];
    private static readonly (string, string?)[][] Rests = [[], [("f", "x")], [("f", "y")], [("g", "x")]];

    [Fact]
    public void A_judgement_holds_for_all_events_that_tell_the_same() => Conditions(Names).Sample(condition =>
    {
        var (test, sources, fields) = Compile(condition);
        foreach ((string?, string?, string?) told in Told())
        {
            Certainty certainty = test.Judge(View(fields, told, []), sources, missingIsOpen: false);
            foreach ((string, string?)[] rest in Rests)
            {
                EventView view = View(fields, told, rest);
                test.Judge(view, sources, missingIsOpen: false).Should().Be(certainty, "nothing but the log source is looked at");
                Assert(certainty, test.Holds(view), $"{condition} on {told} {string.Join(' ', rest)}");
            }
        }
    }, iter: Iterations.Of(150));

    [Fact]
    public void What_only_asks_for_the_log_source_is_never_open() => Conditions(Telling).Sample(condition =>
    {
        var (test, sources, fields) = Compile(condition);
        foreach ((string?, string?, string?) told in Told())
        {
            test.Judge(View(fields, told, []), sources, missingIsOpen: false).Should().NotBe(Certainty.Open, $"{condition} on {told}");
        }
    }, iter: Iterations.Of(150));

    [Fact]
    public void Where_what_is_missing_is_open_a_judgement_holds_whatever_it_would_be() => Conditions(Names).Sample(condition =>
    {
        var (test, sources, fields) = Compile(condition);
        foreach ((string? Id, string? Channel, string? Provider) told in Told())
        {
            Certainty certainty = test.Judge(View(fields, told, []), sources, missingIsOpen: true);
            foreach ((string? Id, string? Channel, string? Provider) full in Told())
            {
                // The same event, with what it does not tell filled in.
                (string?, string?, string?) one = (told.Id ?? full.Id, told.Channel ?? full.Channel, told.Provider ?? full.Provider);
                Assert(certainty, test.Holds(View(fields, one, [])), $"{condition} on {told}, then {one}");
            }
        }
    }, iter: Iterations.Of(75));

    [Theory]
    [InlineData("id1", "1", "Yes")]
    [InlineData("id1", "2", "No")]
    [InlineData("id1", null, "No")]
    [InlineData("f", "1", "Open")]
    [InlineData("id1 and f", "1", "Open")]
    [InlineData("id1 and f", "2", "No")]
    [InlineData("id1 or f", "1", "Yes")]
    [InlineData("id1 or f", "2", "Open")]
    public void Not_turns_a_judgement_round_and_leaves_what_is_open(string condition, string? id, string expected)
    {
        Judge(condition).Should().Be(expected);
        Judge($"not ({condition})").Should().Be(expected switch { "Yes" => "No", "No" => "Yes", _ => "Open" });
        Judge($"not not ({condition})").Should().Be(expected);
        Judge($"not (not ({condition}) and hasid or noid)").Should().Be(id is null ? "No" : expected);

        string Judge(string what)
        {
            var (test, sources, fields) = Compile(what);
            return test.Judge(View(fields, (id, "A", null), []), sources, missingIsOpen: false).ToString();
        }
    }

    private static void Assert(Certainty certainty, bool holds, string because)
    {
        if (certainty is not Certainty.Open)
        {
            holds.Should().Be(certainty is Certainty.Yes, because);
        }
    }

    private static IEnumerable<(string?, string?, string?)> Told() =>
        from id in Ids
        from channel in Channels
        from provider in Providers
        select (id, channel, provider);

    private static EventView View(FieldTable fields, (string? Id, string? Channel, string? Provider) told, (string, string?)[] rest)
    {
        var view = new EventView(fields);
        (string, string?)[] values = [("EventID", told.Id), ("Channel", told.Channel), ("Provider_Name", told.Provider)];
        view.Bind(Event.Of([.. values.Where(value => value.Item2 is not null), .. rest]));
        return view;
    }

    private static (EventTest Test, SourceFields Sources, FieldTable Fields) Compile(string condition)
    {
        var fields = new FieldTable();
        var compiler = new RuleTestCompiler(fields);
        RuleTest test = compiler.Compile(Planner.ForEvents([], PipelineSettings.Default).Plan(Given.Rule($"{Detections}condition: {condition}\n"), [])!.Value, [])!;
        return (test.Plain, compiler.Sources, fields);
    }

    private static Gen<string> Conditions(string[] names) => Gen.Recursive<string>((depth, inner) => depth > 3
        ? Gen.OneOf(names)
        : Gen.Frequency(
            (1, Gen.OneOf(names)),
            (3, inner.Select(a => $"not {a}")),
            (2, Gen.Select(inner, inner, (a, b) => $"({a} and {b})")),
            (2, Gen.Select(inner, inner, (a, b) => $"({a} or {b})"))));
}
