namespace Sigma.Rules;

/// <summary>The comparisons with their names and signs, as the specification and the backends' data write them.</summary>
internal static class Comparisons
{
    private static readonly (Comparison Comparison, string Name, string Sign)[] All =
    [
        (Comparison.Less, "lt", "<"),
        (Comparison.LessOrEqual, "lte", "<="),
        (Comparison.Greater, "gt", ">"),
        (Comparison.GreaterOrEqual, "gte", ">="),
        (Comparison.Equal, "eq", "=="),
        (Comparison.NotEqual, "neq", "!="),
    ];

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => All.Select(row => row.Name);

    /// <summary>The name: <c>gte</c>.</summary>
    /// <param name="comparison">A comparison.</param>
    public static string NameOf(Comparison comparison) => Array.Find(All, row => row.Comparison == comparison).Name;

    /// <summary>The sign: <c>&gt;=</c>; <c>==</c> for equal.</summary>
    /// <param name="comparison">A comparison.</param>
    public static string SignOf(Comparison comparison) => Array.Find(All, row => row.Comparison == comparison).Sign;

    /// <summary>The comparison that has this name.</summary>
    /// <param name="name">A name, in small letters.</param>
    /// <returns>Null when none has.</returns>
    public static Comparison? Named(string name) => Array.FindIndex(All, row => row.Name == name) is var at and >= 0 ? All[at].Comparison : null;

    /// <summary>The comparison that has this sign; <c>=</c> means <c>==</c>, as in older rules.</summary>
    /// <param name="sign">A sign.</param>
    /// <returns>Null when none has.</returns>
    public static Comparison? Signed(string sign) =>
        Array.FindIndex(All, row => row.Sign == (sign is "=" ? "==" : sign)) is var at and >= 0 ? All[at].Comparison : null;
}
