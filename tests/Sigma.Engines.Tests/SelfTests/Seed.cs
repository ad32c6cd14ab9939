using Sigma.Engines.Tests.Engines;

namespace Sigma.Engines.Tests.SelfTests;

/// <summary>Events around the rule of the project's own specification.</summary>
internal static class Seed
{
    /// <summary>The rule matches records 1 and 2; each of the others lacks one of its conditions.</summary>
    public static readonly IReadOnlyList<EngineEvent> Events =
    [
        EngineEvent.Of(1, "Security", 5156, ("DestPort", "5985"), ("LayerRTID", "44")),
        EngineEvent.Of(2, "Security", 5156, ("DestPort", "5986"), ("LayerRTID", "44")),
        EngineEvent.Of(3, "Security", 5156, ("DestPort", "443"), ("LayerRTID", "44")),
        EngineEvent.Of(4, "Security", 5156, ("DestPort", "5985"), ("LayerRTID", "40")),
        EngineEvent.Of(5, "Security", 4624, ("DestPort", "5985"), ("LayerRTID", "44")),
    ];

    public static readonly IReadOnlyList<long> Expected = [1, 2];
}
