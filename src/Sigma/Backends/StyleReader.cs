using Sigma.RegularExpressions;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>Reads how a backend writes the texts of a rule: styles, patterns, regular expressions.</summary>
/// <param name="words">The options and fragments, whose names no style may have.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class StyleReader(TemplateWords words, List<Diagnostic> diagnostics)
{
    /// <summary>The dialects of regular expressions, by their names in backends.</summary>
    internal static readonly IReadOnlyDictionary<string, RegexDialect> Dialects = new Dictionary<string, RegexDialect>(StringComparer.Ordinal)
    {
        ["pcre"] = RegexDialect.Pcre,
        ["dotnet"] = RegexDialect.DotNet,
        ["lucene"] = RegexDialect.Lucene,
        ["re2"] = RegexDialect.Re2,
        ["java"] = RegexDialect.Java,
        ["postgres"] = RegexDialect.Postgres,
        ["logscale"] = RegexDialect.LogScale,
    };

    /// <summary>Reads <c>texts</c>: the styles by name.</summary>
    public IReadOnlyDictionary<string, TextStyle> ReadTexts(DefinitionMap map)
    {
        var styles = new Dictionary<string, TextStyle>(StringComparer.Ordinal);
        var caseless = new Dictionary<string, YamlScalar?>(StringComparer.Ordinal);
        foreach (YamlScalar key in map.Keys)
        {
            string name = key.Value;
            if (ShapePlaceholders.Names.Contains(name))
            {
                diagnostics.Add(Diagnostic.ReservedName(key.Span, "a style", name, "a placeholder of shapes"));
            }
            else if (words.Options.ContainsKey(name))
            {
                diagnostics.Add(Diagnostic.ReservedName(key.Span, "a style", name, "an option"));
            }
            else if (words.Fragments.ContainsKey(name))
            {
                diagnostics.Add(Diagnostic.ReservedName(key.Span, "a style", name, "a fragment"));
            }

            DefinitionMap style = map.Child(name);
            caseless[name] = style.Scalar("caseless");
            styles[name] = ReadText(style, name);
        }

        foreach ((string name, YamlScalar? other) in caseless)
        {
            if (other is not null)
            {
                styles[name] = styles[name] with { Caseless = Caseless(styles, name, other) };
            }
        }

        return styles;
    }

    /// <summary>The style for texts without letters, which must itself be one that has no pattern.</summary>
    private TextStyle? Caseless(Dictionary<string, TextStyle> styles, string name, YamlScalar other)
    {
        if (styles[name].Pattern is { IgnoreCase: true } && styles.GetValueOrDefault(other.Value) is { Pattern: null } style)
        {
            return style;
        }

        diagnostics.Add(Diagnostic.BackendValue(other.Span, "caseless", "in a style whose 'pattern' has 'ignore_case', a style of 'texts' that has no 'pattern'")
            .WithHint(Suggestion.For(other.Value, styles.Keys)));
        return null;
    }

    /// <summary>Reads one text style.</summary>
    /// <param name="map">Its map.</param>
    /// <param name="name">Its name, for messages.</param>
    public TextStyle ReadText(DefinitionMap map, string name)
    {
        PatternStyle? pattern = map.Has("pattern") ? ReadPattern(map.Child("pattern")) : null;
        string escaped = map.Text("escaped") ?? "";
        var style = new TextStyle
        {
            Open = map.Text("open") ?? "",
            Close = map.Text("close") ?? "",
            Escape = escaped.Length > 0 || map.Has("parameters") ? map.RequiredFilled("escape") : map.Filled("escape") ?? "",
            Escaped = escaped,
            Replacements = ReadReplacements(map),
            Many = map.Filled("many"),
            One = map.Filled("one"),
            LiteralMany = map.Filled("literal_many"),
            LiteralOne = map.Filled("literal_one"),
            Impossible = map.Text("impossible") ?? "",
            Fits = map.WholePattern("fits"),
            Control = map.Text("control"),
            Parameters = map.Pattern("parameters"),
            Networks = map.Flag("networks"),
            Anywhere = map.Flag("anywhere"),
            Lower = map.Flag("lower"),
            AsciiCase = map.Flag("ascii_case"),
            Longest = ReadLength(map),
            Pattern = pattern,
        };
        map.ReportUnknown([]);
        CheckWildcards(map, style);
        if (StyleCheck.WhyUnsafe(style) is { } why)
        {
            diagnostics.Add(Diagnostic.UnsafeStyle(map.Span, name, why));
        }

        // A style that says nothing of a sign that ends its texts has no way to write it in one.
        while (pattern is null && StyleCheck.OpenEnd(style) is { } end)
        {
            style = style.Without(end);
        }

        return style;
    }

    /// <summary>No control character is written unchanged, so nothing becomes a text that has one.</summary>
    private Replacements ReadReplacements(DefinitionMap map)
    {
        IReadOnlyList<KeyValuePair<string, string>> pairs = map.Pairs("replace");
        if (pairs.Any(pair => ControlCharacters.In(pair.Value)))
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf("replace"), "replace", "a map to strings without control characters"));
        }

        return new Replacements(pairs);
    }

    /// <summary>
    /// What is written alike is read alike: a literal sign is no wildcard, and one character is not any number of them. Blanks are no
    /// wildcard, but a gap between words.
    /// </summary>
    private void CheckWildcards(DefinitionMap map, TextStyle style)
    {
        (string, string?, string?[])[] signs =
            [("one", style.One, [style.Many]), ("literal_many", style.LiteralMany, [style.Many, style.One]), ("literal_one", style.LiteralOne, [style.Many, style.One])];
        foreach ((string key, string? written, string?[] others) in signs)
        {
            if (!string.IsNullOrWhiteSpace(written) && others.Contains(written))
            {
                diagnostics.Add(Diagnostic.BackendValue(map.SpanOf(key), key, "written in another way than a wildcard; leave it out if the language has no other"));
            }
        }
    }

    private TextLength? ReadLength(DefinitionMap map)
    {
        if (map.Filled("longest") is not { } text)
        {
            return null;
        }

        var length = TextLength.Read(text);
        if (length is null)
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf("longest"), "longest", "a number of bytes or characters, such as '50000 bytes'"));
        }

        return length;
    }

    /// <summary>Reads <c>regex</c>: how a rule's regular expressions are written.</summary>
    public RegexStyle ReadRegex(DefinitionMap map, IReadOnlyDictionary<string, TextStyle> texts)
    {
        TextStyle? text = null;
        if (map.Filled("text") is { } name && (!texts.TryGetValue(name, out text) || text.Pattern is not null))
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf("text"), "text", "a style of 'texts' that has no 'pattern'").WithHint(Suggestion.For(name, texts.Keys)));
        }

        var style = new RegexStyle(ReadDialect(map), ReadReplacements(map), map.Flag("escape_slash"), ReadNumber(map.Scalar("groups_before"), "groups_before"))
        {
            Text = text,
            Longest = ReadExpressionLength(map),
            Anchored = map.Flag("anchored"),
            DotAll = map.Flag("dot_all"),
            MoreLineEnds = map.Flag("more_line_ends"),
        };
        foreach (string key in (string[])["anchored", "dot_all"])
        {
            if (map.Flag(key) && style.Dialect is not (RegexDialect.Re2 or RegexDialect.Java or RegexDialect.Postgres))
            {
                diagnostics.Add(Diagnostic.BackendValue(map.SpanOf(key), key, "left out: only the dialects re2, java and postgres have it"));
            }
        }

        if (style.MoreLineEnds && style.Dialect is not RegexDialect.Re2)
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf("more_line_ends"), "more_line_ends", "left out: only the dialect re2 has it"));
        }

        map.ReportUnknown([]);
        return style;
    }

    private ExpressionLength? ReadExpressionLength(DefinitionMap map)
    {
        if (map.Filled("longest") is not { } text)
        {
            return null;
        }

        var length = ExpressionLength.Read(text);
        if (length is null)
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf("longest"), "longest", "a whole number of characters, or a number of bytes such as '1000 bytes'"));
        }

        return length;
    }

    private int? ReadNumber(YamlScalar? scalar, string name)
    {
        if (scalar is null)
        {
            return null;
        }

        if (int.TryParse(scalar.Value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number))
        {
            return number;
        }

        diagnostics.Add(Diagnostic.BackendValue(scalar.Span, name, "a whole number"));
        return null;
    }

    private PatternStyle ReadPattern(DefinitionMap map)
    {
        var pattern = new PatternStyle(ReadDialect(map), map.Flag("ignore_case"), map.Flag("whole")) { Longest = ReadExpressionLength(map), Bare = map.Flag("bare") };
        map.ReportUnknown([]);
        return pattern;
    }

    private RegexDialect ReadDialect(DefinitionMap map)
    {
        string name = map.Required("dialect");
        if (Dialects.TryGetValue(name, out RegexDialect dialect))
        {
            return dialect;
        }

        diagnostics.Add(Diagnostic.BackendValue(map.SpanOf("dialect"), "dialect", "one of " + string.Join(", ", Dialects.Keys)));
        return RegexDialect.Pcre;
    }
}
