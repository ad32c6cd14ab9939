using System.Collections.Immutable;
using Sigma.Queries;
using Sigma.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Queries;

/// <summary>Feeds every kind of node through every switch of the passes: a kind that one of them forgets fails here, not at a user's.</summary>
public sealed class NodeCoverageTests
{
    private static readonly Span At = new(new SourceText("a.yml", "x"), 0, 1);

    public static TheoryData<Type> Values() => Kinds<Value>();

    public static TheoryData<Type> Detections() => Kinds<Detection>();

    public static TheoryData<Type> Conditions() => Kinds<ConditionNode>();

    public static TheoryData<Type> Expressions() => Kinds<Expr>();

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_value_is_described_compared_and_normalized(Type type)
    {
        var value = (Value)Make(type);
        ModifierSite.Describe(value).Should().NotBeEmpty();
        var match = new MatchExpr("f", [value], false, At);
        ExprEquality.Instance.Equals(match, match with { Values = [(Value)Make(type)] }).Should().BeTrue();
        ExprEquality.Instance.GetHashCode(match).Should().Be(ExprEquality.Instance.GetHashCode(match));
        Normalizer.Normalize(Rule(Item(value)), new IdentifierCondition("sel", At), []).Should().NotBeNull();
    }

    [Theory]
    [MemberData(nameof(Detections))]
    public void Every_detection_is_normalized_and_changed_by_pipelines(Type type)
    {
        SigmaRule rule = Rule((Detection)Make(type));
        Normalizer.Normalize(rule, new IdentifierCondition("sel", At), []).Should().NotBeNull();
        var diagnostics = new List<Diagnostic>();
        var pipeline = Pipelines.Applied.Read(
            "transformations:\n- type: field_name_mapping\n  mapping: {f: g}\n  rule_conditions:\n    - {type: contains_detection_item, field: f, value: x}\n",
            diagnostics)!;
        new Sigma.Pipelines.PipelineRun(rule, diagnostics).Apply([pipeline]);
        diagnostics.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Every_condition_is_normalized_and_takes_an_added_condition(Type type)
    {
        SigmaRule rule = Rule(Item()) with { Conditions = [new Condition((ConditionNode)Make(type), null, At)] };
        var diagnostics = new List<Diagnostic>();
        var pipeline = Pipelines.Applied.Read("transformations:\n- {type: add_condition, conditions: {a: b}, each_group: true}\n", diagnostics)!;
        var run = new Sigma.Pipelines.PipelineRun(rule, diagnostics);
        run.Apply([pipeline]);
        Normalizer.Normalize(run.Rule, run.Rule.Conditions[0].Search, diagnostics).Should().NotBeNull();
        diagnostics.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Every_expression_is_simplified_and_compared(Type type)
    {
        var expr = (Expr)Make(type);
        ExprEquality.Instance.Equals(expr, (Expr)Make(type)).Should().BeTrue();
        ExprEquality.Instance.GetHashCode(expr).Should().Be(ExprEquality.Instance.GetHashCode((Expr)Make(type)));
        Simplifier.Simplify(expr).Should().NotBeNull();
    }

    private static TheoryData<Type> Kinds<T>() => [.. typeof(T).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(T)) && !t.IsAbstract)];

    private static SigmaRule Rule(Detection body) => new(
        new Metadata(), new LogSource(null, "p", null, null, At), [new NamedDetection("sel", body, At)], [new Condition(new IdentifierCondition("sel", At), null, At)], At);

    private static DetectionItem Item(params ImmutableArray<Value> values) =>
        new("f", [], values.IsEmpty ? [new StringValue(SigmaString.OfLiteral("x"), false, At)] : values, false, false, false, At, At);

    /// <summary>Makes a node of a kind from its one constructor; a parameter of a new type fails, and gets its line here.</summary>
    private static object Make(Type type)
    {
        var constructor = type.GetConstructors().Single(c => c.GetParameters() is not [{ } only] || only.ParameterType != type);
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Argument(p.ParameterType))]);
    }

    private static object Argument(Type type) => type switch
    {
        _ when type == typeof(Span) => At,
        _ when type == typeof(string) => "sel",
        _ when type == typeof(bool) => false,
        _ when type == typeof(SigmaString) => SigmaString.OfLiteral("x"),
        _ when type == typeof(RegexFlags) => RegexFlags.None,
        _ when type == typeof(System.Net.IPNetwork) => System.Net.IPNetwork.Parse("10.0.0.0/8"),
        _ when type == typeof(Comparison) => Comparison.Less,
        _ when type == typeof(TimePart) => TimePart.Hour,
        _ when type == typeof(Expr) => new MatchExpr("f", [new NullValue(At)], false, At),
        _ when type == typeof(ConditionNode) => new IdentifierCondition("sel", At),
        _ when type == typeof(ImmutableArray<string>) => ImmutableArray<string>.Empty,
        _ when type == typeof(ImmutableArray<Value>) => ImmutableArray.Create<Value>(new NullValue(At)),
        _ when type == typeof(ImmutableArray<Expr>) => ImmutableArray.Create<Expr>(new MatchExpr("f", [new NullValue(At)], false, At)),
        _ when type == typeof(ImmutableArray<Detection>) => ImmutableArray.Create<Detection>(Item()),
        _ => throw new NotSupportedException($"no sample for a parameter of type {type.Name}"),
    };
}
