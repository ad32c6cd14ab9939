using Sigma.Engines.Tests.Hostile.Readers;

namespace Sigma.Engines.Tests.Hostile;

/// <summary>A query of PPL or its condition: texts are in quotes with escapes, names in back-ticks, and what starts a comment only outside of them.</summary>
internal sealed class PplOutlet(string format, params string[] options) : QueryOutlet("opensearch-ppl " + format, "opensearch-ppl", format, options)
{
    public override int Share => 30;

    public override Reading Read(Output output)
    {
        var reading = new SqlReader('`', escapes: true, plainNames: true).Read(output.Text!);
        // A text with a backslash is an expression.
        if (reading.Structure.Remove("REGEXP_MATCH"))
        {
            reading.Structure.Add("ILIKE");
        }

        return reading;
    }
}
