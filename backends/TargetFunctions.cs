using Sigma.Templates;

namespace Sigma.Backends.Targets;

/// <summary>The functions of templates that write a text for one target only; each is a class in the target's folder.</summary>
internal static class TargetFunctions
{
    /// <summary>The functions by their names in templates.</summary>
    public static IReadOnlyList<(string Name, TextFunction Function)> All { get; } =
    [
        ("powershell", new TextFunction(text => PowerShellText.Quoted(text ?? ""))),
        ("powershell_argument", new TextFunction(text => PowerShellText.Argument(text ?? ""))),
    ];
}
