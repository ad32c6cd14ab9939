using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sigma.Tests.Backends;

namespace Sigma.Tests;

/// <summary>The programs of docs/library.md are compiled against what is public, run, and print what the page says.</summary>
[Trait(Tier.Name, Tier.Slow)]
public sealed partial class LibraryPageTests
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    // What a program prints is caught, since other tests use the console as well.
    private const string Captured = """

        internal static class Captured
        {
            public static readonly System.IO.StringWriter Text = new() { NewLine = "\n" };
            public static void WriteLine(object? value) => Text.WriteLine(value);
        }
        """;

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    public static TheoryData<int, string, string> Programs
    {
        get
        {
            string page = File.ReadAllText(Path.Combine(Repository.Root, "docs/library.md")).ReplaceLineEndings("\n");
            var data = new TheoryData<int, string, string>();
            foreach (Match match in Program().Matches(page))
            {
                data.Add(page[..match.Index].Count(c => c == '\n') + 1, match.Groups["code"].Value, match.Groups["output"].Value);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_prints_what_the_page_says(int line, string code, string output) => Run(code).Should().Be(output, $"docs/library.md:{line}");

    [Fact]
    public void Every_program_is_found_and_most_say_what_they_print()
    {
        Programs.Should().HaveCountGreaterThan(5);
        Programs.Count(program => ((string)program[2]).Length > 0).Should().BeGreaterThan(5);
    }

    [Fact]
    public void What_is_internal_cannot_be_used() =>
        FluentActions.Invoking(() => Run("Console.WriteLine(Sigma.Text.Codes.MissingAttribute);")).Should().Throw<InvalidOperationException>().WithMessage("*CS0122*");

    private static string Run(string code)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            "LibraryProgram",
            [CSharpSyntaxTree.ParseText(Usings, options), CSharpSyntaxTree.ParseText("using Console = Captured;\n" + code + Captured, options)],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        if (!emitted.Success)
        {
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        }

        image.Position = 0;
        var context = new AssemblyLoadContext("library", isCollectible: true);
        try
        {
            Assembly program = context.LoadFromStream(image);
            program.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
            return program.GetType("Captured")!.GetField("Text")!.GetValue(null)!.ToString()!;
        }
        finally
        {
            context.Unload();
        }
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```(?:\n\n(?:prints\n\n)?```text\n(?<output>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex Program();
}
