using System.Collections.Concurrent;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>Evaluates one rule on events. Safe for any number of threads.</summary>
internal sealed class RuleMatcher
{
    private readonly FieldTable fields;
    private readonly RuleTest test;
    private readonly ConcurrentBag<EventView> views = [];

    private RuleMatcher(FieldTable fields, RuleTest test)
    {
        this.fields = fields;
        this.test = test;
    }

    /// <summary>Prepares a rule.</summary>
    /// <param name="rule">The rule; what it counts (<c>| count() …</c>) is left out.</param>
    /// <param name="diagnostics">Takes what cannot be evaluated, such as a placeholder that no pipeline fills.</param>
    /// <param name="pipelines">Pipelines in the order they run; none for the rule's own field names.</param>
    /// <returns>The matcher; null after an error.</returns>
    public static RuleMatcher? Create(SigmaRule rule, List<Diagnostic> diagnostics, params IReadOnlyList<Pipeline> pipelines) =>
        Create(rule, diagnostics, pipelines, PipelineSettings.Default);

    /// <summary>Prepares a rule.</summary>
    /// <param name="rule">The rule; what it counts (<c>| count() …</c>) is left out.</param>
    /// <param name="diagnostics">Takes what cannot be evaluated.</param>
    /// <param name="pipelines">Pipelines in the order they run.</param>
    /// <param name="settings">What the user allows them and sets for them.</param>
    /// <param name="unknown">What is done with events that do not tell their log; null to try the rule on them.</param>
    /// <returns>The matcher; null after an error.</returns>
    public static RuleMatcher? Create(
        SigmaRule rule, List<Diagnostic> diagnostics, IReadOnlyList<Pipeline> pipelines, PipelineSettings settings, UnknownEvents? unknown = null)
    {
        return Planner.ForEvents(pipelines, settings).Plan(rule, diagnostics) is { } plans ? Create(plans, diagnostics, unknown) : null;
    }

    /// <summary>Makes a rule ready that is planned.</summary>
    /// <param name="plans">The plans of its conditions; what they count is left out.</param>
    /// <param name="diagnostics">Receives what cannot be evaluated.</param>
    /// <param name="unknown">What is done with events that do not tell their log; null to try the rule on them.</param>
    /// <returns>The matcher; null after an error.</returns>
    public static RuleMatcher? Create(IReadOnlyList<Plan> plans, List<Diagnostic> diagnostics, UnknownEvents? unknown = null)
    {
        var fields = new FieldTable();
        return new RuleTestCompiler(fields, unknown).Compile(plans, diagnostics) is { } test ? new RuleMatcher(fields, test) : null;
    }

    /// <summary>Whether the rule selects an event: its log source applies, as far as the event tells its own, and one of its conditions holds.</summary>
    public bool Matches(Event e)
    {
        EventView view = views.TryTake(out EventView? free) ? free : new EventView(fields);
        view.Bind(e);
        bool holds = test.Holds(view);
        views.Add(view);
        return holds;
    }

    /// <summary>Says why the rule selects an event, or does not.</summary>
    public Explanation Explain(Event e)
    {
        var view = new EventView(fields);
        view.Bind(e);
        (int slow, int leftOut) = (RegexTest.GaveUp, RegexTest.LeftOut);
        Explanation why = Explanation.Of(test, view);
        return why with { IsTooSlow = RegexTest.GaveUp != slow || RegexTest.LeftOut != leftOut };
    }
}
