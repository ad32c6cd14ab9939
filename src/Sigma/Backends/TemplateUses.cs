using Scriban.Parsing;
using Scriban.Syntax;
using Sigma.Templates;

namespace Sigma.Backends;

/// <summary>The names in a template.</summary>
internal sealed class TemplateUses(TemplateText template) : ScriptVisitor
{
    public TemplateText Template { get; } = template;

    /// <summary>The names that it defines itself.</summary>
    public HashSet<string> Made { get; } = new(StringComparer.Ordinal);

    public List<(string Name, SourceSpan Span)> Names { get; } = [];

    public List<(string Owner, string Member, SourceSpan Span)> Members { get; } = [];

    public List<(string Name, SourceSpan Span)> Includes { get; } = [];

    /// <summary>Assignments to the variable of a loop around them, which a loop does not see.</summary>
    public List<(string Name, SourceSpan Span)> LoopVariablesAssigned { get; } = [];

    /// <summary>Those that every rendering includes, because no condition, loop or function is around them.</summary>
    public List<(string Name, SourceSpan Span)> AlwaysIncludes { get; } = [];

    private readonly List<string> loops = [];
    private int branches;

    /// <summary>Whether names may come from elsewhere: a template whose name is not written down, a map whose members become names.</summary>
    public bool IsOpen { get; private set; }

    public override void Visit(ScriptVariableGlobal node)
    {
        IsOpen |= node.Name is "include" or "include_join" or "import";
        Names.Add((node.Name, node.Span));
    }

    public override void Visit(ScriptMemberExpression node)
    {
        if (node is { Target: ScriptVariableGlobal owner, Member: { } member })
        {
            Members.Add((owner.Name, member.Name, member.Span));
        }

        node.Target?.Accept(this);
    }

    public override void Visit(ScriptAssignExpression node)
    {
        switch (node.Target)
        {
            case ScriptVariableGlobal variable:
                Made.Add(variable.Name);
                if (loops.Contains(variable.Name))
                {
                    LoopVariablesAssigned.Add((variable.Name, variable.Span));
                }

                break;
            case ScriptMemberExpression { Target: ScriptVariableGlobal owner }:
                // A template that changes an object knows what it has.
                Made.Add(owner.Name);
                break;
            default:
                node.Target?.Accept(this);
                break;
        }

        node.Value?.Accept(this);
    }

    public override void Visit(ScriptIfStatement node) => VisitBranch(() => base.Visit(node));

    public override void Visit(ScriptCaseStatement node) => VisitBranch(() => base.Visit(node));

    public override void Visit(ScriptWhileStatement node) => VisitBranch(() => base.Visit(node));

    public override void Visit(ScriptConditionalExpression node) => VisitBranch(() => base.Visit(node));

    public override void Visit(ScriptBinaryExpression node) => VisitBranch(() => base.Visit(node));

    public override void Visit(ScriptFunction node) => VisitBranch(() => VisitFunction(node));

    private void VisitFunction(ScriptFunction node)
    {
        if (node.NameOrDoToken is ScriptVariableGlobal name)
        {
            Made.Add(name.Name);
        }

        foreach (ScriptParameter parameter in node.Parameters ?? [])
        {
            if (parameter.Name is { } variable)
            {
                Made.Add(variable.Name);
            }

            parameter.DefaultValue?.Accept(this);
        }

        node.Body?.Accept(this);
    }

    public override void Visit(ScriptForStatement node) => VisitLoop(node, () => base.Visit(node));

    public override void Visit(ScriptTableRowStatement node) => VisitLoop(node, () => base.Visit(node));

    public override void Visit(ScriptCaptureStatement node)
    {
        if (node.Target is ScriptVariableGlobal variable)
        {
            Made.Add(variable.Name);
        }

        base.Visit(node);
    }

    public override void Visit(ScriptWithStatement node)
    {
        IsOpen = true;
        base.Visit(node);
    }

    public override void Visit(ScriptImportStatement node)
    {
        IsOpen = true;
        base.Visit(node);
    }

    public override void Visit(ScriptObjectMember node) => node.Value?.Accept(this);

    public override void Visit(ScriptNamedArgument node) => node.Value?.Accept(this);

    public override void Visit(ScriptFunctionCall node)
    {
        if (node is { Target: ScriptVariableGlobal { Name: "include" or "include_join" }, Arguments: [ScriptLiteral { Value: string name }, ..] })
        {
            Includes.Add((name, node.Arguments[0].Span));
            if (branches == 0)
            {
                AlwaysIncludes.Add((name, node.Arguments[0].Span));
            }

            foreach (ScriptExpression argument in node.Arguments)
            {
                argument.Accept(this);
            }

            return;
        }

        base.Visit(node);
    }

    private void VisitLoop(ScriptForStatement node, Action visit)
    {
        if (node.Variable is not ScriptVariableGlobal variable)
        {
            VisitBranch(visit);
            return;
        }

        Made.Add(variable.Name);
        loops.Add(variable.Name);
        VisitBranch(visit);
        loops.RemoveAt(loops.Count - 1);
    }

    /// <summary>Visits what not every rendering comes to.</summary>
    private void VisitBranch(Action visit)
    {
        branches++;
        visit();
        branches--;
    }
}
