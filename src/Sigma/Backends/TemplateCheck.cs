using Scriban.Parsing;
using Scriban.Syntax;
using Sigma.Alerts;
using Sigma.Templates;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>
/// Finds mistakes in a target's templates when the target is read: invalid templates, unknown names and members, and
/// templates that are included and do not exist. What depends on a rule is found when a query is made.
/// </summary>
/// <param name="options">The names of the target's options.</param>
/// <param name="include">Opens a template that another one includes.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class TemplateCheck(IEnumerable<string> options, Func<string, TemplateText?> include, List<Diagnostic> diagnostics)
{
    private readonly Dictionary<string, IReadOnlyCollection<string>> members = new(StringComparer.Ordinal)
    {
        ["rule"] = RenderScope.RuleMembers,
        ["option"] = [.. options],
        ["correlation"] = CorrelationObjects.Members,
        ["alert"] = AlertObject.Members,
    };

    private readonly Dictionary<string, Uses?> read = new(StringComparer.Ordinal);
    private readonly HashSet<(string Template, int At)> reported = [];

    /// <summary>Checks a template and those it includes.</summary>
    /// <param name="template">The template.</param>
    /// <param name="content">The names that stand for what it is given to write. Without one of them its text would be of no rule.</param>
    public void Check(TemplateText template, params string[] content)
    {
        int before = diagnostics.Count;
        var all = new Dictionary<string, Uses>(StringComparer.Ordinal);
        Collect(template, all);
        var made = new HashSet<string>(all.Values.SelectMany(uses => uses.Made), StringComparer.Ordinal);
        bool open = all.Values.Any(uses => uses.IsOpen);
        string[] known = [.. RenderScope.Names, .. TemplateBuiltins.Names, "for", "while", "tablerow", "this"];
        foreach (Uses uses in all.Values)
        {
            foreach ((string name, SourceSpan span) in uses.Names.Where(use => !open && !made.Contains(use.Name) && !known.Contains(use.Name)))
            {
                Report(uses.Template, span, name, Suggestion.For(name, known.Concat(made)) ?? "names are those of the page on backends, and those that the template gives itself");
            }

            foreach ((string name, SourceSpan span) in uses.AlwaysIncludes)
            {
                if (Reaches(name, uses.Template.Name, all, []) && reported.Add((uses.Template.Name, span.Start.Offset)))
                {
                    diagnostics.Add(Diagnostic.FormatTemplate(uses.Template.PlaceOf(span), "it includes itself without end"));
                }
            }

            foreach ((string name, SourceSpan span) in uses.LoopVariablesAssigned)
            {
                if (reported.Add((uses.Template.Name, span.Start.Offset)))
                {
                    diagnostics.Add(Diagnostic.LoopVariableAssigned(uses.Template.PlaceOf(span), name));
                }
            }

            foreach ((string owner, string member, SourceSpan span) in uses.Members)
            {
                if (!made.Contains(owner) && members.TryGetValue(owner, out IReadOnlyCollection<string>? has) && !has.Contains(member))
                {
                    Report(uses.Template, span, $"{owner}.{member}", Suggestion.For(member, has) ?? (has.Count == 0 ? "the backend declares no options" : $"'{owner}' has {string.Join(", ", has)}"));
                }
            }
        }

        if (diagnostics.Count == before && !open && !all.Values.Any(uses => uses.Names.Exists(use => content.Contains(use.Name))))
        {
            diagnostics.Add(Diagnostic.BackendValue(template.FirstLine, "template", $"a template that writes '{content[0]}', which is what it is given"));
        }
    }

    /// <summary>Whether a template always includes another one, itself or by way of others.</summary>
    private static bool Reaches(string from, string to, Dictionary<string, Uses> all, HashSet<string> seen) =>
        from == to || (seen.Add(from) && all.TryGetValue(from, out Uses? uses) && uses.AlwaysIncludes.Exists(next => Reaches(next.Name, to, all, seen)));

    private void Report(TemplateText template, SourceSpan span, string name, string hint)
    {
        if (reported.Add((template.Name, span.Start.Offset)))
        {
            diagnostics.Add(Diagnostic.UnknownTemplateName(template.PlaceOf(span), name).WithHint(hint));
        }
    }

    private void Collect(TemplateText template, Dictionary<string, Uses> all)
    {
        if (all.ContainsKey(template.Name) || Read(template) is not { } uses)
        {
            return;
        }

        all[template.Name] = uses;
        foreach ((string name, SourceSpan span) in uses.Includes)
        {
            if (include(name) is { } included)
            {
                Collect(included, all);
            }
            else if (reported.Add((template.Name, span.Start.Offset)))
            {
                diagnostics.Add(Diagnostic.BackendMissing(template.PlaceOf(span), "formats/" + name));
            }
        }
    }

    private Uses? Read(TemplateText template)
    {
        string key = template.Name + "\n" + template.Text;
        if (read.TryGetValue(key, out Uses? known))
        {
            return known;
        }

        Scriban.Template parsed = Scriban.Template.Parse(template.Text, template.Name);
        Uses? uses = null;
        if (parsed.Messages.FirstOrDefault(message => message.Type is ParserMessageType.Error) is { } message)
        {
            // What the parser says further on mostly follows from the first.
            diagnostics.Add(Diagnostic.FormatTemplate(template.PlaceOf(message.Span), message.Message));
        }
        else if (parsed.Page is { } page)
        {
            uses = new Uses(template);
            page.Accept(uses);
        }

        return read[key] = uses;
    }

    /// <summary>The names in a template.</summary>
    private sealed class Uses(TemplateText template) : ScriptVisitor
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
}
