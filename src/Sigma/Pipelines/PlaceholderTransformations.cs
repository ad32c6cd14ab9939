using System.Collections.Immutable;
using Sigma.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>Which placeholders a step handles: all, only some, or all but some.</summary>
/// <param name="Names">The names.</param>
/// <param name="Only">Whether these are the only ones, or the ones left out.</param>
internal sealed record PlaceholderChoice(ImmutableArray<string> Names, bool Only)
{
    /// <summary>Reads <c>include</c> or <c>exclude</c>; not both.</summary>
    public static PlaceholderChoice Read(Parameters parameters)
    {
        IReadOnlyList<string> include = parameters.Texts("include");
        IReadOnlyList<string> exclude = parameters.Texts("exclude");
        if (include.Count > 0 && exclude.Count > 0)
        {
            parameters.Diagnostics.Add(Diagnostic.ExclusiveParameters(parameters.Node("exclude")!.Span, parameters.Owner, "include", "exclude"));
        }

        return include.Count > 0 ? new([.. include], true) : new([.. exclude], false);
    }

    /// <summary>Whether the step handles a placeholder.</summary>
    public bool Takes(StringPart part) => part.Kind is PartKind.Placeholder && Names.Contains(part.Text) == Only;
}

/// <summary>
/// Puts texts into the place of placeholders, in texts and in regular expressions. In a regular expression a text stands
/// for its characters, and its wildcards for <c>.*</c> and <c>.</c>.
/// </summary>
internal abstract class PlaceholderReplacement(PlaceholderChoice choice) : ValueTransformation
{
    /// <summary>What a placeholder stands for; none after a report.</summary>
    protected abstract IReadOnlyList<SigmaString> TextsFor(PipelineRun run, PipelineItem item, string name, Span span);

    /// <inheritdoc/>
    protected override Value Change(PipelineRun run, PipelineItem item, DetectionItem leaf, Value value) => value switch
    {
        StringValue text when text.Text.Parts.Any(choice.Takes) =>
            Replace(run, item, text.Text, value, static text => text.Parts, filled => text with { Text = filled }),
        RegexValue regex when regex.Pattern.Parts.Any(choice.Takes) =>
            Replace(run, item, regex.Pattern, value, AsPattern, filled => Checked(run, regex with { Pattern = filled })),
        _ => value,
    };

    private Value Replace(
        PipelineRun run, PipelineItem item, SigmaString text, Value value, Func<SigmaString, IEnumerable<StringPart>> insert, Func<SigmaString, Value> make)
    {
        List<ImmutableList<StringPart>> forms = [[]];
        foreach (StringPart part in text.Parts)
        {
            if (!choice.Takes(part))
            {
                forms = [.. forms.Select(form => form.Add(part))];
                continue;
            }

            IReadOnlyList<SigmaString> texts = TextsFor(run, item, part.Text, value.Span);
            if (texts.Count == 0)
            {
                return value;
            }

            if ((long)forms.Count * texts.Count > run.Settings.Limits[Limits.PlaceholderValues])
            {
                run.Report(run.Settings.Limits.Exceeded(Limits.PlaceholderValues, Diagnostic.TooManyPlaceholderValues, value.Span));
                return value;
            }

            forms = [.. forms.SelectMany(form => texts.Select(replacement => form.AddRange(insert(replacement))))];
        }

        return AnyOf([.. forms.Select(form => make(SigmaString.Of(form)))], value.Span);
    }

    private static IEnumerable<StringPart> AsPattern(SigmaString text) => text.Parts.Select(part => part.Kind switch
    {
        PartKind.Many => new StringPart(PartKind.Literal, ".*"),
        PartKind.One => new StringPart(PartKind.Literal, "."),
        PartKind.Literal => part with { Text = RegexText.Escape(part.Text, RegexDialect.Pcre) },
        _ => part,
    });

    /// <summary>The parser could not judge a pattern with a hole in it.</summary>
    private static RegexValue Checked(PipelineRun run, RegexValue regex)
    {
        if (regex.Pattern.Literal is { } pattern && !RegexPattern.TryParse(pattern, RegexFlags.None, out _, out RegexError? error))
        {
            run.Report(Diagnostic.InvalidRegex(regex.Span, error.Message));
        }

        return regex;
    }
}

/// <summary><c>wildcard_placeholders</c>: a placeholder stands for anything.</summary>
internal sealed class WildcardPlaceholders(PlaceholderChoice choice) : PlaceholderReplacement(choice)
{
    private static readonly SigmaString[] Anything = [SigmaString.Parse("*")];

    /// <summary>Reads <c>include</c> or <c>exclude</c>.</summary>
    public static Transformation Read(Parameters parameters) => new WildcardPlaceholders(PlaceholderChoice.Read(parameters));

    /// <inheritdoc/>
    protected override IReadOnlyList<SigmaString> TextsFor(PipelineRun run, PipelineItem item, string name, Span span) => Anything;
}

