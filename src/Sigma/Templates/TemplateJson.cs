using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Sigma.Templates;

/// <summary>Writes a template's values as JSON, in ASCII only: <c>json</c> and <c>tojson</c>, and <c>yaml</c>, whose strings differ.</summary>
/// <param name="scalarsAsTexts">Whether numbers, booleans and null are JSON strings too, as <c>json</c> has them; null is the empty one.</param>
/// <param name="quote">Writes a string; null for JSON's.</param>
internal sealed class TemplateJson(bool scalarsAsTexts, Func<string?, string>? quote = null) : IScriptCustomFunction
{
    /// <summary>Maps and lists inside one another.</summary>
    private const int MaxDepth = 20;

    private readonly Func<string?, string> quote = quote ?? TemplateFunctions.ToJson;

    /// <inheritdoc/>
    public int RequiredParameterCount => 1;

    /// <inheritdoc/>
    public int ParameterCount => 1;

    /// <inheritdoc/>
    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    /// <inheritdoc/>
    public Type ReturnType => typeof(string);

    /// <inheritdoc/>
    public ScriptParameterInfo GetParameterInfo(int index) => new(typeof(object), "value");

    /// <inheritdoc/>
    public object Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
    {
        object? value = arguments[0];
        SourceSpan span = callerContext?.Span ?? default;
        if (scalarsAsTexts && value is not (ScriptObject or ScriptArray or IList))
        {
            return quote(context.ObjectToString(value));
        }

        var output = new StringBuilder();
        Write(output, value, 0, context, span);
        return output.ToString();
    }

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        ValueTask.FromResult<object?>(Invoke(context, callerContext, arguments, blockStatement));

    private void Write(StringBuilder output, object? value, int depth, TemplateContext context, SourceSpan span)
    {
        if (depth > MaxDepth)
        {
            throw new TemplateLimitException(span, null, $"{MaxDepth} maps and lists inside one another");
        }

        if (output.Length > context.LimitToString)
        {
            throw new TemplateLimitException(span, Sigma.Text.Limits.TemplateText, TemplateFailure.Characters(context.LimitToString));
        }

        switch (value)
        {
            case null:
                output.Append("null");
                break;
            case bool truth:
                output.Append(truth ? "true" : "false");
                break;
            case int or long or short or byte or uint or ulong or BigInteger or decimal:
                output.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case double or float:
                double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                output.Append(double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "null");
                break;
            case string text:
                output.Append(quote(text));
                break;
            case IDictionary<string, object?> map:
                WriteAll(output, '{', '}', map, entry => WriteEntry(output, entry.Key, entry.Value, depth, context, span));
                break;
            case KeyValuePair<string, object?> entry:
                output.Append('{');
                WriteEntry(output, "key", entry.Key, depth, context, span);
                output.Append(", ");
                WriteEntry(output, "value", entry.Value, depth, context, span);
                output.Append('}');
                break;
            case IEnumerable list:
                WriteAll(output, '[', ']', list.Cast<object?>(), item => Write(output, item, depth + 1, context, span));
                break;
            default:
                output.Append(quote(context.ObjectToString(value)));
                break;
        }
    }

    private void WriteEntry(StringBuilder output, string key, object? value, int depth, TemplateContext context, SourceSpan span)
    {
        output.Append(quote(key)).Append(": ");
        Write(output, value, depth + 1, context, span);
    }

    private static void WriteAll<T>(StringBuilder output, char open, char close, IEnumerable<T> items, Action<T> write)
    {
        output.Append(open);
        bool first = true;
        foreach (T item in items)
        {
            output.Append(first ? "" : ", ");
            first = false;
            write(item);
        }

        output.Append(close);
    }
}
