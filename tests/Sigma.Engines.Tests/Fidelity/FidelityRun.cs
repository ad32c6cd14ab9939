using System.Diagnostics;
using CsCheck;
using Sigma.Compilation;
using Sigma.Engines.Tests.Engines;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Events.Matching;
using Sigma.Text;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>Random rules and events on one target's engine, and what came of it.</summary>
internal sealed class FidelityRun(FidelityTarget target, ulong seed)
{
    private const int RulesABatch = 20;
    private const int EventsARule = 12;
    private const int DeniedABatch = 2;

    private readonly CompilerTarget compilerTarget = target.Target();
    private readonly List<string> mismatches = [];

    public FidelityTarget Target => target;

    /// <summary>Pairs of a rule and an event.</summary>
    public int Cases { get; private set; }

    public int Rules { get; private set; }

    /// <summary>Pairs that the rule selects.</summary>
    public int Hits { get; private set; }

    /// <summary>Pairs on which the product's evaluator was asked as well.</summary>
    public int Evaluated { get; private set; }

    /// <summary>Rules without a query, all of them with an error.</summary>
    public int Refused { get; private set; }

    /// <summary>How many rules had a finding that the query is not exact, by its code.</summary>
    public SortedDictionary<string, int> Approximations { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Mismatches => mismatches;

    public TimeSpan Elapsed { get; private set; }

    /// <summary>Runs at least so many cases.</summary>
    public FidelityRun Run(int cases)
    {
        var clock = Stopwatch.StartNew();
        var random = new PCG(1, seed);
        var generator = new CaseGenerator(target.Parts).Case(EventsARule).List[RulesABatch];
        var denied = CaseGenerator.Denied.List[DeniedABatch];
        while (Cases < cases)
        {
            Run([.. generator.Generate(random, null!, out _), .. denied.Generate(random, null!, out _)]);
        }

        Elapsed = clock.Elapsed;
        return this;
    }

    private void Run(IReadOnlyList<FidelityCase> batch)
    {
        var events = batch.SelectMany(one => one.Events).Select((data, i) => new EngineEvent(i, "Test", 1, data, EngineEvent.Noon)).ToList();
        var converted = new List<(FidelityCase Case, Conversion Conversion)>();
        foreach (var one in batch.Where(one => target.Covers(one.Rule)))
        {
            var conversion = OwnTarget.Convert(compilerTarget, one.Text).Single();
            if (conversion.Query is not null)
            {
                converted.Add((one, conversion));
            }
            else if (conversion.Diagnostics.Any(d => d.Severity is Severity.Error))
            {
                Refused++;
            }
            else
            {
                mismatches.Add($"no query and no error\n{one.Text}");
            }
        }

        var found = Search([.. converted.Select(c => c.Conversion.Query!)], events);
        for (var i = 0; i < converted.Count; i++)
        {
            if (found[i] is { } ids)
            {
                Compare(converted[i].Case, converted[i].Conversion, events, [.. ids]);
            }
        }
    }

    /// <summary>All queries at once; where one of them is refused, one by one, so that the others still count.</summary>
    private IReadOnlyList<IReadOnlyList<long>?> Search(IReadOnlyList<string> queries, IReadOnlyList<EngineEvent> events)
    {
        try
        {
            return target.Search(queries, events);
        }
        catch (Exception refusal) when (refusal is not OutOfMemoryException)
        {
            if (queries.Count == 1)
            {
                mismatches.Add($"refused by the engine: {refusal.Message}\n{queries[0]}");
                return [null];
            }

            return [.. queries.Select(query => Search([query], events)[0])];
        }
    }

    private void Compare(FidelityCase one, Conversion conversion, IReadOnlyList<EngineEvent> events, HashSet<long> found)
    {
        Rules++;
        var direction = Direction.Of(conversion, target);
        foreach (var code in direction.Codes)
        {
            Approximations[code] = Approximations.GetValueOrDefault(code) + 1;
        }

        var meaning = new SigmaMeaning(one.Rule, target.Meaning);
        var view = target.Rules?.Rule(one.Rule);
        var matcher = view is null ? null : RuleMatcher.Create(view, []);
        var told = 0;
        foreach (var e in events)
        {
            Cases++;
            var expected = meaning.Holds(e);
            Hits += expected ? 1 : 0;
            if (matcher is not null && AgreesOnLetters(one, e))
            {
                Evaluated++;
                if (matcher.Matches(target.Rules!.Event(e)) != expected && told++ == 0)
                {
                    Tell("the evaluator differs from the meaning", one, conversion, e);
                }
            }

            if (!direction.Allows(expected, found.Contains(e.RecordId)) && told++ == 0)
            {
                Tell(expected ? "missed" : "wrongly found", one, conversion, e);
            }
        }
    }

    /// <summary>Whether the evaluator's folding of letters is the engine's for all letters of a case.</summary>
    private bool AgreesOnLetters(FidelityCase one, EngineEvent e) => target.Folding == Folding.Ordinal || target.Folding.IsNone
        || !(one.Text.Any(IsOdd) || e.Present.Any(p => p.Value.Any(IsOdd)));

    private static bool IsOdd(char c) => c > '\u007f' && CaseGenerator.Odd.Contains(c);

    private void Tell(string what, FidelityCase one, Conversion conversion, EngineEvent e) => mismatches.Add(
        $"{what}: {string.Join(" | ", e.Present.Select(p => $"{p.Name}={p.Value}"))}\n{one.Text}{conversion.Query}\n"
        + string.Concat(conversion.Diagnostics.Select(d => $"  {d.Code.Id} {d.Message}\n")));
}

/// <summary>What a conversion promises: the same events, or more, or fewer, or nothing.</summary>
internal sealed record Direction(bool More, bool Fewer, IReadOnlyList<string> Codes)
{
    public static Direction Of(Conversion conversion, FidelityTarget? target = null)
    {
        string[] codes = [.. conversion.Diagnostics.Where(d => target?.IsOfView(d.Message) is not true).Select(d => d.Code.Id).Where(id => id is "SIG0602" or "SIG0603" or "SIG0608").Distinct()];
        var other = codes.Contains("SIG0608");
        return new Direction(other || codes.Contains("SIG0602"), other || codes.Contains("SIG0603"), codes);
    }

    /// <summary>Whether what was found is what the promise allows for what the rule means.</summary>
    public bool Allows(bool expected, bool found) => expected == found || (found ? More : Fewer);
}
