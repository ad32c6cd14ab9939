using Sigma.Backends.Targets;

namespace Sigma.Backends;

/// <summary>The classes for languages that templates alone cannot express, by their name under <c>emitter</c> in a <c>backend.yml</c>.</summary>
internal static class Emitters
{
    private static readonly Dictionary<string, Func<Backend, Emitter>> ByName = new(StringComparer.Ordinal)
    {
        ["text"] = backend => new TextEmitter(backend),
        ["powershell"] = backend => new PowerShellEmitter(backend),
        ["grep"] = backend => new GrepEmitter(backend),
        ["logql"] = backend => new LogqlEmitter(backend),
    };

    /// <summary>The names there are.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Creates the emitter of a backend, whose name was checked when it was read.</summary>
    public static Emitter Create(Backend backend) => ByName[backend.Dialect.EmitterName](backend);
}
