using System.CommandLine;

namespace Sigma.Cli;

/// <summary>An option that takes one value and may be given several times.</summary>
internal static class RepeatableOption
{
    /// <summary>Creates the option.</summary>
    /// <param name="name">Its long name.</param>
    /// <param name="helpName">What the help calls its value.</param>
    /// <param name="description">What it does.</param>
    /// <param name="aliases">Its short names.</param>
    public static Option<string[]> Create(string name, string helpName, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
