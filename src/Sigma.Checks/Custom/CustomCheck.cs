using Sigma.Events.Matching;
using Sigma.Queries;

namespace Sigma.Checks.Custom;

/// <summary>
/// A check that a configuration describes: a detection over the attributes of rules, in the language of rules itself. The values of
/// a rule's file are the values of an event, so modifiers, lists and conditions mean what they mean everywhere.
/// </summary>
internal sealed class CustomCheck : RuleCheck
{
    private readonly FieldTable fields = new();
    private readonly EventTest test;
    private readonly EventView view;
    private readonly IReadOnlyList<string> keys;
    private readonly IReadOnlySet<DocumentKind> kinds;

    private CustomCheck(CheckInfo info, Expr expression, IReadOnlySet<DocumentKind> kinds, string? place, List<Diagnostic> diagnostics)
    {
        Info = info;
        this.kinds = kinds;
        var compiler = new TestCompiler(fields, diagnostics, new RegexBudget(RegexBudget.Usual));
        test = compiler.Compile(expression) ?? new AnyTest([], expression.Span);
        view = new EventView(fields);
        keys = place is not null ? [place] : [.. expression.Leaves().Select(leaf => leaf.Field).OfType<string>().Distinct()];
    }

    /// <inheritdoc/>
    public override CheckInfo Info { get; }

    /// <summary>Makes a check.</summary>
    /// <param name="info">What it is called and what it says.</param>
    /// <param name="expression">What it finds.</param>
    /// <param name="kinds">The kinds of documents that it looks at.</param>
    /// <param name="place">The key whose place is shown; null for the first of the expression that the document has.</param>
    /// <param name="diagnostics">Receives what cannot be evaluated.</param>
    public static CustomCheck Of(
        CheckInfo info, Expr expression, IReadOnlySet<DocumentKind> kinds, string? place, List<Diagnostic> diagnostics) =>
        new(info, expression, kinds, place, diagnostics);

    /// <inheritdoc/>
    public override void Run(RuleText rule, Report report)
    {
        if (!kinds.Contains(rule.Kind))
        {
            return;
        }

        Event attributes = AttributeEvent.Of(rule);
        bool found;

        // Files are checked by several threads.
        lock (view)
        {
            view.Bind(attributes);
            found = test.Holds(view);
        }

        if (found)
        {
            report.Add(this, PlaceIn(rule));
        }
    }

    private Span PlaceIn(RuleText rule)
    {
        YamlEntry? entry = keys.Select(key => Find(rule.Root, key)).FirstOrDefault(entry => entry is not null);
        return entry switch
        {
            { Value: YamlScalar { Span.Length: > 0 } value } => value.Span,
            { } other => other.Key.Span,
            null => rule.Place,
        };
    }

    /// <summary>The entry of a name with dots, or of as much of it as there is; of the items of a list, the first one's.</summary>
    private static YamlEntry? Find(YamlNode node, string name)
    {
        if (node is not YamlMapping map)
        {
            return (node as YamlSequence)?.Items.Select(item => Find(item, name)).FirstOrDefault(entry => entry is not null);
        }

        if (map.Find(name) is { } whole)
        {
            return whole;
        }

        for (int dot = name.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = name.IndexOf('.', dot + 1))
        {
            if (map.Find(name[..dot]) is { } outer)
            {
                return Find(outer.Value, name[(dot + 1)..]) ?? outer;
            }
        }

        return null;
    }
}
