using System.CommandLine;
using System.CommandLine.Parsing;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary><c>--prune</c>: removes from an output folder what an earlier run made and this one does not.</summary>
internal static class Pruning
{
    /// <summary>Adds the option to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="output">Its option for the folder.</param>
    public static Option<bool> AddTo(Command command, Option<string?> output)
    {
        var option = new Option<bool>("--prune") { Description = "Remove files from the output folder that an earlier run with --prune made and this one does not. Files that you have changed, and other files, are kept." };
        command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(option) is not null && result.GetResult(output) is null)
            {
                result.AddError("--prune removes files from an output folder; add --output");
            }

            if (result.GetResult(option) is not null && result.Children.OfType<OptionResult>().Any(given => given.Option.Name == "--since"))
            {
                result.AddError("--prune removes what a run does not make, and --since leaves most rules out; they cannot be used together");
            }
        });
        return option;
    }

    /// <summary>With files as arguments a run makes a part of the tree, and the rest would be removed.</summary>
    public static void CheckInputs(IReadOnlyList<string> inputs, List<Diagnostic> diagnostics)
    {
        if (inputs.FirstOrDefault(path => !Directory.Exists(path)) is { } path)
        {
            diagnostics.Add(Diagnostic.OptionValue(null, "--prune", "used with folders", path).WithHint("it removes what the run does not make; name the folder with all rules"));
        }
    }

    /// <summary>Ends a run, and says what was removed.</summary>
    /// <param name="wanted">Whether the user wants it. Without that, only a list that is there is kept up to date.</param>
    /// <param name="hindrance">Why nothing may be removed, since what the run makes is not all; null if it is.</param>
    /// <param name="folder">The output folder.</param>
    /// <param name="finish">Removes, given whether it may, as <see cref="OutputFolder.Finish"/> does.</param>
    /// <param name="messages">The messages.</param>
    /// <returns>Whether something failed.</returns>
    public static bool Finish(
        bool wanted, string? hindrance, string folder, Func<bool, List<Diagnostic>, (IReadOnlyList<string> Removed, IReadOnlyList<string> Kept)> finish, Messages messages)
    {
        if (wanted && hindrance is not null)
        {
            messages.Note($"sigmac: nothing is removed, because {hindrance}");
        }

        var diagnostics = new List<Diagnostic>();
        (IReadOnlyList<string> removed, IReadOnlyList<string> kept) = finish(wanted && hindrance is null, diagnostics);
        foreach (string name in removed)
        {
            messages.Note($"sigmac: removed {Path.Combine(folder, name)}");
        }

        foreach (string name in kept)
        {
            messages.Note($"sigmac: kept {Path.Combine(folder, name)}, which is no longer made, but is not as sigmac wrote it");
        }

        return messages.SayAll(diagnostics);
    }
}
