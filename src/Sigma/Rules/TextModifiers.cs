using System.Collections.Immutable;
using System.Text;
using Sigma.RegularExpressions;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>The modifiers that change a text where it stands: wildcards, case, dashes, placeholders.</summary>
internal static class TextModifiers
{
    /// <summary>How many spellings <c>windash</c> may make of one value: five dashes in five places.</summary>
    private const int MaxDashForms = 3125;

    private const string TextNeeds = "a text, a regular expression or a field reference";
    private const string Dashes = "-/\u2013\u2014\u2015";

    public static Value? Contains(Value value, ModifierSite site) => Position(value, site, atStart: false, atEnd: false);

    public static Value? StartsWith(Value value, ModifierSite site) => Position(value, site, atStart: true, atEnd: false);

    public static Value? EndsWith(Value value, ModifierSite site) => Position(value, site, atStart: false, atEnd: true);

    public static Value? Cased(Value value, ModifierSite site) =>
        site.EachText(value, "a text", text => text with { Cased = true });

    /// <summary>A dash before a word and not behind one may be any dash that Windows programs take for one.</summary>
    public static Value? WindowsDash(Value value, ModifierSite site) => site.EachText(value, "a text", text =>
    {
        var forms = new List<ImmutableArray<StringPart>> { ImmutableArray<StringPart>.Empty };
        foreach (StringPart part in text.Text.Parts)
        {
            List<string> spellings = part.Kind is PartKind.Literal ? DashForms(part.Text) : [part.Text];
            if ((long)forms.Count * spellings.Count > MaxDashForms)
            {
                site.Diagnostics.Add(Codes.TooManyDashes.At(text.Span, MaxDashForms.ToString()));
                return null;
            }

            forms = [.. forms.SelectMany(form => spellings.Select(s => form.Add(part with { Text = s })))];
        }

        return forms.Count == 1 ? text : new ExpansionValue([.. forms.Select(f => (Value)(text with { Text = new SigmaString(f) }))], text.Span);
    });

    public static Value? Expand(Value value, ModifierSite site) => value switch
    {
        RegexValue regex => regex with { Pattern = WithPlaceholders(regex.Pattern) },
        ExpansionValue expansion => ModifierSite.Each(expansion, member => Expand(member, site)),
        StringValue text => text with { Text = WithPlaceholders(text.Text) },
        _ => site.Refuse(value, "a text or a regular expression"),
    };

    private static Value? Position(Value value, ModifierSite site, bool atStart, bool atEnd)
    {
        switch (value)
        {
            case StringValue text:
                SigmaString moved = atStart ? text.Text : text.Text.WithLeadingWildcard();
                return text with { Text = atEnd ? moved : moved.WithTrailingWildcard() };
            case RegexValue { Pattern.Literal: { } pattern } regex:
                string open = RegexPattern.TryParse(pattern, regex.Flags, out RegexPattern? parsed, out _) ? RegexText.Widen(parsed, !atStart, !atEnd) : pattern;
                return regex with { Pattern = SigmaString.OfLiteral(open) };
            case RegexValue regex:
                return regex;
            case FieldReferenceValue reference:
                return reference with
                {
                    StartsWith = reference.StartsWith || !atEnd,
                    EndsWith = reference.EndsWith || !atStart,
                };
            case ExpansionValue expansion:
                return ModifierSite.Each(expansion, member => Position(member, site, atStart, atEnd));
            default:
                return site.Refuse(value, TextNeeds);
        }
    }

    /// <summary>All spellings of a text whose leading dashes are interchangeable, the written one first.</summary>
    private static List<string> DashForms(string text)
    {
        var forms = new List<string> { "" };
        int from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool dash = Dashes.Contains(text[i])
                && (i == 0 || !IsWord(text[i - 1]))
                && i + 1 < text.Length && IsWord(text[i + 1]);
            if (dash)
            {
                string before = text[from..i];
                string dashes = text[i] + Dashes.Replace(text[i].ToString(), "", StringComparison.Ordinal);
                if ((long)forms.Count * dashes.Length > MaxDashForms)
                {
                    return [.. Enumerable.Repeat(text, MaxDashForms + 1)];
                }

                forms = [.. forms.SelectMany(form => dashes.Select(d => form + before + d))];
                from = i + 1;
            }
        }

        string rest = text[from..];
        return [.. forms.Select(form => form + rest)];
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    /// <summary><c>%name%</c> becomes a placeholder, <c>\%</c> a percent sign; a percent sign alone stays.</summary>
    private static SigmaString WithPlaceholders(SigmaString text)
    {
        var parts = new List<StringPart>();
        foreach (StringPart part in text.Parts)
        {
            if (part.Kind is not PartKind.Literal)
            {
                parts.Add(part);
                continue;
            }

            var literal = new StringBuilder();
            string written = part.Text;
            for (int i = 0; i < written.Length; i++)
            {
                if (written[i] == '\\' && i + 1 < written.Length && written[i + 1] == '%')
                {
                    literal.Append('%');
                    i++;
                }
                else if (written[i] == '%' && NameLength(written, i + 1) is > 0 and int length)
                {
                    parts.Add(new StringPart(PartKind.Literal, literal.ToString()));
                    parts.Add(new StringPart(PartKind.Placeholder, written.Substring(i + 1, length)));
                    literal.Clear();
                    i += length + 1;
                }
                else
                {
                    literal.Append(written[i]);
                }
            }

            parts.Add(new StringPart(PartKind.Literal, literal.ToString()));
        }

        return SigmaString.Of(parts);
    }

    private static int NameLength(string text, int start)
    {
        int end = start;
        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        return end < text.Length && text[end] == '%' ? end - start : 0;
    }
}
