namespace Sigma.Backends;

/// <summary>The name of an object that a query makes in the system behind the target: a watch, a saved search.</summary>
/// <param name="Kind">What the object is.</param>
/// <param name="Name">Its name there.</param>
/// <param name="IsId">Whether the system knows the object by an id: that of the rule, or one made from its title.</param>
public sealed record ObjectName(string Kind, string Name, bool IsId)
{
    /// <summary>The title that the name or id is made from, with the number that keeps it apart; null for the id of a rule.</summary>
    internal string? Title { get; init; }

    /// <summary>What messages call it: an id that was made from a title says nothing to people.</summary>
    internal string Shown => IsId ? Title ?? Name : Name;

    /// <summary>Whether only the rule's author may change it.</summary>
    internal bool IsFixed => IsId && Title is null;
}
