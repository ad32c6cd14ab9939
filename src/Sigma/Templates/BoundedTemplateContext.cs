using System.Collections;
using System.Diagnostics;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;
using Sigma.Text;

namespace Sigma.Templates;

/// <summary>
/// Runs a template within <see cref="TemplateLimits"/>. Scriban itself bounds loops, calls and the texts its functions make; what
/// it does not bound is time, memory, and texts that grow step by step, so these are looked at between the steps.
/// </summary>
internal class BoundedTemplateContext : TemplateContext
{
    /// <summary>The number of steps between two checks of time and memory.</summary>
    private const int Interval = 32;

    /// <summary>A list or text of this size may have taken much memory in one step.</summary>
    private const int Large = 16 * 1024;

    private readonly TemplateLimits limits;
    private readonly bool strictMembers;
    private long started;
    private long memory;
    private int steps;

    /// <summary>Creates a context.</summary>
    /// <param name="limits">What a rendering may use.</param>
    /// <param name="strictMembers">Whether asking an object for a member it has not is a mistake, not nothing.</param>
    /// <param name="builtins">The functions there are; null for a new set of them.</param>
    public BoundedTemplateContext(TemplateLimits limits, bool strictMembers, ScriptObject? builtins = null)
        : base(builtins ?? TemplateBuiltins.Create())
    {
        this.limits = limits;
        this.strictMembers = strictMembers;

        // A name that does not exist is a mistake, not nothing.
        StrictVariables = true;
        NewLine = "\n";
        LoopLimit = limits.Steps;
        RecursiveLimit = TemplateLimits.Calls;
        LimitToString = limits.Text;
        OnStringLimit = ScriptLimitBehavior.Throw;
        OutputLimit = limits.Output;
        OnOutputLimit = ScriptLimitBehavior.Throw;
        RegexTimeOut = TemplateLimits.RegexTime;
        EnableNullIndexer = true;
    }

    /// <summary>Renders a template.</summary>
    /// <param name="template">The template, which must be without errors.</param>
    /// <param name="failure">Why it cannot be rendered; the context must not be used again then.</param>
    /// <returns>The text; null with a failure.</returns>
    public string? Render(Scriban.Template template, out TemplateFailure? failure)
    {
        started = Stopwatch.GetTimestamp();
        memory = GC.GetAllocatedBytesForCurrentThread();
        steps = 0;
        try
        {
            failure = null;
            return template.Render(this);
        }
        catch (ScriptRuntimeException exception)
        {
            failure = TemplateFailure.Of(exception, limits);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException or ArithmeticException or InvalidCastException or NotSupportedException)
        {
            // What a function of Scriban's makes of arguments that it does not expect.
            failure = new TemplateFailure(exception.Message, null, null, default);
            return null;
        }
    }

    /// <inheritdoc/>
    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        // A name after a dot is part of the template and can be mistyped; a key in brackets is looked up and may be missing.
        bool outer = EnableRelaxedMemberAccess;
        EnableRelaxedMemberAccess = !strictMembers || scriptNode is ScriptIndexerExpression;
        object? value = base.Evaluate(scriptNode, aliasReturnedFunction);
        EnableRelaxedMemberAccess = outer;
        bool large = value switch
        {
            string text => CheckText(text, scriptNode) > Large,
            ICollection list => list.Count > Large,
            _ => false,
        };
        if (++steps % Interval == 0 || large)
        {
            CheckUse(scriptNode);
        }

        return value;
    }

    /// <inheritdoc/>
    /// <remarks>Scriban reads the entries of a map by reflection, which a native build has not.</remarks>
    protected override IObjectAccessor? GetMemberAccessorImpl(object target) =>
        target is KeyValuePair<string, object> ? EntryAccessor.Instance : base.GetMemberAccessorImpl(target);

    private int CheckText(string text, ScriptNode? node) =>
        text.Length <= limits.Text ? text.Length : throw new TemplateLimitException(node?.Span ?? default, Limits.TemplateText, TemplateFailure.Characters(limits.Text));

    private void CheckUse(ScriptNode? node)
    {
        if (GC.GetAllocatedBytesForCurrentThread() - memory > limits.Memory)
        {
            throw new TemplateLimitException(node?.Span ?? default, Limits.TemplateMemory, TemplateFailure.Bytes(limits.Memory));
        }

        if (Stopwatch.GetElapsedTime(started) > limits.Time)
        {
            throw new TemplateLimitException(node?.Span ?? default, Limits.TemplateTime, TemplateFailure.Seconds(limits.Time));
        }
    }

    /// <summary>An entry of a map, <c>{{ for entry in state }}{{ entry.key }}</c>.</summary>
    private sealed class EntryAccessor : IObjectAccessor
    {
        public static EntryAccessor Instance { get; } = new();

        public bool HasIndexer => false;

        public Type IndexType => typeof(string);

        public int GetMemberCount(TemplateContext context, SourceSpan span, object target) => 2;

        public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => ["key", "value"];

        public bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => member is "key" or "value";

        public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
        {
            var entry = (KeyValuePair<string, object?>)target;
            value = member == "key" ? entry.Key : entry.Value;
            return HasMember(context, span, target, member);
        }

        public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value) => false;

        public bool TryGetItem(TemplateContext context, SourceSpan span, object target, object index, out object? value)
        {
            value = null;
            return false;
        }

        public bool TrySetItem(TemplateContext context, SourceSpan span, object target, object index, object? value) => false;
    }
}

/// <summary>A template asks for more than it may have.</summary>
/// <param name="span">Where in the template.</param>
/// <param name="kind">The limit; null for one that cannot be raised.</param>
/// <param name="limit">More than what.</param>
internal sealed class TemplateLimitException(SourceSpan span, Limit? kind, string limit) : ScriptRuntimeException(span, limit)
{
    /// <summary>The limit; null for one that cannot be raised.</summary>
    public Limit? Kind { get; } = kind;

    /// <summary>More than what.</summary>
    public string Limit { get; } = limit;
}
