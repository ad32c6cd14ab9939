using Sigma.Engines.Tests.Engines.Loki;

namespace Sigma.Engines.Tests.Fidelity;

/// <summary>
/// What a rule means in LogScale: fields exactly, and a keyword in the event as it was logged, in which a backslash or a quote may have a backslash before it.
/// </summary>
internal static class LogScaleMeaning
{
    private static readonly ValueTest Fields = SigmaMeaning.Exact(Folding.Ordinal);

    public static ValueTest Test { get; } = (item, value, e) => item.Field is null ? LokiMeaning.IsInLine(value, new LokiLine(e).Text) : Fields(item, value, e);
}
