using Sigma.Engines.Tests.Engines;

namespace Sigma.Tests;

/// <summary>A test that reads the shared folder, and is skipped where there is none.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute() => Skip = SharedFolder.Path is null ? $"Skipped: {SharedFolder.Missing}." : null;
}

/// <summary>A theory over the shared folder.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute() => Skip = SharedFolder.Path is null ? $"Skipped: {SharedFolder.Missing}." : null;
}
