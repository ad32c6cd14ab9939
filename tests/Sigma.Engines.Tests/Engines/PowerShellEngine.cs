using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Sigma.Engines.Tests.Engines;

public enum PowerShellFlawKind
{
    /// <summary>PowerShell does not parse the command.</summary>
    Syntax,

    /// <summary>A pattern in double quotes in which PowerShell would put a variable's value.</summary>
    Interpolation,

    /// <summary>A pattern that .NET's Regex refuses.</summary>
    Pattern,
}

public sealed record PowerShellFlaw(PowerShellFlawKind Kind, int Line, int Column, string Text)
{
    public override string ToString() => $"{Line}:{Column}: {Kind}: {Text}";
}

/// <summary>A text on the right of a -match, after PowerShell has read its escapes.</summary>
public sealed record MatchPattern(string Value, bool CaseSensitive, bool Interpolated, int Line, int Column);

/// <summary>What a command put out: its rows (property name to value) and the errors it wrote on the way.</summary>
public sealed record PowerShellRun(IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows, IReadOnlyList<string> Errors)
{
    public Verdict Verdict => Errors.Count == 0 ? Verdict.Accept : new Verdict(string.Join('\n', Errors));

    /// <summary>The record numbers of the rows that have one, lowest first.</summary>
    public IReadOnlyList<long> RecordIds =>
        [.. Rows.Select(row => row.GetValueOrDefault("RecordId")).OfType<long>().Order()];
}

/// <summary>PowerShell's own parser, .NET's own Regex, and an in-process runspace whose Get-WinEvent reads the test's events.</summary>
public static class PowerShellEngine
{
    public static Verdict Accepts(string command) =>
        Flaws(command) is { Count: > 0 } flaws ? new Verdict(string.Join('\n', flaws)) : Verdict.Accept;

    /// <summary>What is wrong with a command before it runs. Patterns are looked at only where the command parses.</summary>
    public static IReadOnlyList<PowerShellFlaw> Flaws(string command) =>
        Parse(command) is { Count: > 0 } syntax ? syntax : [.. Patterns(command).Select(Flaw).OfType<PowerShellFlaw>()];

    /// <summary>The parser's errors.</summary>
    public static IReadOnlyList<PowerShellFlaw> Parse(string command)
    {
        Parser.ParseInput(command, out _, out var errors);
        return [.. errors.Select(e => new PowerShellFlaw(
            PowerShellFlawKind.Syntax, e.Extent.StartLineNumber, e.Extent.StartColumnNumber, e.Message))];
    }

    /// <summary>Every string literal on the right of -match, -notmatch and their cased forms.</summary>
    public static IReadOnlyList<MatchPattern> Patterns(string command) =>
        [.. Parser.ParseInput(command, out _, out _).FindAll(node => node is BinaryExpressionAst, searchNestedScriptBlocks: true)
            .Cast<BinaryExpressionAst>()
            .Where(test => IsMatch(test.Operator))
            .Select(Pattern)
            .OfType<MatchPattern>()];

    /// <summary>Runs a command over events; Get-Date says <paramref name="now"/>, an hour past noon unless told.</summary>
    public static PowerShellRun Run(string command, IEnumerable<EngineEvent> events, DateTime? now = null) =>
        PowerShellSession.Run(command, [.. events.Select(e => new WinEventRecord(e))], now ?? EngineEvent.Noon.AddHours(1));

    /// <summary>The record numbers of the events that each of many commands finds, lowest first.</summary>
    /// <exception cref="InvalidOperationException">A command failed on the way.</exception>
    public static IReadOnlyList<IReadOnlyList<long>> SearchAll(IReadOnlyList<string> commands, IReadOnlyList<EngineEvent> events)
    {
        List<WinEventRecord> records = [.. events.Select(e => new WinEventRecord(e))];
        return [.. commands.Select(command => PowerShellSession.Run(command, records, EngineEvent.Noon.AddHours(1)) is { Errors.Count: 0 } run
            ? run.RecordIds
            : throw new InvalidOperationException("a command failed: run it by itself to see why"))];
    }

    private static PowerShellFlaw? Flaw(MatchPattern pattern)
    {
        if (pattern.Interpolated)
        {
            return new PowerShellFlaw(PowerShellFlawKind.Interpolation, pattern.Line, pattern.Column, pattern.Value);
        }

        try
        {
            _ = new Regex(pattern.Value, pattern.CaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase);
            return null;
        }
        catch (RegexParseException error)
        {
            return new PowerShellFlaw(PowerShellFlawKind.Pattern, pattern.Line, pattern.Column, error.Message);
        }
    }

    private static bool IsMatch(TokenKind kind) =>
        kind is TokenKind.Imatch or TokenKind.Cmatch or TokenKind.Inotmatch or TokenKind.Cnotmatch;

    private static MatchPattern? Pattern(BinaryExpressionAst test)
    {
        var cased = test.Operator is TokenKind.Cmatch or TokenKind.Cnotmatch;
        var (line, column) = (test.Right.Extent.StartLineNumber, test.Right.Extent.StartColumnNumber);
        return test.Right switch
        {
            StringConstantExpressionAst text => new MatchPattern(text.Value, cased, Interpolated: false, line, column),
            ExpandableStringExpressionAst text => new MatchPattern(text.Value, cased, Interpolated: true, line, column),
            _ => null,
        };
    }
}
