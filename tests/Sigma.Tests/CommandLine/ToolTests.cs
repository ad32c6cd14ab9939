using Sigma.Engines.Tests.Engines;

namespace Sigma.Tests.CommandLine;

/// <summary>A test that needs bash, which is skipped where it is missing.</summary>
internal sealed class BashFactAttribute : FactAttribute
{
    public BashFactAttribute() => Skip = MachineTools.Missing("bash");
}

/// <summary>A theory that needs bash.</summary>
internal sealed class BashTheoryAttribute : TheoryAttribute
{
    public BashTheoryAttribute() => Skip = MachineTools.Missing("bash");
}

/// <summary>A test that runs the scripts of the samples, which need more.</summary>
internal sealed class ScriptFactAttribute : FactAttribute
{
    public ScriptFactAttribute() => Skip = MachineTools.Missing("bash", "jq", "curl");
}

/// <summary>A theory that runs the scripts of the samples.</summary>
internal sealed class ScriptTheoryAttribute : TheoryAttribute
{
    public ScriptTheoryAttribute() => Skip = MachineTools.Missing("bash", "jq", "curl");
}

/// <summary>A test that runs the steps of CI jobs.</summary>
internal sealed class CiFactAttribute : FactAttribute
{
    public CiFactAttribute(bool needsSharedFolder = false) =>
        Skip = OperatingSystem.IsWindows() ? "Skipped: the jobs are for Linux and macOS."
            : needsSharedFolder && SharedFolder.Path is null ? $"Skipped: {SharedFolder.Missing}."
            : MachineTools.Missing("bash", "jq", "git", "tar");
}

/// <summary>What a plain machine may lack.</summary>
internal static class MachineTools
{
    /// <summary>Why a test that needs these is skipped; null where all are there.</summary>
    public static string? Missing(params string[] tools) =>
        Array.Find(tools, tool => !Sigmac.Has(tool)) is { } missing ? $"Skipped: {missing} is not on this machine." : null;
}
