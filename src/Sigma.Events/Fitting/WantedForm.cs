using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Events.Fitting;

/// <summary>Tells whether what a rule asks for can be a value of some form at all, whichever value that is.</summary>
internal static class WantedForm
{
    private const string HexDigits = "0123456789abcdefABCDEF";
    private static readonly string[] LongRoots = ["HKEY_"];
    private static readonly string[] ShortRoots = ["HKLM\\", "HKCU\\", "HKU\\", "HKCR\\", "HKCC\\"];
    private static readonly string[] KernelRoots = ["\\REGISTRY\\"];

    /// <summary>Whether a value of one of the forms may be what is asked for.</summary>
    /// <param name="wanted">What is asked for.</param>
    /// <param name="forms">The forms.</param>
    public static bool MayBeIn(Value wanted, ValueForms forms) => wanted switch
    {
        NumberValue or CompareValue => (forms & ValueForms.Number) != ValueForms.None,
        BooleanValue => (forms & ValueForms.Boolean) != ValueForms.None,
        CidrValue => (forms & ValueForms.Address) != ValueForms.None,
        TimePartValue => (forms & (ValueForms.Time | ValueForms.Number)) != ValueForms.None,
        StringValue text => Enumerable.Range(0, 32).Select(bit => (ValueForms)(1 << bit)).Any(form => (forms & form) != ValueForms.None && MayBe(text.Text.Parts, form)),
        _ => true,
    };

    private static bool MayBe(ImmutableArray<StringPart> parts, ValueForms form)
    {
        string literals = string.Concat(parts.Where(part => part.Kind is PartKind.Literal).Select(part => part.Text));
        string? start = parts is [{ Kind: PartKind.Literal } first, ..] ? first.Text : null;
        bool isExact = parts is [{ Kind: PartKind.Literal }];
        return parts.Any(part => part.Kind is PartKind.Placeholder) || literals.Length == 0 || form switch
        {
            ValueForms.Number => Has(literals, "0123456789.-+eE"),
            ValueForms.Hexadecimal => Has(literals, HexDigits + "xX") && (start is null || "0x".StartsWith(Beginning(start, 2), StringComparison.OrdinalIgnoreCase)),
            ValueForms.Boolean => !isExact || Is(literals, "true", "false"),
            ValueForms.Switch => !isExact || Is(literals, "yes", "no", "on", "off", "y", "n", "enabled", "disabled"),
            ValueForms.Guid => Has(literals, HexDigits + "-{}") && start is null or ['{', ..],
            ValueForms.BareGuid => Has(literals, HexDigits + "-"),
            ValueForms.Address => Has(literals, HexDigits + ".:%"),
            ValueForms.Sid => Has(literals, "sS-0123456789"),
            ValueForms.WindowsPath => !literals.Contains('/') && !literals.Contains('"') && (MayBegin(start) || (isExact && !literals.Contains('.'))),
            ValueForms.SlashedPath => !literals.Contains('\\') && (start is null or [_, ':', ..] || start.Length == 1),
            ValueForms.UnixPath => start is null or ['/', ..] && !IsLikeWindows(literals),
            ValueForms.ShortKey => MayBeKey(start, literals, ShortRoots, [.. LongRoots, .. KernelRoots]),
            ValueForms.LongKey => MayBeKey(start, literals, LongRoots, [.. ShortRoots, .. KernelRoots]),
            ValueForms.KernelKey => MayBeKey(start, literals, KernelRoots, [.. ShortRoots, .. LongRoots]),
            ValueForms.Name => literals.AsSpan().IndexOfAny('\\', '/') < 0 && !(isExact && Is(literals, "true", "false")),
            _ => true,
        };
    }

    private static bool Has(string literals, string characters) => literals.AsSpan().IndexOfAnyExcept(characters) < 0;

    private static bool Is(string literals, params string[] words) => words.Contains(literals, StringComparer.OrdinalIgnoreCase);

    private static string Beginning(string text, int length) => text[..Math.Min(length, text.Length)];

    /// <summary>A Windows path begins with a drive, a server, a device or a variable. Where programs have paths, a few have a word: <c>System</c>.</summary>
    private static bool MayBegin(string? start) => start is null or ['\\' or '%', ..] or [_, ':', ..] || (start.Length == 1 && char.IsAsciiLetter(start[0]));

    /// <summary>Whether it names a file of Windows: below a backslash, or on a drive.</summary>
    private static bool IsLikeWindows(string literals) => literals.Contains(":\\", StringComparison.Ordinal) || (literals.Contains('\\') && !literals.Contains('/'));

    private static bool MayBeKey(string? start, string literals, string[] own, string[] others) =>
        !Array.Exists(others, other => literals.Contains(other, StringComparison.OrdinalIgnoreCase))
        && (start is null || Array.Exists(own, root => root.StartsWith(Beginning(start, root.Length), StringComparison.OrdinalIgnoreCase)));
}
