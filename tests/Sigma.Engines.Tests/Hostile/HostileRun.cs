using System.Diagnostics;
using Sigma.Engines.Tests.Hostile.Readers;
using Sigma.Text;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>Hostile rules through one outlet, and what its readers made of them.</summary>
internal sealed class HostileRun
{
    private const int Batch = 100;
    private const int MostFlaws = 12;
    private const int MostTries = 400;

    private readonly Outlet outlet;
    private readonly ulong seed;
    private readonly Lock gate = new();
    private readonly List<string> flaws = [];

    public HostileRun(Outlet outlet, ulong seed)
    {
        this.outlet = outlet;
        this.seed = seed;
        outlet.Learn(() =>
        {
            // A shell takes long for each; and the modifiers change nothing of what is around a query.
            var plain = HostileRules.Plain.Where(rule => outlet is QueryOutlet { IsCommand: false } || rule.Modifiers.Length == 0);
            List<Output> outputs = [.. plain.Select(outlet.Write).Where(output => output.Text is not null)];
            return outlet.IsCommand
                ? Shells(outputs, ShellBatch.Shells.Take(1)).Select(one => one.Reading).OfType<Reading>()
                : outputs.Select(Learnable).OfType<Reading>();
        });
    }

    public Outlet Outlet => outlet;

    /// <summary>Rules that were tried.</summary>
    public int Combinations { get; private set; }

    /// <summary>Of these, those that had an output.</summary>
    public int Written { get; private set; }

    /// <summary>Of these, those that were refused with a diagnostic.</summary>
    public int Refused { get; private set; }

    /// <summary>Commands that went through a real shell.</summary>
    public int Shelled { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    public IReadOnlyList<string> Flaws => flaws;

    /// <summary>Tries the rules of these numbers.</summary>
    public void Run(int first, int count)
    {
        var clock = Stopwatch.StartNew();
        for (var n = first; n < first + count && flaws.Count < MostFlaws; n += Batch)
        {
            var some = Math.Min(Batch, first + count - n);
            Run([.. Enumerable.Range(n, some).Select(number => (number, HostileRules.Make(seed, number, outlet.Places)))]);
        }

        lock (gate)
        {
            Elapsed += clock.Elapsed;
        }
    }

    /// <summary>What is wrong with a rule's output; null when nothing is.</summary>
    public string? Flaw(HostileRule rule) => Flaw(rule, out _);

    /// <summary>What is wrong with an output, however it came about.</summary>
    public string? Flaw(Output output)
    {
        try
        {
            return outlet.IsCommand
                ? Shells([output], ShellBatch.Shells).Select(one => one.Flaw ?? Flaw(output, one.Reading!)).OfType<string>().FirstOrDefault()
                : Flaw(output, Reading(output));
        }
        catch (Exception refusal) when (refusal is not OutOfMemoryException)
        {
            return Said(refusal);
        }
    }

    private void Run(IReadOnlyList<(int Number, HostileRule Rule)> rules)
    {
        var found = new List<(int Number, HostileRule Rule, string Flaw)>();
        var outputs = new List<(int Number, Output Output)>();
        var written = 0;
        foreach (var (number, rule) in rules)
        {
            var flaw = outlet.IsCommand ? WriteFlaw(rule, out var output) : Flaw(rule, out output);
            if (flaw is not null)
            {
                found.Add((number, rule, flaw));
            }
            else if (output?.Text is not null)
            {
                written++;
                outputs.Add((number, output));
            }
        }

        var shelled = 0;
        if (outlet.IsCommand)
        {
            var numbers = outputs.ToDictionary(one => (object)one.Output.Rule, one => one.Number, ReferenceEqualityComparer.Instance);
            foreach (var (output, reading, flaw) in Shells([.. outputs.Select(one => one.Output)], ShellBatch.Shells))
            {
                shelled++;
                if ((flaw ?? Caught(() => Flaw(output, reading!))) is { } wrong)
                {
                    found.Add((numbers[output.Rule], output.Rule, wrong));
                }
            }
        }

        lock (gate)
        {
            Combinations += rules.Count;
            Written += written;
            Refused += rules.Count - written - found.Count(one => outputs.TrueForAll(output => output.Number != one.Number));
            Shelled += shelled;
            foreach (var (number, rule, flaw) in found.Where(_ => flaws.Count < MostFlaws))
            {
                Tell(number, rule, flaw);
            }
        }
    }

    private string? Flaw(HostileRule rule, out Output? output)
    {
        var flaw = WriteFlaw(rule, out output);
        return flaw ?? (output?.Text is null ? null : Flaw(output));
    }

    /// <summary>What is wrong before anybody reads: an exception, no output and no word, a control character in a query.</summary>
    private string? WriteFlaw(HostileRule rule, out Output? output)
    {
        output = null;
        try
        {
            output = outlet.Write(rule);
            var diagnostics = output.Diagnostics;
            return diagnostics.FirstOrDefault(d => d.Code.Id == "SIG0712") is { } failure ? failure.Message
                : output.Text is null && diagnostics.Count == 0 ? "no output, and no word about it"
                : null;
        }
        catch (Exception refusal) when (refusal is not OutOfMemoryException)
        {
            return Said(refusal);
        }
    }

    // Where a document of the file is refused, what came out may be another one's.
    private string? Flaw(Output output, Reading reading) => outlet.Strange(reading)
        ?? (output.Rule.IsCorrelation && output.Diagnostics.Any(d => d.Severity is Severity.Error) ? null : outlet.Misread(output, reading));

    /// <summary>A plain rule's output that cannot be read teaches nothing; its like among the hostile ones is a flaw.</summary>
    private Reading? Learnable(Output output)
    {
        try
        {
            return Reading(output);
        }
        catch (Unreadable)
        {
            return null;
        }
    }

    private Reading Reading(Output output)
    {
        var reading = outlet.Read(output);
        AddControls(output, reading);
        return reading;
    }

    /// <summary>Queries have a line end where the format has one, and no other control character; a tab is a blank.</summary>
    private void AddControls(Output output, Reading reading)
    {
        if (outlet is QueryOutlet)
        {
            var text = output.Text!;
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                if ((char.IsControl(c) && c != '\t') || (char.IsSurrogate(c) && !char.IsSurrogatePair(text, char.IsLowSurrogate(c) ? Math.Max(0, i - 1) : Math.Min(i, text.Length - 2))))
                {
                    reading.Structure.Add($"a raw U+{(int)c:X4}");
                }
            }
        }
    }

