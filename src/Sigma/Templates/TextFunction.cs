using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Sigma.Templates;

/// <summary>
/// A function of one text that templates can call. Scriban's own way asks the runtime about the delegate, which takes longer
/// than to convert a rule.
/// </summary>
/// <param name="function">What it does; null comes from a template that gives nothing.</param>
internal sealed class TextFunction(Func<string?, string> function) : IScriptCustomFunction
{
    /// <inheritdoc/>
    public int RequiredParameterCount => 1;

    /// <inheritdoc/>
    public int ParameterCount => 1;

    /// <inheritdoc/>
    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    /// <inheritdoc/>
    public Type ReturnType => typeof(string);

    /// <inheritdoc/>
    public ScriptParameterInfo GetParameterInfo(int index) => new(typeof(string), "text");

    /// <inheritdoc/>
    public object Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        function(context.ObjectToString(arguments[0]));

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        ValueTask.FromResult<object?>(Invoke(context, callerContext, arguments, blockStatement));
}
