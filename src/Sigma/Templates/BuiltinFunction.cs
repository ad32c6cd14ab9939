using System.Collections;
using Scriban;
using Scriban.Functions;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;
using Sigma.Text;

namespace Sigma.Templates;

/// <summary>
/// One of Scriban's own functions, called without asking the runtime about it: the first call in Scriban's way looks up all of
/// them by reflection, which takes longer than to convert a rule. Those are here that formats use most, and those that cut a text: half of
/// a surrogate pair, which would be no character, is left out.
/// </summary>
/// <param name="parameters">The types of its parameters.</param>
/// <param name="required">How many of them must be given.</param>
/// <param name="call">The function.</param>
internal sealed class BuiltinFunction(Type[] parameters, int required, Func<BuiltinCall, object?> call) : IScriptCustomFunction
{
    private static readonly Type Text = typeof(string);
    private static readonly Type Any = typeof(object);
    private static readonly Type List = typeof(IEnumerable);

    /// <summary>Those of the family <c>string</c>.</summary>
    public static IReadOnlyDictionary<string, BuiltinFunction> OfTexts { get; } = new Dictionary<string, BuiltinFunction>(StringComparer.Ordinal)
    {
        ["contains"] = new([Text, Text], 2, static call => StringFunctions.Contains(call.Text(0), call.Text(1))),
        ["ends_with"] = new([Text, Text], 2, static call => StringFunctions.EndsWith(call.Text(0), call.Text(1))),
        ["pad_left"] = new([Text, typeof(int)], 2, static call => StringFunctions.PadLeft(call.Context, call.Text(0), call.Number(1) ?? 0)),
        ["remove"] = new([Text, Text], 2, static call => StringFunctions.Remove(call.Text(0), call.Text(1))),
        ["replace"] = new([Text, Text, Text], 3, static call => StringFunctions.Replace(call.Context, call.Text(0), call.Text(1), call.Text(2))),
        ["slice"] = new([Text, Any, Any], 2, static call => SurrogatePairs.WithoutHalves(StringFunctions.Slice(call.Text(0), call.Number(1) ?? 0, call.Number(2)))),
        ["split"] = new([Text, Text], 2, static call => StringFunctions.Split(call.Text(0), call.Text(1))),
        ["starts_with"] = new([Text, Text], 2, static call => StringFunctions.StartsWith(call.Text(0), call.Text(1))),
        ["strip"] = new([Text], 1, static call => StringFunctions.Strip(call.Text(0))),
        ["truncate"] = new([Text, typeof(int), Text], 2, static call => SurrogatePairs.WithoutHalves(StringFunctions.Truncate(call.Text(0), call.Number(1) ?? 0, call.Text(2)))),
    };

    /// <summary>Those of the family <c>array</c>.</summary>
    public static IReadOnlyDictionary<string, BuiltinFunction> OfLists { get; } = new Dictionary<string, BuiltinFunction>(StringComparer.Ordinal)
    {
        ["add"] = new([List, Any], 2, static call => ArrayFunctions.Add(call.Context, call.Span, call.List(0), call[1]!)),
        ["concat"] = new([List, List], 2, static call => ArrayFunctions.Concat(call.Context, call.Span, call.List(0), call.List(1))),
        ["each"] = new([List, Any], 2, static call => ArrayFunctions.Each(call.Context, call.Span, call.List(0), call[1]!)),
        ["join"] = new([List, Text, Any], 2, static call => ArrayFunctions.Join(call.Context, call.Span, call.List(0), call.Text(1), call[2]!)),
        ["size"] = new([List], 1, static call => ArrayFunctions.Size(call.Context, call.Span, call.List(0))),
    };

    /// <summary>Those of the family <c>regex</c>.</summary>
    public static IReadOnlyDictionary<string, BuiltinFunction> OfExpressions { get; } = new Dictionary<string, BuiltinFunction>(StringComparer.Ordinal)
    {
        ["match"] = new([Text, Text, Text], 2, static call => RegexFunctions.Match(call.Context, call.Text(0), call.Text(1), call.Text(2))),
        ["replace"] = new([Text, Text, Text, Text], 3, static call => RegexFunctions.Replace(call.Context, call.Text(0), call.Text(1), call.Text(2), call.Text(3))),
    };

    /// <inheritdoc/>
    public int RequiredParameterCount => required;

    /// <inheritdoc/>
    public int ParameterCount => parameters.Length;

    /// <inheritdoc/>
    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    /// <inheritdoc/>
    public Type ReturnType => Any;

    /// <inheritdoc/>
    public ScriptParameterInfo GetParameterInfo(int index) =>
        index < required ? new(parameters[index], "value") : new ScriptParameterInfo(parameters[index], "value", null!);

    /// <inheritdoc/>
    public object Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        call(new BuiltinCall(context, callerContext?.Span ?? default, arguments))!;

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        ValueTask.FromResult<object?>(Invoke(context, callerContext, arguments, blockStatement));
}

/// <summary>A call of one of Scriban's own functions; what is not given is null.</summary>
/// <param name="Context">The template's context.</param>
/// <param name="Span">The position of the call.</param>
/// <param name="Arguments">What is given.</param>
internal readonly record struct BuiltinCall(TemplateContext Context, SourceSpan Span, ScriptArray Arguments)
{
    /// <summary>An argument.</summary>
    public object? this[int index] => index < Arguments.Count ? Arguments[index] : null;

    /// <summary>An argument as a text.</summary>
    public string Text(int index) => this[index] is { } value ? Context.ObjectToString(value)! : null!;

    /// <summary>An argument as a number.</summary>
    public int? Number(int index) => this[index] is { } value ? Context.ToInt(Span, value) : null;

    /// <summary>An argument as a list.</summary>
    public IEnumerable List(int index) => this[index] is IEnumerable list ? list : (IEnumerable)Context.ToList(Span, this[index])!;
}

/// <summary>A family of Scriban's own functions: those above, and the others as Scriban makes them when one is asked for.</summary>
/// <param name="few">Those above.</param>
/// <param name="makeAll">Makes all of the family.</param>
internal sealed class BuiltinFamily(IReadOnlyDictionary<string, BuiltinFunction> few, Func<ScriptObject> makeAll) : ScriptObject(0, false)
{
    private ScriptObject? all;

    /// <inheritdoc/>
    public override bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        if (few.TryGetValue(member, out BuiltinFunction? function))
        {
            value = function;
            return true;
        }

        all ??= makeAll();
        return all.TryGetValue(context, span, member, out value);
    }

    /// <inheritdoc/>
    public override bool Contains(string member) => few.ContainsKey(member) || (all ??= makeAll()).Contains(member);

    /// <inheritdoc/>
    public override bool CanWrite(string member) => false;
}
