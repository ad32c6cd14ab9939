using Sigma.Rules;

namespace Sigma.Events.Samples;

/// <summary>Words for the tests of a rule, for the reasons that samples give.</summary>
internal static class SampleText
{
    private const int Longest = 80;

    /// <summary>A test in a few words: <c>Image ends with '\a.exe'</c>.</summary>
    /// <param name="literal">The test.</param>
    /// <param name="field">The field, where the test is a keyword.</param>
    public static string Of(Literal literal, string field) => literal.Value switch
    {
        StringValue text when literal.Field is null => $"'{Short(text.Text.ToString())}' anywhere",
        StringValue text => $"{field} {Verb(text.Text)}",
        NumberValue number => $"{field} is {number.Text}",
        BooleanValue boolean => $"{field} is {(boolean.Value ? "true" : "false")}",
        NullValue => $"{field} has no value",
        ExistsValue { Exists: true } => $"{field} is there",
        ExistsValue => $"{field} is not there",
        RegexValue regex => $"{field} matches /{Short(regex.Pattern.Literal ?? regex.Pattern.ToString())}/",
        CidrValue cidr => $"{field} is in {cidr.Network}",
        CompareValue compare => $"{field} {Sign(compare.Comparison)} {compare.Number}",
        TimePartValue part => $"the {part.Part.ToString().ToLowerInvariant()} of {field} {Sign(part.Comparison)} {part.Number}",
        FieldReferenceValue reference => $"{field} is as {reference.Field}",
        _ => field,
    };

    /// <summary>What stands before a test that must not hold.</summary>
    public static string Wish(Literal literal) => literal.Wanted ? "" : "not ";

    private static string Verb(SigmaString text)
    {
        bool start = text.Parts is [{ Kind: PartKind.Many }, ..];
        bool end = text.Parts is [.., { Kind: PartKind.Many }];
        int inner = text.Parts.Length - (start ? 1 : 0) - (end && text.Parts.Length > 1 ? 1 : 0);
        if (inner != 1 || text.Parts.Length == 1 || text.Parts[start ? 1 : 0].Kind is not PartKind.Literal)
        {
            return $"is '{Short(text.ToString())}'";
        }

        string literal = Short(text.Parts[start ? 1 : 0].Text);
        return (start, end) switch
        {
            (true, true) => $"contains '{literal}'",
            (true, false) => $"ends with '{literal}'",
            (false, true) => $"starts with '{literal}'",
            _ => $"is '{literal}'",
        };
    }

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        Comparison.GreaterOrEqual => ">=",
        Comparison.NotEqual => "!=",
        _ => "=",
    };

    private static string Short(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
