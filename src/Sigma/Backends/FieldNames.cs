using System.Text.RegularExpressions;

namespace Sigma.Backends;

/// <summary>Names of fields that a language takes as they are, where its definition does not say which.</summary>
internal static partial class FieldNames
{
    /// <summary>Such names: letters, digits and <c>_ . @ -</c>. No language takes one for the end of a name.</summary>
    public static Regex Ordinary => OrdinaryName();

    /// <summary>Whether a name is of that kind.</summary>
    public static bool IsOrdinary(string field) => OrdinaryName().IsMatch(field);

    [GeneratedRegex(@"\A[\p{L}\p{N}_.@-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex OrdinaryName();
}
