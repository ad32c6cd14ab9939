namespace Sigma.Backends;

/// <summary>The name of an object that a query makes in the system behind the target: a watch, a saved search.</summary>
/// <param name="Kind">What the object is.</param>
/// <param name="Name">Its name there.</param>
/// <param name="IsId">Whether it is the rule's id, which only its author may change.</param>
public sealed record ObjectName(string Kind, string Name, bool IsId);
