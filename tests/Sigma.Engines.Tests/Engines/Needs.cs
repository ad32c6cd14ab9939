namespace Sigma.Engines.Tests.Engines;

/// <summary>What a test cannot run without, and a plain machine may lack.</summary>
[Flags]
public enum Needs
{
    Nothing = 0,
    Shared = 1,
    Grep = 2,
    Bash = 4,
    Dash = 8,
    SqlEngines = 16,
    KustoBinder = 32,
    LogqlGrammar = 64,
}

internal static class NeedsSentence
{
    /// <summary>Why a test with these needs is skipped here, or null if it runs.</summary>
    public static string? For(Needs needs)
    {
        if (needs.HasFlag(Needs.Shared) && SharedFolder.Path is null)
        {
            return $"Skipped: {SharedFolder.Missing}.";
        }

        if (needs.HasFlag(Needs.Grep) && !GrepEngine.Present)
        {
            return "Skipped: no grep that knows -P on this machine.";
        }

        if (needs.HasFlag(Needs.Dash) && !CurlScriptEngine.DashPresent)
        {
            return "Skipped: no dash on this machine.";
        }

        if (needs.HasFlag(Needs.SqlEngines) && !Sql.NodeSqlEngine.Present)
        {
            return "Skipped: no PostgreSQL and ClickHouse; run 'npm install' in tests/engines, which needs Node.";
        }

        if (needs.HasFlag(Needs.KustoBinder) && !Kusto.KustoBinder.Present)
        {
            return "Skipped: no binder of Kusto; run 'npm install' in tests/engines, which needs Node.";
        }

        if (needs.HasFlag(Needs.LogqlGrammar) && !Loki.LokiGrammar.Present)
        {
            return "Skipped: no grammar of LogQL; run 'npm install' in tests/engines, which needs Node.";
        }

        return needs.HasFlag(Needs.Bash) && !CurlScriptEngine.Present ? "Skipped: no bash on this machine." : null;
    }
}

/// <summary>A test that reads the shared folder; it may need an engine as well.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(Needs also = Needs.Nothing) => Skip = NeedsSentence.For(Needs.Shared | also);
}

/// <summary>A theory over the shared folder; its data is not asked for where the folder is missing.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(Needs also = Needs.Nothing) => Skip = NeedsSentence.For(Needs.Shared | also);
}

/// <summary>A test that needs an engine from the machine.</summary>
public sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(Needs needs) => Skip = NeedsSentence.For(needs);
}

/// <summary>A theory that needs an engine from the machine.</summary>
public sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(Needs needs) => Skip = NeedsSentence.For(needs);
}
