using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;
using Sigma.Alerts;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>
/// What a format's templates can see and call. To make one takes longer than to render with it, so each is used for one
/// query after another, by one thread at a time.
/// </summary>
internal sealed class RenderScope : ITemplateLoader
{
    private static readonly Dictionary<string, Func<(string Query, QueryContext What, RenderScope Scope), object?>> Members = new(StringComparer.Ordinal)
    {
        ["query"] = static about => about.Query,
        ["rule"] = static about => RenderValues.Rule(about.What.Rule, about.What.WrittenFields, about.What.Settings),
        ["alert"] = static about => AlertObject.Of(about.What.Rule.Metadata, about.What.Ordinal, about.What.Settings),
        ["ordinal"] = static about => about.What.Ordinal,
        ["variant"] = static about => about.Scope.format.Variant,
        ["state"] = static about => RenderValues.Map(about.What.State, new OpenObject()),
        ["frame"] = static about => RenderValues.Lists(about.What.Frame, new OpenObject()),
        ["option"] = static about => RenderValues.Map(about.Scope.backend.OptionValues, new ScriptObject()),
        ["correlation"] = static about => about.What.Measure is { } aggregation
            ? CorrelationObjects.Of(aggregation, about.What.Order, about.Scope.backend.Dialect)
            : null,
        ["searches"] = static about => new ScriptArray(about.What.Searches.Select(search => CorrelationObjects.Of(search, about.What.Measure!, RenderValues.Map(search.State, new OpenObject())))),
    };

    /// <summary>The names that templates have besides the functions of Scriban's own.</summary>
    public static IReadOnlyCollection<string> Names { get; } =
    [
        .. Members.Keys, "statements", "quoted", "json", "yaml", "slug", "field_name", "field_expression", "aggregation_field", "refuse", "refuse_option", "warn", "note",
        .. FormatFunctions.Quoting.Select(function => function.Name), "conf_value", "mustache_text", "object_name", "object_id", "file_name", "query_text",
    ];

    private readonly Backend backend;
    private readonly QueryFormat format;
    private readonly BoundedTemplateContext context;
    private readonly TextFunction fieldName;
    private readonly TextFunction fieldExpression;
    private readonly TextFunction aggregationField;
    private readonly TextFunction quoted;
    private readonly TextFunction confValue;
    private readonly TextFunction mustacheText;
    private readonly TextFunction objectName;
    private readonly TextFunction objectId;
    private readonly TextFunction fileName;
    private readonly TextFunction queryText;
    private readonly TextFunction refuse;
    private readonly TextPairFunction refuseOption;
    private readonly TextFunction warn;
    private readonly TextFunction note;
    private Dialect dialect;
    private Span place;
    private List<ObjectName>? objects;
    private string title = "";
    private bool hasId;
    private List<string>? fileNames;
    private bool counts;
    private List<Diagnostic>? diagnostics;

    /// <summary>Creates a scope for one format of one target.</summary>
    /// <param name="backend">The target.</param>
    /// <param name="format">The format.</param>
    /// <param name="limits">What one rendering may use.</param>
    public RenderScope(Backend backend, QueryFormat format, TemplateLimits limits)
    {
        this.backend = backend;
        this.format = format;
        dialect = backend.Dialect;
        context = new BoundedTemplateContext(limits, strictMembers: true, TemplateBuiltins.Create()) { TemplateLoader = this };
        fieldName = FormatFunctions.FieldName(() => dialect, NoName);
        fieldExpression = FormatFunctions.FieldExpression(() => dialect, NoName);
        aggregationField = new TextFunction(name => name is null ? "" : backend.Dialect.AggregationField(name));
        quoted = new TextFunction(Quoted);
        confValue = new TextFunction(ConfValue);
        mustacheText = new TextFunction(MustacheText);
        objectName = Naming(isId: false);
        objectId = Naming(isId: true);
        fileName = new TextFunction(NamedFile);
        queryText = new TextFunction(MeasuredQuery);
        refuse = Saying((target, text) => counts ? Diagnostic.NoAggregation(place, target, text) : Diagnostic.CannotSay(place, target, "this rule", text));
        refuseOption = new TextPairFunction(RefusedOption);
        warn = Saying((target, text) => Diagnostic.SelectsOther(place, target, text));
        note = Saying((target, text) => Diagnostic.TargetView(place, target, text));
    }

