using Sigma.Checks;
using Sigma.Checks.Checking;
using Sigma.Documentation;
using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Tells pages what there is to know of a code, as <c>sigmac explain</c> does.</summary>
/// <param name="custom">The checks of the configuration.</param>
internal sealed class CodePages(IEnumerable<Check> custom)
{
    private readonly Dictionary<string, CheckInfo> checks = CheckCatalog.All.Concat(custom).GroupBy(check => check.Info.Code).ToDictionary(group => group.Key, group => group.First().Info);

    /// <summary>Finds the page of a code; null if there is nothing to know.</summary>
    /// <param name="id">The code.</param>
    public CodePage? Find(string id) => checks.TryGetValue(id, out CheckInfo? info) ? OfCheck(info)
        : Codes.Find(id) is { } code ? new CodePage(code, code.Explanation, KnownCodes.AddressOf(id)) : null;

    private static CodePage OfCheck(CheckInfo info) => new(info.Diagnostic, info.Why, info.Group is CheckGroup.Custom ? null : KnownCodes.AddressOf(info.Code))
    {
        Name = info.Name == info.Code ? null : info.Name,
        Group = info.GroupName,
        Examples = [.. new[] { Example("Wrong", info.Wrong, info.WrongPath, info.RightPath), Example("Right", info.Right, info.RightPath, info.WrongPath) }.OfType<CodeExample>()],
        Facts = [.. CheckPage.Facts(info)],
    };

    private static CodeExample? Example(string heading, string text, string path, string other) =>
        text.Length == 0 ? null : new CodeExample(heading, path == other ? null : path, text);
}
