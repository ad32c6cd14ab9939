using Sigma.Planning;
using Sigma.Rules;

namespace Sigma.Events.Matching;

/// <summary>A rule, and the variants of its log source.</summary>
/// <param name="rule">The rule after the user's pipelines.</param>
internal sealed class RuleVariants(SigmaRule rule)
{
    /// <summary>The rule after the user's pipelines.</summary>
    public SigmaRule Rule => rule;

    /// <summary>The variants of its log source; none if nothing is known of it.</summary>
    public IReadOnlyList<LogSourceVariant> All { get; } = LogSources.BuiltIn.VariantsOf(rule);

    /// <summary>The names that events may have for one of the fields that are counted.</summary>
    /// <param name="counted">Its place among them.</param>
    public IReadOnlyList<string> NamesOf(int counted) =>
        [.. All.Select(variant => variant.ExtraFields).Prepend(rule.ExtraFields).SelectMany(fields => fields[counted].Names).Distinct()];
}
