using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>A folder that a target lives in: embedded in the program, or the user's own on disk.</summary>
public abstract class BackendFolder
{
    private const string Prefix = "backends/";

    /// <summary>The target's name.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the target is built in, so that the tests have checked its templates.</summary>
    internal virtual bool IsBuiltIn => false;

    /// <summary>Whether it only has what others build on, and is no target itself.</summary>
    internal bool IsAbstract => isAbstract ??= ReadAbstract();

    /// <summary>The other names under which the target is known, as its folder says them. A target that cannot be read has them too.</summary>
    internal IReadOnlyList<string> Aliases => aliases ??= Names("aliases");

    /// <summary>The names of its formats; none if it takes those of the target it extends.</summary>
    internal IEnumerable<string> Formats => Top("formats") is YamlMapping formats
        ? formats.Entries.Where(format => format.Value is YamlMapping).Select(format => format.Name)
        : [];

    /// <summary>The name of the target it extends; null for none.</summary>
    internal string? Extends => (Top("extends") as YamlScalar)?.Value;

    /// <summary>Names that people try for its system or language; only the message to an unknown target knows them.</summary>
    internal IReadOnlyList<string> KnownAs => Names("known_as");

    /// <summary>Names that people try for systems without a target, for which it is the nearest, with what each is.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> NearestTo => Top("nearest_to") is YamlMapping systems
        ? [.. systems.Entries.Where(system => system.Value is YamlScalar).Select(system => KeyValuePair.Create(system.Name, ((YamlScalar)system.Value!).Value))]
        : [];

    private bool? isAbstract;

    private IReadOnlyList<string>? aliases;

    private IReadOnlyList<string> Names(string key) => Top(key) switch
    {
        YamlScalar one => [one.Value],
        YamlSequence several => [.. several.Items.OfType<YamlScalar>().Select(name => name.Value)],
        _ => [],
    };

    private bool ReadAbstract() => Top("abstract") is YamlScalar scalar && ScalarTypes.Truth(scalar) is true;

    /// <summary>The value of a key of the file itself, not of what it extends. Only a file that has the word is read as YAML.</summary>
    private YamlNode? Top(string key)
    {
        if (Read("backend.yml", out _) is not { } source)
        {
            return null;
        }

        bool isFirst = source.Text.StartsWith(key, StringComparison.Ordinal);
        int start = isFirst ? 0 : source.Text.IndexOf($"\n{key}:", StringComparison.Ordinal) + 1;
        return isFirst || start > 0
            ? (YamlReader.Read(IsBuiltIn ? Part(source, start) : source).FirstOrDefault()?.Root as YamlMapping)?[key]
            : null;
    }

    /// <summary>A key of a built-in file with its value, up to the next key: a fraction of the time for the whole file.</summary>
    private static SourceText Part(SourceText source, int start)
    {
        int end = start;
        do
        {
            end = source.Text.IndexOf('\n', end) + 1;
        }
        while (end > 0 && end < source.Text.Length && !char.IsAsciiLetter(source.Text[end]));

        return new SourceText(source.Path, end > 0 ? source.Text[start..end] : source.Text[start..], source.Limits);
    }

    /// <summary>The targets that are built in, sorted by name.</summary>
    public static IReadOnlyList<BackendFolder> BuiltIn { get; } =
    [
        .. EmbeddedFiles.In(Prefix, "/backend.yml").Select(resource => (BackendFolder)new EmbeddedFolder(resource[Prefix.Length..resource.LastIndexOf('/')])),
    ];

    /// <summary>Opens a user's folder of targets.</summary>
    /// <param name="directory">A folder whose sub-folders each have a <c>backend.yml</c>, or one such folder itself.</param>
    public static IReadOnlyList<BackendFolder> Open(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (File.Exists(Path.Combine(directory, "backend.yml")))
        {
            return [new DiskFolder(directory)];
        }

        return
        [
            .. Directory.GetDirectories(directory).Order(StringComparer.Ordinal)
                .Where(sub => FileBounds.LiesIn(directory, sub))
                .Where(sub => File.Exists(Path.Combine(sub, "backend.yml")))
                .Select(sub => (BackendFolder)new DiskFolder(sub)),
        ];
    }

    /// <summary>A folder that has the files of several, the first one's before the next one's.</summary>
    internal static BackendFolder Inheriting(IReadOnlyList<BackendFolder> chain) => chain.Count == 1 ? chain[0] : new InheritingFolder(chain);

    /// <summary>Opens a file of the folder.</summary>
    /// <param name="path">The path below the folder, with slashes.</param>
    /// <param name="error">What is wrong with the file; null if nothing is.</param>
    /// <returns>The file's text; null if there is none.</returns>
    public abstract SourceText? Read(string path, out Diagnostic? error);

    /// <summary>The pipelines in the folder, as file names without ending, sorted.</summary>
    public abstract IReadOnlyList<string> Pipelines { get; }

    private sealed class InheritingFolder(IReadOnlyList<BackendFolder> chain) : BackendFolder
    {
        public override string Name => chain[0].Name;

        internal override bool IsBuiltIn => chain[0].IsBuiltIn;

        public override IReadOnlyList<string> Pipelines => [.. chain.SelectMany(folder => folder.Pipelines).Distinct().Order(StringComparer.Ordinal)];

        public override SourceText? Read(string path, out Diagnostic? error)
        {
            error = null;
            foreach (BackendFolder folder in chain)
            {
                if (folder.Read(path, out error) is { } text)
                {
                    return text;
                }

                if (error is not null)
                {
                    return null;
                }
            }

            return null;
        }
    }

    private sealed class EmbeddedFolder(string name) : BackendFolder
    {
        public override string Name => name;

        internal override bool IsBuiltIn => true;

        public override IReadOnlyList<string> Pipelines =>
            pipelines ??= [.. EmbeddedFiles.In($"{Prefix}{name}/pipelines/", ".yml").Select(path => Path.GetFileNameWithoutExtension(path))];

        private IReadOnlyList<string>? pipelines;

        public override SourceText? Read(string path, out Diagnostic? error)
        {
            error = null;
            return EmbeddedFiles.Open($"{Prefix}{name}/{path}");
        }
    }

    private sealed class DiskFolder(string directory) : BackendFolder
    {
        public override string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));

        public override IReadOnlyList<string> Pipelines => Directory.Exists(Path.Combine(directory, "pipelines"))
            ? [.. Directory.GetFiles(Path.Combine(directory, "pipelines"), "*.yml").Order(StringComparer.Ordinal).Select(file => Path.GetFileNameWithoutExtension(file))]
            : [];

        public override SourceText? Read(string path, out Diagnostic? error)
        {
            error = null;
            string file = Path.Combine(directory, path);
            try
            {
                if (File.Exists(file) && (error = FileBounds.Refusal(file, directory)) is not null)
                {
                    return null;
                }

                return File.Exists(file) ? SourceText.Decode(file, File.ReadAllBytes(file), out error) : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                error = Diagnostic.CannotRead(null, exception.Message);
                return null;
            }
        }
    }
}
