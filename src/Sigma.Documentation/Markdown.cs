using System.Text;
using System.Text.RegularExpressions;

namespace Sigma.Documentation;

/// <summary>
/// Puts a rule's text into Markdown so that a reader sees it as the author wrote it (CommonMark 0.31, and the tables of GitHub
/// Flavored Markdown). Only what would be taken for markup is escaped; a backslash or a star that means nothing stays.
/// </summary>
internal static partial class Markdown
{
    private static readonly string[] Schemes = ["http", "https", "ftp", "ftps", "mailto"];

    /// <summary>Writes text for a cell of a table: on one line, nothing in it taken for markup.</summary>
    public static string Cell(string? text) => Inline(text, inLink: false);

    /// <summary>Writes text for a cell as that of a link, which its brackets would end.</summary>
    public static string LinkText(string? text) => Inline(text, inLink: true);

    /// <summary>
    /// Writes a reference: an address as a link under itself, text with an address in it as a link under that text, anything
    /// else as text.
    /// </summary>
    public static string Reference(string? text)
    {
        string reference = (text ?? "").Trim();
        Match titled = reference.Any(IsUnseen) ? Match.Empty : AddressWithTitle().Match(reference);
        string? address = titled.Success ? reference
            : !reference.Any(char.IsWhiteSpace) ? reference
            : AddressInText().Match(reference) is { Success: true } found ? found.Value
            : null;
        return address is null || address.Length == 0 || !IsHarmless(address)
            ? Cell(reference)
            : $"[{Inline(reference, inLink: true)}]({(titled.Success ? reference : Address(address))})";
    }

    /// <summary>Writes a name as a part of an address, percent-encoded where it has to be.</summary>
    public static string Name(string? name) => Uri.EscapeDataString(name ?? "");

