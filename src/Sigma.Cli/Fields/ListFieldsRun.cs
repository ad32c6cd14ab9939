using Sigma.Compilation;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>A run of <c>sigmac list fields</c>.</summary>
/// <param name="settings">What the user asked for.</param>
/// <param name="environment">The streams and variables.</param>
internal sealed class ListFieldsRun(ListFieldsSettings settings, CommandEnvironment environment)
{
    private readonly Messages messages = Messages.Create(settings.Messages, environment);
    private readonly List<(string Target, AskedNames Names)> counted = [];
    private int rules;
    private bool failed;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Execute()
    {
        var diagnostics = new List<Diagnostic>();
        IReadOnlyList<CompilerTarget> targets = TargetSetup.Targets(settings.Targets, diagnostics);
        var collection = RuleCollection.Open(settings.Rules, environment, diagnostics);
        if (messages.SayAll(diagnostics))
        {
            return ExitCode.WrongUse;
        }

        collection.NoteEmptyFolders(messages);
        failed = collection.SayFilterFindings(messages, settings.Jobs, saysWanted: settings.Messages.Verbose || settings.Messages.Strict) && settings.Messages.Strict;
        counted.AddRange(targets.Select(target => (target.Backend.Name, new AskedNames())));
        Compiler[] compilers = [.. targets.Select(target => new Compiler([target]))];
        foreach (IReadOnlyList<RuleNeeds> file in collection.InOrder(settings.Jobs, input => Needs(input, collection, compilers)))
        {
            foreach (RuleNeeds rule in file)
            {
                Count(rule);
            }
        }

        if (rules == 0 && !failed)
        {
            messages.Say(collection.NoneFound);
            return ExitCode.WrongUse;
        }

        Write();
        return failed ? ExitCode.SomeFailed : ExitCode.Converted;
    }

    /// <summary>What the rules of a file ask for.</summary>
    private static IReadOnlyList<RuleNeeds> Needs(RuleInput input, RuleCollection collection, Compiler[] compilers)
    {
        try
        {
            IReadOnlyList<ReadDocument> documents = collection.Documents(input, out Diagnostic? error);
            if (error is not null)
            {
                return [new RuleNeeds(input.Path, [error], [])];
            }

            Planning.PlannedRule[][] planned = [.. compilers.Select(compiler => compiler.Plan(documents, collection.Rules).ToArray())];
            return
            [
                .. from index in Enumerable.Range(0, documents.Count)
                   where collection.Filter.Wants(documents[index])
                   let ofTargets = planned.Select(plans => plans[index]).ToArray()
                   select new RuleNeeds(
                       input.Path,
                       [.. ofTargets.SelectMany(plan => plan.Diagnostics).Distinct()],
                       [.. ofTargets.Select(plan => plan.Plans.SelectMany(AskedName.In).ToArray())]),
            ];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Nobody should lose the list of thousands of rules to one that trips the program.
            return [new RuleNeeds(input.Path, [Diagnostic.InternalFailure(null, $"{exception.GetType().Name}: {exception.Message}")], [])];
        }
    }

    /// <summary>Warnings about what a query means are for the conversion; here only what keeps a rule out of the list is said.</summary>
    private void Count(RuleNeeds rule)
    {
        foreach (Diagnostic diagnostic in rule.Diagnostics.Where(diagnostic => diagnostic.Severity is Severity.Error || settings.Messages.Verbose || settings.Messages.Strict))
        {
            messages.Say(diagnostic, rule.Path);
            failed |= diagnostic.Severity is Severity.Error || (settings.Messages.Strict && diagnostic.Severity is Severity.Warning);
        }

        rules += rule.OfTargets.Any(names => names.Count > 0) ? 1 : 0;
        for (int i = 0; i < rule.OfTargets.Count; i++)
        {
            counted[i].Names.Add(rule.OfTargets[i]);
        }
    }

    private void Write()
    {
        if (settings.Json)
        {
            using var output = new BufferedStream(environment.OpenOutput(messages), 64 * 1024);
            foreach ((string target, AskedNames names) in counted)
            {
                foreach (CountedName name in names.Sorted())
                {
                    AskedNameRecord.Write(output, target, name);
                }
            }

            return;
        }

        var listing = new Listing(
            ["target", "kind", "rules", "in queries", "in rules", "state"],
            counted.SelectMany(one => one.Names.Sorted().Select(name => (string[])
                [one.Target, AskedNameRecord.KindOf(name), name.Rules.ToString(), name.Name ?? "any log", name.Written.Count == 0 ? "-" : string.Join(", ", name.Written), AskedNameRecord.StateOf(name)])));
        if (environment.IsOutputTerminal)
        {
            listing.WriteTable(environment.Output);
        }
        else
        {
            listing.WriteLines(environment.Output);
        }
    }

    /// <summary>What a rule asks for.</summary>
    /// <param name="Path">Its file.</param>
    /// <param name="Diagnostics">The findings of all targets.</param>
    /// <param name="OfTargets">The names, target by target.</param>
    private sealed record RuleNeeds(string Path, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<IReadOnlyList<AskedName>> OfTargets);
}
