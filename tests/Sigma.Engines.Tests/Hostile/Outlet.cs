using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Engines.Tests.OwnRules;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>What became of a rule for an outlet: its output, or no output and the reason that was given.</summary>
internal sealed record Output(HostileRule Rule, string? Text, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>The conversion's target was set up with this option, by name.</summary>
    public string? Option { get; init; }
}

/// <summary>One way out: a target in a format, a page, a record. It knows what reads it.</summary>
internal abstract class Outlet(string name)
{
    /// <summary>The places of which the text reaches every outlet.</summary>
    protected static readonly IReadOnlyList<Place> OfQueries =
    [
        Place.Value, Place.Value, Place.Value, Place.Field, Place.Field, Place.Keyword, Place.Keyword, Place.GroupBy, Place.CountField, Place.ShownField,
        Place.Detection, Place.Name, Place.Category, Place.Product, Place.Service, Place.LogName, Place.Channel, Place.Title, Place.Id,
    ];

    private readonly Lock learning = new();
    private readonly Dictionary<string, int> most = new(StringComparer.Ordinal);
    private HashSet<string>? learnt;

    public string Name => name;

    /// <summary>The places that reach it; twice is more often.</summary>
    public virtual IReadOnlyList<Place> Places => OfQueries;

    /// <summary>How many of a hundred of the combinations that the most common outlet gets.</summary>
    public virtual int Share => 100;

    /// <summary>Whether a real shell reads it, many commands at once.</summary>
    public virtual bool IsCommand => false;

    /// <summary>What comes out for a rule.</summary>
    public abstract Output Write(HostileRule rule);

    /// <summary>Reads an output the way its language's own reader does.</summary>
    /// <exception cref="Unreadable">The reader refuses it.</exception>
    public abstract Reading Read(Output output);

    /// <summary>Reads what a real shell has made of a command.</summary>
    public virtual Reading Read(Output output, Readers.ShellCall call) => throw new NotSupportedException(Name);

    /// <summary>What is wrong with a reading beyond its structure: texts that are not what was put in. Null for nothing.</summary>
    public virtual string? Misread(Output output, Reading reading) => null;

    /// <summary>Remembers the structure that plain rules have. It is the same for every run, so only the first one asks for it.</summary>
    public void Learn(Func<IEnumerable<Reading>> readings)
    {
        lock (learning)
        {
            if (learnt is null)
            {
                var structure = new HashSet<string>(StringComparer.Ordinal);
                foreach (var reading in readings())
                {
                    structure.UnionWith(reading.Structure);
                    foreach (var (what, count) in reading.Counts)
                    {
                        most[what] = Math.Max(most.GetValueOrDefault(what), count);
                    }
                }

                learnt = structure;
            }
        }
    }

    /// <summary>What of a reading no plain rule has.</summary>
    public string? Strange(Reading reading) =>
        reading.Structure.FirstOrDefault(part => !learnt!.Contains(part)) is { } part ? $"no plain rule has this: {part}"
        : reading.Counts.FirstOrDefault(count => count.Value > most.GetValueOrDefault(count.Key)) is { Key: not null } more ? $"{more.Value} {more.Key}, of which plain rules have {most.GetValueOrDefault(more.Key)} at most"
        : null;

    public override string ToString() => Name;
}

/// <summary>A target's format.</summary>
internal abstract class QueryOutlet(string name, string target, string? format, params string[] options) : Outlet(name)
{
    private const string StatePipeline = "name: p\npriority: 10\ntransformations:\n    - {id: s, type: set_state, key: index, val: ";

    /// <summary>The format's name; null for the default one.</summary>
    protected string? Format => format;

    /// <summary>Options that the outlet always has.</summary>
    protected virtual (string Name, string Value)[] Given => [];

    /// <summary>Whether the target's own pipelines run.</summary>
    protected virtual bool HasPipelines => true;

    /// <summary>Pipelines that run in place of the target's own; null for none.</summary>
    protected virtual IReadOnlyList<Pipeline>? Others => null;

    private CompilerTarget? prepared;

    private CompilerTarget Plain => prepared ??= OwnTarget.Of(target, format, Given) is var own && HasPipelines && Others is null ? own : new CompilerTarget(own.Backend, own.Format, Others ?? []);

    public override IReadOnlyList<Place> Places => options.Length == 0 ? base.Places : [.. base.Places, Place.Option];

    public override Output Write(HostileRule rule)
    {
        var option = rule.Has(Place.Option) && !rule.Has(Place.State) && options.Length > 0 ? options[(uint)rule[Place.Option].Length % (uint)options.Length] : null;
        var diagnostics = new List<Diagnostic>();
        var compilerTarget = rule.Has(Place.State) ? WithState(rule[Place.State], diagnostics)
            : option is null ? Plain
            : WithOption(option, rule[Place.Option], diagnostics);
        if (compilerTarget is null)
        {
            return new Output(rule, null, diagnostics);
        }

        var conversions = OwnTarget.Convert(compilerTarget, rule.Yaml());
        IReadOnlyList<string> queries = [.. conversions.Select(conversion => conversion.Query).OfType<string>()];
        diagnostics.AddRange(conversions.SelectMany(conversion => conversion.Diagnostics));
        // Where a correlation is refused, the rule it would have counted may have a query of its own.
        return new Output(rule, queries.Count == 0 ? null : queries[0], diagnostics) { Option = option };
    }

    private CompilerTarget? WithOption(string option, string text, List<Diagnostic> diagnostics) =>
        new BackendCatalog().Read(target, new Dictionary<string, string>(Given.ToDictionary(one => one.Name, one => one.Value)) { [option] = text }, diagnostics) is { } backend && !diagnostics.Exists(d => d.Severity is Severity.Error)
            ? new CompilerTarget(backend, Plain.Format.Name is var chosen ? backend.Formats.Single(f => f.Name == chosen) : backend.Formats[0], Plain.Pipelines)
            : null;

    private CompilerTarget? WithState(string text, List<Diagnostic> diagnostics) =>
        PipelineReader.Read(new SourceText("state.yml", StatePipeline + HostileRule.Quoted(text) + "}\n"), "state", diagnostics) is { } pipeline && !diagnostics.Exists(d => d.Severity is Severity.Error)
            ? new CompilerTarget(Plain.Backend, Plain.Format, [pipeline, .. Plain.Pipelines])
            : null;
}
