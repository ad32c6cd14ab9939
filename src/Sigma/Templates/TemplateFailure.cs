using System.Globalization;
using Scriban.Parsing;
using Scriban.Syntax;
using Sigma.Text;

namespace Sigma.Templates;

/// <summary>Why a template cannot be rendered.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Limit">The limit that it exceeds; null if it is broken.</param>
/// <param name="Raise">How the user raises it; null if that is not possible.</param>
/// <param name="Span">Where in the template.</param>
internal sealed record TemplateFailure(string Message, string? Limit, string? Raise, SourceSpan Span)
{
    /// <summary>Words of Scriban's messages about its own limits, and what the limit is.</summary>
    private static readonly (string Words, Limit? Kind, Func<TemplateLimits, string> Limit)[] Known =
    [
        ("OutputLimit", Limits.TemplateOutput, limits => Number(limits.Output) + " characters of output"),
        ("LimitToString", Limits.TemplateText, limits => Characters(limits.Text)),
        ("LoopLimit", Limits.TemplateSteps, limits => Number(limits.Steps) + " steps of its loops"),
        ("iteration limit", Limits.TemplateSteps, limits => Number(limits.Steps) + " steps of its loops"),
        ("recursive depth limit", null, static _ => Number(TemplateLimits.Calls) + " calls inside one another"),
        ("nested or contains reference loops", null, static _ => "20 maps and lists inside one another"),
        ("maximum supported", null, static _ => "a number of about a million bits"),
        ("Regex engine has timed out", null, static _ => Seconds(TemplateLimits.RegexTime) + " for one regular expression"),
        ("OutOfMemoryException", Limits.TemplateMemory, limits => Bytes(limits.Memory)),
    ];

    /// <summary>Finds out why a template failed.</summary>
    public static TemplateFailure Of(ScriptRuntimeException exception, TemplateLimits limits)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is TemplateLimitException beyond)
            {
                return new TemplateFailure(beyond.Limit, beyond.Limit, beyond.Kind is { } kind ? limits.Set.HowToRaise(kind) : null, beyond.Span);
            }
        }

        string message = exception.OriginalMessage;
        (string Words, Limit? Kind, Func<TemplateLimits, string> Limit) known = Array.Find(Known, limit => message.Contains(limit.Words, StringComparison.Ordinal));
        return new TemplateFailure(message, known.Limit?.Invoke(limits), known.Kind is { } raised ? limits.Set.HowToRaise(raised) : null, exception.Span);
    }

    /// <summary>The finding: the limit, or with the code of what is broken.</summary>
    /// <param name="place">The place in the template.</param>
    /// <param name="broken">Makes the finding of a broken template.</param>
    public Diagnostic At(Span? place, Func<string, Diagnostic> broken) => Limit is null ? broken(Message) : Raise is null ? Diagnostic.TemplateLimit(place, Limit) : Diagnostic.TemplateLimit(place, Limit).WithHint(Raise);

    /// <summary>A limit of one text.</summary>
    public static string Characters(int count) => Number(count) + " characters in one text";

    /// <summary>A limit of memory.</summary>
    public static string Bytes(long count) => Number(count / (1024 * 1024)) + " MB of memory";

    /// <summary>A limit of time.</summary>
    public static string Seconds(TimeSpan time) => Number((long)time.TotalSeconds) + " s";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
