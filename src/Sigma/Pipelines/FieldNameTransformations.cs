using System.Collections.Immutable;
using Sigma.Text;

namespace Sigma.Pipelines;

/// <summary><c>field_name_prefix</c> and <c>field_name_suffix</c>: every field gets a prefix or suffix; keywords do not.</summary>
internal sealed class FieldNameDecoration(string prefix, string suffix) : FieldRenaming
{
    /// <summary>Reads <c>prefix</c>.</summary>
    public static Transformation ReadPrefix(Parameters parameters) => new FieldNameDecoration(parameters.Required("prefix"), "");

    /// <summary>Reads <c>suffix</c>.</summary>
    public static Transformation ReadSuffix(Parameters parameters) => new FieldNameDecoration("", parameters.Required("suffix"));

    /// <inheritdoc/>
    protected override ImmutableArray<string>? NamesFor(string? field) => field is null ? null : [prefix + field + suffix];
}

/// <summary>
/// <c>field_name_transform</c>: names change their case, but for those in a mapping. The public format wants
/// a function of the host language here, which a file cannot hold; the methods of <c>case</c> stand for it.
/// </summary>
internal sealed class FieldNameTransform(Func<string, string> change, IReadOnlyDictionary<string, ImmutableArray<string>> mapping, ImmutableArray<string>? keywords) : FieldRenaming
{
    /// <summary>
    /// Reads <c>transform_func: lower|upper|snake_case</c>, <c>mapping</c> with the names that become something else, and
    /// <c>apply_keyword</c> (false): whether keywords become what the mapping has for null.
    /// </summary>
    public static Transformation? Read(Parameters parameters)
    {
        ImmutableArray<string>? keywords = null;
        Dictionary<string, ImmutableArray<string>> mapping = parameters.Node("mapping") is null ? [] : FieldNameMapping.ReadMapping(parameters, out keywords);
        bool applyKeyword = parameters.Flag("apply_keyword");
        if (applyKeyword && keywords is null)
        {
            parameters.Diagnostics.Add(Diagnostic.MissingParameter(parameters.Node("apply_keyword")!.Span, "apply_keyword", "mapping: {null: field}"));
        }

        if (parameters.Node("transform_func") is null)
        {
            parameters.Missing("transform_func");
            return null;
        }

        string? method = parameters.Choice("transform_func", NameCase.Methods.Keys, null);
        return method is null ? null : new FieldNameTransform(NameCase.Methods[method], mapping, applyKeyword ? keywords : null);
    }

    /// <inheritdoc/>
    protected override ImmutableArray<string>? NamesFor(string? field) =>
        field is null ? keywords
        : mapping.TryGetValue(field, out ImmutableArray<string> names) ? names
        : [change(field)];
}
