using Sigma.Rules;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// What a rule means in a table of Kusto, whose texts are never null: what an event does not have is the empty text. So a field is absent
/// if it is empty, and exists if it is not; <c>*</c> asks for a field that exists.
/// </summary>
internal static class KustoMeaning
{
    public static readonly ValueTest Test = (item, value, e) =>
    {
        if (item.Field is null)
        {
            return e.Present.Any(present => ValueMeaning.Fits(value, present.Value, Folding.Ordinal, whole: false));
        }

        var text = e.Data.GetValueOrDefault(item.Field) ?? "";
        return value switch
        {
            NullValue => text.Length == 0,
            ExistsValue exists => exists.Exists == text.Length > 0,
            StringValue { Text.IsEmpty: true } => text.Length == 0,
            StringValue anything when anything.Text.Parts.All(part => part.Kind is PartKind.Many) => text.Length > 0,
            FieldReferenceValue reference => e.Data.GetValueOrDefault(reference.Field) is { Length: > 0 } && SigmaMeaning.Exact(Folding.Ordinal)(item, value, e),
            _ => ValueMeaning.Fits(value, text, Folding.Ordinal, whole: true),
        };
    };
}
