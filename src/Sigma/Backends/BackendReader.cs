using System.Collections.Immutable;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>Reads a target's folder into a <see cref="Backend"/>, with the user's options put into its templates.</summary>
internal sealed class BackendReader
{
    internal const string TextEmitterName = "text";

    /// <summary>The keys of a backend.</summary>
    internal static readonly string[] Keys =
    [
        "title", "description", "aliases", "known_as", "nearest_to", "extends", "abstract", "emitter", "pipelines", "options", "fragments", "tables", "expression", "fields", "texts", "shapes",
        "operators", "time_parts", "regex", "stages", "variants", "limits", "formats", "correlations", "correlation_note", "correlation_timespan_note", "correlation_columns", "correlation_searches", "correlation_rule_test",
    ];

    private static readonly Dictionary<string, string> DefaultOperators = new(StringComparer.Ordinal)
    {
        ["lt"] = "<",
        ["lte"] = "<=",
        ["gt"] = ">",
        ["gte"] = ">=",
        ["eq"] = "=",
        ["neq"] = "!=",
    };

    private readonly BackendFolder folder;
    private readonly BackendDefinition definition;
    private readonly List<Diagnostic> diagnostics;

    private BackendReader(BackendFolder folder, KnownFolders known, List<Diagnostic> diagnostics)
    {
        this.folder = folder;
        definition = new BackendDefinition(folder, known, diagnostics);
        this.diagnostics = diagnostics;
    }

    /// <summary>Reads a target.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="known">The folders of the targets that it may extend.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The target; null if it cannot be used, after a report.</returns>
    public static Backend? Read(
        BackendFolder folder, KnownFolders known, IReadOnlyDictionary<string, string> options, List<Diagnostic> diagnostics)
    {
        var found = new List<Diagnostic>();
        Backend? backend = new BackendReader(folder, known, found).Read(options);
        if (backend is not null && !folder.IsBuiltIn && !found.Exists(d => d.Severity is Severity.Error))
        {
            new TemplateTrial(backend, found).Run();
        }

        diagnostics.AddRange(folder.IsBuiltIn ? found : found.Select(diagnostic => Attributed(diagnostic, folder.Name)));
        return found.Exists(d => d.Severity is Severity.Error) ? null : backend;
    }

    /// <summary>A mistake at a place of a built-in target is one of the user's own target, which extends it and changes something else.</summary>
    private static Diagnostic Attributed(Diagnostic diagnostic, string name)
    {
        string cause = $"it is right as it is built in; what '{name}' changes makes it wrong";
        return diagnostic.Span is { Source.IsBuiltIn: true } ? diagnostic.WithHint(diagnostic.Hint is null ? cause : $"{diagnostic.Hint}; {cause}") : diagnostic;
    }

