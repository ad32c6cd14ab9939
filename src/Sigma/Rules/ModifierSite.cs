using Sigma.Text;

namespace Sigma.Rules;

/// <summary>Where a modifier acts: what it may need to know, and where it reports.</summary>
/// <param name="Name">The modifier's name as written.</param>
/// <param name="Field">The item's field; null for keywords.</param>
/// <param name="Span">The position of the modifier's name.</param>
/// <param name="Diagnostics">Receives diagnostics.</param>
internal sealed record ModifierSite(string Name, string? Field, Span Span, List<Diagnostic> Diagnostics)
{
    /// <summary>Reports that a value does not fit the modifier.</summary>
    /// <param name="value">The value.</param>
    /// <param name="needs">What the modifier takes.</param>
    /// <returns>Null, so that a modifier can return it.</returns>
    public Value? Refuse(Value value, string needs)
    {
        Diagnostics.Add(Diagnostic.ModifierInput(value.Span, Name, needs, Describe(value)));
        return null;
    }

    /// <summary>Reports that a modifier needs a field, which keywords do not have.</summary>
    public bool RequireField(Value value)
    {
        if (Field is not null)
        {
            return true;
        }

        Diagnostics.Add(Diagnostic.ModifierNeedsField(Span, Name));
        return false;
    }

    /// <summary>Reports, once for an item, that a modifier cannot say where in an event a keyword stands.</summary>
    public void ReportAnchor()
    {
        var anchor = Diagnostic.KeywordAnchor(Span, Name);
        if (!Diagnostics.Exists(said => said.Code == anchor.Code && said.Span == Span))
        {
            Diagnostics.Add(anchor);
        }
    }

    /// <summary>Applies a change to a text value, and inside an expansion to each of its members.</summary>
    public Value? EachText(Value value, string needs, Func<StringValue, Value?> change) => value switch
    {
        StringValue text => change(text),
        ExpansionValue expansion => Each(expansion, member => EachText(member, needs, change)),
        _ => Refuse(value, needs),
    };

    /// <summary>Applies a change to each member of an expansion.</summary>
    /// <returns>The expansion of the results, flattened; null if a member was refused.</returns>
    public static Value? Each(ExpansionValue expansion, Func<Value, Value?> change)
    {
        var values = System.Collections.Immutable.ImmutableArray.CreateBuilder<Value>(expansion.Values.Length);
        foreach (Value member in expansion.Values)
        {
            Value? changed = change(member);
            if (changed is null)
            {
                return null;
            }

            if (changed is ExpansionValue inner)
            {
                values.AddRange(inner.Values);
            }
            else
            {
                values.Add(changed);
            }
        }

        return expansion with { Values = values.DrainToImmutable() };
    }

    /// <summary>What to call a value in a sentence.</summary>
    public static string Describe(Value value) => value switch
    {
        StringValue { Text.HasPlaceholders: true } => "a string with a placeholder",
        StringValue { Text.Literal: null } => "a string with wildcards",
        StringValue => "a string",
        NumberValue => "a number",
        BooleanValue => "a boolean",
        NullValue => "null",
        RegexValue => "a regular expression",
        CidrValue => "a network",
        CompareValue => "a comparison",
        ExistsValue => "an existence test",
        FieldReferenceValue => "a field reference",
        TimePartValue => "a part of a date",
        ExpansionValue => "several values",
        QueryExpressionValue => "a query expression",
        _ => throw new System.Diagnostics.UnreachableException(value.GetType().Name),
    };
}
