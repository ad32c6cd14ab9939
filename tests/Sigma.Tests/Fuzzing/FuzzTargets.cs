using System.Text;
using System.Text.RegularExpressions;
using Sigma.Attack;
using Sigma.Backends;
using Sigma.Cli;
using Sigma.Compilation;
using Sigma.Documentation;
using Sigma.Events.Logs;
using Sigma.Events.Matching;
using Sigma.Events.Testing;
using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Fuzzing;

/// <summary>The table of fuzz targets.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new RuleTarget(), new PipelineTarget(), new BackendTarget(), new FilterTarget(), new ConfigurationTarget(), new CaseTarget(), new EventTarget(), new LogTarget(),
    ];
}

/// <summary>Rules, correlations and the older forms: written, explained, documented, and run on events.</summary>
internal sealed class RuleTarget() : FuzzTarget("rules")
{
    private static readonly Documenter Documents = new(AttackCatalog.BuiltIn, new DataNeeded(EventTypeCatalog.BuiltIn), TriggerCatalog.BuiltIn);
    private static readonly RulePage Page = RulePage.BuiltIn(AttackCatalog.BuiltIn.Version);

    public override bool Try(string input, ulong choice)
    {
        SourceText source = Source(input);
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(source);
        RuleSet rules = RuleSet.Link(documents);
        var compiler = new Compiler([Formats[(int)(choice % (ulong)Formats.Count)]]);
        List<Conversion> conversions = [.. compiler.Convert(documents, rules)];
        if (conversions.Count != documents.Count)
        {
            throw new FuzzFailure($"{conversions.Count} conversions of {documents.Count} documents");
        }

        Check(conversions);
        switch (choice % 16)
        {
            case 0 or 1 or 2:
                foreach (Compilation.Explanation explanation in compiler.Explain(documents, rules))
                {
                    using var output = new MemoryStream();
                    ExplanationRecord.Write(output, "a.yml", explanation);
                    CheckLines(output.ToArray(), 1);
                }

                break;
            case 3 when documents.Count > 0:
                var problems = new List<Diagnostic>();
                Page.Render(Documents.Document(source, documents, conversions), problems);
                problems.Should().BeEmpty();
                break;
            case 4 or 5 or 6 or 7:
                EventTarget.Match(Detector.Create(documents, rules, new DetectorSettings(), (_, diagnostic) => Check([diagnostic])), EventTarget.Known);
                break;
        }

        return documents.Count > 0 && documents.All(document => document.Document is not null && !HasError(document.Diagnostics));
    }

    protected override IEnumerable<string> OwnCorpus() => Texts("rules", "*.yml").Where(text => !text.StartsWith("tests:", StringComparison.Ordinal)).Concat(Texts("samples", "*.rule.yml"));
}

/// <summary>Processing pipelines, and the older configurations, over some rules.</summary>
internal sealed class PipelineTarget() : FuzzTarget("pipelines")
{
    public override int Share => 250;

    /// <remarks>About half of them do.</remarks>
    public override int LeastPast => 45;

    public override bool Try(string input, ulong choice)
    {
        var diagnostics = new List<Diagnostic>();
        Pipeline? pipeline = PipelineReader.Read(Source(input, "p.yml"), "p", diagnostics);
        Check(diagnostics);
        if (pipeline is null && !HasError(diagnostics))
        {
            throw new FuzzFailure("no pipeline and no error");
        }

        if (pipeline is not null && !HasError(diagnostics))
        {
            CompilerTarget format = Formats[(int)(choice % (ulong)Formats.Count)];
            var target = new CompilerTarget(format.Backend, format.Format, [pipeline, .. choice % 3 == 0 ? format.Pipelines : []]);
            foreach (string rule in KnownRules.Some(choice))
            {
                Check(new Compiler([target]).Convert(Source(rule)));
            }
        }

        return !HasError(diagnostics);
    }

    protected override IEnumerable<string> OwnCorpus() =>
        Files(Path.Combine(Repository.Root, "backends"), "*.yml").Where(file => file.Contains("pipelines")).Select(File.ReadAllText).Select(text => text.Length < 20_000 ? text : Some(text)).Concat(Texts("samples/pipelines", "*.yml"));

    // The greatest would take nearly all mutations; their head has all that is particular in them.
    private static string Some(string text) => text[..text.LastIndexOf("\n  - ", 20_000, StringComparison.Ordinal)] + "\n";
}

/// <summary>A target of one's own, and queries that it writes.</summary>
internal sealed class BackendTarget() : FuzzTarget("backends")
{
    public override int Share => 120;

    /// <remarks>The reader checks every key and value, so that two changes are seldom both taken.</remarks>
    public override uint MostChanges => 1;

