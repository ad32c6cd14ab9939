using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Reads the filters that <c>--filter-file</c> gives. They apply to all rules of the run, and are not converted themselves.</summary>
internal static class FilterFiles
{
    /// <summary>Reads them.</summary>
    /// <param name="given">Files, or folders that are searched with their sub-folders.</param>
    /// <param name="rules">The rule files of the run; a filter among them is there already, and applies once.</param>
    /// <param name="environment">The streams and variables.</param>
    /// <param name="followLinks">Whether links may lead out of the folders.</param>
    /// <param name="limits">What reading them may cost.</param>
    /// <param name="diagnostics">Receives diagnostics: a broken filter is an error, since without it the queries would select more than is wanted.</param>
    /// <returns>The documents with filters, in the order given, a folder's by path.</returns>
    public static IReadOnlyList<ReadDocument> Read(IReadOnlyList<string> given, IReadOnlyList<RuleInput> rules, CommandEnvironment environment, bool followLinks, Limits limits, List<Diagnostic> diagnostics)
    {
        var filters = new List<ReadDocument>();
        HashSet<string> known = [.. rules.Select(rule => Path.GetFullPath(rule.Path))];
        foreach (string specification in given)
        {
            int errors = diagnostics.Count(finding => finding.Severity is Severity.Error);
            bool found = false;
            foreach (RuleInput file in RuleInputs.Find([specification], environment, [], diagnostics, followLinks, limits))
            {
                if (known.Add(Path.GetFullPath(file.Path)))
                {
                    found |= ReadFile(file, filters, diagnostics);
                }
                else
                {
                    // Its filters are read with the rules, and so is what is wrong with them.
                    SourceText source = file.Read(out Diagnostic? error);
                    found |= error is not null || RuleReader.Read(source).Any(document => document.Document is SigmaFilter or null);
                }
            }

            if (!found && errors == diagnostics.Count(finding => finding.Severity is Severity.Error))
            {
                diagnostics.Add(Diagnostic.NoFilterFound(null, specification));
            }
        }

        return filters;
    }

    private static bool ReadFile(RuleInput file, List<ReadDocument> filters, List<Diagnostic> diagnostics)
    {
        SourceText source = file.Read(out Diagnostic? error);
        if (error is not null)
        {
            diagnostics.Add(error.Span is null ? error with { Span = new Span(source, 0, 0) } : error);
            return false;
        }

        bool found = false;
        foreach (ReadDocument document in RuleReader.Read(source))
        {
            if (document.Document is SigmaFilter)
            {
                filters.Add(document);
                found = true;
            }
            else if (document.Document is not null)
            {
                diagnostics.Add(Diagnostic.NotAFilter(document.Span with { Length = 0 }));
                continue;
            }

            diagnostics.AddRange(document.Diagnostics);
        }

        return found;
    }
}
