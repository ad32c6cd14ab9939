using Sigma.Pipelines;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Pipelines;

/// <summary>A small rule behind a pipeline, and how to look at what became of it.</summary>
internal sealed class PipedRule
{
    private const string About = """
        id: 6f3e2987-db24-4c78-a860-b4f4095a7095
        status: test
        level: high
        date: 2026-01-01
        tags: [attack.t1059, attack.execution]
        risk: 9.5
        """;

    private readonly List<Diagnostic> diagnostics = [];

    private PipedRule(string detection, string pipeline, PipelineSettings? settings, PipelineTrace? trace, bool correlation)
    {
        Pipeline = PipelineReader.Read(new SourceText("p.yml", pipeline), "p", diagnostics)!;
        SigmaRule rule = (SigmaRule)Given.Document($"{Given.Head}detection:\n  sel:\n    {detection}\n  condition: sel\n{About}").Document!;
        Run = new PipelineRun(rule, diagnostics, (settings ?? PipelineSettings.Default).For([Pipeline], "splunk", "default", Options))
        {
            Trace = trace,
            IsCorrelation = correlation,
        };
        if (!diagnostics.Exists(d => d.Severity is Severity.Error))
        {
            Run.Apply([Pipeline]);
        }
    }

    /// <summary>The pipeline as read.</summary>
    public Pipeline Pipeline { get; }

    /// <summary>The run at its end.</summary>
    public PipelineRun Run { get; }

    /// <summary>The detections of the rule as they ended.</summary>
    public string Rule => string.Join("; ", Run.Rule.Detections.Select(detection => Show(detection.Body)));

    /// <summary>The codes of what was reported, with the text that each points at.</summary>
    public string Findings => FindingsOf(diagnostics);

    /// <summary>The sentences of what was reported, with their hints.</summary>
    public string Sentences => string.Join("; ", diagnostics.Select(d => d.Hint is null ? d.Message : $"{d.Message} ({d.Hint})"));

    private static Dictionary<string, string> Options { get; } = new() { ["index"] = "main" };

    /// <summary>Runs transformations, each in YAML's flow style, over a rule with one line of detection.</summary>
    public static PipedRule Through(string detection, params string[] items) => Through(detection, null, items);

    /// <summary>The same with permissions and variables.</summary>
    public static PipedRule Through(string detection, PipelineSettings? settings, params string[] items) =>
        new(detection, "transformations:\n" + string.Concat(items.Select(item => $"- {item}\n")), settings, null, false);

    /// <summary>Runs a whole pipeline file.</summary>
    public static PipedRule File(string detection, string pipeline, PipelineSettings? settings = null, PipelineTrace? trace = null, bool correlation = false) =>
        new(detection, pipeline, settings, trace, correlation);

    /// <summary>Writes diagnostics with the text they point at; behind ^ what follows where they point between two characters.</summary>
    public static string FindingsOf(IEnumerable<Diagnostic> diagnostics) => string.Join("; ", diagnostics.Select(d =>
    {
        Span span = d.Span!.Value;
        string following = span.Source.Text[span.Start..];
        int end = following.AsSpan().IndexOfAny(",}]\n");
        return $"{d.Code.Id} {(span.Length > 0 ? span.Characters.ToString() : "^" + (end < 0 ? following : following[..end]))}";
    }));

    /// <summary>Writes a detection in a short form of its own.</summary>
    public static string Show(Detection detection) => detection switch
    {
        AllOfDetection all => all.Items.Length == 1 ? Show(all.Items[0]) : "(" + string.Join(" and ", all.Items.Select(Show)) + ")",
        AnyOfDetection any => any.Items.Length == 1 ? Show(any.Items[0]) : "(" + string.Join(" or ", any.Items.Select(Show)) + ")",
        DetectionItem item => (item.Negated ? "not " : "") + item.Field + "=" + (item.All ? "all " : "") + string.Join("|", item.Values.Select(Show)),
        _ => throw new System.Diagnostics.UnreachableException(detection.GetType().Name),
    };

    private static string Show(Value value) => value switch
    {
        StringValue text => $"'{text.Text}'" + (text.Cased ? "c" : ""),
        NumberValue number => number.Text,
        BooleanValue truth => truth.Value ? "true" : "false",
        NullValue => "null",
        RegexValue regex => $"/{regex.Pattern.Literal ?? regex.Pattern.ToString()}/{(regex.Flags == Sigma.RegularExpressions.RegexFlags.None ? "" : regex.Flags)}",
        FieldReferenceValue reference => $"->{reference.Field}",
        ExpansionValue expansion => "{" + string.Join(",", expansion.Values.Select(Show)) + "}",
        QueryExpressionValue expression => $"<{expression.Expression}>",
        _ => value.GetType().Name,
    };
}
