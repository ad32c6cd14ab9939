using Sigma.Text;

namespace Sigma.Explanations;

/// <summary>A line of something shown to people.</summary>
/// <param name="Depth">How deep it stands below other lines.</param>
/// <param name="Text">The line; without control characters.</param>
/// <param name="Span">The place it is about; null if it is about none.</param>
internal sealed record TextLine(int Depth, string Text, Span? Span = null)
{
    /// <summary>What more can be said of it beside the line, such as how it is written in the rule; null for nothing.</summary>
    public string? Note { get; init; }
}
