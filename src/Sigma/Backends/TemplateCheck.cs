using Scriban.Parsing;
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
        ["rule"] = RenderValues.RuleMembers,
        ["option"] = [.. options],
        ["correlation"] = CorrelationObjects.Members,
        ["alert"] = AlertObject.Members,
    };

    private readonly Dictionary<string, TemplateUses?> read = new(StringComparer.Ordinal);
    private readonly HashSet<(string Template, int At)> reported = [];

    /// <summary>Checks a template and those it includes.</summary>
    /// <param name="template">The template.</param>
    /// <param name="content">The names that stand for what it is given to write. Without one of them its text would be of no rule.</param>
    public void Check(TemplateText template, params string[] content)
    {
        int before = diagnostics.Count;
        var all = new Dictionary<string, TemplateUses>(StringComparer.Ordinal);
        Collect(template, all);
        var made = new HashSet<string>(all.Values.SelectMany(uses => uses.Made), StringComparer.Ordinal);
        bool open = all.Values.Any(uses => uses.IsOpen);
        string[] known = [.. RenderScope.Names, .. TemplateBuiltins.Names, "for", "while", "tablerow", "this"];
        foreach (TemplateUses uses in all.Values)
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
    private static bool Reaches(string from, string to, Dictionary<string, TemplateUses> all, HashSet<string> seen) =>
        from == to || (seen.Add(from) && all.TryGetValue(from, out TemplateUses? uses) && uses.AlwaysIncludes.Exists(next => Reaches(next.Name, to, all, seen)));

    private void Report(TemplateText template, SourceSpan span, string name, string hint)
    {
        if (reported.Add((template.Name, span.Start.Offset)))
        {
            diagnostics.Add(Diagnostic.UnknownTemplateName(template.PlaceOf(span), name).WithHint(hint));
        }
    }

    private void Collect(TemplateText template, Dictionary<string, TemplateUses> all)
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

    private TemplateUses? Read(TemplateText template)
    {
        string key = template.Name + "\n" + template.Text;
        if (read.TryGetValue(key, out TemplateUses? known))
        {
            return known;
        }

        Scriban.Template parsed = TemplateReader.Read(template.Text, template.Name, out TemplateMistake? mistake);
        TemplateUses? uses = null;
        if (mistake is not null)
        {
            diagnostics.Add(Diagnostic.FormatTemplate(template.PlaceOf(mistake.Span), mistake.Message).WithHint(mistake.Hint));
        }
        else if (parsed.Page is { } page)
        {
            uses = new TemplateUses(template);
            page.Accept(uses);
        }

        return read[key] = uses;
    }
}
