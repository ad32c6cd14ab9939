using Scriban.Syntax;
using Sigma.Alerts;
using Sigma.Templates;

namespace Sigma.Backends;

/// <summary>Finds out which settings of an override the template of an object has no place for.</summary>
internal sealed class AlertMembers : ScriptVisitor
{
    private readonly Func<string, TemplateText?> include;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    private AlertMembers(Func<string, TemplateText?> include) => this.include = include;

    /// <summary>The members of <c>alert</c> that a template mentions, with those of the templates that it includes.</summary>
    /// <param name="template">The template.</param>
    /// <param name="include">Opens a template that another one includes.</param>
    public static IReadOnlySet<string> Of(TemplateText template, Func<string, TemplateText?> include)
    {
        var found = new AlertMembers(include);
        found.Read(template);
        return found.names;
    }

    /// <summary>The names of the settings that are set and not mentioned.</summary>
    /// <param name="settings">What is set for a rule.</param>
    /// <param name="mentioned">The members of <c>alert</c> that the template mentions.</param>
    public static IReadOnlyList<string> LeftOut(AlertSettings settings, IReadOnlySet<string> mentioned) =>
    [
        .. new (string Name, bool IsSet)[]
        {
            ("interval", settings.Interval is not null),
            ("lookback", settings.Lookback is not null),
            ("throttle", settings.Throttle is not null),
            ("owner", settings.Owner is not null),
            ("enabled", settings.Enabled is not null),
        }.Where(setting => setting.IsSet && !mentioned.Contains(setting.Name)).Select(setting => setting.Name),
    ];

    /// <inheritdoc/>
    public override void Visit(ScriptMemberExpression node)
    {
        if (node is { Target: ScriptVariableGlobal { Name: "alert" }, Member: { } member })
        {
            names.Add(member.Name);
        }

        node.Target?.Accept(this);
    }

    /// <inheritdoc/>
    public override void Visit(ScriptFunctionCall node)
    {
        if (node is { Target: ScriptVariableGlobal { Name: "include" or "include_join" }, Arguments: [ScriptLiteral { Value: string name }, ..] }
            && include(name) is { } other)
        {
            Read(other);
        }

        base.Visit(node);
    }

    private void Read(TemplateText template)
    {
        if (read.Add(template.Name))
        {
            Scriban.Template.Parse(template.Text, template.Name).Page?.Accept(this);
        }
    }
}
