using Sigma.Backends.Targets;

namespace Sigma.Backends;

/// <summary>The classes for languages that are no plain text dialect, by the name a <c>backend.yml</c> gives under <c>emitter</c>.</summary>
internal static class Emitters
{
    private static readonly Dictionary<string, Func<Backend, Emitter>> ByName = new(StringComparer.Ordinal)
    {
        ["text"] = backend => new TextEmitter(backend),
        ["powershell"] = backend => new PowerShellEmitter(backend),
        ["grep"] = backend => new GrepEmitter(backend),
    };

    /// <summary>The names there are.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Makes the emitter of a backend, whose name was checked when it was read.</summary>
    public static Emitter Create(Backend backend) => ByName[backend.Dialect.EmitterName](backend);
}