    private Backend? Read(IReadOnlyDictionary<string, string> given)
    {
        if (definition.Read() is not { } root)
        {
            return null;
        }

        var map = new DefinitionMap(root, "the backend", diagnostics);
        var optionReader = new OptionReader(folder.Name, diagnostics);
        ImmutableArray<BackendOption> options = optionReader.Read(map.Child("options"));

        // Only the message to an unknown target uses these, which reads no more than them (BackendFolder). Here their form is checked.
        _ = map.Texts("known_as");
        _ = map.Pairs("nearest_to");
        Dictionary<string, string> values = optionReader.Values(options, given);
        var words = new TemplateWords(values, ReadFragments(map.Child("fragments"), values));
        var styles = new StyleReader(words, diagnostics);
        var shapes = new ShapeReader(words, diagnostics);
        IReadOnlyDictionary<string, TextStyle> texts = styles.ReadTexts(map.Child("texts"));
        DefinitionMap expression = map.Child("expression");
        DefinitionMap fields = map.Child("fields");
        string title = map.Filled("title") ?? folder.Name;
        string emitter = map.Filled("emitter") ?? TextEmitterName;
        var dialect = new Dialect
        {
            Title = title,
            EmitterName = emitter,
            And = shapes.Operator(expression, "and", emitter == TextEmitterName),
            Or = shapes.Operator(expression, "or", emitter == TextEmitterName),
            Not = ReadNot(shapes, expression),
            Unknown = shapes.ReadUnknown(expression) ?? false,
            SaysMissing = expression.Has("missing"),
            NullSafe = expression.Has("null_safe") ? shapes.Inner(expression, "null_safe", "condition") : null,
            Group = shapes.Brackets(expression, "group", "expression"),
            Everything = expression.Filled("everything") is null ? "*" : shapes.Words(expression, "everything")!,
            PlainField = fields.WholePattern("plain") ?? (fields.Has("quoted") ? null : FieldNames.Ordinary),
            ReservedFields = fields.Texts("reserved"),
            FieldSeparator = fields.Text("separator"),
            RefusedFields = fields.Texts("refused"),
            LongestField = fields.Has("longest") ? fields.PositiveNumber("longest") : null,
            FieldReplacements = fields.Child("replaced").Replacements(),
            FieldStyle = fields.Has("quoted") ? styles.ReadText(fields.Child("quoted"), "quoted") : emitter == TextEmitterName ? null : new TextStyle(),
            FieldExpressionStyle = fields.Has("expression") ? styles.ReadText(fields.Child("expression"), "expression") : null,
            Texts = texts,
            ShapesByKind = shapes.ReadShapes(map.Child("shapes"), texts),
            Operators = ReadOperators(map.Child("operators")),
            Regex = map.Has("regex") ? styles.ReadRegex(map.Child("regex"), texts) : null,
            TimeParts = map.Has("time_parts") ? ReadTimeParts(map.Child("time_parts")) : null,
            Stages = shapes.ReadStages(map.Child("stages")),
            Limits = LimitReader.Read(map.Child("limits"), diagnostics),
            CorrelationNote = map.Filled("correlation_note"),
            CorrelationTimespanNote = map.Filled("correlation_timespan_note"),
            CorrelationColumns = map.Texts("correlation_columns"),
            CorrelationSearches = map.Flag("correlation_searches"),
            Tables = map.Has("tables") ? ReadTables(map.Child("tables"), shapes, texts, values) : null,
            CorrelationRuleTest = map.Has("correlation_rule_test") ? shapes.Inner(map, "correlation_rule_test", "rule") : null,
        };
        dialect = dialect with { Variants = ReadVariants(map.Child("variants"), shapes, dialect) };
        shapes.CheckNames(map.Node("correlation_timespan_note"), "timespan");
        shapes.CheckNames(map.Node("correlation_columns"), "type", "rule");
        DialectCheck.Check(dialect, map, diagnostics);
        var backend = new Backend(dialect)
        {
            Name = folder.Name,
            Title = title,
            Description = map.Text("description") ?? "",
            Aliases = [.. map.Texts("aliases")],
            Options = options,
            OptionValues = values.AsReadOnly(),
            Folders = definition.Chain,
            Formats = new FormatReader(BackendFolder.Inheriting(definition.Chain), values, diagnostics) { Pipelines = ReadPipelines }.Read(map),
            Pipelines = ReadPipelines(map),
        };
        foreach (QueryFormat format in backend.Formats.Where(format => format.Variant is not null && emitter == TextEmitterName && !dialect.Variants.ContainsKey(format.Variant)))
        {
            diagnostics.Add(Diagnostic.BackendMissing(map.SpanOf("formats"), $"variants: {format.Variant}"));
        }

        map.Text("extends");
        map.Flag("abstract");
        map.ReportUnknown(Keys);
        expression.ReportUnknown([]);
        fields.ReportUnknown([]);
        return backend;
    }

    /// <summary>A negation; null for one that has nothing but its operand, which says that the language has none.</summary>
    private Template? ReadNot(ShapeReader shapes, DefinitionMap expression)
    {
        Template not = shapes.Inner(expression, "not", "operand");
        if (not.Segments is [{ Placeholder: Placeholder.Inner }])
        {
            return null;
        }

        if (not.Segments.All(segment => segment.Literal.All(c => char.IsWhiteSpace(c) || "()[]{}".Contains(c))) && not.Segments.Length > 1)
        {
            diagnostics.Add(Diagnostic.BackendValue(expression.SpanOf("not"), "not", "a negation; '{operand}' alone says that the language has none"));
        }

        return not;
    }

