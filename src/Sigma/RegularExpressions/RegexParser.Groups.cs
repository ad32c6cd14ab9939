namespace Sigma.RegularExpressions;

/// <content>Everything that begins with a parenthesis.</content>
internal sealed partial class RegexParser
{
    private RegexNode? ParseParenthesis()
    {
        var start = _position;
        if (++_depth > MaxNesting)
        {
            return Fail(start, 1, $"parentheses nested more than {MaxNesting} deep");
        }

        var flags = _flags;
        var captures = _plainGroupsCapture;
        var node = ParseGroup(start);
        _depth--;
        if (node is not RegexInlineFlags)
        {
            (_flags, _plainGroupsCapture) = (flags, captures);
        }

        return node;
    }

    private RegexNode? ParseGroup(int start)
    {
        _position++;
        if (Looking("*") && _position + 1 < _text.Length && (char.IsAsciiLetter(_text[_position + 1]) || _text[_position + 1] == ':'))
        {
            return ParseVerb(start);
        }

        if (!Take('?'))
        {
            return _plainGroupsCapture ? ParseCapture(start, null) : ParseBody(start, RegexGroupKind.NonCapturing);
        }

        if (_position >= _text.Length)
        {
            return Fail(start, 2, "unclosed '('");
        }

        switch (_text[_position])
        {
            case ':':
                _position++;
                return ParseBody(start, RegexGroupKind.NonCapturing);
            case '>':
                _position++;
                return ParseBody(start, RegexGroupKind.Atomic);
            case '|':
                _position++;
                return ParseBody(start, RegexGroupKind.BranchReset);
            case '=' or '!':
                return ParseLookaround(start, behind: false);
            case '<' when _position + 1 < _text.Length && _text[_position + 1] is '=' or '!':
                _position++;
                return ParseLookaround(start, behind: true);
            case '<' or '\'':
                return ParseNamedGroup(start);
            case 'P':
                return ParsePythonGroup(start);
            case '(':
                return ParseConditional(start);
            case 'R' or '&' or '+' or (>= '0' and <= '9'):
                return ParseSubroutine(start);
            case '-' when _position + 1 < _text.Length && char.IsAsciiDigit(_text[_position + 1]):
                return ParseSubroutine(start);
            default:
                return ParseOptions(start);
        }
    }

    private RegexNode? ParseBody(int start, RegexGroupKind kind, int number = 0, string? name = null, string options = "")
    {
        var body = ParseAlternation(kind == RegexGroupKind.BranchReset);
        return body is null || !Close(start) ? null : new RegexGroup(start, _position - start, kind, number, name, options, body);
    }

    private RegexNode? ParseCapture(int start, string? name)
    {
        var number = ++_groupCount;
        if (number > _groupNames.Count)
        {
            _groupNames.Add(name);
        }

        return ParseBody(start, RegexGroupKind.Capturing, number, name);
    }

    private RegexNode? ParseNamedGroup(int start)
    {
        var nameStart = _position + 1;
        var name = ReadName(_text[_position] == '\'' ? '\'' : '>');
        if (name is null)
        {
            return null;
        }

        // The same name on the same number is a branch reset's privilege: (?|(?<n>a)|(?<n>b)).
        if (!_groupNumbers.TryAdd(name, _groupCount + 1) && !_duplicateNames && _groupNumbers[name] != _groupCount + 1)
        {
            return Fail(nameStart, name.Length, $"two groups are named '{name}'");
        }

        return ParseCapture(start, name);
    }

    private RegexNode? ParsePythonGroup(int start)
    {
        _position++;
        if (Looking("<"))
        {
            return ParseNamedGroup(start);
        }

        if (Looking("="))
        {
            return ReadName(')') is { } name ? Reference(start, 0, name) : null;
        }

        if (Looking(">"))
        {
            return ReadName(')') is { } name ? Subroutine(start, 0, name) : null;
        }

        return Fail(start, 3, "unknown group '(?P'; it continues with <name>, =name or >name");
    }

    private RegexNode? ParseLookaround(int start, bool behind)
    {
        var negative = _text[_position++] == '!';
        var body = ParseAlternation(resetsNumbers: false);
        return body is null || !Close(start) ? null : new RegexLookaround(start, _position - start, behind, negative, body);
    }

