using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Sigma.Mutation;

/// <summary>One small change of the program.</summary>
/// <param name="File">The file, from the folder of the sources.</param>
/// <param name="Host">The member that it is in, or the value that a field begins with.</param>
/// <param name="Node">What is changed.</param>
/// <param name="Kind">What kind of change it is.</param>
/// <param name="Instead">What stands there instead.</param>
/// <param name="Nth">Which of the changes of the file with the same texts it is.</param>
internal sealed record Mutant(string File, SyntaxNode Host, SyntaxNode Node, string Kind, SyntaxNode Instead, int Nth)
{
    /// <summary>The line it is in, from 1.</summary>
    public int Line => Node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>What it does, in one line.</summary>
    public string Description => $"{Kind}: {OneLine(Node)} -> {OneLine(Instead)}";

    /// <summary>A place in a random order that stays the same while the code around it changes, so that a sample of today is mostly one of tomorrow.</summary>
    public string Order(int seed)
    {
        string text = $"{seed}\n{File}\n{Kind}\n{OneLine(Node, 400)}\n{OneLine(Instead, 400)}\n{Nth}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string OneLine(SyntaxNode node, int most = 90)
    {
        string text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= most ? text : text[..most] + "…";
    }
}

/// <summary>A mutant that has been built, as reports name it.</summary>
/// <param name="File">The file, from the folder of the repository.</param>
/// <param name="Line">The line it is in, from 1.</param>
/// <param name="Description">What it does, in one line.</param>
/// <param name="Place">Its place (<see cref="Schemata.Places"/>).</param>
internal sealed record BuiltMutant(string File, int Line, string Description, int Place)
{
    /// <summary>Reads a list of mutants, of which the first line says how many are possible.</summary>
    public static IEnumerable<BuiltMutant> Read(string path) => System.IO.File.ReadLines(path).Skip(1).Select(line => line.Split('\t'))
        .Select(cells => new BuiltMutant(cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2], int.Parse(cells[3], CultureInfo.InvariantCulture)));

    /// <summary>File, line and description.</summary>
    public override string ToString() => $"{File}:{Line} {Description}";
}