    private IEnumerable<(Output Output, Reading? Reading, string? Flaw)> Shells(IReadOnlyList<Output> outputs, IEnumerable<string> shells)
    {
        foreach (var shell in shells)
        {
            var results = ShellBatch.Run(shell, [.. outputs.Select(output => output.Text!)]);
            foreach (var (output, (calls, flaw)) in outputs.Zip(results))
            {
                Reading? reading = null;
                var wrong = flaw ?? (calls.Count == 1 ? null : $"{calls.Count} programs are started: {string.Join(", ", calls.Select(call => call.Program))}");
                wrong ??= Caught(() =>
                {
                    reading = outlet.Read(output, calls[0]);
                    AddControls(output, reading);
                    return null;
                });
                yield return (output, reading, wrong is null ? null : $"{shell}: {wrong}");
            }
        }
    }

    private static string? Caught(Func<string?> act)
    {
        try
        {
            return act();
        }
        catch (Exception refusal) when (refusal is not OutOfMemoryException)
        {
            return Said(refusal);
        }
    }

    private static string Said(Exception refusal) => refusal is Unreadable ? refusal.Message : refusal.ToString();

    private void Tell(int number, HostileRule rule, string flaw)
    {
        var least = Least(rule);
        var output = Caught(() => outlet.Write(least).Text);
        flaws.Add($"{outlet.Name}, seed {seed}, number {number}: {flaw}\n  smallest: {least}\n  {Flaw(least)}\n{least.Yaml()}{Shortened(output)}\n");
    }

    private static string Shortened(string? text) => text is { Length: > 3000 } ? text[..3000] + "…" : text ?? "";

    /// <summary>The smallest rule that still has a flaw: places made plain, texts cut, as long as something goes.</summary>
    private HostileRule Least(HostileRule rule)
    {
        var tries = outlet.IsCommand || outlet.Share < 5 ? MostTries / 8 : MostTries;
        for (var smaller = true; smaller && tries > 0;)
        {
            smaller = false;
            foreach (var candidate in Smaller(rule))
            {
                if (tries-- <= 0)
                {
                    break;
                }

                if (Flaw(candidate) is not null)
                {
                    rule = candidate;
                    smaller = true;
                    break;
                }
            }
        }

        return rule;
    }

    private static IEnumerable<HostileRule> Smaller(HostileRule rule)
    {
        foreach (var place in rule.Texts.Keys.Where(_ => rule.Texts.Count > 1))
        {
            yield return rule.With(place, null);
        }

        if (rule.Shape != Shape.Value)
        {
            yield return rule with { Shape = Shape.Value };
        }

        if (rule.Modifiers.Length > 0)
        {
            yield return rule with { Modifiers = "" };
        }

        foreach (var (place, text) in rule.Texts)
        {
            for (var length = text.Length / 2; length > 0; length /= 2)
            {
                for (var at = 0; at + length <= text.Length; at += length)
                {
                    yield return rule.With(place, text.Remove(at, length));
                }
            }
        }
    }
}