    private RegexNode? ParseConditional(int start)
    {
        string? condition = null;
        RegexNode? assertion = null;
        if (_position + 1 < _text.Length && _text[_position + 1] == '?')
        {
            assertion = ParseParenthesis();
            if (assertion is null)
            {
                return null;
            }

            if (assertion is not RegexLookaround)
            {
                return Fail(assertion.Offset, assertion.Length, "the condition must be a lookaround, a group number or a group name");
            }
        }
        else
        {
            var close = _text.IndexOf(')', _position);
            if (close < 0)
            {
                return Fail(start, 2, "unclosed '('");
            }

            condition = _text[(_position + 1)..close];
            if (!CheckCondition(condition, _position + 1))
            {
                return null;
            }

            _position = close + 1;
        }

        var body = ParseAlternation(resetsNumbers: false);
        if (body is null || !Close(start))
        {
            return null;
        }

        return body is RegexAlternation { Branches.Length: > 2 }
            ? Fail(start, _position - start, "a condition has at most two branches")
            : new RegexConditional(start, _position - start, condition, assertion, body);
    }

    private bool CheckCondition(string condition, int offset)
    {
        var name = condition is ['<', .., '>'] or ['\'', .., '\''] ? condition[1..^1] : condition;
        if (int.TryParse(name, out var number))
        {
            _references.Add((offset, condition.Length, name[0] is '+' or '-' ? 0 : number, null));
        }
        else if (name.Length == 0 || !name.All(IsNameCharacter))
        {
            Fail(offset, condition.Length, "the condition must be a lookaround, a group number or a group name");
            return false;
        }
        else if (name[0] != 'R' && name != "DEFINE")
        {
            _references.Add((offset, condition.Length, 0, name));
        }

        return true;
    }

    // (?R) (?1) (?+1) (?-1) (?&name)
    private RegexNode? ParseSubroutine(int start)
    {
        if (_text[_position] == '&')
        {
            return ReadName(')') is { } name ? Subroutine(start, 0, name) : null;
        }

        var sign = _text[_position];
        var at = sign is 'R' or '+' or '-' ? _position + 1 : _position;
        var hasDigits = ReadCount(ref at, out var number);
        if ((sign == 'R') == hasDigits || at >= _text.Length || _text[at] != ')')
        {
            return Fail(start, 3, "unknown group; after '(?R' or a group number comes ')'");
        }

        _position = at + 1;
        return Subroutine(start, sign switch { '+' => _groupCount + number, '-' => _groupCount + 1 - number, _ => number }, null);
    }

    private RegexNode? ParseVerb(int start)
    {
        var close = _text.IndexOf(')', _position);
        if (close < 0)
        {
            return Fail(start, 2, "unclosed '(*'");
        }

        var name = _text[(_position + 1)..close];
        if (char.IsAsciiLetterLower(name[0]))
        {
            return Fail(start, close + 1 - start, "the spelled-out groups (*name:...) are not supported; write (?=, (?!, (?<=, (?<! or (?>");
        }

        _position = close + 1;
        return new RegexVerb(start, _position - start, name);
    }

    private bool Close(int start)
    {
        if (Take(')'))
        {
            return true;
        }

        Fail(start, 1, "unclosed '('; write \\( for a literal parenthesis");
        return false;
    }

    /// <summary>Reads the name after the current character, up to and with <paramref name="close"/>.</summary>
    private string? ReadName(char close)
    {
        var start = ++_position;
        while (_position < _text.Length && IsNameCharacter(_text[_position]))
        {
            _position++;
        }

        var name = _text[start.._position];
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            Fail(start, Math.Max(1, name.Length), "a group's name begins with a letter or '_'");
            return null;
        }

        if (!Take(close))
        {
            Fail(start, name.Length, $"the group's name must end with '{close}'");
            return null;
        }

        return name;
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private RegexBackreference Reference(int start, int number, string? name)
    {
        _references.Add((start, _position - start, number, name));
        return new RegexBackreference(start, _position - start, number, name, _flags);
    }

    private RegexSubroutine Subroutine(int start, int number, string? name)
    {
        _references.Add((start, _position - start, number, name));
        return new RegexSubroutine(start, _position - start, number, name);
    }
}
