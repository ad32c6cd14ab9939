using Sigma.Text;

namespace Sigma.Templates;

/// <summary>
/// What one rendering of a template may use. Templates come from backends, pipelines, pages and the command line; whoever wrote
/// one must not be able to fill the memory or to keep the machine busy. docs/limits.md lists the numbers.
/// </summary>
/// <param name="Set">The bounds that the user can set, from which the others follow.</param>
/// <param name="Text">The longest text a template may make, in UTF-16 units.</param>
/// <param name="Output">How much it may write, captures included, in UTF-16 units.</param>
/// <param name="Steps">How often its loops may run together, those inside one another and those of functions over lists included.</param>
/// <param name="Memory">How much memory it may ask for, in bytes; what is given back counts too.</param>
/// <param name="Time">How long it may take.</param>
internal sealed record TemplateLimits(Limits Set, int Text, int Output, int Steps, long Memory, TimeSpan Time)
{
    /// <summary>How deep functions and included templates may call one another.</summary>
    public const int Calls = 100;

    /// <summary>How long one regular expression may take.</summary>
    public static TimeSpan RegexTime { get; } = TimeSpan.FromSeconds(1);

    private const long Megabyte = 1024 * 1024;

    /// <summary>For a template that sees one rule or query.</summary>
    public static TemplateLimits OfOne(Limits limits) => Of(limits, 1, 1, 1, 1, 1);

    /// <summary>For a template that sees all rules or queries of a run: a finalizer, a page of the site.</summary>
    public static TemplateLimits OfAll(Limits limits) => Of(limits, 16, 8, 20, 8, 12);

    private static TemplateLimits Of(Limits limits, int text, int output, int steps, int memory, int time) => new(
        limits,
        Times(limits[Limits.TemplateText], text),
        Times(limits[Limits.TemplateOutput], output),
        Times(limits[Limits.TemplateSteps], steps),
        limits[Limits.TemplateMemory] * memory * Megabyte,
        TimeSpan.FromSeconds(limits[Limits.TemplateTime] * time));

    private static int Times(long bound, int factor) => (int)Math.Min(bound * factor, int.MaxValue);
}
