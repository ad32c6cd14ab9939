using System.Globalization;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>Reads <c>limits</c> of a definition.</summary>
internal static class LimitReader
{
    /// <summary>Reads the limits.</summary>
    /// <param name="map">The map, which may be empty.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static EngineLimits Read(DefinitionMap map, List<Diagnostic> diagnostics)
    {
        var limits = new EngineLimits
        {
            Length = map.Has("length") ? ReadLength(map.Child("length"), diagnostics) : null,
            Depth = map.Has("depth") ? ReadDepth(map.Child("depth"), diagnostics) : null,
            Chain = map.Has("chain") ? ReadChain(map, diagnostics) : null,
            Items = map.Has("items") ? map.PositiveNumber("items") : null,
            Operators = map.Has("operators") ? ReadValues(map.Child("operators")) : null,
            Values = map.Has("values") ? ReadValues(map.Child("values")) : null,
        };
        map.ReportUnknown(["length", "depth", "chain", "items", "operators", "values"]);
        return limits;
    }

    private static LengthLimit? ReadLength(DefinitionMap map, List<Diagnostic> diagnostics)
    {
        string text = map.RequiredFilled("most");
        var most = TextLength.Read(text);
        if (most is null && text.Length > 0)
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf("most"), "most", "a number of bytes or characters, such as '262144 bytes'"));
        }

        string? setting = map.Filled("setting");
        map.ReportUnknown([]);
        return most is null ? null : new LengthLimit(most, setting);
    }

    private static DepthLimit ReadDepth(DefinitionMap map, List<Diagnostic> diagnostics)
    {
        int Levels(string? text, string name, int otherwise)
        {
            if (text is null)
            {
                return otherwise;
            }

            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                diagnostics.Add(Diagnostic.BackendValue(map.SpanOf(name), name, "a whole number"));
            }

            return number;
        }

        var depth = new DepthLimit(
            map.PositiveNumber("most"), Levels(map.Filled("group"), "group", 1), Levels(map.Filled("operand"), "operand", 0),
            Levels(map.Filled("not"), "not", 1), Levels(map.Filled("test"), "test", 1), map.Filled("setting"));
        map.ReportUnknown([]);
        return depth;
    }

    private static int? ReadChain(DefinitionMap map, List<Diagnostic> diagnostics)
    {
        int chain = map.PositiveNumber("chain");
        if (chain == 1)
        {
            diagnostics.Add(Diagnostic.BackendValue(map.SpanOf("chain"), "chain", "a whole number above 1"));
        }

        return chain > 1 ? chain : null;
    }

    private static ValueLimit ReadValues(DefinitionMap map)
    {
        var limit = new ValueLimit(map.PositiveNumber("most"), map.RequiredFilled("note"));
        map.ReportUnknown([]);
        return limit;
    }
}
