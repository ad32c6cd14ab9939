using Sigma.RegularExpressions;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Finds shapes that have quotes of their own around a value, or around a regular expression, which could end them.</summary>
internal static class QuoteCheck
{
    /// <summary>Checks the shapes of a language and of its variants.</summary>
    /// <param name="dialect">The language.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static void Check(Dialect dialect, List<Diagnostic> diagnostics)
    {
        IEnumerable<Dialect> languages = dialect.Variants.Values.Prepend(dialect);
        foreach (Shape shape in languages.SelectMany(language => language.ShapesByKind.Values).SelectMany(alternatives => alternatives).Distinct())
        {
            foreach (Template template in new[] { shape.Template, shape.Item, shape.PlainItem, shape.NumberItem, shape.Negated }.OfType<Template>())
            {
                if (Find(dialect, shape, template) is { } finding)
                {
                    diagnostics.Add(finding);
                    break;
                }
            }
        }
    }

    private static Diagnostic? Find(Dialect dialect, Shape shape, Template template)
    {
        for (int i = 1; i + 1 < template.Segments.Length; i++)
        {
            // The same quote directly before and behind what is written.
            if (template.Segments[i - 1].Literal is not [.., var open] || template.Segments[i + 1].Literal is not [var close, ..]
                || open != close || !StyleCheck.Quotes.Contains(open))
            {
                continue;
            }

            Segment segment = template.Segments[i];
            if (segment.Placeholder is Placeholder.Regex && dialect.Regex is { Text: null } regex && !IsWritten(regex, open))
            {
                return Diagnostic.UnsafeStyle(
                    shape.Span, "regex", $"'{open}' ends it, and 'replace' has nothing for it; write it as a text with 'text', or replace the sign");
            }

            bool writesSlash = segment.Style?.Pattern is { Dialect: RegexDialect.Lucene or RegexDialect.LogScale };
            if (segment.Style is { Close: "", Fits: null } style && !StyleCheck.IsHandled(style, open) && !(open == '/' && writesSlash))
            {
                string name = dialect.Texts.FirstOrDefault(pair => ReferenceEquals(pair.Value, style)).Key;
                return Diagnostic.UnsafeStyle(
                    shape.Span, name, $"the template has '{open}' around it, which is neither escaped nor replaced nor impossible");
            }
        }

        return null;
    }

    /// <summary>Whether a sign is written in another way in an expression. The writers of two dialects escape their slashes themselves.</summary>
    private static bool IsWritten(RegexStyle style, char sign) =>
        (sign == '/' && (style.EscapeSlash || style.Dialect is RegexDialect.LogScale))
        || style.Replacements.Pairs.Any(pair => pair.Key == sign.ToString() && pair.Value != pair.Key);
}
