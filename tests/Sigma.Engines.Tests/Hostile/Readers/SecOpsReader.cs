using System.Globalization;
using System.Text;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>
/// The reader of YARA-L 2.0 and of searches in UDM, as Google's page of the syntax has them: sections, predicates, literals. Its words, signs and
/// functions are structure, texts, expressions and keys are data.
/// </summary>
internal sealed class SecOpsReader
{
    private static readonly HashSet<string> Operators = ["=", "!=", "<", "<=", ">", ">="];

    private readonly Reading reading = new();
    private readonly string text;
    private int at;

    private SecOpsReader(string text) => this.text = text;

    public static Reading ReadSearch(string text)
    {
        var reader = new SecOpsReader(text);
        reader.Expression();
        return reader.End();
    }

    public static Reading ReadRule(string text)
    {
        var reader = new SecOpsReader(text);
        reader.Rule();
        return reader.End();
    }

    private Reading End()
    {
        Blanks();
        return at == text.Length ? reading : throw Error("the end");
    }

    private void Rule()
    {
        reading.Count("rules");
        Word("rule");
        reading.Texts.Add(("rule", Name()));
        Sign("{");
        Section("meta");
        while (!AtSection())
        {
            var key = Name();
            reading.Structure.Add("key " + key);
            reading.Count("lines of " + key);
            Sign("=");
            reading.Texts.Add((key, String()));
        }

        Section("events");
        do
        {
            Expression();
        }
        while (!AtSection());
        if (TrySection("match"))
        {
            do
            {
                Variable();
            }
            while (TrySign(","));
            Word("over");
            Duration();
            if (TryWord("after"))
            {
                Variable();
            }
        }

        Section("outcome");
        do
        {
            Variable();
            Sign("=");
            Operand();
        }
        while (!AtSection());
        Section("condition");
        Expression();
        if (TrySection("options"))
        {
            Name();
            Sign("=");
            Duration();
        }

        Sign("}");
    }

    private void Expression()
    {
        do
        {
            do
            {
                while (TryWord("not"))
                {
                }

                Predicate();
            }
            while (TryWord("and"));
        }
        while (TryWord("or"));
    }

    private void Predicate()
    {
        if (TrySign("("))
        {
            Expression();
            Sign(")");
            return;
        }

        Operand();
        if (Operators.FirstOrDefault(one => TrySign(one)) is not null)
        {
            Operand();
            TryWord("nocase");
        }
    }

    private void Operand()
    {
        Blanks();
        switch (Current)
        {
            case '"':
                reading.Texts.Add(("text", String()));
                break;
            case '/':
                reading.Texts.Add(("text", Regex()));
                break;
            case >= '0' and <= '9' or '-':
                Number();
                break;
            default:
                TryWord("any");
                Path();
                break;
        }
    }

    /// <summary>A field, a variable or the call of a function.</summary>
    private void Path()
    {
        if (!TrySign("$"))
        {
            Blanks();
        }

        var path = new StringBuilder(Name());
        while (Current == '.')
        {
            at++;
            path.Append('.').Append(Name());
        }

        if (Current == '[')
        {
            Sign("[");
            reading.Texts.Add(("key", String()));
            Sign("]");
        }
        else if (Current == '(')
        {
            reading.Structure.Add(path.ToString());
            Sign("(");
            do
            {
                Operand();
            }
            while (TrySign(","));
            Sign(")");
        }
    }

    private void Variable()
    {
        Sign("$");
        Name();
    }

    private string String()
    {
        Sign("\"");
        var value = new StringBuilder();
        for (; Current != '"'; at++)
        {
            if (Current is '\0' || char.IsControl(Current))
            {
                throw Error("a text");
            }

            if (Current == '\\')
            {
                at++;
                value.Append(Current switch { '\\' => '\\', '"' => '"', 't' => '\t', _ => throw Error("an escape") });
            }
            else
            {
                value.Append(Current);
            }
        }

        at++;
        return value.ToString();
    }

    private string Regex()
    {
        var start = ++at;
        if (Current is '/' or '*')
        {
            throw Error("an expression, not a comment");
        }

        for (; Current != '/'; at++)
        {
            if (Current is '\0' || char.IsControl(Current))
            {
                throw Error("an expression");
            }

            at += Current == '\\' ? 1 : 0;
        }

        return text[start..at++];
    }

    private void Number()
    {
        var start = at;
        at += Current == '-' ? 1 : 0;
        while (char.IsAsciiDigit(Current) || Current == '.')
        {
            at++;
        }

        if (!double.TryParse(text.AsSpan(start, at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            throw Error("a number");
        }
    }

    private void Duration()
    {
        Blanks();
        Number();
        if (Name() is not ("m" or "h" or "d"))
        {
            throw Error("minutes, hours or days");
        }
    }

    private string Name()
    {
        Blanks();
        var start = at;
        while (char.IsAsciiLetterOrDigit(Current) || Current == '_')
        {
            at++;
        }

        return at > start ? text[start..at] : throw Error("a name");
    }

    private bool AtSection()
    {
        Blanks();
        var rest = text.AsSpan(at);
        var name = rest[..Math.Max(0, rest.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz"))];
        return name.Length > 0 && at + name.Length < text.Length && text[at + name.Length] == ':' || Current == '}';
    }

    private void Section(string name)
    {
        if (!TrySection(name))
        {
            throw Error("the section " + name);
        }
    }

    private bool TrySection(string name)
    {
        Blanks();
        if (!text.AsSpan(at).StartsWith(name + ":", StringComparison.Ordinal))
        {
            return false;
        }

        at += name.Length + 1;
        reading.Structure.Add(name + ":");
        reading.Count("sections " + name);
        return true;
    }

    private void Word(string word)
    {
        if (!TryWord(word))
        {
            throw Error(word);
        }
    }

    private bool TryWord(string word)
    {
        Blanks();
        if (!text.AsSpan(at).StartsWith(word, StringComparison.OrdinalIgnoreCase) || at + word.Length < text.Length && (char.IsAsciiLetterOrDigit(text[at + word.Length]) || text[at + word.Length] == '_'))
        {
            return false;
        }

        at += word.Length;
        reading.Structure.Add(word);
        return true;
    }

    private void Sign(string sign)
    {
        if (!TrySign(sign))
        {
            throw Error(sign);
        }
    }

    private bool TrySign(string sign)
    {
        Blanks();
        if (!text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal) || sign is "<" or ">" && at + 1 < text.Length && text[at + 1] == '=')
        {
            return false;
        }

        at += sign.Length;
        // The opposite of a test is written for some values.
        reading.Structure.Add(sign == "!=" ? "=" : sign);
        return true;
    }

    private char Current => at < text.Length ? text[at] : '\0';

    private void Blanks()
    {
        while (Current is ' ' or '\n')
        {
            at++;
        }
    }

    private Unreadable Error(string expected) => new($"{expected} expected at {at}: {text.AsSpan(at, Math.Min(40, text.Length - at))}");
}
