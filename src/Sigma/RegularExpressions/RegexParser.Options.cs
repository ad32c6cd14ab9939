namespace Sigma.RegularExpressions;

/// <content>Options set inside the pattern.</content>
internal sealed partial class RegexParser
{
    private const string OptionLetters = "imsxnJUauL";

    // (?i) (?i-s:a) (?^i)
    private RegexNode? ParseOptions(int start)
    {
        var optionsStart = _position;
        var on = true;
        if (Take('^'))
        {
            _flags &= ~(RegexFlags.IgnoreCase | RegexFlags.Multiline | RegexFlags.DotAll | RegexFlags.Extended);
        }

        for (; _position < _text.Length && _text[_position] is not (')' or ':'); _position++)
        {
            var letter = _text[_position];
            if (letter == '-' && on && _text[optionsStart] != '^')
            {
                on = false;
            }
            else if (letter == 'x' && _text[_position - 1] == 'x')
            {
                return Fail(start, _position + 1 - start, "the option 'xx' is not supported; 'x' is");
            }
            else if (OptionLetters.Contains(letter))
            {
                SetOption(letter, on);
            }
            else
            {
                return Fail(start, _position + 1 - start, $"unknown group or option '{_text.AsSpan(start, _position + 1 - start)}'");
            }
        }

        if (_position >= _text.Length)
        {
            return Fail(start, 2, "unclosed '('");
        }

        var options = _text[optionsStart.._position];
        return _text[_position++] == ':'
            ? ParseBody(start, RegexGroupKind.NonCapturing, options: options)
            : new RegexInlineFlags(start, _position - start, options);
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
        _flags = on ? _flags | flag : _flags & ~flag;
        _duplicateNames = letter == 'J' ? on : _duplicateNames;
        _plainGroupsCapture = letter == 'n' ? !on : _plainGroupsCapture;
    }
}