    /// <summary>Whether the template last rendered has told which text is the query, whose length was checked.</summary>
    public bool Measured { get; private set; }

    /// <summary>Renders a template.</summary>
    /// <param name="template">The template, which must be without errors.</param>
    /// <param name="query">The query.</param>
    /// <param name="what">What else the template can use.</param>
    /// <param name="findings">Takes what the template has to say.</param>
    /// <param name="failure">Why the template fails; the scope must not be used again then.</param>
    /// <returns>The text; null if the template fails or refuses.</returns>
    public string? Render(Scriban.Template template, string query, QueryContext what, List<Diagnostic> findings, out TemplateFailure? failure)
    {
        place = what.Place;
        dialect = backend.DialectFor(what.State);
        counts = what.Measure is not null;
        Measured = false;
        objects = what.Objects;
        title = AlertObject.TitleOf(what.Rule.Metadata, what.Ordinal);
        hasId = AlertObject.HasId(what.Rule.Metadata);
        fileNames = what.FileNames;
        return Render(template, Globals(query, what), findings, out failure);
    }

    /// <summary>Renders the template of a text with all queries of a run.</summary>
    /// <param name="template">The template, which must be without errors.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="first">Where the first query is written, for messages.</param>
    /// <param name="findings">Takes what the template has to say.</param>
    /// <param name="failure">Why the template fails; the scope must not be used again then.</param>
    /// <returns>The text; null if the template fails or refuses.</returns>
    public string? RenderDocument(Scriban.Template template, ScriptArray statements, Span first, List<Diagnostic> findings, out TemplateFailure? failure)
    {
        place = first;
        dialect = backend.Dialect;
        counts = false;
        objects = null;
        fileNames = null;
        var globals = new ScriptObject { ["statements"] = statements, ["option"] = RenderValues.Map(backend.OptionValues, new ScriptObject()) };
        AddFunctions(globals);
        return Render(template, globals, findings, out failure);
    }

    private string? Render(Scriban.Template template, ScriptObject globals, List<Diagnostic> findings, out TemplateFailure? failure)
    {
        int before = findings.Count;
        diagnostics = findings;
        context.PushGlobal(globals);
        string? rendered = context.Render(template, out failure);
        if (failure is not null)
        {
            return null;
        }

        context.PopGlobal();
        for (int i = before; i < findings.Count; i++)
        {
            if (findings[i].Severity is Severity.Error)
            {
                return null;
            }
        }

        return rendered;
    }

