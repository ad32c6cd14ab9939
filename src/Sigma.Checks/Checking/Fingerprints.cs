using System.Security.Cryptography;
using System.Text;

namespace Sigma.Checks.Checking;

/// <summary>Names for findings that stay the same from run to run.</summary>
internal static class Fingerprints
{
    /// <summary>Makes one.</summary>
    public static string Of(string code, string path, string text) => Hex($"{code}\n{path}\n{text}")[..32];

    /// <summary>An identifier for a rule. It depends on the rule and on the path of its file, since a copy needs one of its own.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="purpose">What else is named after the rule; empty for the rule itself.</param>
    public static string IdOf(RuleText rule, string purpose = "") => IdOf($"{purpose}{rule.File.Path}\n{rule.File.Source.Text[rule.Root.Span.Start..]}");

    /// <summary>An identifier that looks like a random one but depends on a text only, so that a run can be repeated.</summary>
    private static string IdOf(string text)
    {
        char[] id = Hex(text)[..32].ToCharArray();
        id[12] = '4';
        id[16] = "89ab"[Convert.ToInt32(id[16].ToString(), 16) & 3];
        return Guid.ParseExact(new string(id), "N").ToString();
    }

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
