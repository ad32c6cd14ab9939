using System.Collections.Immutable;

namespace Sigma.Documentation;

/// <summary>A kind of event that rules need: what an entry of a data-needed catalogue describes.</summary>
/// <param name="Name">The entry's name, <c>DN_0087_5156_windows_filtering_platform_has_permitted_connection</c>.</param>
/// <param name="Platform">The system that writes it, <c>Windows</c>.</param>
/// <param name="Channel">The log it is in; null if there is none.</param>
/// <param name="Provider">The program that writes it; null if there is none.</param>
/// <param name="Fields">The names of its fields.</param>
internal sealed record EventType(string Name, string Platform, string? Channel, string? Provider, ImmutableArray<string> Fields)
{
    /// <summary>The event id, by default the third part of the name; null if the events have none.</summary>
    public string? EventId { get; init; } = Name.Split('_') is [_, _, var id, ..] && id.Length > 0 && id.All(char.IsAsciiDigit) ? id : null;
}