    /// <inheritdoc/>
    /// <remarks>Only the templates beside the format's own can be opened.</remarks>
    public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) => templateName;

    /// <inheritdoc/>
    public string? Load(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
        (templatePath.Contains("..", StringComparison.Ordinal) || Path.IsPathRooted(templatePath) ? null : format.Include(templatePath)?.Text)
        ?? throw new ScriptRuntimeException(callerSpan, $"there is no template '{templatePath}' to include");

    /// <inheritdoc/>
    public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
        ValueTask.FromResult(Load(context, callerSpan, templatePath));

    /// <summary><c>{{ refuse "why" }}</c>, <c>{{ warn "how" }}</c> and <c>{{ note "what" }}</c>: what a template has to say to the user; nothing goes into the text.</summary>
    private TextFunction Saying(Func<string, string, Diagnostic> say) => new(text =>
    {
        diagnostics!.Add(say(backend.Title, text ?? ""));
        return "";
    });

    /// <summary><c>{{ refuse_option "name" "what it must be" }}</c>: the format cannot use the value of an option. Nothing is wrong with the rule.</summary>
    private string RefusedOption(string name, string expected)
    {
        diagnostics!.Add(Diagnostic.OptionValue(null, name, expected, backend.OptionValues.GetValueOrDefault(name, "")));
        return "";
    }

    /// <summary><c>{{ text | quoted }}</c>: a text as a value of the language, in the style of this name.</summary>
    private string Quoted(string? text)
    {
        if (!dialect.Texts.TryGetValue("quoted", out TextStyle? style) || !Dialect.CanWrite(style, text ?? ""))
        {
            diagnostics!.Add(Diagnostic.CannotSay(place, backend.Title, $"'{text}'", "the language has no way to write it here"));
            return "";
        }

        return Dialect.Written(style, text ?? "");
    }

    /// <summary><c>{{ query | conf_value }}</c>: a text of a .conf file that must not be changed but for its line breaks; refused where it would join the next line.</summary>
    private string ConfValue(string? text)
    {
        string line = ControlCharacters.Blanked(text ?? "");
        if (line.EndsWith('\\'))
        {
            diagnostics!.Add(Diagnostic.CannotSay(place, backend.Title, "a query with a backslash at its end", "in a .conf file it would continue on the next line"));
        }

        return line;
    }

    /// <summary><c>{{ text | mustache_text }}</c>: a text that must not be changed, inside a mustache template; refused where it would begin a tag.</summary>
    private string MustacheText(string? text)
    {
        if (text is not null && Quoting.BeginsTag(text))
        {
            diagnostics!.Add(Diagnostic.CannotSay(place, backend.Title, $"'{text}'", "two braces start a tag in its templates"));
        }

        return text ?? "";
    }

    /// <summary>
    /// <c>{{ name | object_name }}</c> and <c>{{ id | object_id }}</c>: the name itself, made shorter where the system takes no name so
    /// long, and a note that the format makes an object of this name, so that no two of a run get the same.
    /// </summary>
    private TextFunction Naming(bool isId) => new(text =>
    {
        string name = text ?? "";
        if (!isId && format.LongestName is { } longest && !longest.Holds(name))
        {
            name = longest.Shortened(name);
            diagnostics!.Add(Diagnostic.NameShortened(place, format.Makes ?? "object", name, backend.Title, longest.ToString(), text!));
        }

        objects?.Add(new ObjectName(format.Makes ?? "object", name, isId) { Title = isId && hasId ? null : title });
        return name;
    });

    /// <summary><c>{{ text | query_text }}</c>: the text itself, which is the query that the object has; reported where the system takes none so long.</summary>
    private string MeasuredQuery(string? text)
    {
        Measured = true;
        QueryLength.Check(text ?? "", backend, format, place, diagnostics!);
        return text ?? "";
    }

    /// <summary><c>{{ name | file_name }}</c>: the text itself, and a note that the system wants the text in a file of this name.</summary>
    private string NamedFile(string? text)
    {
        fileNames?.Add(text ?? "");
        return text ?? "";
    }

    private void NoName(string field) => diagnostics!.Add(Diagnostic.CannotSay(place, backend.Title, $"the field '{field}'", EmitContext.NoName));

    private LazyObject<(string, QueryContext, RenderScope)> Globals(string query, QueryContext what)
    {
        var globals = new LazyObject<(string, QueryContext, RenderScope)>(Members, (query, what, this), isReadOnly: false);
        AddFunctions(globals);
        return globals;
    }

    private void AddFunctions(ScriptObject globals)
    {
        globals.SetValue("quoted", quoted, true);
        globals.SetValue("json", TemplateFunctions.Json, true);
        globals.SetValue("yaml", TemplateFunctions.Yaml, true);
        globals.SetValue("slug", TemplateFunctions.Slug, true);
        globals.SetValue("field_name", fieldName, true);
        globals.SetValue("field_expression", fieldExpression, true);
        globals.SetValue("aggregation_field", aggregationField, true);
        foreach ((string name, TextFunction function) in FormatFunctions.Quoting)
        {
            globals.SetValue(name, function, true);
        }

        globals.SetValue("conf_value", confValue, true);
        globals.SetValue("mustache_text", mustacheText, true);
        globals.SetValue("object_name", objectName, true);
        globals.SetValue("object_id", objectId, true);
        globals.SetValue("file_name", fileName, true);
        globals.SetValue("query_text", queryText, true);
        globals.SetValue("refuse", refuse, true);
        globals.SetValue("refuse_option", refuseOption, true);
        globals.SetValue("warn", warn, true);
        globals.SetValue("note", note, true);
    }
}
