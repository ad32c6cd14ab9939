using System.Text;
using System.Text.Json;
using Sigma.Backends;
using Sigma.Cli;
using Sigma.Compilation;
using Sigma.Tests.Backends;
using Sigma.Text;

namespace Sigma.Tests.Fuzzing;

/// <summary>A way into the program that takes a kind of file.</summary>
/// <param name="name">The target's name, and that of its folder of corpus files.</param>
internal abstract class FuzzTarget(string name)
{
    public string Name => name;

    /// <summary>Least share of inputs, of a hundred, that must get past the reader.</summary>
    public virtual int LeastPast => 50;

    /// <summary>The number of changes that most inputs have at the most.</summary>
    public virtual uint MostChanges => 2;

    /// <summary>How many inputs a thousand of the fastest target get.</summary>
    public virtual int Share => 1000;

    /// <summary>The texts that inputs are made of: those of the repository, and our own small ones.</summary>
    public IEnumerable<string> Corpus() => OwnCorpus().Concat(Files(Path.Combine(Repository.Root, "tests/Sigma.Tests/Fuzzing/Corpus", name), "*").Select(File.ReadAllText));

    /// <summary>Tries an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="choice">Decides what is chosen by chance: a format, a rule.</param>
    /// <returns>Whether the reader of its kind found no error in it.</returns>
    /// <exception cref="FuzzFailure">Something came out that must not.</exception>
    public abstract bool Try(string input, ulong choice);

    /// <summary>The repository's own files of the kind.</summary>
    protected abstract IEnumerable<string> OwnCorpus();

    protected static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];

    protected static IEnumerable<string> Texts(string folder, string pattern) => Files(Path.Combine(Repository.Root, folder), pattern).Select(File.ReadAllText);

    /// <summary>A fault of sigmac's own must not be said of any input.</summary>
    protected static void Check(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (diagnostic.Code.Id == "SIG0712" || string.IsNullOrWhiteSpace(diagnostic.Message))
            {
                throw new FuzzFailure($"{diagnostic.Code.Id}: {diagnostic.Message}");
            }

            // The place must be one of its text.
            _ = diagnostic.Span?.Position;
            DiagnosticWriter.Write(TextWriter.Null, diagnostic, false, "a.yml");
        }
    }

    /// <summary>A query, or a diagnostic; and a record that is JSON.</summary>
    protected static void Check(IEnumerable<Conversion> conversions)
    {
        foreach (Conversion conversion in conversions)
        {
            Check(conversion.Diagnostics);
            bool isRight = conversion.Status switch
            {
                ConversionStatus.Converted => conversion.Query is not null && !conversion.Diagnostics.Any(d => d.Severity is Severity.Error),
                ConversionStatus.Failed => conversion.Query is null && conversion.Diagnostics.Any(d => d.Severity is Severity.Error),
                _ => conversion.Query is null,
            };
            if (!isRight)
            {
                throw new FuzzFailure($"{conversion.Status} with {(conversion.Query is null ? "no" : "a")} query and {conversion.Diagnostics.Count} diagnostics");
            }

            CheckLines(ConversionRecord.Write("a.yml", conversion), 1);
        }
    }

    /// <summary>So many lines of JSON.</summary>
    protected static void CheckLines(byte[] lines, int? count = null)
    {
        string[] records = Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (count is not null && records.Length != count)
        {
            throw new FuzzFailure($"{records.Length} lines for {count} records");
        }

        foreach (string record in records)
        {
            try
            {
                using var parsed = JsonDocument.Parse(record, new JsonDocumentOptions { MaxDepth = 512 });
                CheckNames(parsed.RootElement);
            }
            catch (JsonException refusal)
            {
                throw new FuzzFailure($"no JSON: {refusal.Message} {record}");
            }
        }
    }

    /// <summary>No object has a name twice, but within the event of a record, which is copied as it came.</summary>
    private static void CheckNames(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                CheckNames(item);
            }
        }

        if (value.ValueKind is JsonValueKind.Object)
        {
            var names = new HashSet<string>();
            foreach (JsonProperty member in value.EnumerateObject())
            {
                if (!names.Add(member.Name))
                {
                    throw new FuzzFailure($"\"{member.Name}\" twice: {value.GetRawText()}");
                }

                if (member.Name != "event")
                {
                    CheckNames(member.Value);
                }
            }
        }
    }

    protected static SourceText Source(string input, string path = "a.yml") => SourceText.Decode(path, Encoding.UTF8.GetBytes(input), out _);

    protected static bool HasError(IEnumerable<Diagnostic> diagnostics) => diagnostics.Any(d => d.Severity is Severity.Error);

    /// <summary>All formats of all targets.</summary>
    protected static IReadOnlyList<CompilerTarget> Formats => All.Value;

    private static readonly Lazy<IReadOnlyList<CompilerTarget>> All = new(() =>
    [
        .. new BackendCatalog().Names.SelectMany(name => new BackendCatalog().Read(name, new Dictionary<string, string>(), [])!.Formats.Select(format => Repository.Target(name, format.Name))),
    ]);
}
