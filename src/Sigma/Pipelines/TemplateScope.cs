using System.Globalization;
using Scriban.Functions;
using Scriban.Runtime;
using Sigma.Templates;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>What the templates of pipelines can use, as nodes and as Scriban's objects.</summary>
internal static class TemplateScope
{
    private static readonly (string Name, IScriptCustomFunction Function)[] Functions =
    [
        ("json", TemplateFunctions.Json),
        ("slug", TemplateFunctions.Slug),

        // The filters of Jinja that templates for queries use most, by Jinja's names.
        ("tojson", TemplateFunctions.ValueJson),
        ("upper", DelegateCustomFunction.CreateFunc<string?, string>(static text => (text ?? "").ToUpperInvariant())),
        ("lower", DelegateCustomFunction.CreateFunc<string?, string>(static text => (text ?? "").ToLowerInvariant())),
        ("trim", DelegateCustomFunction.CreateFunc<string?, string>(static text => (text ?? "").Trim())),
        ("replace", new BuiltinFunction([typeof(string), typeof(string), typeof(string)], 3, static call => StringFunctions.Replace(call.Context, call.Text(0) ?? "", call.Text(1), call.Text(2)))),
        ("join", new BuiltinFunction([typeof(object), typeof(string)], 2, static call => ArrayFunctions.Join(call.Context, call.Span, call[0] as System.Collections.IEnumerable ?? Array.Empty<object>(), call.Text(1), null!))),
        ("length", DelegateCustomFunction.CreateFunc<object?, int>(static items => items is string text ? text.Length : Items(items).Count())),
        ("default", DelegateCustomFunction.CreateFunc<object?, object?, object?>(static (value, other) => value ?? other)),
    ];

    /// <summary>What <c>pipeline</c> is to a template.</summary>
    /// <param name="name">The pipeline's name.</param>
    /// <param name="settings">For the variables.</param>
    /// <param name="state">What <c>set_state</c> left; null if there is no one rule.</param>
    public static YamlMapping OfPipeline(string name, PipelineSettings settings, IReadOnlyDictionary<string, string>? state)
    {
        var entries = new List<YamlEntry>
        {
            new(Text("name"), Text(name)),
            new(Text("vars"), new YamlMapping([.. settings.Variables.Select(pair => new YamlEntry(Text(pair.Key), pair.Value))], Nowhere)),
        };
        if (state is not null)
        {
            entries.Add(new(Text("state"), new YamlMapping([.. state.Select(pair => new YamlEntry(Text(pair.Key), Text(pair.Value)))], Nowhere)));
        }

        return new YamlMapping(entries, Nowhere);
    }

    /// <summary>A map of the things a template can name.</summary>
    public static YamlMapping Of(params ReadOnlySpan<(string Name, YamlNode Value)> things)
    {
        var entries = new List<YamlEntry>();
        foreach ((string name, YamlNode value) in things)
        {
            entries.Add(new YamlEntry(Text(name), value));
        }

        return new YamlMapping(entries, Nowhere);
    }

    /// <summary>A text as a node.</summary>
    public static YamlScalar Text(string text) => new(text, ScalarStyle.DoubleQuoted, Nowhere);

    /// <summary>Several texts as a node.</summary>
    public static YamlSequence Texts(IEnumerable<string> texts) => new([.. texts.Select(Text)], Nowhere);

    /// <summary>The things as Scriban's, with the functions.</summary>
    public static ScriptObject Script(YamlMapping things)
    {
        var scope = (ScriptObject)Convert(things)!;
        foreach ((string name, IScriptCustomFunction function) in Functions)
        {
            scope.SetValue(name, function, true);
        }

        return scope;
    }

    private static Span Nowhere { get; } = new(new SourceText("template", ""), 0, 0);

    private static IEnumerable<object?> Items(object? items) => (items as System.Collections.IEnumerable)?.Cast<object?>() ?? [];

    private static object? Convert(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping map:
                var members = new ScriptObject();
                foreach (YamlEntry entry in map.Entries)
                {
                    members[entry.Name] = Convert(entry.Value);
                }

                return members;
            case YamlSequence list:
                return new ScriptArray(list.Items.Select(Convert));
            case YamlScalar scalar:
                return ScalarType.Of(scalar) switch
                {
                    ScalarType.Null => null,
                    ScalarType.Boolean => scalar.Value[0] is 't' or 'T',
                    ScalarType.Number => Number(scalar.Value),
                    _ => scalar.Value,
                };
            default:
                throw new System.Diagnostics.UnreachableException(node.GetType().Name);
        }
    }

    /// <summary>A number, where no digit of it is lost.</summary>
    private static object Number(string written)
    {
        string? number = ScalarTypes.CanonicalNumber(written);
        return long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole
            : double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && real.ToString("R", CultureInfo.InvariantCulture) == number ? real
            : written;
    }
}
