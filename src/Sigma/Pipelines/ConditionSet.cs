using System.Collections.Immutable;

namespace Sigma.Pipelines;

/// <summary>The conditions of a pipeline item, linked by and, by or, or by an expression over their ids.</summary>
/// <param name="Conditions">The conditions in order.</param>
/// <param name="Any">Whether one is enough (<c>*_cond_op: or</c>).</param>
/// <param name="Negated">Whether the whole set is negated (<c>*_cond_not</c>).</param>
/// <param name="Expression">The expression over indexes into <paramref name="Conditions"/>; null for plain linking.</param>
/// <typeparam name="T">The kind of condition.</typeparam>
internal sealed record ConditionSet<T>(ImmutableArray<T> Conditions, bool Any, bool Negated, ConditionExpression? Expression)
{
    /// <summary>The conditions as they are written, in the same order; none for those of an older configuration.</summary>
    public ImmutableArray<string> Written { get; init; } = [];

    /// <summary>No conditions: always true.</summary>
    public static ConditionSet<T> None { get; } = new([], false, false, null);

    /// <summary>Whether the conditions hold together. No conditions always do.</summary>
    /// <param name="about">What the conditions are asked about.</param>
    /// <param name="holds">Asks one condition.</param>
    /// <typeparam name="TAbout">The kind of what they are asked about.</typeparam>
    public bool Hold<TAbout>(TAbout about, Func<T, TAbout, bool> holds)
    {
        if (Conditions.Length == 0)
        {
            return true;
        }

        if (Expression is not null)
        {
            return HoldsExpression(about, holds) != Negated;
        }

        bool result = !Any;
        foreach (T condition in Conditions)
        {
            if (holds(condition, about) == Any)
            {
                result = Any;
                break;
            }
        }

        return result != Negated;
    }

    private bool HoldsExpression<TAbout>(TAbout about, Func<T, TAbout, bool> holds) => Expression!.Holds(index => holds(Conditions[index], about));

    /// <summary>Whether the conditions hold together. No conditions always do.</summary>
    /// <param name="holds">Asks one condition.</param>
    public bool Hold(Func<T, bool> holds) => Hold(holds, static (condition, ask) => ask(condition));

    /// <summary>What would have to hold and does not, for people to read.</summary>
    /// <param name="holds">Asks one condition.</param>
    public string Failing(Func<T, bool> holds)
    {
        if (Written.Length != Conditions.Length)
        {
            return "its conditions";
        }

        string all = string.Join("; ", Written);
        return (Expression, Any, Negated) switch
        {
            (null, false, false) => string.Join(" and ", Written.Where((_, index) => !holds(Conditions[index]))),
            (null, true, false) => "any of: " + all,
            (null, false, true) => (Written.Length == 1 ? "not " : "not all of: ") + all,
            (null, true, true) => (Written.Length == 1 ? "not " : "none of: ") + all,
            _ => "the expression over: " + all,
        };
    }
}

/// <summary><c>a and not (b or c)</c> over the ids of conditions.</summary>
internal abstract record ConditionExpression
{
    /// <summary>Whether it holds.</summary>
    /// <param name="holds">Asks the condition with an index.</param>
    public abstract bool Holds(Func<int, bool> holds);

    /// <summary>A condition by its index.</summary>
    /// <param name="Index">The index into the set's conditions.</param>
    public sealed record Reference(int Index) : ConditionExpression
    {
        /// <inheritdoc/>
        public override bool Holds(Func<int, bool> holds) => holds(Index);
    }

    /// <summary><c>not a</c></summary>
    /// <param name="Operand">What must not hold.</param>
    public sealed record Not(ConditionExpression Operand) : ConditionExpression
    {
        /// <inheritdoc/>
        public override bool Holds(Func<int, bool> holds) => !Operand.Holds(holds);
    }

    /// <summary><c>a and b</c></summary>
    /// <param name="Left">The left side.</param>
    /// <param name="Right">The right side.</param>
    public sealed record And(ConditionExpression Left, ConditionExpression Right) : ConditionExpression
    {
        /// <inheritdoc/>
        public override bool Holds(Func<int, bool> holds) => Left.Holds(holds) && Right.Holds(holds);
    }

    /// <summary><c>a or b</c></summary>
    /// <param name="Left">The left side.</param>
    /// <param name="Right">The right side.</param>
    public sealed record Or(ConditionExpression Left, ConditionExpression Right) : ConditionExpression
    {
        /// <inheritdoc/>
        public override bool Holds(Func<int, bool> holds) => Left.Holds(holds) || Right.Holds(holds);
    }
}
