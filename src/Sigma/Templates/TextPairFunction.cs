using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Sigma.Templates;

/// <summary>A function of two texts that templates can call; see <see cref="TextFunction"/>.</summary>
/// <param name="function">What it does.</param>
internal sealed class TextPairFunction(Func<string, string, string> function) : IScriptCustomFunction
{
    /// <inheritdoc/>
    public int RequiredParameterCount => 2;

    /// <inheritdoc/>
    public int ParameterCount => 2;

    /// <inheritdoc/>
    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    /// <inheritdoc/>
    public Type ReturnType => typeof(string);

    /// <inheritdoc/>
    public ScriptParameterInfo GetParameterInfo(int index) => new(typeof(string), index == 0 ? "first" : "second");

    /// <inheritdoc/>
    public object Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        function(context.ObjectToString(arguments[0]) ?? "", context.ObjectToString(arguments[1]) ?? "");

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        ValueTask.FromResult<object?>(Invoke(context, callerContext, arguments, blockStatement));
}
