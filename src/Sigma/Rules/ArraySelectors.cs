using System.Text.RegularExpressions;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>
/// <c>args[0]</c>, <c>ips[all]</c>: what a later version of the specification writes to look into lists. Read as a plain name it
/// would be a field that no event has.
/// </summary>
internal static partial class ArraySelectors
{
    /// <summary>Whether a field's name has one.</summary>
    public static bool In(string field) => field.Contains('[', StringComparison.Ordinal) && Selector().IsMatch(field);

    /// <summary>Reports a field's name that has one.</summary>
    public static void Check(string field, Span span, List<Diagnostic> diagnostics)
    {
        if (In(field))
        {
            diagnostics.Add(Diagnostic.ArraySelector(span, field, Specification.Version));
        }
    }

    [GeneratedRegex(@"\[(?:-?[0-9]+|[0-9]*:[0-9]*|any|all|none|one|\*)\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Selector();
}
