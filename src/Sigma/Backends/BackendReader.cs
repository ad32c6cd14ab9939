using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>Reads a target's folder into a <see cref="Backend"/>, with the user's options put into its templates.</summary>
internal sealed class BackendReader
{
    private const string TextEmitterName = "text";

    /// <summary>The keys of a backend.</summary>
    internal static readonly string[] Keys =
    [
        "title", "description", "aliases", "extends", "abstract", "emitter", "pipelines", "options", "fragments", "expression", "fields", "texts", "shapes",
        "operators", "time_parts", "regex", "stages", "list_limit", "formats", "correlations", "correlation_note", "correlation_timespan_note", "correlation_searches", "correlation_rule_test",
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

    /// <summary>A map with one of these is a shape, which is not merged with another one.</summary>
    private static readonly string[] WholeShape = ["template", "refused", "expand"];

    /// <summary>What says something of a folder alone, not of those that extend it.</summary>
    private static readonly string[] NotInherited = ["aliases", "description", "extends", "abstract"];

    private static readonly IReadOnlyDictionary<string, string> NoValues = new Dictionary<string, string>();

    private readonly BackendFolder folder;
    private readonly Func<string, BackendFolder?> find;
    private readonly List<Diagnostic> diagnostics;

    /// <summary>What the choices of options set.</summary>
    private readonly List<(YamlScalar Key, string Option, string Value)> chosen = [];

    /// <summary>The folder and those it extends, nearest first: what one does not have, the next may.</summary>
    private readonly List<BackendFolder> chain = [];

    private BackendReader(BackendFolder folder, Func<string, BackendFolder?> find, List<Diagnostic> diagnostics)
    {
        this.folder = folder;
        this.find = find;
        this.diagnostics = diagnostics;
    }

    /// <summary>Reads a target.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="find">Finds the folder of a target that this one extends.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The target; null if it cannot be used, after a report.</returns>
    public static Backend? Read(
        BackendFolder folder, Func<string, BackendFolder?> find, IReadOnlyDictionary<string, string> options, List<Diagnostic> diagnostics)
    {
        var found = new List<Diagnostic>();
        Backend? backend = new BackendReader(folder, find, found).Read(options);
        diagnostics.AddRange(found);
        return found.Exists(d => d.Severity is Severity.Error) ? null : backend;
    }

    private Backend? Read(IReadOnlyDictionary<string, string> given)
    {
        if (Root(folder, 0) is not { } root)
        {
            return null;
        }

        var map = new DefinitionMap(root, "the backend", diagnostics);
        ImmutableArray<BackendOption> options = ReadOptions(map.Child("options"));
        IReadOnlyDictionary<string, string> values = Values(options, given);
        var shapes = new ShapeReader(new TemplateWords(values, ReadFragments(map.Child("fragments"), values)), diagnostics);
        IReadOnlyDictionary<string, TextStyle> texts = shapes.ReadTexts(map.Child("texts"));
        DefinitionMap expression = map.Child("expression");
        DefinitionMap fields = map.Child("fields");
        string title = map.Filled("title") ?? folder.Name;
        string emitter = map.Filled("emitter") ?? TextEmitterName;
        var dialect = new Dialect
        {
            Title = title,
            EmitterName = emitter,
            And = emitter == TextEmitterName ? expression.RequiredFilled("and") : expression.Required("and"),
            Or = emitter == TextEmitterName ? expression.RequiredFilled("or") : expression.Required("or"),
            Not = ReadNot(shapes, expression),
            Unknown = shapes.ReadUnknown(expression) ?? false,
            SaysMissing = expression.Has("missing"),
            NullSafe = expression.Has("null_safe") ? shapes.Inner(expression, "null_safe", "condition") : null,
            Group = shapes.Inner(expression, "group", "expression"),
            Everything = expression.Filled("everything") ?? "*",
            Chain = expression.Has("chain") ? ReadNumber(expression, "chain", expression.Required("chain")) : null,
            PlainField = ReadPattern(fields, "plain"),
            ReservedFields = fields.Texts("reserved"),
            RefusedFields = fields.Texts("refused"),
            FieldStyle = fields.Has("quoted") ? shapes.ReadText(fields.Child("quoted"), "quoted") : new TextStyle(),
            FieldExpressionStyle = fields.Has("expression") ? shapes.ReadText(fields.Child("expression"), "expression") : null,
            Texts = texts,
            ShapesByKind = shapes.ReadShapes(map.Child("shapes"), texts),
            Operators = ReadOperators(map.Child("operators")),
            Regex = map.Has("regex") ? shapes.ReadRegex(map.Child("regex"), texts) : null,
            TimeParts = map.Has("time_parts") ? ReadTimeParts(map.Child("time_parts")) : null,
            Stages = shapes.ReadStages(map.Child("stages")),
            ListLimit = map.Has("list_limit") ? ReadLimit(map.Child("list_limit")) : null,
            CorrelationNote = map.Filled("correlation_note"),
            CorrelationTimespanNote = map.Filled("correlation_timespan_note"),
            CorrelationSearches = map.Flag("correlation_searches"),
            CorrelationRuleTest = map.Has("correlation_rule_test") ? shapes.Inner(map, "correlation_rule_test", "rule") : null,
        };
        var backend = new Backend(dialect)
        {
            Name = folder.Name,
            Title = title,
            Description = map.Text("description") ?? "",
            Aliases = [.. map.Texts("aliases")],
            Options = options,
            OptionValues = values,
            Formats = new FormatReader(BackendFolder.Inheriting(chain), options.Select(option => option.Name), diagnostics).Read(map),
            Pipelines = ReadPipelines(map),
        };
        if (!Emitters.Names.Contains(dialect.EmitterName))
        {
            diagnostics.Add(Diagnostic.UnknownEmitter(map.SpanOf("emitter"), dialect.EmitterName).WithHint("use " + string.Join(", ", Emitters.Names)));
        }

        if (emitter != TextEmitterName && Emitters.Names.Contains(emitter) && dialect.Regex is null && !map.Has("regex"))
        {
            map.Missing("regex");
        }

        if (dialect.NullSafe is null && (dialect.Unknown || dialect.ShapesByKind.Values.Any(alternatives => Array.Exists(alternatives, shape => shape.Unknown is true))))
        {
            expression.Missing("null_safe");
        }

        if (dialect.Not is null && dialect.CorrelationRuleTest is not null)
        {
            map.Missing("a 'not' of 'expression' with more than its operand");
        }

        foreach (Shape shape in dialect.ShapesByKind.Values.SelectMany(alternatives => alternatives))
        {
            if (dialect.Regex is null && shape.Template is { } template && Array.Exists(template.Segments, segment => segment.Placeholder is Placeholder.Regex))
            {
                diagnostics.Add(Diagnostic.BackendMissing(shape.Span, "regex"));
            }

            if (shape.Stage is { } stage && !dialect.Stages.ContainsKey(stage))
            {
                diagnostics.Add(Diagnostic.BackendMissing(shape.Span, $"stages: {stage}"));
            }
        }

        map.Text("extends");
        map.Flag("abstract");
        map.ReportUnknown(Keys);
        expression.ReportUnknown([]);
        fields.ReportUnknown([]);
        return backend;
    }

    /// <summary>The backend's own map laid over that of the one it extends; formats are not inherited piece by piece.</summary>
    private YamlMapping? Root(BackendFolder from, int depth)
    {
        chain.Add(from);
        SourceText? source = from.Read("backend.yml", out Diagnostic? error);
        if (error is not null)
        {
            diagnostics.Add(error);
        }

        if (source is null)
        {
            if (error is null)
            {
                diagnostics.Add(Diagnostic.BackendMissing(null, "backend.yml"));
            }

            return null;
        }

        YamlDocument? document = null;
        foreach (YamlDocument read in YamlReader.Read(source))
        {
            diagnostics.AddRange(read.Diagnostics);
            document ??= read;
        }

        if (document?.Root is not YamlMapping root)
        {
            diagnostics.Add(Diagnostic.BackendValue(new Span(source, 0, 0), "backend.yml", "a map"));
            return null;
        }

        if (root["extends"] is not YamlScalar parent || IsRemoved(parent))
        {
            return Lay(root, new YamlMapping([], root.Span), top: true);
        }

        if (depth > 4 || find(parent.Value) is not { } parentFolder)
        {
            diagnostics.Add(Diagnostic.BackendNotFound(parent.Span, parent.Value));
            return root;
        }

        return Root(parentFolder, depth + 1) is { } under ? Lay(root, under, top: true) : null;
    }

    /// <summary>A map laid over another one: key by key, and <c>~</c> takes away what is below.</summary>
    private static YamlMapping Lay(YamlMapping over, YamlMapping under, bool top)
    {
        var entries = new List<YamlEntry>(over.Entries.Count + under.Entries.Count);
        foreach (YamlEntry entry in under.Entries)
        {
            if (over[entry.Name] is null && !(top && NotInherited.Contains(entry.Name)))
            {
                entries.Add(entry);
            }
            else if (over.Find(entry.Name) is { } own && !IsRemoved(own.Value))
            {
                bool whole = entry.Name == "formats" || own.Value is not YamlMapping mine || mine.Entries.Any(e => WholeShape.Contains(e.Name));
                entries.Add(own with { Value = Lay(own.Value, whole ? null : entry.Value) });
            }
        }

        entries.AddRange(over.Entries.Where(e => under[e.Name] is null && !IsRemoved(e.Value)).Select(e => e with { Value = Lay(e.Value, null) }));
        return new YamlMapping(entries, over.Span);
    }

    private static YamlNode Lay(YamlNode over, YamlNode? under) =>
        over is YamlMapping map ? Lay(map, under as YamlMapping ?? new YamlMapping([], map.Span), top: false) : over;

    /// <summary>Whether a value is written as null; a key without any value is a mistake.</summary>
    private static bool IsRemoved(YamlNode node) => node is YamlScalar { Value.Length: > 0 } scalar && ScalarType.Of(scalar) is ScalarType.Null;

    private ImmutableArray<BackendOption> ReadOptions(DefinitionMap map)
    {
        var options = ImmutableArray.CreateBuilder<BackendOption>();
        foreach (YamlScalar key in map.Keys)
        {
            string name = key.Value;
            if (ShapePlaceholders.Names.Contains(name) || ShapePlaceholders.PartNames.Contains(name))
            {
                diagnostics.Add(Diagnostic.ReservedName(key.Span, "an option", name, "a placeholder of templates"));
            }

            DefinitionMap option = map.Child(name);
            var read = new BackendOption(name, option.Text("default") ?? "", option.RequiredFilled("description")) { Pattern = ReadPattern(option, "pattern") };
            if (option.Has("choices"))
            {
                read = ReadChoices(option.Child("choices"), read);
            }

            options.Add(option.Text("takes") is { } takes ? read with { Takes = takes } : read);
            if (!read.Accepts(read.Default))
            {
                diagnostics.Add(Diagnostic.BackendValue(option.SpanOf("default"), "default", "a value that the option allows"));
            }

            option.ReportUnknown([]);
        }

        foreach ((YamlScalar key, string name, string value) in chosen)
        {
            if (options.FirstOrDefault(option => option.Name == name) is not { } option)
            {
                diagnostics.Add(Diagnostic.BackendMissing(key.Span, $"options: {name}"));
            }
            else if (!option.Accepts(value))
            {
                diagnostics.Add(Diagnostic.BackendValue(key.Span, name, "a value that the option allows"));
            }
        }

        return options.DrainToImmutable();
    }

    /// <summary>The words that an option takes, and what other options are with each.</summary>
    private BackendOption ReadChoices(DefinitionMap map, BackendOption option)
    {
        var choices = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (string choice in map.Names)
        {
            var others = new Dictionary<string, string>(StringComparer.Ordinal);
            DefinitionMap values = map.Child(choice);
            foreach (YamlScalar key in values.Keys)
            {
                others[key.Value] = values.Text(key.Value) ?? "";
                chosen.Add((key, key.Value, others[key.Value]));
            }

            choices[choice] = others;
        }

        return option with { Choices = choices, Takes = "one of " + string.Join(", ", choices.Keys) };
    }

    /// <summary>The options' values: what the user gives, what goes with a choice, the default.</summary>
    private IReadOnlyDictionary<string, string> Values(ImmutableArray<BackendOption> options, IReadOnlyDictionary<string, string> given)
    {
        var values = options.ToDictionary(o => o.Name, o => o.Default, StringComparer.Ordinal);
        foreach (BackendOption option in options)
        {
            foreach ((string name, string value) in option.Choices?.GetValueOrDefault(given.GetValueOrDefault(option.Name) ?? option.Default) ?? NoValues)
            {
                values[name] = value;
            }
        }

        foreach ((string name, string value) in given)
        {
            if (!values.ContainsKey(name))
            {
                diagnostics.Add(Diagnostic.UnknownOption(null, folder.Name, name).WithHint(
                    Suggestion.For(name, values.Keys) ?? (values.Count == 0 ? "it has none" : "it has " + string.Join(", ", values.Keys))));
            }

            else if (options.First(option => option.Name == name) is var option && !option.Accepts(value))
            {
                diagnostics.Add(Diagnostic.OptionValue(null, name, option.Takes, value));
            }

            values[name] = value;
        }

        return values;
    }

    /// <summary>A negation; null for one that has nothing but its operand, which says that the language has none.</summary>
    private static Template? ReadNot(ShapeReader shapes, DefinitionMap expression)
    {
        Template not = shapes.Inner(expression, "not", "operand");
        return not.Segments is [{ Placeholder: Placeholder.Inner }] ? null : not;
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

    /// <summary>The names of a language for the parts of a date.</summary>
    private Dictionary<string, string> ReadTimeParts(DefinitionMap map)
    {
        string[] known = [.. Enum.GetNames<TimePart>().Select(name => name.ToLowerInvariant())];
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in map.Names.Where(known.Contains))
        {
            parts[name] = map.RequiredFilled(name);
        }

        map.ReportUnknown(known);
        return parts;
    }

    private static Dictionary<string, string> ReadOperators(DefinitionMap map)
    {
        var operators = new Dictionary<string, string>(DefaultOperators, StringComparer.Ordinal);
        foreach (string name in map.Names.Where(DefaultOperators.ContainsKey))
        {
            operators[name] = map.RequiredFilled(name);
        }

        map.ReportUnknown(DefaultOperators.Keys);
        return operators;
    }

    private Regex? ReadPattern(DefinitionMap map, string name)
    {
        if (map.Text(name) is not { } pattern)
        {
            return null;
        }

        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf(name), name, "a regular expression: " + exception.Message));
            return null;
        }
    }

    private int ReadNumber(DefinitionMap map, string key, string text)
    {
        if (!int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) || number == 0)
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf(key), key, "a whole number above 0"));
        }

        return number;
    }

    private ListLimit ReadLimit(DefinitionMap map)
    {
        int values = ReadNumber(map, "values", map.Required("values"));
        var limit = new ListLimit(values, map.RequiredFilled("note"));
        map.ReportUnknown([]);
        return limit;
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
                pipelines.Add(pipeline);
            }
        }

        return pipelines.DrainToImmutable();
    }

    /// <summary>A pipeline of this folder, of the one it extends, or of none in particular.</summary>
    private SourceText? PipelineSource(string name)
    {
        if (BackendFolder.Inheriting(chain).Read($"pipelines/{name}.yml", out _) is { } own)
        {
            return own;
        }

        return BackendFolder.BuiltIn.Select(other => other.Read($"pipelines/{name}.yml", out _)).FirstOrDefault(text => text is not null)
            ?? SharedPipelines.Open(name);
    }
}
