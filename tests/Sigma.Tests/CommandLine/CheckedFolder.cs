namespace Sigma.Tests.CommandLine;

/// <summary>A folder of rules, and what <c>sigmac check</c> says of them on a certain day.</summary>
public abstract class CheckedFolder : IDisposable
{
    private protected const string Day = "2026-11-28";

    /// <summary>A rule with one finding: the point at the end of its title.</summary>
    internal const string Dotted = """
        title: Whoami Is Run.
        id: 6f1c2a0e-3b5d-4c8f-9a7e-2d4b6c8e0f13
        status: test
        description: Detects that a user asks who they are.
        author: Erika # of the team
        date: 2026-01-10
        tags:
            - attack.discovery
            - attack.t1033
        logsource:
            category: process_creation
            product: windows
        detection:
            selection:
                Image|endswith: '\whoami.exe'
            condition: selection
        level: medium

        """;

    private protected readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private protected void Given(string path, string text) => folder.With(path, text.ReplaceLineEndings("\n"));

    private protected ProgramRun Check(params string[] arguments) => Sigmac.Run(folder, ["check", "--today", Day, .. arguments]);
}