    /// <remarks>For the same reason fewer get past it.</remarks>
    public override int LeastPast => 35;

    public override bool Try(string input, ulong choice)
    {
        var diagnostics = new List<Diagnostic>();
        Backend? backend = new BackendCatalog([new Folder(input, choice)]).Read("own", new Dictionary<string, string>(), diagnostics);
        Check(diagnostics);
        if (backend is null && !HasError(diagnostics))
        {
            throw new FuzzFailure("no target and no error");
        }

        if (backend is not null && !HasError(diagnostics))
        {
            var target = new CompilerTarget(backend, backend.Formats[(int)(choice % (ulong)backend.Formats.Length)], backend.Pipelines);
            foreach (string rule in KnownRules.Some(choice))
            {
                Check(new Compiler([target]).Convert(Source(rule)));
            }
        }

        return !HasError(diagnostics);
    }

    // A base that others extend is no target, so the line that says so is left out; one without a language is none then either.
    protected override IEnumerable<string> OwnCorpus() =>
        Texts("backends", "backend.yml").Concat(Texts("samples/backends", "backend.yml"))
            .Where(text => !text.Contains("\nabstract: true", StringComparison.Ordinal) || text.Contains("\nexpression:", StringComparison.Ordinal))
            .Select(text => text.Replace("abstract: true\n", "", StringComparison.Ordinal));

    /// <summary>The mutated text with the files that its target has beside it; those of any target, where its title is another one now.</summary>
    private sealed class Folder(string text, ulong choice) : BackendFolder
    {
        private static readonly IReadOnlyList<BackendFolder> Others = BuiltIn;

        private static readonly IReadOnlyList<(string Title, BackendFolder Folder)> Titles =
            [.. BuiltIn.Select(folder => (TitleOf(folder.Read("backend.yml", out _)!.Text), folder)).Where(known => known.Item1 is not null).Select(known => (known.Item1!, known.folder))];

        private readonly BackendFolder? origin = Titles.FirstOrDefault(known => known.Title == TitleOf(text)).Folder;

        public override string Name => "own";

        public override IReadOnlyList<string> Pipelines => [];

        public override SourceText? Read(string path, out Diagnostic? error)
        {
            error = null;
            if (path == "backend.yml")
            {
                return Source(text, "own/backend.yml");
            }

            if (origin is not null)
            {
                return origin.Read(path, out error);
            }

            for (int i = 0; i < Others.Count; i++)
            {
                if (Others[(int)((choice + (ulong)i) % (ulong)Others.Count)].Read(path, out error) is { } found)
                {
                    return found;
                }
            }

            return null;
        }

        // Mutated texts are YAML in braces, with quotes or without.
        private static string? TitleOf(string definition) =>
            Regex.Match(definition, """\btitle"?: *"?([^",}\n]+)""") is { Success: true } title ? title.Groups[1].Value.Trim() : null;
    }
}

/// <summary>Filters, on the rules that they name.</summary>
internal sealed class FilterTarget() : FuzzTarget("filters")
{
    public override int Share => 600;

    public override bool Try(string input, ulong choice)
    {
        IReadOnlyList<ReadDocument> filters = RuleReader.Read(Source(input, "f.yml"));
        foreach (string rule in KnownRules.Some(choice))
        {
            IReadOnlyList<ReadDocument> documents = RuleReader.Read(Source(rule));
            var rules = RuleSet.Link([.. documents, .. filters]);
            Check(new Compiler([Formats[(int)(choice % (ulong)Formats.Count)]]).Convert(documents, rules));
            Check(filters.SelectMany(filter => filter.Diagnostics.Concat(rules.FindingsOf(filter))));
        }

        return filters.Count > 0 && filters.All(filter => filter.Document is not null && !HasError(filter.Diagnostics));
    }

    protected override IEnumerable<string> OwnCorpus() => Texts("rules/filters", "*.yml");
}

/// <summary>Configuration files; nothing that they name is opened here.</summary>
internal sealed class ConfigurationTarget() : FuzzTarget("configurations")
{
    public override bool Try(string input, ulong choice)
    {
        var diagnostics = new List<Diagnostic>();
        new ConfigurationReader(".", contained: true, diagnostics).Read(Source(input, ".sigmac.yml"), SettingTable.Commands[(int)(choice % (ulong)SettingTable.Commands.Count)]);
        Check(diagnostics);
        return !HasError(diagnostics);
    }

    protected override IEnumerable<string> OwnCorpus() => Texts("samples", ".sigmac.yml");
}

