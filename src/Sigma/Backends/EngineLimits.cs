namespace Sigma.Backends;

/// <summary>What an engine takes of a query: facts from its documentation, which a definition states under <c>limits</c>.</summary>
internal sealed record EngineLimits
{
    /// <summary>An engine of which no limit is known.</summary>
    public static EngineLimits None { get; } = new();

    /// <summary>How long a query may be; null for no bound.</summary>
    public LengthLimit? Length { get; init; }

    /// <summary>How deep a condition may be; null for no bound.</summary>
    public DepthLimit? Depth { get; init; }

    /// <summary>How many operands may be linked side by side, where each is a level deeper than the one before; more are put into groups of so many.</summary>
    public int? Chain { get; init; }

    /// <summary>How many values one list may have; more are written as several lists.</summary>
    public int? Items { get; init; }

    /// <summary>How many logical operators are safe in all of a query; null for no bound.</summary>
    public ValueLimit? Operators { get; init; }

    /// <summary>How many values are safe in all of a query; null for no bound.</summary>
    public ValueLimit? Values { get; init; }
}

/// <summary>How long a query may be.</summary>
/// <param name="Most">The longest.</param>
/// <param name="Setting">The engine's setting that raises it; null if nothing does.</param>
internal sealed record LengthLimit(TextLength Most, string? Setting);

/// <summary>How many values or operators are safe in all of a query.</summary>
/// <param name="Most">The largest number.</param>
/// <param name="Note">What the user should know above it.</param>
internal sealed record ValueLimit(int Most, string Note);

/// <summary>How deep the tree of a condition may be, and how many of its levels each part of a condition takes.</summary>
/// <param name="Most">The most levels.</param>
/// <param name="Group">The levels of operands in brackets.</param>
/// <param name="Operand">How much deeper each operand of a group is than the one behind it: 1 where a chain of operators is a tree that leans to the left.</param>
/// <param name="Not">The levels of a negation, with what makes it safe from unknown values.</param>
/// <param name="Test">The levels of a single test.</param>
/// <param name="Setting">The engine's setting that raises the number; null if nothing does.</param>
internal sealed record DepthLimit(int Most, int Group, int Operand, int Not, int Test, string? Setting);