    /// <summary>The fence around a block of text: three backticks, or one more than stand in a row in it.</summary>
    public static string Fence(string? text)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in text ?? "")
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return new string('`', Math.Max(3, longest + 1));
    }

    private static string Inline(string? text, bool inLink)
    {
        // One star, tilde or loose underscore alone emphasizes nothing; two do, on different lines too.
        string trimmed = (text ?? "").Trim();
        bool stars = trimmed.Count(c => c == '*') > 1;
        bool tildes = trimmed.Count(c => c == '~') > 1;
        bool underscores = Enumerable.Range(0, trimmed.Length).Count(i => IsLooseUnderscore(trimmed, i)) > 1;
        return string.Join("<br>", LineEnds().Split(trimmed).Select(line => Escape(line, inLink, stars, tildes, underscores)));
    }

    private static string Escape(string text, bool inLink, bool stars, bool tildes, bool underscores)
    {
        var output = new StringBuilder(text.Length);
        HashSet<int> lone = LoneBrackets(text);
        HashSet<int> shownAsText = inLink ? [] : [.. BareAddress().Matches(text)
            .Where(address => Enumerable.Range(address.Index, address.Length).Any(i => text[i] != '|' && IsMarkup(i)))
            .Select(address => address.Groups["first"].Index)];
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            char next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (IsMarkup(i))
            {
                output.Append('\\').Append(c);
            }
            else if (shownAsText.Contains(i))
            {
                // A bare address becomes a link, and a backslash within it is shown, save that of a bar (GitHub Flavored Markdown, 6.9 and 4.10).
                output.Append(c == ':' ? "&#58;" : "&#46;");
            }
            else if (c == '<' && (char.IsAsciiLetter(next) || next is '/' or '!' or '?'))
            {
                output.Append("&lt;");
            }
            else if (IsUnseen(c))
            {
                // As it would turn the direction of writing, or hide what stands beside it.
                output.Append($"\\u{{{(int)c:x}}}");
            }
            else if (c == '&' && Entity().IsMatch(text[i..]))
            {
                output.Append("&amp;");
            }
            else
            {
                output.Append(c);
            }
        }

        return output.ToString();

        bool IsMarkup(int i)
        {
            char next = i + 1 < text.Length ? text[i + 1] : '\0';
            return text[i] switch
            {
                '|' or '`' => true,
                '*' => stars,
                '~' => tildes,
                '_' => underscores && IsLooseUnderscore(text, i),
                '[' => inLink || lone.Contains(i) || InlineLink().IsMatch(text[i..]),
                ']' => inLink || lone.Contains(i),
                // Before a letter a backslash is literal; at the end it would escape what the page writes after the text.
                '\\' => next == '\0' || IsUnseen(next) || next is >= '!' and <= '~' && !char.IsAsciiLetterOrDigit(next),
                _ => false,
            };
        }
    }

    /// <summary>The brackets that have no partner in a text: one in another text of the page could make a link with them.</summary>
    private static HashSet<int> LoneBrackets(string text)
    {
        var lone = new HashSet<int>();
        var open = new Stack<int>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '[')
            {
                open.Push(i);
            }
            else if (text[i] == ']' && !open.TryPop(out _))
            {
                lone.Add(i);
            }
        }

        lone.UnionWith(open);
        return lone;
    }

    /// <summary>Between letters an underscore emphasizes nothing.</summary>
    private static bool IsLooseUnderscore(string text, int at) =>
        text[at] == '_' && !(at > 0 && at + 1 < text.Length && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at + 1]));

    /// <summary>
    /// Whether an address can become a link. A reader of Markdown decodes entities, and a browser leaves out control characters,
    /// so only what begins with the plain letters of a known scheme counts as one, and only what cannot have a scheme as none.
    /// </summary>
    private static bool IsHarmless(string address) => Scheme().Match(address) is { Success: true } scheme
        ? Schemes.Contains(scheme.Groups[1].Value.ToLowerInvariant())
        : Relative().IsMatch(address);

    private static string Address(string address)
    {
        bool balanced = Balanced(address);
        var output = new StringBuilder(address.Length);
        for (int i = 0; i < address.Length; i++)
        {
            char c = address[i];
            bool encoded = c is '<' or '>' or '|' or '`' or '"' or '\\' or '&' || c < ' ' || c == '\x7f' || (c is '(' or ')' && !balanced);
            output.Append(IsUnseen(c) ? Uri.EscapeDataString(c.ToString()) : !encoded ? c.ToString() : c == '&' ? (Entity().IsMatch(address[i..]) ? "&amp;" : "&") : $"%{(int)c:X2}");
        }

        return output.ToString();
    }

    private static bool IsUnseen(char c) =>
        c is '\u061c' or '\u200b' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff'
        || (char.IsControl(c) && c is not '\t');

    private static bool Balanced(string text)
    {
        int depth = 0;
        foreach (char c in text)
        {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0)
            {
                return false;
            }
        }

        return depth == 0;
    }

    [GeneratedRegex(@"\s*\r?\n\s*|\r")]
    private static partial Regex LineEnds();

    /// <summary>CommonMark reads a text in brackets after an address as the title of the link.</summary>
    [GeneratedRegex(@"^https?://[^\s()<>|`\\]+ \([^()<>|`\\]*\)$")]
    private static partial Regex AddressWithTitle();

    [GeneratedRegex(@"https?://[^\s<>|`""]*[^\s<>|`"".,;:!?)\]]")]
    private static partial Regex AddressInText();

    /// <summary>What a reader of Markdown makes a link of without being asked; "first" is the character without which it does not.</summary>
    [GeneratedRegex(@"(?:(?:https?|ftp)(?<first>:)//|www(?<first>\.))[^\s<]*", RegexOptions.IgnoreCase)]
    private static partial Regex BareAddress();

    [GeneratedRegex(@"^\[[^\]]*\]\(")]
    private static partial Regex InlineLink();

    [GeneratedRegex(@"^&(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]*);")]
    private static partial Regex Entity();

    /// <summary>An address without a scheme. One that begins with two slashes names another host.</summary>
    [GeneratedRegex(@"^(?!//)(?:[A-Za-z0-9._~=+,@-]*)(?:[/?#]|\z)")]
    private static partial Regex Relative();

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9+.-]*):")]
    private static partial Regex Scheme();
}
