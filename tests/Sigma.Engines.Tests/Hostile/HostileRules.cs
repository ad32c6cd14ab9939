using System.Collections.Immutable;
using CsCheck;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>Makes rules with hostile places, each from a seed and its number.</summary>
internal static class HostileRules
{
    private static readonly string[] Modifiers =
    [
        "", "", "", "", "|contains", "|startswith", "|endswith", "|cased", "|contains|cased", "|re", "|re|i", "|base64", "|base64offset|contains", "|wide|base64", "|windash",
        "|cidr", "|fieldref", "|fieldref|startswith", "|gt", "|lte", "|expand", "|neq", "|contains|all", "|hour", "|utf16|base64offset|contains",
    ];

    private static readonly Shape[] Shapes = Enum.GetValues<Shape>();
    private static readonly Shape[] Plainer = [Shape.Value, Shape.Value, Shape.Value, Shape.Value, .. Shapes.TakeWhile(shape => shape < Shape.Count)];

    /// <summary>The rule of this number.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="number">The rule's number in it.</param>
    /// <param name="places">The places that reach the output on trial.</param>
    public static HostileRule Make(ulong seed, int number, IReadOnlyList<Place> places)
    {
        var random = new PCG((uint)number, seed);
        var shape = HostileText.Pick(random, random.Next(4) == 0 ? Shapes : Plainer);
        var modifiers = shape is Shape.FieldOnly or Shape.MixedList ? "" : HostileText.Pick(random, Modifiers);
        var rule = new HostileRule(shape, modifiers, random.Next(5) == 0, ImmutableSortedDictionary<Place, string>.Empty);
        IReadOnlyList<Place> able = [.. places.Where(place => Reaches(place, rule))];
        var count = random.Next(8) == 0 ? able.Count : 1 + (int)random.Next(3);
        for (var i = 0; i < count; i++)
        {
            var place = count == able.Count ? able[i] : HostileText.Pick(random, able);
            rule = rule.With(place, Fitting(place, HostileText.Next(random), random));
        }

        return rule;
    }

    /// <summary>One rule of each kind with nothing hostile in it: what an output's structure is learnt from.</summary>
    public static IEnumerable<HostileRule> Plain { get; } =
    [
        .. from shape in Enum.GetValues<Shape>()
           from modifiers in Modifiers.Distinct()
           from extra in new[] { ImmutableSortedDictionary<Place, string>.Empty, Logs, Odd, Log }
           select new HostileRule(shape, modifiers, Raw: false, modifiers.Contains("cidr") ? extra.SetItem(Place.Value, "10.0.0.0/8") : modifiers is "|gt" or "|lte" or "|hour" ? extra.SetItem(Place.Value, "7") : extra),
        // Options by their number, and what a pipeline leaves for a format.
        .. from shape in new[] { Shape.Value, Shape.EventCount, Shape.Count }
           from extra in Enumerable.Range(1, 6).Select(length => (Place.Option, new string('x', length))).Append((Place.State, "plain-index"))
           select new HostileRule(shape, "", Raw: false, ImmutableSortedDictionary<Place, string>.Empty.Add(extra.Item1, extra.Item2)),
        // Behind a condition a comma is between two fields to group by.
        .. from shape in new[] { Shape.Count, Shape.CountOf, Shape.Sum }
           select new HostileRule(shape, "", Raw: false, ImmutableSortedDictionary<Place, string>.Empty.Add(Place.GroupBy, "GroupField,OtherField")),
    ];

    private static ImmutableSortedDictionary<Place, string> Logs => ImmutableSortedDictionary<Place, string>.Empty
        .Add(Place.LogName, "Security").Add(Place.Product, "windows").Add(Place.Service, "security").Add(Place.Tag, "other.tag").Add(Place.Reference, "a book");

    private static ImmutableSortedDictionary<Place, string> Log => ImmutableSortedDictionary<Place, string>.Empty
        .Add(Place.LogName, "One").Add(Place.Channel, "Two").Add(Place.Description, "Plain\ndescription").Add(Place.Reference, "a book\nof two lines");

    // Blanks and stars, which make other forms of a text necessary without being hostile.
    private static ImmutableSortedDictionary<Place, string> Odd => ImmutableSortedDictionary<Place, string>.Empty
        .Add(Place.Channel, "Security").Add(Place.Value, "plain * value").Add(Place.Field, "Plain field").Add(Place.Keyword, "plain * word");

    private static bool Reaches(Place place, HostileRule rule) => place switch
    {
        Place.Value => rule.Shape is not (Shape.Keyword or Shape.Keywords or Shape.FieldOnly),
        Place.Field => rule.Shape is not (Shape.Keyword or Shape.Keywords),
        Place.Keyword => rule.Shape is Shape.Keyword or Shape.Keywords or Shape.KeywordAndField,
        Place.GroupBy => rule.IsCounted,
        Place.CountField => rule.Shape is Shape.CountOf or Shape.Sum or Shape.ValueCount or Shape.ValueSum or Shape.ValuePercentile or Shape.ValueMedian or Shape.TemporalOrdered,
        Place.Detection => rule.Shape is not Shape.Not,
        _ => true,
    };

    // What a rule's grammar gives another meaning would be refused so often that the rest is hardly tried.
    private static string Fitting(Place place, string text, PCG random) => place switch
    {
        Place.Field when random.Next(6) > 0 => text.Replace("|", "") is { Length: > 0 } name ? name : "f",
        Place.Category or Place.Product or Place.Service or Place.LogName or Place.Channel when text.Length == 0 => "'",
        _ => text,
    };
}
