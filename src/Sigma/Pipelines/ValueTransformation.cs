using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary>A step that changes values one by one, inside expansions too.</summary>
internal abstract class ValueTransformation : Transformation
{
    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item) => run.ChangeItems(item, leaf => ChangeAll(run, item, leaf));

    /// <summary>Changes one value.</summary>
    /// <param name="run">The rule on its way.</param>
    /// <param name="item">The pipeline item, for its place.</param>
    /// <param name="leaf">The detection item the value belongs to.</param>
    /// <param name="value">The value; never an expansion.</param>
    /// <returns>
    /// The same object where nothing changes; an expansion where the value becomes any of several, which holds under
    /// <c>all</c> too. Also the same object after a report that refuses the rule.
    /// </returns>
    protected abstract Value Change(PipelineRun run, PipelineItem item, DetectionItem leaf, Value value);

    /// <summary>Changes all values of an item together, for a step that must see all of them at the end.</summary>
    protected virtual DetectionItem Finish(DetectionItem leaf) => leaf;

    /// <summary>Any of several values; the value itself where it is one.</summary>
    protected static Value AnyOf(ImmutableArray<Value> values, Span span) => values.Length == 1 ? values[0] : new ExpansionValue(values, span);

    /// <summary>Returns whether the result for a value is within the limit, together with the values of all steps before.</summary>
    private static bool Affordable(PipelineRun run, Value before, Value after) => run.Afford(Math.Max(0, ValueCost.Of(after) - ValueCost.Of(before)));

    private DetectionItem ChangeAll(PipelineRun run, PipelineItem item, DetectionItem leaf)
    {
        ImmutableArray<Value>.Builder? changed = null;
        for (int i = 0; i < leaf.Values.Length; i++)
        {
            Value before = leaf.Values[i];
            Value after = before is ExpansionValue expansion ? ChangeMembers(run, item, leaf, expansion) : Change(run, item, leaf, before);
            if (!ReferenceEquals(before, after))
            {
                if (before is not ExpansionValue && !Affordable(run, before, after))
                {
                    return leaf;
                }

                if (leaf.Field is null && HasNull(after))
                {
                    run.Report(Diagnostic.TransformationInput(before.Span, item.Type, "it would become null, and a keyword is never absent"));
                    return leaf;
                }

                changed ??= leaf.Values.ToBuilder();
                changed[i] = after;
            }
        }

        return changed is null ? leaf : Finish(leaf with { Values = changed.ToImmutable() });
    }

    private static bool HasNull(Value value) => value is NullValue || (value is ExpansionValue expansion && expansion.Values.Any(HasNull));

    private ExpansionValue ChangeMembers(PipelineRun run, PipelineItem item, DetectionItem leaf, ExpansionValue expansion)
    {
        bool changed = false;
        var members = ImmutableArray.CreateBuilder<Value>(expansion.Values.Length);
        foreach (Value before in expansion.Values)
        {
            Value after = Change(run, item, leaf, before);
            if (!ReferenceEquals(before, after) && !Affordable(run, before, after))
            {
                return expansion;
            }

            changed |= !ReferenceEquals(before, after);
            if (after is ExpansionValue inner)
            {
                members.AddRange(inner.Values);
            }
            else
            {
                members.Add(after);
            }
        }

        return changed ? expansion with { Values = members.ToImmutable() } : expansion;
    }
}
