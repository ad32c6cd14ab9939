using Sigma.Rules;

namespace Sigma.Engines.Tests.Pages;

/// <summary>
/// Lines around a rule: what its detections name, in all combinations, whole and with a part missing, in another case, and
/// with characters changed that a pattern might read as anything. The same lines every time.
/// </summary>
internal sealed class LineSamples
{
    private const int Combinations = 16;
    private const int LongLine = 1000;

    private readonly Random random = new(20200401);

    public static IReadOnlyList<string> For(SigmaRule rule) => new LineSamples().Make(rule);

    /// <summary>Lines of one of the rule's texts over and over, and all but one of the others once.</summary>
    public static IReadOnlyList<string> LongFor(SigmaRule rule)
    {
        var samples = new LineSamples();
        var words = rule.Detections.SelectMany(named => samples.Words(named.Body)).Distinct().ToList();
        return
        [
            .. from word in words
               from missing in words
               where word.Length > 0 && missing != word
               select string.Concat(Enumerable.Repeat(word, LongLine / word.Length)) + ' ' + string.Join(' ', words.Where(other => other != missing)),
        ];
    }

    private IReadOnlyList<string> Make(SigmaRule rule)
    {
        var lines = new List<string> { "nothing of it" };
        for (var i = 0; i < Combinations; i++)
        {
            // Each detection alone, then all, then a throw of the dice.
            var n = rule.Detections.Length;
            var words = rule.Detections
                .Where((_, d) => i < n ? d == i : i < n + 4 || random.Next(2) == 0)
                .SelectMany(named => Words(named.Body)).ToList();
            if (words.Count == 0)
            {
                continue;
            }

            lines.Add(string.Join(' ', words));
            lines.Add("behind " + string.Join(' ', words.AsEnumerable().Reverse()));
            lines.Add(string.Join(' ', words).ToUpperInvariant());
            lines.Add(string.Join(' ', words).ToLowerInvariant());
            lines.Add(string.Join(' ', words).Replace('.', 'X'));
            lines.Add(string.Join(' ', words).Replace('\\', '/'));
            words.RemoveAt(random.Next(words.Count));
            lines.Add(string.Join(' ', words));
        }

        return [.. lines.Where(line => line.Length > 0 && !line.Contains('\n')).Distinct()];
    }

    private IEnumerable<string> Words(Detection detection) => detection switch
    {
        AllOfDetection all => all.Items.SelectMany(Words),
        AnyOfDetection any => Words(any.Items[random.Next(any.Items.Length)]),
        DetectionItem { All: true } all => all.Values.SelectMany(value => Words(all, value)),
        DetectionItem item => Words(item, item.Values[random.Next(item.Values.Length)]),
        _ => throw new InvalidOperationException(detection.GetType().Name),
    };

    private IEnumerable<string> Words(DetectionItem item, Value value) => value switch
    {
        StringValue text => [string.Concat(text.Text.Parts.Select(part => part.Kind switch
        {
            PartKind.Literal => part.Text,
            PartKind.One => "q",
            _ => random.Next(3) == 0 ? "" : "zz",
        }))],
        NumberValue number => [number.Text],
        ExpansionValue several => Words(item, several.Values[random.Next(several.Values.Length)]),
        NullValue => random.Next(2) == 0 ? [] : [item.Field + "=1"],
        _ => [],
    };
}
