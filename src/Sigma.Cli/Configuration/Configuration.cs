using Sigma.Checks.Custom;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The settings of one command: what a configuration file and the defaults say. The command line goes before them.</summary>
/// <param name="values">The values by setting; a map's as <c>name=value</c>.</param>
internal sealed class Configuration(SettingValues values)
{
    /// <summary>Checks of one's own.</summary>
    public IReadOnlyList<CustomCheck> Checks => values.Checks ?? [];

    /// <summary>The settings under <c>check</c>, for another command that shows findings.</summary>
    public Configuration Checking => new(values.Checking ?? values);

    /// <summary>Where the values stand.</summary>
    public SettingPlaces Places => values.Places;

    /// <summary>The values of a setting; null if nothing is said.</summary>
    public string[]? Values(string name) => values.GetValueOrDefault(name);

    /// <summary>The value of a setting; null if nothing is said.</summary>
    public string? Value(string name) => Values(name) is [{ } value, ..] ? value : null;

    /// <summary>Whether a flag is set.</summary>
    public bool Has(string name) => Value(name) == "true";

    /// <summary>Puts the settings where the command line says nothing.</summary>
    public TargetSettings Complete(TargetSettings given) => given with
    {
        Targets = Or(given.Targets, "targets"),
        Pipelines = given.Pipelines with
        {
            Pipelines = Or(given.Pipelines.Pipelines, "pipelines"),
            Variables = Or(given.Pipelines.Variables, "variables"),
        },
        WithoutPipeline = given.WithoutPipeline || Has("without-pipeline"),
        Options = Or(given.Options, "options"),
        Backends = given.Backends ?? Value("backends"),
        Overrides = values.Overrides ?? [],
        Places = values.Places,
    };

    /// <summary>Puts the settings where the command line says nothing, for a command whose queries have a target and a format.</summary>
    /// <param name="given">What the command line says.</param>
    /// <param name="diagnostics">Receives an error if no target is given.</param>
    public TargetSettings CompleteForQueries(TargetSettings given, List<Diagnostic> diagnostics)
    {
        TargetSettings complete = Complete(given);
        if (complete.Unmapped is null && Value("unmapped") is { } unmapped)
        {
            complete = complete with { Unmapped = UnmappedWords.Read(unmapped) };
        }

        // A file that cannot be read may name them.
        if (complete.Targets.Length == 0 && !diagnostics.Any(diagnostic => diagnostic.Severity is Severity.Error))
        {
            diagnostics.Add(Diagnostic.NoTarget(null));
        }

        return complete with { Format = complete.Format ?? Value("format") };
    }

    /// <summary>Puts the settings where the command line says nothing.</summary>
    public RuleSettings Complete(RuleSettings given) => given with { Filters = Or(given.Filters, "filter") };

    /// <summary>Puts the settings where the command line says nothing.</summary>
    public MessageSettings Complete(MessageSettings given) => given with { Strict = given.Strict || Has("strict") };

    private string[] Or(string[] given, string name) => given.Length > 0 ? given : Values(name) ?? [];
}