/// <summary>
/// <c>value_placeholders</c>: a placeholder stands for the variable of its name, any of its values if it is a list.
/// Wildcards in the values are wildcards.
/// </summary>
internal sealed class ValuePlaceholders(PlaceholderChoice choice) : PlaceholderReplacement(choice)
{
    /// <summary>Reads <c>include</c> or <c>exclude</c>.</summary>
    public static Transformation Read(Parameters parameters) => new ValuePlaceholders(PlaceholderChoice.Read(parameters));

    /// <inheritdoc/>
    protected override IReadOnlyList<SigmaString> TextsFor(PipelineRun run, PipelineItem item, string name, Span span)
    {
        if (!run.Settings.Variables.TryGetValue(name, out YamlNode? node))
        {
            run.Report(Diagnostic.UnknownVariable(span, name));
            return [];
        }

        var texts = new List<SigmaString>();
        foreach (YamlNode entry in node is YamlSequence list ? list.Items : [node])
        {
            if (entry is YamlScalar scalar && ItemValues.OfScalar(scalar) is StringValue or NumberValue)
            {
                texts.Add(SigmaString.Parse(scalar.Value));
            }
            else
            {
                run.Report(Diagnostic.PipelineValue(entry.Span, name, "a string, a number or a list of them", entry.Kind));
                return [];
            }
        }

        if (texts.Count == 0)
        {
            run.Report(Diagnostic.PipelineValue(node.Span, name, "a string, a number or a list of them", "an empty list"));
        }

        return texts;
    }
}

/// <summary>
/// <c>query_expression_placeholders</c>: a value that is nothing but a placeholder becomes a piece of query.
/// </summary>
internal sealed class QueryExpressionPlaceholders(IReadOnlyList<string> aroundIds, IReadOnlyDictionary<string, string> mapping, PlaceholderChoice choice) : ValueTransformation
{
    private const string Field = "{field}";
    private const string Id = "{id}";
    private static readonly string[] Names = [Field, Id];

    /// <summary>Reads <c>expression</c> with <c>{field}</c> and <c>{id}</c>, <c>mapping: {placeholder: id}</c>, <c>include</c> or <c>exclude</c>.</summary>
    public static Transformation? Read(Parameters parameters)
    {
        var mapping = new Dictionary<string, string>(StringComparer.Ordinal);
        if (parameters.Node("mapping") is not null)
        {
            foreach (YamlEntry entry in parameters.Map("mapping").Entries)
            {
                if (parameters.TextsOf("mapping", entry.Value) is [var id])
                {
                    mapping[entry.Name] = id;
                }
            }
        }

        PlaceholderChoice choice = PlaceholderChoice.Read(parameters);
        if (parameters.RequiredScalar("expression") is not { } expression)
        {
            return null;
        }

        return AroundIds(expression, parameters.Diagnostics) is { } pieces ? new QueryExpressionPlaceholders(pieces, mapping, choice) : null;
    }

    /// <summary>
    /// Cuts an expression at each <c>{id}</c>. As in the public format, braces of the text's own stand twice: a name that is misspelt
    /// would stand in the query.
    /// </summary>
    /// <returns>The pieces; null after a report.</returns>
    private static List<string>? AroundIds(YamlScalar expression, List<Diagnostic> diagnostics)
    {
        string text = expression.Value;
        var pieces = new List<string>();
        int begin = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}'))
            {
                continue;
            }

            string? name = Names.FirstOrDefault(known => text.AsSpan(i).StartsWith(known));
            if (name is null && !(i + 1 < text.Length && text[i + 1] == text[i]))
            {
                diagnostics.Add(Diagnostic.PipelineTemplate(expression.SpanOf(i, 1), $"'{text[i]}' begins neither {Field} nor {Id}").WithHint("write it twice to use it literally"));
                return null;
            }

            if (name == Id)
            {
                pieces.Add(text[begin..i]);
                begin = i + Id.Length;
            }

            i += (name?.Length ?? 2) - 1;
        }

        pieces.Add(text[begin..]);
        return pieces;
    }

    /// <inheritdoc/>
    protected override Value Change(PipelineRun run, PipelineItem item, DetectionItem leaf, Value value)
    {
        SigmaString? text = (value as StringValue)?.Text ?? (value as RegexValue)?.Pattern;
        if (text is null || !text.Parts.Any(choice.Takes))
        {
            return value;
        }

        if (value is not StringValue || text.Parts.Length != 1)
        {
            run.Report(Diagnostic.TransformationInput(value.Span, item.Type, "a query expression replaces a whole value, but this value is more than a placeholder"));
            return value;
        }

        string name = text.Parts[0].Text;
        return new QueryExpressionValue(string.Join(Doubled(mapping.GetValueOrDefault(name, name)), aroundIds), value.Span);
    }

    private static string Doubled(string text) => text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}
