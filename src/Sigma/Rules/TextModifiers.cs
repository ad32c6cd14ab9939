using System.Collections.Immutable;
using Sigma.RegularExpressions;
using Sigma.Text;

namespace Sigma.Rules;

/// <summary>The modifiers that change a text where it stands: wildcards, case, dashes, placeholders.</summary>
internal static class TextModifiers
{
    private const string TextNeeds = "a string, a regular expression or a field reference";
    private const string Dashes = "-/\u2013\u2014\u2015";

    public static Value? Contains(Value value, ModifierSite site) => Position(value, site, atStart: false, atEnd: false);

    public static Value? StartsWith(Value value, ModifierSite site) => Position(value, site, atStart: true, atEnd: false);

    public static Value? EndsWith(Value value, ModifierSite site) => Position(value, site, atStart: false, atEnd: true);

    public static Value? Cased(Value value, ModifierSite site) =>
        site.EachText(value, "a string", text => text with { Cased = true });

    /// <summary>A dash that precedes a word and does not follow one may be any dash that Windows programs accept.</summary>
    public static Value? WindowsDash(Value value, ModifierSite site) => site.EachText(value, "a string", text =>
    {
        Limits limits = text.Span.Source.Limits;
        long most = limits[Limits.ValueForms];
        var forms = new List<ImmutableArray<StringPart>> { ImmutableArray<StringPart>.Empty };
        foreach (StringPart part in text.Text.Parts)
        {
            List<string>? spellings = part.Kind is PartKind.Literal ? DashForms(part.Text, most) : [part.Text];
            if (spellings is null || (long)forms.Count * spellings.Count > most)
            {
                site.Diagnostics.Add(limits.Exceeded(Limits.ValueForms, Diagnostic.TooManyDashes, text.Span));
                return null;
            }

            forms = [.. forms.SelectMany(form => spellings.Select(s => form.Add(part with { Text = s })))];
        }

        return forms.Count == 1 ? text : new ExpansionValue([.. forms.Select(f => (Value)(text with { Text = new SigmaString(f) }))], text.Span);
    });

    /// <summary>
    /// Says what can have placeholders. They are read where the text is, since an escape is gone afterwards, and in a regular
    /// expression when all else is done to it (<see cref="Placeholders"/>).
    /// </summary>
    public static Value? Expand(Value value, ModifierSite site) => value switch
    {
        RegexValue or StringValue => value,
        ExpansionValue expansion => ModifierSite.Each(expansion, member => Expand(member, site)),
        _ => site.Refuse(value, "a string or a regular expression"),
    };

    private static Value? Position(Value value, ModifierSite site, bool atStart, bool atEnd)
    {
        switch (value)
        {
            case StringValue text:
                if (site.Field is null && (atStart || atEnd))
                {
                    site.ReportAnchor();
                }

                return text with { Text = atStart ? text.Text.WithTrailingWildcard() : atEnd ? text.Text.WithLeadingWildcard() : text.Text.WithWildcards() };
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
                return PositionEach(expansion, site, atStart, atEnd);
            default:
                return site.Refuse(value, TextNeeds);
        }
    }

    /// <summary>Separate, so that the other cases allocate no closure.</summary>
    private static Value? PositionEach(ExpansionValue expansion, ModifierSite site, bool atStart, bool atEnd) =>
        ModifierSite.Each(expansion, member => Position(member, site, atStart, atEnd));

    /// <summary>All spellings of a text whose leading dashes are interchangeable, the written one first.</summary>
    /// <returns>Null where there are more than the most.</returns>
    private static List<string>? DashForms(string text, long most)
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
                if ((long)forms.Count * dashes.Length > most)
                {
                    return null;
                }

                forms = [.. forms.SelectMany(form => dashes.Select(d => form + before + d))];
                from = i + 1;
            }
        }

        string rest = text[from..];
        return [.. forms.Select(form => form + rest)];
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
