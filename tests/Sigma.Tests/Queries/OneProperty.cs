using System.Collections;
using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using Sigma.Queries;
using Sigma.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Tests.Queries;

/// <summary>
/// Nodes of every kind, made so that any two of one kind differ in some property. The kinds and their properties are those that
/// the assembly has: a new kind is taken in by itself, and a property of a type without samples here fails until it has some.
/// </summary>
internal static class OneProperty
{
    public static readonly Span Here = new(new SourceText("a.yml", "xy"), 0, 1);
    public static readonly Span There = new(Here.Source, 1, 1);

    /// <summary>Properties that are no part of what a node says, each with why.</summary>
    private static readonly Dictionary<string, string> Silent = new()
    {
        ["Value.Span"] = "the place it was read from",
        ["Expr.Span"] = "the place it was read from",
        ["StringValue.IsBytes"] = "is only set between two encoding modifiers of one item, whose values are never compared",
    };

    /// <summary>All kinds of values.</summary>
    public static IReadOnlyList<Type> Values { get; } = Kinds<Value>();

    /// <summary>All kinds of expressions.</summary>
    public static IReadOnlyList<Type> Expressions { get; } = Kinds<Expr>();

    /// <summary>The properties that tell two nodes of a kind apart.</summary>
    public static IReadOnlyList<PropertyInfo> Telling(Type kind) =>
    [
        .. kind.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.CanWrite && !Silent.ContainsKey($"{property.DeclaringType!.Name}.{property.Name}")),
    ];

    /// <summary>One node of a kind.</summary>
    public static object First(Type kind, Span span) => Make(kind, span, null, null);

    /// <summary>The first node of a kind, and for each property those that differ from it in this property alone.</summary>
    public static IReadOnlyList<(string Name, object Node)> All(Type kind, Span span)
    {
        var all = new List<(string, object)> { (kind.Name, First(kind, span)) };
        foreach (PropertyInfo property in Telling(kind))
        {
            foreach (object? other in Samples(property, span).Skip(1))
            {
                all.Add(($"{kind.Name} with another {property.Name}: {Show(other)}", Make(kind, span, property.Name, other)));
            }
        }

        return all;
    }

    /// <summary>A copy from the kind's one constructor, which has a parameter for each of its properties.</summary>
    private static object Make(Type kind, Span span, string? changed, object? other)
    {
        ConstructorInfo constructor = kind.GetConstructors().Single(c => c.GetParameters() is not [{ } only] || only.ParameterType != kind);
        ParameterInfo[] parameters = constructor.GetParameters();
        object made = constructor.Invoke([.. parameters.Select(p => p.Name == changed ? other : p.ParameterType == typeof(Span) ? span : Samples(kind.GetProperty(p.Name!)!, span)[0])]);
        if (changed is not null && !Array.Exists(parameters, p => p.Name == changed))
        {
            kind.GetProperty(changed, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.SetValue(made, other);
        }

        return made;
    }

    /// <summary>Samples of a property, all different.</summary>
    private static object?[] Samples(PropertyInfo property, Span span)
    {
        bool mayBeNull = new NullabilityInfoContext().Create(property).ReadState is NullabilityState.Nullable;
        object?[] samples = property.PropertyType switch
        {
            var type when type == typeof(string) => ["f", "F", "f ", ""],
            var type when type == typeof(bool) => [false, true],
            var type when type == typeof(SigmaString) =>
            [
                SigmaString.OfLiteral("x"), SigmaString.OfLiteral("X"), SigmaString.OfLiteral("*"), SigmaString.Parse("*"), SigmaString.Parse("?"), SigmaString.Parse("x*"),
                SigmaString.Empty, new SigmaString([new StringPart(PartKind.Placeholder, "x")]),
            ],
            var type when type == typeof(IPNetwork) =>
                [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("10.0.0.0/9"), IPNetwork.Parse("11.0.0.0/8"), IPNetwork.Parse("::/8"), IPNetwork.Parse("::ffff:10.0.0.0/104")],
            var type when type == typeof(RegexFlags) => [.. Enumerable.Range(0, (int)Enum.GetValues<RegexFlags>().Aggregate((a, b) => a | b) + 1).Select(flags => (object)(RegexFlags)flags)],
            { IsEnum: true } type => [.. Enum.GetValues(type).Cast<object>()],
            var type when type == typeof(ImmutableArray<Value>) =>
                [Several<Value>(Number("1", span)), Several<Value>(Number("2", span)), Several<Value>(Number("1", span), Number("2", span)), Several<Value>(Number("1", span), new NullValue(span))],
            var type when type == typeof(Expr) => [Test("a", span), Test("b", span), new NotExpr(Test("a", span), span)],
            var type when type == typeof(ImmutableArray<Expr>) =>
                [Several<Expr>(Test("a", span), Test("b", span)), Several<Expr>(Test("a", span)), Several<Expr>(Test("a", span), Test("c", span)), Several<Expr>(Test("a", span), Test("b", span), Test("c", span))],
            var type => throw new NotSupportedException($"{property.DeclaringType!.Name}.{property.Name} has no samples: add several of type {type.Name} that differ"),
        };
        return mayBeNull ? [.. samples, null] : samples;
    }

    private static ImmutableArray<T> Several<T>(params ImmutableArray<T> nodes) => nodes;

    private static NumberValue Number(string text, Span span) => new(text, span);

    private static MatchExpr Test(string field, Span span) => new(field, [Number("1", span)], false, span);

    private static string Show(object? sample) => sample switch
    {
        null => "none",
        SigmaString text => $"{text} of {string.Join(',', text.Parts.Select(part => part.Kind))}",
        IEnumerable and not string => string.Join(", ", ((IEnumerable)sample).Cast<object>().Select(one => one.GetType().Name)),
        _ => $"'{sample}'",
    };

    private static IReadOnlyList<Type> Kinds<T>() =>
        [.. typeof(T).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal)];
}
