using System.CommandLine;
using Sigma.Attack;
using Sigma.Documentation;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>--attack</c>: the source of the names of MITRE ATT&amp;CK.</summary>
internal sealed class AttackOption
{
    /// <summary>Selects the built-in catalogue with the names of that year.</summary>
    private const string NamesOf2020 = "2020";

    private readonly Option<string?> attack = new("--attack")
    {
        Description = $"Read tactics and techniques from this STIX bundle of MITRE ATT&CK instead of the built-in version {AttackCatalog.BuiltInVersion}. Use {NamesOf2020} for the built-in version with the names of that year.",
        HelpName = "file",
    };

    /// <summary>Adds the option to a command.</summary>
    public AttackOption(Command command) => command.Options.Add(attack);

    /// <summary>Opens the catalogue.</summary>
    /// <param name="given">What the user gave; null for nothing.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns>The catalogue; null after a report.</returns>
    public static AttackCatalog? Open(string? given, List<Diagnostic> diagnostics) => given switch
    {
        null => AttackCatalog.BuiltIn,
        NamesOf2020 => AttackCatalog.Of2020,
        _ => StixReader.Read(given, diagnostics),
    };

    /// <summary>Reads what the user gave.</summary>
    public string? Read(ParseResult parsed) => parsed.GetValue(attack);
}
