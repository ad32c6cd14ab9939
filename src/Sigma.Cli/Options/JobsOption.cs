using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Sigma.Cli;

/// <summary><c>--jobs</c>: the number of files to process in parallel.</summary>
internal sealed class JobsOption
{
    private readonly Option<int?> jobs = new("--jobs", "-j")
    {
        Description = "Set the number of files to process in parallel. The order of the output does not depend on it. [default: number of processors]",
        HelpName = "n",
        CustomParser = ReadNumber,
    };

    /// <summary>Adds the option to a command.</summary>
    public JobsOption(Command command) => command.Options.Add(jobs);

    /// <summary>Reads what the user gave.</summary>
    public int Read(ParseResult parsed) => parsed.GetValue(jobs) ?? Environment.ProcessorCount;

    private static int? ReadNumber(ArgumentResult result)
    {
        string written = result.Tokens[0].Value;
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
        {
            return number;
        }

        result.AddError($"--jobs takes a number from 1 up, not '{written}'");
        return null;
    }
}
