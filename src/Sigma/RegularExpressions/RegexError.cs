namespace Sigma.RegularExpressions;

/// <summary>Why a pattern is not a regular expression.</summary>
/// <param name="Offset">Where the mistake begins, in UTF-16 units from the start of the pattern.</param>
/// <param name="Length">How many units to underline; 0 at the end of the pattern.</param>
/// <param name="Message">One line for the author of the rule, without a final full stop.</param>
internal sealed record RegexError(int Offset, int Length, string Message);
