using System.CommandLine;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>sigmac schema</c>: the JSON Schemas of the files that users write, for editors.</summary>
internal static class SchemaCommand
{
    /// <summary>The schemas there are, by the kind of file. They are the files of docs/schemas.</summary>
    public static IReadOnlyList<string> Names { get; } = ["rule", "cases", "pipeline", "backend", "configuration"];

    /// <summary>Makes the command.</summary>
    /// <param name="environment">The streams and variables.</param>
    public static Command Create(CommandEnvironment environment)
    {
        var file = new Argument<string>("file") { Description = "The kind of file: " + string.Join(", ", Names) + "." };
        file.AcceptOnlyFromAmong([.. Names]);
        var command = new Command("schema", "Write the JSON Schema of a kind of file, for editors.") { file };
        command.SetAction(parsed =>
        {
            environment.Output.Write(Text(parsed.GetValue(file)!));
            return ExitCode.Converted;
        });
        return command;
    }

    /// <summary>The text of a schema.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static string Text(string name) => EmbeddedFiles.Text(typeof(SchemaCommand).Assembly, $"schemas/{name}.schema.json");
}
