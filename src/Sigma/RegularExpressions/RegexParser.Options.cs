namespace Sigma.RegularExpressions;

/// <content>Options set inside the pattern.</content>
internal sealed partial class RegexParser
{
    private const string OptionLetters = "imsxnJUauL";

    // (?i) (?i-s:a) (?^i)
    private RegexNode? ParseOptions(int start)
    {
        var optionsStart = position;
        var on = true;
        if (Take('^'))
        {
            flags &= ~(RegexFlags.IgnoreCase | RegexFlags.Multiline | RegexFlags.DotAll | RegexFlags.Extended);
        }

        for (; position < text.Length && text[position] is not (')' or ':'); position++)
        {
            var letter = text[position];
            if (letter == '-' && on && text[optionsStart] != '^')
            {
                on = false;
            }
            else if (letter == 'x' && text[position - 1] == 'x')
            {
                return Fail(start, position + 1 - start, "the option 'xx' is not supported; 'x' is");
            }
            else if (OptionLetters.Contains(letter))
            {
                SetOption(letter, on);
            }
            else
            {
                return Fail(start, position + 1 - start, $"unknown group or option '{text.AsSpan(start, position + 1 - start)}'");
            }
        }

        if (position >= text.Length)
        {
            return Fail(start, 2, "unclosed '('");
        }

        var options = text[optionsStart..position];
        return text[position++] == ':'
            ? ParseBody(start, RegexGroupKind.NonCapturing, options: options)
            : new RegexInlineFlags(start, position - start, options);
    }

    private void SetOption(char letter, bool on)
    {
        var flag = letter switch
        {
            'i' => RegexFlags.IgnoreCase,
            'm' => RegexFlags.Multiline,
            's' => RegexFlags.DotAll,
            'x' => RegexFlags.Extended,
            _ => RegexFlags.None,
        };
        flags = on ? flags | flag : flags & ~flag;
        duplicateNames = letter == 'J' ? on : duplicateNames;
        plainGroupsCapture = letter == 'n' ? !on : plainGroupsCapture;
    }
}