/// <summary>Files of cases, run on rules.</summary>
internal sealed class CaseTarget() : FuzzTarget("cases")
{
    public override int Share => 400;

    public override bool Try(string input, ulong choice)
    {
        var diagnostics = new List<Diagnostic>();
        IReadOnlyList<RuleCase> cases = CaseReader.Read(Source(input, "a.tests.yml"), diagnostics);
        Check(diagnostics);
        IReadOnlyList<ReadDocument> documents = RuleReader.Read(Source(KnownRules.Some(choice)[0]));
        if (CaseRunner.Create(documents[0], RuleSet.Link(documents), new DetectorSettings(), []) is { } runner)
        {
            foreach (RuleCase one in cases.Where(one => one.Events is not null))
            {
                if (CaseEvents.Read(one, followLinks: false, diagnostics) is { } events)
                {
                    runner.Run(one, events);
                }
            }

            Check(diagnostics);
        }

        return cases.Count > 0 && !HasError(diagnostics);
    }

    protected override IEnumerable<string> OwnCorpus() => Texts("rules", "*.tests.yml");
}

/// <summary>Events: JSON, lines of it, lists, and what is none, against our rule pack.</summary>
internal sealed class EventTarget() : FuzzTarget("events")
{
    private static readonly Lazy<Detector> Pack = new(() =>
    {
        List<ReadDocument> documents = [.. Repository.Rules.SelectMany(file => RuleReader.Read(Source(File.ReadAllText(file), file)))];
        return Detector.Create(documents, RuleSet.Link(documents), new DetectorSettings(), (_, _) => { });
    });

    /// <summary>The rules of the pack.</summary>
    public static Detector Rules => Pack.Value;

    private static readonly EventFormat[] Kinds = Enum.GetValues<EventFormat>();

    /// <summary>Some events that rules are run on.</summary>
    public static byte[] Known { get; } = File.ReadAllBytes(Path.Combine(Repository.Root, "samples/events/workstation.ndjson"));

    public override int Share => 400;

    public override bool Try(string input, ulong choice)
    {
        string text = (choice % 5) switch
        {
            // As documents of one file each, as a list, and as lines.
            0 => $"[{input.Replace("\n---\n", ",")}]",
            1 => "{\"Records\": [" + input.Replace("\n---\n", ",") + "]}",
            _ => input.Replace("\n---\n", "\n"),
        };
        return Match(Pack.Value, Encoding.UTF8.GetBytes(text), choice % 9 == 0 ? Kinds[(int)(choice / 9 % (ulong)Kinds.Length)] : EventFormat.Auto);
    }

    /// <summary>Runs events through a detector and writes what is found; whether all of them are events.</summary>
    public static bool Match(Detector detector, byte[] events, EventFormat format = EventFormat.Auto, bool recover = false)
    {
        bool isSound = true;
        int read = 0;
        using var output = new MemoryStream();
        using (MatchWriter writer = MatchWriter.Create("ndjson", output))
        {
            CorrelationRun correlations = detector.NewRun();
            EventMatcher matcher = detector.NewMatcher();
            try
            {
                foreach (EventBatch batch in EventInput.Read(new MemoryStream(events), format, recover))
                {
                    batch.Read(
                        EventInput.NewEvent(),
                        (e, line, json) =>
                        {
                            read++;
                            if (matcher.Match(e, line) is { } matched)
                            {
                                foreach (RuleMatch match in matched.Matches.Concat(correlations.Add(matched)))
                                {
                                    writer.Write(match, "a.ndjson", json.IsEmpty ? null : json.ToArray());
                                }
                            }
                        },
                        problem => isSound &= problem.IsOwnFault ? throw new FuzzFailure(problem.Message) : false);
                    batch.Release();
                }
            }
            catch (Exception refused) when (refused is InvalidDataException or NotEventsException)
            {
                // What is no log is refused with its name.
                isSound = false;
            }

            writer.Flush(isLive: true);
        }

        CheckLines(output.ToArray());
        return isSound && read > 0;
    }

    protected override IEnumerable<string> OwnCorpus() =>
        File.ReadLines(Path.Combine(Repository.Root, "samples/events/workstation.ndjson")).Where(line => line.Length > 0);
}

/// <summary>Rules that a pipeline, a target or a filter is tried on: of each kind one.</summary>
internal static class KnownRules
{
    private static readonly IReadOnlyList<string> All = [.. Repository.Rules.Where((_, i) => i % 4 == 0).Select(File.ReadAllText)];

    /// <summary>Two of them.</summary>
    public static IReadOnlyList<string> Some(ulong choice) => [All[(int)(choice % (ulong)All.Count)], All[(int)(choice / 7 % (ulong)All.Count)]];
}
