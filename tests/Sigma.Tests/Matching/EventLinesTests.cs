using System.Text;
using CsCheck;
using Sigma.Events.Logs;
using Sigma.Events.Matching;

namespace Sigma.Tests.Matching;

/// <summary>Of a log's lines each is an event or said to be none, at its line.</summary>
public sealed class EventLinesTests
{
    private static readonly Gen<(string Text, bool IsEvent)> Line = Gen.OneOf<(string, bool)>(
        ("""{"A":"b"}""", true), ("""{"A":{"B":[1,2]},"C":null}""", true), ("""{}""", true), ("""{"A":"\ud83d"}""", true),
        ("""{"A":tru}""", false), ("""{"A" "b"}""", false), ("""{"A":"b",}""", true), ("""{"A":1,,"B":2}""", false), ("""{"A":01}""", false));

    [Trait(Tier.Name, Tier.Slow)]
    [Fact]
    public void Broken_lines_are_told_at_their_line_and_are_no_events() => Line.Array[1, 30].Sample(
        lines =>
        {
            List<long> events = [], broken = [];
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes("{\"first\":1}\n" + string.Join('\n', lines.Select(line => line.Text)) + "\n"));
            Event room = EventInput.NewEvent();
            foreach (EventBatch batch in EventInput.Read(stream, EventFormat.Ndjson))
            {
                batch.Read(room, (_, line, _) => events.Add(line), problem => broken.Add(problem.Line));
                batch.Release();
            }

            events.Should().Equal([1, .. lines.Index().Where(line => line.Item.IsEvent).Select(line => (long)line.Index + 2)]);
            broken.Should().BeEquivalentTo(lines.Index().Where(line => !line.Item.IsEvent).Select(line => (long)line.Index + 2));
        },
        iter: 500);
}
