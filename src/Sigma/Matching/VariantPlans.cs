using System.Collections.Immutable;
using Sigma.Planning;
using Sigma.Rules;

namespace Sigma.Matching;

/// <summary>A rule's searches, and the variants of its log source.</summary>
/// <param name="searches">For each condition its own search, and then those of its <c>near</c>.</param>
internal sealed class VariantPlans(ImmutableArray<ImmutableArray<SearchPlan>> searches)
{
    /// <summary>The rule after the user's pipelines.</summary>
    public SigmaRule Rule => searches[0][0].Rule;

    /// <summary>For each condition its own search, and then those of its <c>near</c>.</summary>
    public ImmutableArray<ImmutableArray<SearchPlan>> Searches => searches;

    /// <summary>The variants of its log source; none where nothing is known of it.</summary>
    public IReadOnlyList<LogSourceVariant> Variants { get; } = LogSources.BuiltIn.VariantsOf(searches[0][0].Rule);

    /// <summary>The names that events may have for one of the fields that are counted.</summary>
    /// <param name="counted">Its place among them.</param>
    public IReadOnlyList<string> NamesOf(int counted) =>
        [.. Variants.Select(variant => variant.ExtraFields).Prepend(Rule.ExtraFields).SelectMany(fields => fields[counted].Names).Distinct()];
}
