using System.Text.RegularExpressions;
using Sigma.Rules;

namespace Sigma.Attack;

/// <summary>The tags by which rules name what is in ATT&amp;CK.</summary>
internal static partial class AttackTags
{
    private const string Prefix = "attack.";

    /// <summary>The part of a tag after <c>attack.</c>; null for other tags.</summary>
    public static string? Name(string tag) => tag.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? tag[Prefix.Length..] : null;

    /// <summary>The names in the tags of a rule, in order.</summary>
    public static IEnumerable<string> Names(Metadata metadata) => metadata.Tags.Select(Name).OfType<string>();

    /// <summary>Whether a name looks like a technique's id.</summary>
    public static bool IsTechnique(string name) => TechniqueId().IsMatch(name);

    [GeneratedRegex(@"^[tT]\d{4}(\.\d{3})?$")]
    private static partial Regex TechniqueId();
}
