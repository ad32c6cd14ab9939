using System.Collections.Immutable;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary>
/// <c>hashes_fields</c>: <c>Hashes: 'MD5=…'</c> becomes a test of a field for the algorithm. The algorithm is
/// written before <c>=</c> or <c>|</c>, or told from the length.
/// </summary>
/// <param name="algorithms">The algorithms there are fields for, in upper case.</param>
/// <param name="prefix">What the fields' names start with.</param>
/// <param name="prefixOnly">Whether the field is the prefix alone, without the algorithm.</param>
/// <param name="fields">The fields that hold hashes in the rules' naming.</param>
internal sealed class HashesFields(ImmutableArray<string> algorithms, string prefix, bool prefixOnly, ImmutableArray<string> fields) : Transformation
{
    private static readonly Dictionary<string, int> Lengths = new(StringComparer.Ordinal)
    {
        ["MD5"] = 32,
        ["SHA1"] = 40,
        ["SHA256"] = 64,
        ["SHA512"] = 128,
        ["IMPHASH"] = 32,
        ["SHA224"] = 56,
        ["SHA384"] = 96,
    };

    /// <summary>
    /// Reads <c>valid_hash_algos</c>, <c>field_prefix</c> (none), <c>drop_algo_prefix</c> (false) and <c>field_to_parse</c>
    /// (Hashes, Hash).
    /// </summary>
    public static Transformation? Read(Parameters parameters)
    {
        IReadOnlyList<string> algorithms = parameters.Texts("valid_hash_algos");
        string prefix = parameters.Text("field_prefix") ?? "";
        bool prefixOnly = parameters.Flag("drop_algo_prefix");
        IReadOnlyList<string> fields = parameters.Texts("field_to_parse");
        if (algorithms.Count == 0)
        {
            parameters.Missing("valid_hash_algos");
            return null;
        }

        if (prefixOnly && prefix.Length == 0)
        {
            // The field would have no name.
            parameters.Missing("field_prefix");
            return null;
        }

        return new HashesFields([.. algorithms.Select(name => name.ToUpperInvariant())], prefix, prefixOnly, fields.Count == 0 ? ["Hashes", "Hash"] : [.. fields]);
    }

    /// <inheritdoc/>
    public override void Apply(PipelineRun run, PipelineItem item) => run.ChangeItems(item, leaf =>
        leaf.Field is { } field && fields.Contains(field) && leaf.Values.All(value => value is StringValue or ExpansionValue) ? Split(run, item, leaf) : leaf);

    private Detection Split(PipelineRun run, PipelineItem item, DetectionItem leaf)
    {
        var byField = new Dictionary<string, ImmutableArray<Value>.Builder>(StringComparer.Ordinal);
        var together = new List<Detection>();
        foreach (Value value in ItemValues.Of(leaf))
        {
            if (value is StringValue several && Several(several) is { } parts)
            {
                foreach ((string field, _) in parts)
                {
                    run.Fields.AddMade(field);
                }

                // Not all of several is any of them not.
                ImmutableArray<Detection> tests = [.. parts.Select(part => (Detection)(leaf with { Field = part.Field, Modifiers = [], Values = [part.Value], IsList = false }))];
                together.Add(leaf.Negated ? new AnyOfDetection(tests, leaf.Span) : new AllOfDetection(tests, leaf.Span));
                continue;
            }

            if (value is not StringValue text || Hash(text, ItemValues.Plain(text.Text.Parts)) is not { } hash)
            {
                run.Report(Diagnostic.ValueLeftOut(value.Span, item.Type, "it is not a hash of " + string.Join(", ", algorithms)));
                continue;
            }

            if (!byField.TryGetValue(hash.Field, out ImmutableArray<Value>.Builder? values))
            {
                run.Fields.AddMade(hash.Field);
                byField[hash.Field] = values = ImmutableArray.CreateBuilder<Value>();
            }

            values.Add(hash.Value);
        }

        if (byField.Count == 0 && together.Count == 0)
        {
            run.Report(Diagnostic.TransformationInput(leaf.Span, item.Type, "it has no hash of " + string.Join(", ", algorithms)));
            return leaf;
        }

        ImmutableArray<Detection> items =
        [
            .. byField.Select(pair => (Detection)(leaf with { Field = pair.Key, Modifiers = [], Values = pair.Value.ToImmutable(), IsList = pair.Value.Count > 1 })),
            .. together,
        ];
        return items.Length == 1 ? items[0]
            : leaf.All != leaf.Negated ? new AllOfDetection(items, leaf.Span)
            : new AnyOfDetection(items, leaf.Span);
    }

    /// <summary>The hashes of a value that has several, as Sysmon writes them: <c>SHA1=…,MD5=…</c>; null if it has one, or one without a field.</summary>
    private (string Field, StringValue Value)[]? Several(StringValue value)
    {
        string[] parts = ItemValues.Plain(value.Text.Parts).Split(',').Where(part => part.Trim('*').Length > 0).ToArray();
        if (parts.Length < 2)
        {
            return null;
        }

        (string Field, StringValue Value)?[] hashes = [.. parts.Select(part => Hash(value, part))];
        return hashes.All(hash => hash is not null) ? [.. hashes.Select(hash => hash!.Value)] : null;
    }

    private (string Field, StringValue Value)? Hash(StringValue value, string plain)
    {
        int separator = plain.IndexOfAny(['|', '=']);
        string hash = plain[(separator + 1)..].TrimStart('*');
        string trimmed = hash.TrimEnd('*');
        string? algorithm = separator < 0
            ? Lengths.FirstOrDefault(pair => pair.Value == trimmed.Length).Key
            : plain[..separator].TrimStart('*').ToUpperInvariant();
        if (algorithm is null || !algorithms.Contains(algorithm) || hash.Contains(','))
        {
            return null;
        }

        // A whole hash needs no wildcard in a separate field; the beginning of one does.
        bool whole = !Lengths.TryGetValue(algorithm, out int length) || trimmed.Length == length;
        SigmaString text = ItemValues.OfPlain(whole ? trimmed : hash);
        return (prefixOnly ? prefix : prefix + algorithm, value with { Text = text });
    }
}
