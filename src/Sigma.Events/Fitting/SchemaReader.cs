using Sigma.Events.Matching;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Events.Fitting;

/// <summary>
/// Reads schemas: lists of logs, each with a log source (<c>log</c>) and its <c>fields</c>, which are a list of names, or a map of
/// names to forms. docs/fit.md describes them.
/// </summary>
internal static class SchemaReader
{
    private const string Option = "schema";
    private static readonly string[] LogKeys = ["log", "fields"];
    private static readonly string[] SourceKeys = ["product", "category", "service"];

    /// <summary>What each event of Windows has.</summary>
    private static IEnumerable<FieldProfile> OfWindows =>
    [
        FieldProfile.OfSchema(EventPath.Root.Child(WindowsFields.EventId), ValueForms.Number),
        FieldProfile.OfSchema(EventPath.Root.Child(WindowsFields.Channel), ValueForms.None),
        FieldProfile.OfSchema(EventPath.Root.Child(WindowsFields.Provider), ValueForms.None),
        FieldProfile.OfSchema(EventPath.Root.Child("Computer"), ValueForms.None),
    ];

    /// <summary>Reads a schema.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="diagnostics">Receives what is wrong with it.</param>
    public static IReadOnlyList<LogProfile> Read(SourceText source, List<Diagnostic> diagnostics)
    {
        var logs = new List<LogProfile>();
        foreach (YamlDocument document in YamlReader.Read(source))
        {
            diagnostics.AddRange(document.Diagnostics);
            if (document.Root is not YamlSequence list)
            {
                // Of broken YAML enough is said.
                diagnostics.AddRange(document.Diagnostics.Any(finding => finding.Severity is Severity.Error) ? [] : (Diagnostic[])[Diagnostic.OptionValue(document.Root?.Span ?? document.Span, Option, "a list of logs", document.Root?.Kind ?? "nothing")]);
                continue;
            }

            foreach (YamlNode item in list.Items)
            {
                if (ReadLog(item, diagnostics) is { } log)
                {
                    logs.Add(log);
                }
            }
        }

        return logs;
    }

    private static LogProfile? ReadLog(YamlNode node, List<Diagnostic> diagnostics)
    {
        if (node is not YamlMapping map || map["log"] is not YamlMapping source || map["fields"] is not (YamlMapping or YamlSequence))
        {
            diagnostics.Add(Diagnostic.OptionValue(node.Span, Option, "maps with 'log' and 'fields'", node.Kind));
            return null;
        }

        CheckKeys(map, LogKeys, diagnostics);
        CheckKeys(source, SourceKeys, diagnostics);
        var fields = new List<FieldProfile>();
        IEnumerable<(YamlNode Name, YamlNode? Form)> given = map["fields"] is YamlMapping forms
            ? forms.Entries.Select(entry => ((YamlNode)entry.Key, (YamlNode?)entry.Value))
            : ((YamlSequence)map["fields"]!).Items.Select(item => (item, (YamlNode?)null));
        foreach ((YamlNode name, YamlNode? form) in given)
        {
            if (name is not YamlScalar { Value: { Length: > 0 } field })
            {
                diagnostics.Add(Diagnostic.OptionValue(name.Span, Option, "names of fields", name.Kind));
                continue;
            }

            fields.Add(FieldProfile.OfSchema(EventPath.Root.Child(field), FormOf(form, diagnostics)));
        }

        if (Text(source["product"]) is { } product && product.Equals("windows", StringComparison.OrdinalIgnoreCase))
        {
            fields.AddRange(OfWindows.Where(field => !fields.Exists(known => known.Path == field.Path)));
        }

        return new LogProfile(new LogSource(Text(source["category"]), Text(source["product"]), Text(source["service"]), null, source.Span), fields);
    }

    private static ValueForms FormOf(YamlNode? node, List<Diagnostic> diagnostics)
    {
        var forms = ValueForms.None;
        foreach (YamlNode one in node is YamlSequence list ? list.Items : node is null ? [] : [node])
        {
            if (one is YamlScalar { Value: var name } && (ValueForm.Named(name) is not null || name.Length == 0))
            {
                forms |= ValueForm.Named(name) ?? ValueForms.None;
            }
            else
            {
                string said = (one as YamlScalar)?.Value ?? one.Kind;
                diagnostics.Add(Diagnostic.OptionValue(one.Span, Option, "forms: " + string.Join(", ", ValueForm.Names), said).WithHint(Suggestion.For(said, ValueForm.Names)));
            }
        }

        return forms;
    }

    private static void CheckKeys(YamlMapping map, string[] known, List<Diagnostic> diagnostics)
    {
        foreach (YamlEntry entry in map.Entries.Where(entry => !known.Contains(entry.Name)))
        {
            diagnostics.Add(Diagnostic.OptionValue(entry.Key.Span, Option, "the keys " + string.Join(", ", known), entry.Name).WithHint(Suggestion.For(entry.Name, known)));
        }
    }

    private static string? Text(YamlNode? node) => node is YamlScalar { Value: { Length: > 0 } text } ? text : null;
}
