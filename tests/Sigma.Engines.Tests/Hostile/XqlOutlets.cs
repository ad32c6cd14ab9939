using Sigma.Engines.Tests.Hostile.Readers;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>An XQL query of Cortex: texts are in double quotes, in which nothing escapes, and names have none.</summary>
internal sealed class XqlOutlet(string format, params string[] options) : QueryOutlet("cortex-xql " + format, "cortex-xql", format, options)
{
    private static readonly HashSet<string> Words =
        ["ALTER", "AND", "BIN", "BY", "COMP", "CONFIG", "CONTAINS", "DATASET", "FALSE", "FIELDS", "FILTER", "IN", "INCIDR", "INCIDR6", "JOIN", "LIMIT", "LOWERCASE", "NOT", "NULL", "OR", "SORT", "TRUE", "UNION"];

    public override int Share => 30;

    public override Reading Read(Output output)
    {
        var reading = new SqlReader('"', escapes: false).Read(output.Text!);
        if (reading.Texts.Any(text => text.Text.Contains('"')))
        {
            throw new Unreadable("a quote in a text, which has no spelling");
        }

        reading.Structure.RemoveWhere(part => part.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !Words.Contains(part));
        // A text with a star or a quote is an expression, and so is one that is compared with its case.
        if (reading.Structure.Overlaps(["CONTAINS", "IN", "LOWERCASE", "~"]))
        {
            reading.Structure.ExceptWith(["CONTAINS", "IN", "LOWERCASE", "=", "~"]);
            reading.Structure.Add("~=");
        }

        return reading;
    }
}
