using System.Globalization;
using Sigma.Events.Matching;

namespace Sigma.Cli;

/// <summary>A match as people read it: where and what, with when and which record apart.</summary>
/// <param name="Level">The level of the rule.</param>
/// <param name="Host">The computer; <c>-</c> if the event does not tell.</param>
/// <param name="Channel">The log; without one the file.</param>
/// <param name="Provider">What wrote the event; <c>-</c> if it does not tell.</param>
/// <param name="EventId">The number of the kind of event; <c>-</c> if it has none.</param>
/// <param name="Rule">The title of the rule, or its file.</param>
/// <param name="Details">The fields that matched, and what was counted.</param>
internal sealed record MatchLine(string Level, string Host, string Channel, string Provider, string EventId, string Rule, string Details)
{
    private const string None = "-";

    /// <summary>Describes a match.</summary>
    /// <param name="match">The match.</param>
    /// <param name="file">The file of its event.</param>
    /// <param name="fields">The fields in a line of text.</param>
    /// <param name="counted">What was counted in a line of text; empty for a match of one event.</param>
    public static MatchLine Of(RuleMatch match, string file, string fields, string counted) => new(
        match.Rule.Metadata.Level?.ToString().ToLowerInvariant() ?? None,
        match.Origin?.Computer ?? None,
        match.Origin?.Channel ?? match.Origin?.Provider ?? file,
        match.Origin?.Provider ?? None,
        match.Origin?.EventId ?? None,
        match.Rule.Metadata.Title.Length > 0 ? match.Rule.Metadata.Title : match.Rule.Path,
        counted.Length == 0 ? fields : fields.Length == 0 ? counted : $"{counted}: {fields}");

    /// <summary>The number of the record in its log; without one the line in the file.</summary>
    public static string RecordOf(RuleMatch match) => match.Origin?.RecordId ?? match.Line.ToString(CultureInfo.InvariantCulture);
}
