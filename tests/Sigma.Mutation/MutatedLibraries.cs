using Microsoft.CodeAnalysis;

namespace Sigma.Mutation;

/// <summary>The libraries that get mutants. Each has a switch of its own, and a mutant's number is the same for all.</summary>
internal sealed class MutatedLibraries
{
    private readonly MutatedBuild[] builds;

    private MutatedLibraries(MutatedBuild[] builds, IReadOnlyList<Mutant> mutants)
    {
        this.builds = builds;
        Mutants = mutants;
    }

    /// <summary>All possible mutants.</summary>
    public IReadOnlyList<Mutant> Mutants { get; }

    /// <summary>Reads the libraries.</summary>
    /// <param name="sources">The folder of their projects.</param>
    /// <param name="folders">The folders of sources to change, each by its project and its name.</param>
    public static MutatedLibraries Read(string sources, IReadOnlyList<(string Project, string Folder)> folders)
    {
        var builds = new List<MutatedBuild>();
        var mutants = new List<Mutant>();
        foreach (string project in folders.Select(one => one.Project).Distinct())
        {
            var build = MutatedBuild.Read(Path.Combine(sources, project, project + ".csproj"));
            string[] changed = [.. folders.Where(one => one.Project == project).Select(one => Path.Combine(sources, project, one.Folder))];
            builds.Add(build);
            mutants.AddRange(build.Sources.Where(source => changed.Contains(Path.GetDirectoryName(source.Key)))
                .SelectMany(source => MutantFinder.Find(source.Key, source.Value.GetRoot())));
        }

        return new MutatedLibraries([.. builds], mutants);
    }

    /// <summary>Chooses the first mutants that the compiler takes, and writes the libraries with them.</summary>
    /// <param name="candidates">The mutants in their order.</param>
    /// <param name="wanted">How many.</param>
    /// <param name="folder">The folder to write into.</param>
    /// <returns>The mutants, whose numbers are their indexes, each with its place (<see cref="Schemata.Places"/>).</returns>
    public IReadOnlyList<(Mutant Mutant, int Place)> Write(IReadOnlyList<Mutant> candidates, int wanted, string folder)
    {
        var refused = new HashSet<Mutant>(ReferenceEqualityComparer.Instance);
        while (true)
        {
            Mutant[] chosen = [.. candidates.Where(mutant => !refused.Contains(mutant)).Take(wanted)];
            var compiled = new List<(MutatedBuild Build, Compilation Compilation)>();
            var bad = new List<int>();
            foreach (MutatedBuild build in builds)
            {
                compiled.Add((build, build.Compile(chosen.Index().Where(one => build.Sources.ContainsKey(one.Item.File)), out HashSet<int> own)));
                bad.AddRange(own);
            }

            if (bad.Count == 0)
            {
                compiled.ForEach(one => one.Build.Write(one.Compilation, folder));
                var places = Schemata.Places(chosen.Index()).ToDictionary(one => one.Number, one => one.Place);
                return [.. chosen.Index().Select(one => (one.Item, places[one.Index]))];
            }

            refused.UnionWith(bad.Select(number => chosen[number]));
        }
    }
}
