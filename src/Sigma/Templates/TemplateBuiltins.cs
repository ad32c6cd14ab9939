using System.Diagnostics.CodeAnalysis;
using Scriban.Functions;
using Scriban.Runtime;

namespace Sigma.Templates;

/// <summary>
/// The functions that Scriban itself gives to templates, under the names of <see cref="BuiltinFunctions"/>, each family made
/// when a template first calls one of it: to make them all takes longer than to convert a rule.
/// </summary>
internal static class TemplateBuiltins
{
    private static readonly Dictionary<string, Func<object?, object?>> Families = new(StringComparer.Ordinal)
    {
        ["array"] = static _ => new BuiltinFamily(BuiltinFunction.OfLists, static () => new ArrayFunctions()),
        ["blank"] = static _ => EmptyScriptObject.Default,
        ["date"] = static _ => new DateTimeFunctions(),
        ["empty"] = static _ => EmptyScriptObject.Default,
        ["html"] = static _ => new HtmlFunctions(),
        ["include"] = static _ => new IncludeFunction(),
        ["include_join"] = static _ => new IncludeJoinFunction(),
        ["math"] = static _ => new MathFunctions(),
        ["object"] = static _ => Objects(),
        ["regex"] = static _ => new BuiltinFamily(BuiltinFunction.OfExpressions, static () => new RegexFunctions()),
        ["string"] = static _ => new BuiltinFamily(BuiltinFunction.OfTexts, static () => new StringFunctions()),
        ["timespan"] = static _ => new TimeSpanFunctions(),
    };

    /// <summary>The names there are.</summary>
    public static IReadOnlyCollection<string> Names => Families.Keys;

    /// <summary>Scriban writes JSON by reflection, which a native build does not have.</summary>
    private static ObjectFunctions Objects()
    {
        var functions = new ObjectFunctions();
        functions.SetValue("to_json", new TemplateJson(scalarsAsTexts: false), readOnly: true);
        return functions;
    }

    /// <summary>Creates the object that holds them.</summary>
    /// <remarks>Scriban finds these few by reflection, so a native build would leave them out unless told.</remarks>
    [DynamicDependency(nameof(DateTimeFunctions.Parse), typeof(DateTimeFunctions))]
    [DynamicDependency(nameof(ObjectFunctions.HasKey), typeof(ObjectFunctions))]
    [DynamicDependency(nameof(ObjectFunctions.HasValue), typeof(ObjectFunctions))]
    [DynamicDependency(nameof(StringFunctions.IndexOf), typeof(StringFunctions))]
    [DynamicDependency(nameof(StringFunctions.Slice), typeof(StringFunctions))]
    [DynamicDependency(nameof(TimeSpanFunctions.Zero), typeof(TimeSpanFunctions))]
    public static ScriptObject Create() => new LazyObject<object?>(Families, null, isReadOnly: true);
}
