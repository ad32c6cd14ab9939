using Sigma.Engines.Tests.Hostile.Readers;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>A PowerQuery of SentinelOne: texts are in double quotes with escapes, and names have none.</summary>
internal sealed class PowerQueryOutlet() : QueryOutlet("sentinelone", "sentinelone", null, "number_fields")
{
    private static readonly HashSet<string> Words = ["AND", "ANYCASE", "BY", "CONTAINS", "FALSE", "FILTER", "GROUP", "IN", "MATCHCASE", "MATCHES", "NOT", "OR", "TIMEBUCKET", "TRUE"];

    public override int Share => 30;

    public override Reading Read(Output output)
    {
        var reading = new SqlReader('"', escapes: true).Read(output.Text!);
        reading.Structure.RemoveWhere(part => part.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !Words.Contains(part));
        // A text with a wildcard or a control character is an expression.
        if (reading.Structure.Overlaps(["CONTAINS", "IN", "MATCHES"]))
        {
            reading.Structure.ExceptWith(["ANYCASE", "CONTAINS", "IN", "MATCHES", ":"]);
            reading.Structure.Add("MATCHES");
        }

        return reading;
    }
}
