using System.Globalization;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// The part of jq that finds values in a tree: <c>.a.b</c>, <c>."a b"</c>, <c>.["a"]</c>, <c>.[0]</c>, <c>.[-1]</c>, <c>.[]</c>
/// for each, in any row, such as <c>.groups[].members[].name</c>. Pipes, filters and functions are refused.
/// </summary>
internal sealed class PathExpression
{
    private readonly IReadOnlyList<Step> steps;

    private PathExpression(IReadOnlyList<Step> steps) => this.steps = steps;

    /// <summary>Reads an expression.</summary>
    /// <returns>The expression; null after a report.</returns>
    public static PathExpression? Parse(YamlScalar scalar, List<Diagnostic> diagnostics)
    {
        string text = scalar.Value.Trim();
        int shift = scalar.Value.IndexOf(text, StringComparison.Ordinal);
        var steps = new List<Step>();
        int i = 0;
        bool valid = text.StartsWith('.');
        while (valid && i < text.Length)
        {
            int start = i;
            if (text[i] == '.')
            {
                i++;
            }

            if (i == text.Length)
            {
                // A lone dot is the whole document; a dot after a step matches nothing.
                valid = text.Length == 1;
                i = valid ? i : start;
            }
            else if (text[i] == '[')
            {
                int end = EndOfBracket(text, i);
                valid = end > 0 && ReadBracket(text[(i + 1)..end], steps);
                i = valid ? end + 1 : start;
            }
            else if (text[i] == '"' && text.IndexOf('"', i + 1) is > 0 and int quote && i > start)
            {
                steps.Add(new Step(text[(i + 1)..quote], null));
                i = quote + 1;
            }
            else
            {
                int from = i;
                while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_'))
                {
                    i++;
                }

                valid = i > from && from > start && !char.IsDigit(text[from]);
                if (valid)
                {
                    steps.Add(new Step(text[from..i], null));
                }
                else
                {
                    i = start;
                }
            }
        }

        if (valid)
        {
            return new PathExpression(steps);
        }

        diagnostics.Add(Diagnostic.PathExpressionNotSupported(scalar.SpanOf(shift + i, Math.Max(0, text.Length - i)), text[i..]));
        return null;
    }

    /// <summary>Finds the values. Null values are left out, since they cannot be searched for.</summary>
    /// <exception cref="ExternalSourceException">The path matches nothing, or something that is not a single value.</exception>
    public IEnumerable<string> Select(YamlNode root)
    {
        IEnumerable<YamlNode> nodes = [root];
        foreach (Step step in steps)
        {
            nodes = [.. nodes.SelectMany(step.From)];
        }

        foreach (YamlNode node in nodes)
        {
            if (node is not YamlScalar scalar)
            {
                throw new ExternalSourceException($"the jq_expression leads to {node.Kind}; add [] to take each of its values");
            }

            if (ScalarType.Of(scalar) is not ScalarType.Null)
            {
                yield return scalar.Value;
            }
        }
    }

    private static int EndOfBracket(string text, int open)
    {
        // A bracket inside a quoted key closes nothing.
        int from = open + 1 < text.Length && text[open + 1] == '"' ? text.IndexOf('"', open + 2) : open;
        return from < 0 ? -1 : text.IndexOf(']', from);
    }

    private static bool ReadBracket(string inner, List<Step> steps)
    {
        if (inner.Length == 0)
        {
            steps.Add(new Step(null, null));
            return true;
        }

        if (inner.Length >= 2 && inner[0] == '"' && inner[^1] == '"')
        {
            steps.Add(new Step(inner[1..^1], null));
            return true;
        }

        if (int.TryParse(inner, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
        {
            steps.Add(new Step(null, index));
            return true;
        }

        return false;
    }

    /// <summary>One step: a key, an index, or each.</summary>
    private sealed record Step(string? Key, int? Index)
    {
        public IEnumerable<YamlNode> From(YamlNode node) => (node, this) switch
        {
            // What is not there is null to jq.
            (YamlMapping map, { Key: { } key }) => map[key] is { } value ? [value] : [],
            (YamlSequence list, { Index: { } index }) => (index < 0 ? list.Items.Count + index : index) is >= 0 and int at && at < list.Items.Count ? [list.Items[at]] : [],
            (YamlSequence list, { Key: null, Index: null }) => list.Items,
            (YamlMapping map, { Key: null, Index: null }) => map.Entries.Select(entry => entry.Value),
            (YamlScalar scalar, not { Key: null, Index: null }) when ScalarType.Of(scalar) is ScalarType.Null => [],
            _ => throw new ExternalSourceException($"the jq_expression wants {(Key is not null ? $"'{Key}'" : Index is not null ? $"number {Index}" : "each")} of {node.Kind}"),
        };
    }
}
