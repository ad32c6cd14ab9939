namespace Sigma.Backends;

/// <summary>
/// What one rendering of a template may use. Templates come from backends, pipelines, pages and the command line; whoever wrote
/// one must not be able to fill the memory or to keep the machine busy. docs/limits.md lists the numbers.
/// </summary>
/// <param name="Text">The longest text a template may make, in UTF-16 units.</param>
/// <param name="Output">How much it may write, captures included, in UTF-16 units.</param>
/// <param name="Steps">How often its loops may run together, those inside one another and those of functions over lists included.</param>
/// <param name="Memory">How much memory it may ask for, in bytes; what is given back counts too.</param>
/// <param name="Time">How long it may take.</param>
internal sealed record TemplateLimits(int Text, int Output, int Steps, long Memory, TimeSpan Time)
{
    /// <summary>How deep functions and included templates may call one another.</summary>
    public const int Calls = 100;

    /// <summary>How long one regular expression may take.</summary>
    public static TimeSpan RegexTime { get; } = TimeSpan.FromSeconds(1);

    /// <summary>For a template that sees one rule or query.</summary>
    public static TemplateLimits OfOne { get; } = new(16 * 1024 * 1024, 64 * 1024 * 1024, 1_000_000, 512L * 1024 * 1024, TimeSpan.FromSeconds(10));

    /// <summary>For a template that sees all rules or queries of a run: a finalizer, a page of the site.</summary>
    public static TemplateLimits OfAll { get; } = new(256 * 1024 * 1024, 512 * 1024 * 1024, 20_000_000, 4L * 1024 * 1024 * 1024, TimeSpan.FromSeconds(120));
}
