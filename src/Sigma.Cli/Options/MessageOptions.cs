using System.CommandLine;

namespace Sigma.Cli;

/// <summary>The options for messages: which are printed, in which form, and how severe a warning is.</summary>
internal sealed class MessageOptions
{
    private readonly Option<bool> strict = new("--strict") { Description = "Treat warnings as errors: a rule with a warning fails." };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Print only errors to standard error." };
    private readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Also print informational messages." };

    private readonly Option<string> colour = new("--color")
    {
        Description = "Use colour in messages: auto, always or never.",
        DefaultValueFactory = _ => "auto",
        HelpName = "when",
    };

    /// <summary>Adds the options to a command.</summary>
    public MessageOptions(Command command)
    {
        foreach (Option option in (Option[])[strict, quiet, verbose, colour])
        {
            command.Options.Add(option);
        }

        ChoiceOption.Restrict(colour, ["auto", "always", "never"]);
    }

    /// <summary>Reads what the user gave.</summary>
    public MessageSettings Read(ParseResult parsed) => new()
    {
        Strict = parsed.GetValue(strict),
        Quiet = parsed.GetValue(quiet),
        Verbose = parsed.GetValue(verbose),
        Colour = parsed.GetValue(colour)!,
    };
}

/// <summary>The settings for messages.</summary>
internal sealed record MessageSettings
{
    /// <summary>Whether warnings fail a rule.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether only errors are printed.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether informational messages are printed too.</summary>
    public bool Verbose { get; init; }

    /// <summary>auto, always or never.</summary>
    public string Colour { get; init; } = "auto";
}
