using System.Globalization;
using System.Text;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>Cuts a template into pieces. A fragment is cut where it stands, so that a mistake in it is shown in it.</summary>
/// <param name="placeholders">What the placeholders may be, by name.</param>
/// <param name="styles">The text styles, which are placeholders too; null if values have no place.</param>
/// <param name="words">The options and fragments.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class TemplateCutter(
    IReadOnlyDictionary<string, Placeholder> placeholders,
    IReadOnlyDictionary<string, TextStyle>? styles,
    TemplateWords words,
    List<Diagnostic> diagnostics)
{
    /// <summary>Fragments within fragments: more are a mistake, or an attack.</summary>
    private const int MaxDepth = 8;

    private readonly List<Segment> segments = [];
    private readonly StringBuilder literal = new();
    private readonly List<string> open = [];

    /// <summary>Cuts a template, or a fragment in it.</summary>
    public void Cut(YamlScalar scalar)
    {
        string text = scalar.Value;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i++;
                continue;
            }

            int end = c == '{' ? text.IndexOf('}', i) : -1;
            if (end < 0)
            {
                literal.Append(c);
                continue;
            }

            Put(scalar, i, end, text[(i + 1)..end]);
            i = end;
        }
    }

    /// <summary>The pieces.</summary>
    public Segment[] Finish()
    {
        Flush();
        return [.. segments];
    }

    private void Put(YamlScalar scalar, int start, int end, string name)
    {
        if (words.Options.TryGetValue(name, out string? option))
        {
            if (HasRoom(scalar.SpanOf(start, end - start + 1), option.Length))
            {
                literal.Append(option);
            }
        }
        else if (words.Fragments.TryGetValue(name, out YamlScalar? fragment))
        {
            PutFragment(scalar.SpanOf(start, end - start + 1), name, fragment);
        }
        else
        {
            Placeholder? known = placeholders.TryGetValue(name, out Placeholder placeholder) ? placeholder : null;
            TextStyle? style = known is null && styles is not null && styles.TryGetValue(name, out TextStyle? found) ? found : null;
            if (known is null && style is null)
            {
                IEnumerable<string> names = placeholders.Keys.Concat(styles?.Keys ?? []).Concat(words.Fragments.Keys).Concat(words.Options.Keys);
                Report(Diagnostic.UnknownPlaceholder(scalar.SpanOf(start, end - start + 1), name, names.Any() ? string.Join(", ", names) : "no placeholders"));
            }

            Flush();
            segments.Add(new Segment("", known ?? Placeholder.Text, style));
        }
    }

    private void PutFragment(Span? span, string name, YamlScalar fragment)
    {
        if (open.Contains(name) || open.Count >= MaxDepth)
        {
            Report(Diagnostic.BackendValue(span, name, $"a fragment that does not contain itself, within at most {MaxDepth} others"));
            return;
        }

        if (!HasRoom(span, fragment.Value.Length))
        {
            return;
        }

        open.Add(name);
        Cut(fragment);
        open.RemoveAt(open.Count - 1);
    }

    /// <summary>Whether a fragment or an option may be added; the first that may not is reported.</summary>
    private bool HasRoom(Span? span, int length)
    {
        bool exhausted = words.IsExhausted;
        if (words.Add(length))
        {
            return true;
        }

        if (!exhausted)
        {
            diagnostics.Add(Diagnostic.TemplatesTooLong(span, TemplateWords.MostAdded.ToString("N0", CultureInfo.InvariantCulture)));
        }

        return false;
    }

    private void Report(Diagnostic diagnostic)
    {
        if (open.Count == 0 || words.IsNew(diagnostic))
        {
            diagnostics.Add(diagnostic);
        }
    }

    private void Flush()
    {
        if (literal.Length > 0)
        {
            segments.Add(new Segment(literal.ToString(), null, null));
            literal.Clear();
        }
    }
}
