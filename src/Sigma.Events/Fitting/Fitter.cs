using Sigma.Events.Matching;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Fitting;

/// <summary>Compares rules with what logs hold: whether each field that a rule asks for is there, and has values of the form that it asks for.</summary>
/// <param name="fields">The fields that rules ask for.</param>
/// <param name="sources">Where events tell their log.</param>
/// <param name="unknown">What is done with events that do not tell their log.</param>
/// <param name="profiles">The logs.</param>
internal sealed class Fitter(FieldTable fields, SourceFields sources, UnknownEvents unknown, IReadOnlyList<LogProfile> profiles)
{
    private readonly EventView?[] views = [.. profiles.Select(profile => profile.Sample is { } sample ? Bound(fields, sample) : null)];
    private readonly Dictionary<string, SeenLog> seen = [];
    private readonly HelpFinder helps = new();

    /// <summary>Compares a rule.</summary>
    public RuleFit Check(FitRule rule)
    {
        // Of each way to write the rule, the logs that it is for.
        var bodies = new Dictionary<EventTest, List<int>>(ReferenceEqualityComparer.Instance);
        for (int log = 0; log < profiles.Count; log++)
        {
            foreach (EventTest body in BodiesFor(rule, log))
            {
                if (!bodies.TryGetValue(body, out List<int>? logs))
                {
                    bodies.Add(body, logs = []);
                }

                logs.Add(log);
            }
        }

        var each = new List<IReadOnlyList<FitFinding>>();
        var judged = new List<int>();
        foreach ((EventTest body, List<int> logs) in bodies)
        {
            foreach (IGrouping<bool, int> some in logs.GroupBy(IsOfAnyLog))
            {
                IReadOnlyList<FitFinding> findings = Findings(rule, body, [.. some]);

                // Events that may be of any log say of a rule that it fits, but not that it does not: they may be of another.
                if (!some.Key || Gravity(findings) < (int)Severity.Error)
                {
                    each.Add(findings);
                    judged.AddRange(some);
                }
            }
        }

        if (each.Count == 0)
        {
            return Unknown(rule);
        }

        IReadOnlyList<FitFinding> best = each.OrderBy(Gravity).ThenBy(findings => findings.Count).First();
        string[] names = [.. judged.Select(log => profiles[log].Name).OfType<string>().Distinct()];
        return new RuleFit(rule.Rule, rule.Planned.LogSource, names, best);
    }

    /// <summary>What is said of a rule that is about none of the events.</summary>
    private RuleFit Unknown(FitRule rule)
    {
        LogProfile[] logs = [.. profiles.Where((profile, log) => views[log] is { } view && profile.IsOfKnownLog && rule.Test.Applying(view) != 0 && !IsGuess(rule, view))];
        FitProblem problem = logs.Length > 0 ? FitProblem.NoSuchEvent : FitProblem.NoEvents;
        var finding = new FitFinding(problem, Severity.Info, null, rule.Planned.LogSource.Span) { Events = logs.Sum(log => log.Events) };
        return new RuleFit(rule.Rule, rule.Planned.LogSource, [.. logs.Select(log => log.Name).OfType<string>().Distinct()], [finding]);
    }

    /// <summary>Whether events of Windows of no known category are tried on a rule of a category that is not known. They are for it if they have one of its fields.</summary>
    private bool IsGuess(FitRule rule, EventView view) => rule.Test.Source.IsOfUnknownCategory && sources.OriginOf(view) is EventOrigin.Windows;

    /// <summary>Whether events tell no log, and the user names none for them.</summary>
    private bool IsOfAnyLog(int log) => unknown.AreOfNoLog && !profiles[log].IsOfKnownLog;

    private static int Gravity(IReadOnlyList<FitFinding> findings) => findings.Count == 0 ? -1 : (int)findings.Max(finding => finding.Weight);

    private static EventView Bound(FieldTable fields, Event sample)
    {
        var view = new EventView(fields);
        view.Bind(sample);
        return view;
    }

    private IEnumerable<EventTest> BodiesFor(FitRule rule, int log)
    {
        if (views[log] is not { } view)
        {
            return IsOf(rule.Planned.LogSource, profiles[log].Source!) ? rule.Test.Bodies(uint.MaxValue) : [];
        }

        bool isGuess = IsGuess(rule, view);
        return
        [
            .. rule.Test.Bodies(rule.Test.Applying(view))
                .Where(body => body.Judge(view, sources, missingIsOpen: false) is not Certainty.No)
                .Where(body => !isGuess || HasFieldOf(body, SeenIn([log]))),
        ];
    }

    private bool HasFieldOf(EventTest test, SeenLog log) => test switch
    {
        AllTest all => all.Operands.Any(operand => HasFieldOf(operand, log)),
        AnyTest any => any.Operands.Any(operand => HasFieldOf(operand, log)),
        NotTest not => HasFieldOf(not.Operand, log),
        FieldTest field => !sources.Have(field.Slot) && log.Of(field.Slot).Count > 0,
        _ => true,
    };

    /// <summary>What some logs hold together. Most rules are about the same few.</summary>
    private SeenLog SeenIn(IReadOnlyList<int> logs)
    {
        string key = string.Join(' ', logs);
        if (!seen.TryGetValue(key, out SeenLog? log))
        {
            log = seen[key] = new SeenLog(fields, [.. logs.Select(number => profiles[number])]);
        }

        return log;
    }

    /// <summary>Whether a rule is about the log of a schema: nothing that both name differs.</summary>
    private static bool IsOf(LogSource rule, LogSource log) =>
        Agrees(rule.Product, log.Product) && Agrees(rule.Service, log.Service) && Agrees(rule.Category, log.Category);

