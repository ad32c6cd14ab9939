namespace Sigma.Events.Logs;

/// <summary>
/// The fields of a record of auditd: only blanks separate them, and what is between double quotes has no escapes, since the kernel writes a text with a
/// quote in hexadecimal digits. What a program reports stands between single quotes behind <c>msg</c>, at the end.
/// </summary>
/// <param name="text">The record behind its header.</param>
/// <param name="interpreted">The type of the record where <c>ausearch -i</c> wrote it: values stand there without quotes, with their blanks. Null otherwise.</param>
internal ref struct AuditFields(string text, string? interpreted = null)
{
    /// <summary>What auditd itself adds, in readable words, stands behind it.</summary>
    private const char Enriched = '\u001D';

    private int at;

    /// <summary>The name of the field.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>What stands behind the equals sign, without quotes.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>What the value stands between: a quote, or nothing.</summary>
    public char Quote { get; private set; }

    /// <summary>Goes to the next field; words without an equals sign are none.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (true)
        {
            while (at < text.Length && IsBlank(text[at]))
            {
                at++;
            }

            if (at >= text.Length)
            {
                return false;
            }

            int start = at;
            while (at < text.Length && IsOfName(text[at]))
            {
                at++;
            }

            if (at > start && at < text.Length && text[at] == '=')
            {
                Name = text.AsSpan(start, at - start);
                at++;
                ReadValue();
                return true;
            }

            while (at < text.Length && !IsBlank(text[at]))
            {
                at++;
            }
        }
    }

    private void ReadValue()
    {
        int start = at;
        Quote = at < text.Length && text[at] is '"' or '\'' ? text[at] : '\0';
        if (interpreted is not null && Quote != '\'')
        {
            Quote = '\0';
            at = EndOfInterpreted(start);
            Value = text.AsSpan(start, at - start).Trim();
            return;
        }

        if (Quote == '\0')
        {
            while (at < text.Length && !IsBlank(text[at]))
            {
                at++;
            }

            Value = text.AsSpan(start, at - start).TrimEnd(",;");
            return;
        }

        int end = Quote == '"' || Name is not "msg" ? text.IndexOf(Quote, start + 1) : EndOfReport(start + 1);
        end = end < 0 ? text.Length : end;
        Value = text.AsSpan(start + 1, end - start - 1);
        at = Math.Min(end + 1, text.Length);
    }

    /// <summary>
    /// Where an interpreted value ends: before the next name. A command has names of its own, so behind an argument only the next argument is one, and
    /// a title is all that follows.
    /// </summary>
    private readonly int EndOfInterpreted(int start)
    {
        for (int blank = start; interpreted is not "PROCTITLE" && (blank = text.IndexOf(' ', blank)) >= 0; blank++)
        {
            int end = blank + 1;
            while (end < text.Length && IsOfName(text[end]))
            {
                end++;
            }

            if (end > blank + 1 && end < text.Length && text[end] == '=' && (interpreted is not "EXECVE" || AuditArguments.IsOne(text.AsSpan(blank + 1, end - blank - 1))))
            {
                return blank;
            }
        }

        return text.Length;
    }

    /// <summary>Where the report of a program ends: at the last single quote, since names within it may have one.</summary>
    private readonly int EndOfReport(int start)
    {
        int enriched = text.IndexOf(Enriched, start);
        int end = (enriched < 0 ? text.AsSpan(start) : text.AsSpan(start, enriched - start)).LastIndexOf('\'');
        return end < 0 ? -1 : start + end;
    }

    /// <summary>Arguments that lie in several fields have a number in brackets: <c>a1[0]</c>.</summary>
    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '[' or ']';

    private static bool IsBlank(char c) => c is ' ' or '\t' or Enriched;
}
