using System.Net;
using System.Text.RegularExpressions;
using Sigma.Events.Fitting;
using Sigma.Events.Matching;
using Sigma.Events.Samples;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Fitting;

/// <summary>
/// Events that rules match are changed in one field, as shippers and products change them, so that a rule no longer matches any. Almost
/// all of these faults must be found, and hardly any other field be blamed. Which faults are planted is left to chance.
/// </summary>
[Trait(Tier.Name, Tier.Slow)]
public partial class PlantedFaultTests
{
    private const int Wanted = 500;
    private static readonly string[] Untouched = ["EventID", "Channel", "Provider_Name", "@timestamp", "UtcTime", "TimeCreated"];

    /// <summary>What is done to a value; null where it does not apply.</summary>
    private static readonly (string Name, Func<string, string?> Change)[] OfValues =
    [
        ("a bare name for a path", text => text.LastIndexOfAny(['\\', '/']) is >= 0 and var last && last < text.Length - 1 && !text.Contains(' ') ? text[(last + 1)..] : null),
        ("slashes for backslashes", text => DrivePath().IsMatch(text) ? text.Replace('\\', '/') : null),
        ("hexadecimal for decimal", text => long.TryParse(text, out long number) && number >= 0 ? $"0x{number:x}" : null),
        ("decimal for hexadecimal", text => text.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(text.AsSpan(2), System.Globalization.NumberStyles.HexNumber, null, out long number) ? number.ToString() : null),
        ("a word for a number", text => long.TryParse(text, out _) ? "code-" + text : null),
        ("yes and no for true and false", text => text.ToLowerInvariant() switch { "true" => "yes", "false" => "no", _ => null }),
        ("a GUID without its braces", text => text.StartsWith('{') && Guid.TryParse(text, out Guid guid) ? guid.ToString("D") : null),
        ("long roots of keys", text => text.StartsWith(@"HKLM\", StringComparison.OrdinalIgnoreCase) ? @"HKEY_LOCAL_MACHINE\" + text[5..] : null),
        ("the kernel's roots of keys", text => text.StartsWith(@"HKLM\", StringComparison.OrdinalIgnoreCase) ? @"\REGISTRY\MACHINE\" + text[5..] : null),
        ("no value", text => text.Length > 0 ? "-" : null),
        ("a host for an address", text => IPAddress.TryParse(text, out _) && text.Contains('.') ? "host-" + text.Replace('.', '-') : null),
    ];

    /// <summary>What is done to a name; null where it goes away.</summary>
    private static readonly (string Name, Func<string, string?> Change)[] OfNames =
    [
        ("the field is missing", _ => null),
        ("another name", name => "custom." + string.Concat(name.Reverse())),
        ("a prefix", name => "payload." + name),
        ("hyphens between its words", name => WordBorder().Replace(name.Replace('_', '-'), "-").ToLowerInvariant() is var other && other.Contains('-') ? other : name),
    ];

    [Fact]
    public void Faults_are_found_and_nothing_else_is_blamed()
    {
        List<Fault> faults = Plant(out int pairs, out List<string> blamed);
        var random = new Random(11);
        Planted[] chosen = [.. faults.OrderBy(_ => random.Next()).Take(Wanted).AsParallel().AsOrdered().Select(Judge)];
        string[] missed = [.. chosen.Where(fault => !fault.IsFound).Select(fault => fault.ToString())];
        int others = chosen.Sum(fault => fault.OtherPairs);
        string[] alarms = [.. chosen.SelectMany(fault => fault.Alarms), .. blamed];

        chosen.Length.Should().Be(Wanted);
        missed.Length.Should().BeLessThanOrEqualTo(Wanted * 5 / 100, string.Join("\n", missed));
        alarms.Length.Should().BeLessThanOrEqualTo((others + pairs) / 100, string.Join("\n", alarms));
        pairs.Should().BeGreaterThan(200);
    }

    /// <summary>Plants each kind of fault into each field of the events of each rule, where the rule does not match any more.</summary>
    private static List<Fault> Plant(out int pairs, out List<string> blamed)
    {
        var sampler = new RuleSampler(new SampleSettings { Count = 10 }, []);
        var faults = new List<Fault>();
        blamed = [];
        pairs = 0;
        foreach (string file in Repository.Rules)
        {
            foreach (ReadDocument document in RuleReader.Read(SourceText.Decode(file, File.ReadAllBytes(file), out _)))
            {
                // One event does not show what a count needs.
                if (document.Document is not SigmaRule rule || rule.Conditions.Any(condition => condition.Aggregation is not null) || RuleMatcher.Create(rule, []) is not { } matcher)
                {
                    continue;
                }

                (string Name, string? Value)[][] events =
                [
                    .. sampler.Make(rule).Samples.Where(sample => sample.Matches && sample.Events.Count == 1)
                        .Select(sample => sample.Events[0].Fields.Select(field => (field.Key, (string?)field.Value)).ToArray())
                        .Where(fields => matcher.Matches(Event.Of(fields))),
                ];
                if (events.Length == 0)
                {
                    continue;
                }

                string[] asked = AskedIn(rule);
                FitFinding[] plain = Findings(document, events);
                pairs += asked.Length;
                blamed.AddRange(plain.Where(finding => finding.Weight > Severity.Info).Select(finding => $"{Path.GetFileName(file)}: {finding.Field}"));
                foreach (string field in events.SelectMany(fields => fields.Select(one => one.Name)).Distinct().Except(Untouched))
                {
                    foreach ((string name, (string, string?)[][] changed) in Changed(events, field))
                    {
                        if (!changed.Any(fields => matcher.Matches(Event.Of(fields))))
                        {
                            faults.Add(new Fault(document, Path.GetFileName(file), asked, plain, field, name, changed));
                        }
                    }
                }
            }
        }

        return faults;
    }

    private static Planted Judge(Fault fault)
    {
        FitFinding[] found = Findings(fault.Document, fault.Events);
        return new Planted(
            fault.File, fault.Field, fault.Kind, found.Any(finding => finding.Field == fault.Field && finding.Weight is Severity.Error), fault.Asked.Except([fault.Field]).Count(),
            [
                .. found.Where(finding => finding.Field != fault.Field && finding.Weight > Severity.Info && !fault.Plain.Any(before => before.Field == finding.Field))
                    .Select(finding => $"{fault.File}: {finding.Field} for {fault.Field}, {fault.Kind}"),
            ]);
    }

    private static IEnumerable<(string Name, (string, string?)[][] Events)> Changed((string Name, string? Value)[][] events, string field)
    {
        foreach ((string name, Func<string, string?> change) in OfNames)
        {
            yield return (name, [.. events.Select(fields => fields
                .Select(one => one.Name == field ? (change(one.Name) ?? "", one.Value) : one)
                .Where(one => one.Item1.Length > 0).ToArray())]);
        }

        foreach ((string name, Func<string, string?> change) in OfValues)
        {
            // A product writes all values of a field in one way.
            if (events.SelectMany(fields => fields).Where(one => one.Name == field).All(one => change(one.Value ?? "") is not null))
            {
                yield return (name, [.. events.Select(fields => fields.Select(one => one.Name == field ? (one.Name, change(one.Value!)) : one).ToArray())]);
            }
        }
    }

    private static string[] AskedIn(SigmaRule rule) =>
        [.. (Planner.ForEvents([], PipelineSettings.Default).Plan(rule, []) ?? []).SelectMany(AskedName.In).Where(name => !name.IsLog).Select(name => name.Name!).Distinct()];

    private static FitFinding[] Findings(ReadDocument document, (string, string?)[][] events)
    {
        var compiler = new FitCompiler(RuleSet.Link([document]), new DetectorSettings());
        IReadOnlyList<FitRule> rules = compiler.Compile(document, [])!;
        var profiles = new LogProfiles(compiler.Fields, compiler.Sources);
        foreach ((string, string?)[] fields in events)
        {
            profiles.Add(Event.Of(fields));
        }

        var fitter = new Fitter(compiler.Fields, compiler.Sources, UnknownEvents.OfTheRule, profiles.All);
        return [.. rules.SelectMany(rule => fitter.Check(rule).Findings)];
    }

    /// <summary>A fault in the events of a rule: what was changed of them, and what is found without it.</summary>
    private sealed record Fault(ReadDocument Document, string File, string[] Asked, FitFinding[] Plain, string Field, string Kind, (string, string?)[][] Events);

    private sealed record Planted(string Rule, string Field, string Kind, bool IsFound, int OtherPairs, string[] Alarms)
    {
        public override string ToString() => $"{Rule}: {Field}: {Kind}";
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordBorder();

    [GeneratedRegex(@"^[A-Za-z]:\\")]
    private static partial Regex DrivePath();
}
