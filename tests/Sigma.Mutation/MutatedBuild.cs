using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Sigma.Mutation;

/// <summary>A library, compiled as its project says, but with mutants in it.</summary>
internal sealed class MutatedBuild
{
    private readonly CSharpCommandLineArguments arguments;
    private readonly IReadOnlyDictionary<string, SyntaxTree> trees;
    private readonly Compilation plain;

    private MutatedBuild(CSharpCommandLineArguments arguments, IReadOnlyDictionary<string, SyntaxTree> trees, Compilation plain)
    {
        this.arguments = arguments;
        this.trees = trees;
        this.plain = plain;
    }

    /// <summary>The sources by their full paths.</summary>
    public IReadOnlyDictionary<string, SyntaxTree> Sources => trees;

    /// <summary>Asks MSBuild how the project is compiled, and reads its sources.</summary>
    /// <param name="project">The project file.</param>
    public static MutatedBuild Read(string project)
    {
        string folder = Path.GetDirectoryName(project)!;
        string answer = Command.Run("dotnet", ["msbuild", project, "-t:PrepareResources;Compile", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-p:NonExistentFile=none", "-getItem:CscCommandLineArgs"]);
        using JsonDocument json = JsonDocument.Parse(answer);
        string[] words = [.. json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(word => word.GetProperty("Identity").GetString()!)];
        CSharpCommandLineArguments arguments = CSharpCommandLineParser.Default.Parse(words, folder, null);
        var trees = arguments.SourceFiles.ToDictionary(
            file => file.Path,
            file => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file.Path), arguments.Encoding), arguments.ParseOptions, file.Path));
        MetadataReference[] references = [.. arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(Path.Combine(folder, reference.Reference)))];
        CSharpCompilationOptions options = arguments.CompilationOptions
            .WithGeneralDiagnosticOption(ReportDiagnostic.Suppress).WithSpecificDiagnosticOptions(ImmutableDictionary<string, ReportDiagnostic>.Empty);
        var compilation = CSharpCompilation.Create(arguments.CompilationName, trees.Values, references, options);

        // What generators add comes from declarations, which no mutant changes.
        var loader = new Loader();
        ISourceGenerator[] generators = [.. arguments.AnalyzerReferences.Select(reference => new AnalyzerFileReference(Path.Combine(folder, reference.FilePath), loader))
            .SelectMany(reference => reference.GetGenerators(LanguageNames.CSharp))];
        CSharpGeneratorDriver.Create(generators, parseOptions: arguments.ParseOptions).RunGeneratorsAndUpdateCompilation(compilation, out Compilation whole, out _);
        return new MutatedBuild(arguments, trees, whole.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Schemata.Switch, arguments.ParseOptions)));
    }

    /// <summary>Compiles the library with mutants in it.</summary>
    /// <param name="mutants">Mutants of its sources, with their numbers.</param>
    /// <param name="refused">The numbers of those that the compiler does not take; without any, the library can be written.</param>
    public Compilation Compile(IEnumerable<(int Number, Mutant Mutant)> mutants, out HashSet<int> refused)
    {
        (int Number, Mutant Mutant)[] own = [.. mutants];
        Compilation compilation = With(own);
        refused = Refused(compilation);
        return compilation;
    }

    /// <summary>Writes the library into a folder.</summary>
    /// <param name="compilation">The library with mutants in it.</param>
    /// <param name="folder">The folder.</param>
    public void Write(Compilation compilation, string folder)
    {
        string output = Path.Combine(folder, arguments.CompilationName + ".dll");
        using FileStream file = File.Create(output);
        var result = compilation.Emit(file, manifestResources: arguments.ManifestResources);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity is DiagnosticSeverity.Error)));
        }
    }

    private Compilation With((int Number, Mutant Mutant)[] mutants)
    {
        Compilation compilation = plain;
        foreach (var file in mutants.GroupBy(one => one.Mutant.File))
        {
            SyntaxTree tree = trees[file.Key];
            SyntaxNode written = Schemata.Write(tree.GetRoot(), [.. file]);
            compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.Create((CSharpSyntaxNode)written, arguments.ParseOptions, tree.FilePath, arguments.Encoding));
        }

        return compilation;
    }

    /// <summary>The mutants that the compiler refuses.</summary>
    private static HashSet<int> Refused(Compilation compilation)
    {
        var bad = new HashSet<int>();
        foreach (Diagnostic error in compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error))
        {
            SyntaxNode place = error.Location.SourceTree?.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true) ?? throw new InvalidOperationException(error.ToString());
            if (place.AncestorsAndSelf().SelectMany(node => node.GetAnnotations(Schemata.Mark)).FirstOrDefault() is { } mark)
            {
                bad.Add(Number(mark));
                continue;
            }

            // An error of the member as a whole: of a mutant that runs off its end, or leaves something unset.
            SyntaxNode? member = place.AncestorsAndSelf().FirstOrDefault(node => node is MemberDeclarationSyntax or AccessorDeclarationSyntax);
            SyntaxNode[] inside = [.. member?.GetAnnotatedNodes(Schemata.Mark) ?? []];
            SemanticModel model = compilation.GetSemanticModel(place.SyntaxTree);
            SyntaxNode[] open = [.. inside.Where(node => node is BlockSyntax block && model.AnalyzeControlFlow(block) is { Succeeded: true, EndPointIsReachable: true })];
            SyntaxNode[] guilty = open.Length is 0 ? inside : open;
            if (guilty.Length == 0)
            {
                throw new InvalidOperationException($"the code does not compile even without mutants: {error}");
            }

            bad.UnionWith(guilty.SelectMany(node => node.GetAnnotations(Schemata.Mark)).Select(Number));
        }

        return bad;
    }

    private static int Number(SyntaxAnnotation mark) => int.Parse(mark.Data!, CultureInfo.InvariantCulture);

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
