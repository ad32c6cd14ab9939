namespace Sigma.RegularExpressions;

/// <content>Everything that begins with a parenthesis.</content>
internal sealed partial class RegexParser
{
    private RegexNode? ParseParenthesis()
    {
        var start = position;
        if (++depth > MaxNesting)
        {
            return Fail(start, 1, $"parentheses nested more than {MaxNesting} deep");
        }

        var flagsBefore = flags;
        var capturesBefore = plainGroupsCapture;
        var node = ParseGroup(start);
        depth--;
        if (node is not RegexInlineFlags)
        {
            (flags, plainGroupsCapture) = (flagsBefore, capturesBefore);
        }

        return node;
    }

    private RegexNode? ParseGroup(int start)
    {
        position++;
        if (Looking("*") && position + 1 < text.Length && (char.IsAsciiLetter(text[position + 1]) || text[position + 1] == ':'))
        {
            return ParseVerb(start);
        }

        if (!Take('?'))
        {
            return plainGroupsCapture ? ParseCapture(start, null) : ParseBody(start, RegexGroupKind.NonCapturing);
        }

        if (position >= text.Length)
        {
            return Fail(start, 2, "unclosed '('");
        }

        switch (text[position])
        {
            case ':':
                position++;
                return ParseBody(start, RegexGroupKind.NonCapturing);
            case '>':
                position++;
                return ParseBody(start, RegexGroupKind.Atomic);
            case '|':
                position++;
                return ParseBody(start, RegexGroupKind.BranchReset);
            case '=' or '!':
                return ParseLookaround(start, behind: false);
            case '<' when position + 1 < text.Length && text[position + 1] is '=' or '!':
                position++;
                return ParseLookaround(start, behind: true);
            case '<' or '\'':
                return ParseNamedGroup(start);
            case 'P':
                return ParsePythonGroup(start);
            case '(':
                return ParseConditional(start);
            case 'R' or '&' or '+' or (>= '0' and <= '9'):
                return ParseSubroutine(start);
            case '-' when position + 1 < text.Length && char.IsAsciiDigit(text[position + 1]):
                return ParseSubroutine(start);
            default:
                return ParseOptions(start);
        }
    }

    private RegexNode? ParseBody(int start, RegexGroupKind kind, int number = 0, string? name = null, string options = "")
    {
        var body = ParseAlternation(kind == RegexGroupKind.BranchReset);
        return body is null || !Close(start) ? null : new RegexGroup(start, position - start, kind, number, name, options, body);
    }

    private RegexNode? ParseCapture(int start, string? name)
    {
        var number = ++groupCount;
        if (number > groupNames.Count)
        {
            groupNames.Add(name);
        }

        return ParseBody(start, RegexGroupKind.Capturing, number, name);
    }

    private RegexNode? ParseNamedGroup(int start)
    {
        var nameStart = position + 1;
        var name = ReadName(text[position] == '\'' ? '\'' : '>');
        if (name is null)
        {
            return null;
        }

        // The same name on the same number is a branch reset's privilege: (?|(?<n>a)|(?<n>b)).
        if (!groupNumbers.TryAdd(name, groupCount + 1) && !duplicateNames && groupNumbers[name] != groupCount + 1)
        {
            return Fail(nameStart, name.Length, $"two groups are named '{name}'");
        }

        return ParseCapture(start, name);
    }

    private RegexNode? ParsePythonGroup(int start)
    {
        position++;
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
        var negative = text[position++] == '!';
        var body = ParseAlternation(resetsNumbers: false);
        return body is null || !Close(start) ? null : new RegexLookaround(start, position - start, behind, negative, body);
    }

    private RegexNode? ParseConditional(int start)
    {
        string? condition = null;
        RegexNode? assertion = null;
        if (position + 1 < text.Length && text[position + 1] == '?')
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
            var close = text.IndexOf(')', position);
            if (close < 0)
            {
                return Fail(start, 2, "unclosed '('");
            }

            condition = text[(position + 1)..close];
            if (!CheckCondition(condition, position + 1))
            {
                return null;
            }

            position = close + 1;
        }

        var body = ParseAlternation(resetsNumbers: false);
        if (body is null || !Close(start))
        {
            return null;
        }

        return body is RegexAlternation { Branches.Length: > 2 }
            ? Fail(start, position - start, "a condition has at most two branches")
            : new RegexConditional(start, position - start, condition, assertion, body);
    }

    private bool CheckCondition(string condition, int offset)
    {
        var name = condition is ['<', .., '>'] or ['\'', .., '\''] ? condition[1..^1] : condition;
        if (int.TryParse(name, out var number))
        {
            references.Add((offset, condition.Length, name[0] is '+' or '-' ? 0 : number, null));
        }
        else if (name.Length == 0 || !name.All(IsNameCharacter))
        {
            Fail(offset, condition.Length, "the condition must be a lookaround, a group number or a group name");
            return false;
        }
        else if (name[0] != 'R' && name != "DEFINE")
        {
            references.Add((offset, condition.Length, 0, name));
        }

        return true;
    }

    // (?R) (?1) (?+1) (?-1) (?&name)
    private RegexNode? ParseSubroutine(int start)
    {
        if (text[position] == '&')
        {
            return ReadName(')') is { } name ? Subroutine(start, 0, name) : null;
        }

        var sign = text[position];
        var at = sign is 'R' or '+' or '-' ? position + 1 : position;
        var hasDigits = ReadCount(ref at, out var number);
        if ((sign == 'R') == hasDigits || at >= text.Length || text[at] != ')')
        {
            return Fail(start, 3, "unknown group; after '(?R' or a group number comes ')'");
        }

        position = at + 1;
        return Subroutine(start, sign switch { '+' => groupCount + number, '-' => groupCount + 1 - number, _ => number }, null);
    }

    private RegexNode? ParseVerb(int start)
    {
        var close = text.IndexOf(')', position);
        if (close < 0)
        {
            return Fail(start, 2, "unclosed '(*'");
        }

        var name = text[(position + 1)..close];
        if (char.IsAsciiLetterLower(name[0]))
        {
            return Fail(start, close + 1 - start, "the spelled-out groups (*name:...) are not supported; write (?=, (?!, (?<=, (?<! or (?>");
        }

        position = close + 1;
        return new RegexVerb(start, position - start, name);
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
        var start = ++position;
        while (position < text.Length && IsNameCharacter(text[position]))
        {
            position++;
        }

        var name = text[start..position];
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
        references.Add((start, position - start, number, name));
        return new RegexBackreference(start, position - start, number, name, flags);
    }

    private RegexSubroutine Subroutine(int start, int number, string? name)
    {
        references.Add((start, position - start, number, name));
        return new RegexSubroutine(start, position - start, number, name);
    }
}