    /// <summary>Named pieces of templates; no option, style or placeholder can have one of their names.</summary>
    private Dictionary<string, YamlScalar> ReadFragments(DefinitionMap map, IReadOnlyDictionary<string, string> options)
    {
        var fragments = new Dictionary<string, YamlScalar>(StringComparer.Ordinal);
        foreach (YamlScalar key in map.Keys)
        {
            string name = key.Value;
            if (ShapePlaceholders.Names.Contains(name) || ShapePlaceholders.PartNames.Contains(name))
            {
                diagnostics.Add(Diagnostic.ReservedName(key.Span, "a fragment", name, "a placeholder of templates"));
            }
            else if (options.ContainsKey(name))
            {
                diagnostics.Add(Diagnostic.ReservedName(key.Span, "a fragment", name, "an option"));
            }
            else if (map.Scalar(name) is { } piece)
            {
                fragments[name] = piece;
            }
        }

        return fragments;
    }

    /// <summary>What a format that names the variant writes otherwise: the shapes of some kinds.</summary>
    private static Dictionary<string, Dialect> ReadVariants(DefinitionMap map, ShapeReader shapes, Dialect dialect)
    {
        var variants = new Dictionary<string, Dialect>(StringComparer.Ordinal);
        foreach (string name in map.Names)
        {
            DefinitionMap variant = map.Child(name);
            variants[name] = dialect.With(shapes.ReadShapes(variant.Child("shapes"), dialect.Texts));
            variant.ReportUnknown([]);
        }

        return variants;
    }

    /// <summary>The names of a language for the parts of a date.</summary>
    private Dictionary<string, string> ReadTimeParts(DefinitionMap map)
    {
        string[] known = [.. Enum.GetNames<TimePart>().Select(name => name.ToLowerInvariant())];
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in map.Names.Where(known.Contains))
        {
            parts[name] = map.RequiredFilled(name);
        }

        DistinctionCheck.Check(map, parts, diagnostics);
        map.ReportUnknown(known);
        return parts;
    }

    private Dictionary<string, string> ReadOperators(DefinitionMap map)
    {
        var operators = new Dictionary<string, string>(DefaultOperators, StringComparer.Ordinal);
        foreach (string name in map.Names.Where(DefaultOperators.ContainsKey))
        {
            operators[name] = map.RequiredFilled(name);
        }

        DistinctionCheck.Check(map, operators, diagnostics);
        map.ReportUnknown(DefaultOperators.Keys);
        return operators;
    }

    /// <summary>What is known of the tables that hold the events.</summary>
    private TableCatalog ReadTables(DefinitionMap map, ShapeReader shapes, IReadOnlyDictionary<string, TextStyle> texts, IReadOnlyDictionary<string, string> options)
    {
        string state = map.RequiredFilled("state");
        string option = map.RequiredFilled("option");
        if (option.Length > 0 && !options.ContainsKey(option))
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf("option"), "option", "the name of an option"));
        }

        var readings = new ColumnReadings(shapes.Inner(map, "typed", "name"), shapes.Inner(map, "json", "name"), shapes.Styled(map, "absent", texts), map.Texts("standard").ToHashSet(StringComparer.Ordinal));
        var catalog = new TableCatalog(state, options.GetValueOrDefault(option, ""), readings);
        string file = map.RequiredFilled("columns");
        if (file.Length > 0 && BackendFolder.Inheriting(definition.Chain).Read(file, out _) is { } source)
        {
            catalog.Read(source, diagnostics);
        }
        else if (file.Length > 0)
        {
            diagnostics.Add(Diagnostic.BackendMissing(map.SpanOf("columns"), file));
        }

        map.ReportUnknown([]);
        return catalog;
    }

    private ImmutableArray<Pipeline> ReadPipelines(DefinitionMap map)
    {
        var pipelines = ImmutableArray.CreateBuilder<Pipeline>();
        foreach (string name in map.Texts("pipelines"))
        {
            SourceText? source = PipelineSource(name);
            if (source is null)
            {
                diagnostics.Add(Diagnostic.BackendMissing(map.SpanOf("pipelines"), $"pipelines/{name}.yml"));
            }
            else if (PipelineReader.Read(source, name, diagnostics) is { } pipeline)
            {
                pipelines.Add(pipeline with { IsOwn = true });
            }
        }

        return pipelines.DrainToImmutable();
    }

    /// <summary>A pipeline of this folder, of the one it extends, or of none in particular.</summary>
    private SourceText? PipelineSource(string name)
    {
        if (BackendFolder.Inheriting(definition.Chain).Read($"pipelines/{name}.yml", out _) is { } own)
        {
            return own;
        }

        return BackendFolder.BuiltIn.Select(other => other.Read($"pipelines/{name}.yml", out _)).FirstOrDefault(text => text is not null)
            ?? SharedPipelines.Open(name);
    }
}
