using System.Text;
using Sigma.Backends;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Compilation;

/// <summary>The result of converting a rule for one target.</summary>
public enum ConversionStatus
{
    /// <summary>The rule was converted.</summary>
    Converted,

    /// <summary>The rule failed; an error says why.</summary>
    Failed,

    /// <summary>There was nothing to convert.</summary>
    Skipped,
}

/// <summary>Why a conversion failed.</summary>
public enum FailureReason
{
    /// <summary>The target cannot express the rule. Nothing is wrong with the rule, and other targets may have a query for it.</summary>
    Unsupported,

    /// <summary>An error in the rule, in its file, or in what the run needs for it.</summary>
    Error,

    /// <summary>Only warnings, which the caller treats as errors.</summary>
    Warning,
}

/// <summary>A rule converted for one target.</summary>
/// <param name="Metadata">The metadata of the rule, as far as it could be read.</param>
/// <param name="Target">The target's name.</param>
/// <param name="Format">The format's name.</param>
/// <param name="Status">The result.</param>
/// <param name="Queries">The queries, one per condition of the rule; empty unless converted.</param>
/// <param name="Diagnostics">All findings, sorted by place.</param>
/// <param name="Index">The rule's place in its file, from 0.</param>
public sealed record Conversion(
    Metadata Metadata, string Target, string Format, ConversionStatus Status, IReadOnlyList<string> Queries, IReadOnlyList<Diagnostic> Diagnostics, int Index)
{
    /// <summary>The ending of a file that holds the query, with its dot.</summary>
    public string Extension { get; init; } = ".txt";

    /// <summary>Gets why it failed, by its findings; null unless it failed.</summary>
    public FailureReason? Reason
    {
        get
        {
            if (Status is not ConversionStatus.Failed)
            {
                return null;
            }

            Diagnostic[] errors = [.. Diagnostics.Where(finding => finding.Severity is Severity.Error)];
            return errors.Length == 0 ? FailureReason.Warning
                : errors.All(finding => finding.Code.IsRefusal) ? FailureReason.Unsupported
                : FailureReason.Error;
        }
    }

    /// <summary>
    /// Gets the queries as one text, one under another; null unless converted. The text does not show where a query ends, so
    /// whoever takes queries apart reads <see cref="Queries"/>.
    /// </summary>
    public string? Query => Queries.Count switch
    {
        0 => null,
        1 => Queries[0],
        _ => Joined(Queries, Frame),
    };

    /// <summary>How several of the queries become one text; null if they follow one another.</summary>
    internal TextFrame? Frame { get; init; }

    /// <summary>Where only one of the queries may stand.</summary>
    internal Alone Alone { get; init; }

    /// <summary>The names without endings that the system wants the files of the queries to have, one for each; empty if any will do.</summary>
    internal IReadOnlyList<string> FileNames { get; init; } = [];

    /// <summary>Joins queries. A format that ends its text with a line end has it between two queries already.</summary>
    /// <param name="queries">The queries; at least one.</param>
    /// <param name="frame">What they have in common; null if that is nothing.</param>
    internal static string Joined(IReadOnlyList<string> queries, TextFrame? frame)
    {
        if (frame?.Join(queries) is { } framed)
        {
            return framed;
        }

        var text = new StringBuilder(queries[0]);
        for (int i = 1; i < queries.Count; i++)
        {
            text.Append(queries[i - 1].EndsWith('\n') ? "" : "\n").Append(queries[i]);
        }

        return text.ToString();
    }

    /// <summary>The objects that the query makes in the system behind the target; <see cref="ObjectNames"/> keeps them apart.</summary>
    public IReadOnlyList<ObjectName> Objects { get; init; } = [];

    /// <summary>What the rule is in the one text of all rules, in a format that makes one; null in others.</summary>
    internal DocumentQuery? Part { get; init; }

    /// <summary>Converts the rule again, with this number added to the numbers that keep objects of one name apart.</summary>
    internal Func<int, Conversion>? Renumbered { get; init; }
}
