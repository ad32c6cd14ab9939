namespace Sigma.RegularExpressions;

/// <summary>How a regular expression, or one part of it, is matched.</summary>
/// <remarks>
/// Sigma's modifiers <c>i</c>, <c>m</c> and <c>s</c> (Sigma specification 2.1.0, appendix modifiers, "re") set the first
/// three beside the pattern; <c>(?imsx)</c> sets any of them from inside it.
/// </remarks>
[Flags]
public enum RegexFlags
{
    /// <summary>Case-sensitive, <c>^</c> and <c>$</c> only at the ends of the value, <c>.</c> stops at a line break.</summary>
    None = 0,

    /// <summary><c>i</c>: letters match both their cases.</summary>
    IgnoreCase = 1,

    /// <summary><c>m</c>: <c>^</c> and <c>$</c> also match around line breaks.</summary>
    Multiline = 2,

    /// <summary><c>s</c>: <c>.</c> matches line breaks too.</summary>
    DotAll = 4,

    /// <summary><c>x</c>: blanks and <c>#</c> comments are not part of the pattern. Only ever set by <c>(?x)</c>.</summary>
    Extended = 8,
}