    private static bool Agrees(string? a, string? b) => a is null || b is null || a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private IReadOnlyList<FitFinding> Findings(FitRule rule, EventTest body, IReadOnlyList<int> logs)
    {
        SeenLog log = SeenIn(logs);
        var found = new List<(FitFinding Finding, bool IsExcluded)>();
        (bool mayHold, _) = Judge(body, log, rule, isExcluded: false, found);
        var findings = new List<FitFinding>();
        foreach ((FitFinding finding, bool isExcluded) in found)
        {
            findings.Add(finding with { Weight = isExcluded && mayHold ? Severity.Info : mayHold ? Severity.Warning : Severity.Error });
        }

        foreach ((string field, var slots, Span span) in rule.Counted)
        {
            if (!slots.Any(slot => log.Of(slot).Count > 0))
            {
                findings.Add(Missing(rule, field, null, span, log) with { Weight = Severity.Error });
            }
        }

        return [.. findings.DistinctBy(finding => (finding.Problem, finding.Field, finding.Wanted))];
    }

    /// <summary>Whether a test may hold on some event of a log, and whether it may fail.</summary>
    private (bool MayHold, bool MayFail) Judge(EventTest test, SeenLog log, FitRule rule, bool isExcluded, List<(FitFinding, bool)> found)
    {
        switch (test)
        {
            case AllTest all:
                (bool, bool) every = (true, false);
                foreach (EventTest operand in all.Operands)
                {
                    (bool holds, bool fails) = Judge(operand, log, rule, isExcluded, found);
                    every = (every.Item1 && holds, every.Item2 || fails);
                }

                return every;
            case AnyTest any:
                (bool, bool) some = (false, true);
                foreach (EventTest operand in any.Operands)
                {
                    (bool holds, bool fails) = Judge(operand, log, rule, isExcluded, found);
                    some = (some.Item1 || holds, some.Item2 && fails);
                }

                return some;
            case NotTest not:
                (bool mayHold, bool mayFail) = Judge(not.Operand, log, rule, !isExcluded, found);
                return (mayFail, mayHold);
            case FieldTest leaf:
                return Judge(leaf, log, rule, isExcluded, found);
            default:
                return (true, true);
        }
    }

    private (bool MayHold, bool MayFail) Judge(FieldTest leaf, SeenLog log, FitRule rule, bool isExcluded, List<(FitFinding, bool)> found)
    {
        IReadOnlyList<FieldProfile> held = log.Of(leaf.Slot);
        if (leaf is NullTest)
        {
            return (true, held.Count > 0);
        }

        if (held.Count == 0)
        {
            if (leaf.Wanted is [ExistsValue { Exists: false }])
            {
                return (true, false);
            }

            found.Add((Missing(rule, leaf.Field!, leaf as FieldValueTest, leaf.Span, log) with { Wanted = TextOf(leaf) }, isExcluded));
            return (false, true);
        }

        if (leaf.Wanted is [FieldReferenceValue reference] && log.Of(fields.SlotOf(reference.Field)).Count == 0)
        {
            found.Add((Missing(rule, reference.Field, null, leaf.Span, log), isExcluded));
            return (false, true);
        }

        return leaf is FieldValueTest values ? Judge(values, held, log, rule, isExcluded, found) : (true, true);
    }

    private (bool MayHold, bool MayFail) Judge(
        FieldValueTest leaf, IReadOnlyList<FieldProfile> held, SeenLog log, FitRule rule, bool isExcluded, List<(FitFinding, bool)> found)
    {
        var forms = (ValueForms)held.Aggregate(0, (all, field) => all | (int)field.Forms);

        // A field of which the schema does not tell the form may have any, and one with only empty values has told none.
        if (forms is ValueForms.None || held.Any(field => field.Values.Keys.Any(value => leaf.Test.Fits(value))))
        {
            return (true, true);
        }

        int impossible = leaf.Wanted.Count(value => !WantedForm.MayBeIn(value, forms));
        if (impossible == 0)
        {
            return (true, true);
        }

        bool isWhole = impossible == leaf.Wanted.Length;
        var finding = new FitFinding(FitProblem.ValueForm, default, leaf.Field, leaf.Span)
        {
            Wanted = TextOf(leaf.Wanted.First(value => !WantedForm.MayBeIn(value, forms))),
            WantedValues = (impossible, leaf.Wanted.Length),
            Forms = forms,
            Held = held.Select(field => field.Example).FirstOrDefault(example => example is not null),
            HeldValues = held.Sum(field => field.Count),
            Events = log.Events,
            Help = helps.For(rule, leaf.Field!, leaf, log),
        };
        found.Add((finding, isExcluded || !isWhole));
        return (!isWhole, true);
    }

    private FitFinding Missing(FitRule rule, string field, FieldValueTest? test, Span span, SeenLog log) =>
        new(FitProblem.MissingField, default, field, span) { Events = log.Events, Help = helps.For(rule, field, test, log) };

    private static string? TextOf(LeafTest leaf) => leaf.Wanted.IsEmpty ? null : TextOf(leaf.Wanted[0]);

    private static string? TextOf(Value value) => value switch
    {
        StringValue text => Pipelines.ItemValues.Plain(text.Text.Parts),
        NumberValue number => number.Text,
        CompareValue compare => compare.Number,
        BooleanValue boolean => boolean.Value ? "true" : "false",
        CidrValue cidr => cidr.Network.ToString(),
        RegexValue regex => regex.Pattern.Literal,
        TimePartValue part => $"{part.Part.ToString().ToLowerInvariant()} {part.Number}",
        _ => null,
    };
}
