using Sigma.Backends;
using Sigma.Compilation;
using Sigma.Pipelines;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>The one text that a target makes of the queries of a whole run: by its format, or by the finalizers of pipelines.</summary>
internal static class JoinedQueries
{
    /// <summary>Writes the text. What there is to say of single rules has been said, so only errors of the whole are told.</summary>
    /// <param name="target">The target.</param>
    /// <param name="conversions">The rules as they were converted.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The text, without a line end; null if there is none.</returns>
    public static string? Write(CompilerTarget target, IReadOnlyList<Conversion> conversions, List<Diagnostic> diagnostics)
    {
        string[] queries = [.. conversions.SelectMany(conversion => conversion.Queries)];
        if (target.Format.Document is not null)
        {
            var found = new List<Diagnostic>();
            string? text = target.Document(conversions, found);
            diagnostics.AddRange(found.Where(finding => finding.Severity is Severity.Error));
            if (text is null || !Finalizers.Any(target.Pipelines))
            {
                return text;
            }

            queries = [text];
        }

        if (!Finalizers.Any(target.Pipelines))
        {
            if (target.Format.Alone is not Alone.Always || queries.Length <= 1)
            {
                return Conversion.Joined(queries, target.Format.Frame);
            }

            diagnostics.Add(Diagnostic.OneOnly(null, queries.Length, target.Format.Name));
            return null;
        }

        return Finalizers.Apply(queries, target.Pipelines, target.PipelineSettings, diagnostics);
    }
}
