using System.Text;
using Sigma.Queries;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends.Targets;

/// <summary>
/// Writes a condition as a PowerShell filter over the records of Get-WinEvent. The log's name, and for named data the event
/// ids, are taken out of the condition where every event must have them, for the command to ask the system for.
/// </summary>
/// <param name="backend">The target.</param>
internal sealed class PowerShellEmitter(Backend backend) : Emitter(backend)
{
    private const string LogName = "LogName";

    /// <summary>What events themselves call their log.</summary>
    private const string Channel = "Channel";
    private const string EventId = "EventID";

    /// <summary>Windows refuses a filter with more event ids than this ("The specified query is invalid").</summary>
    private const int MaxFilteredIds = 20;

    /// <inheritdoc/>
    public override EmittedQuery Emit(Expr expr, string? variant, List<Diagnostic> diagnostics)
    {
        bool data = variant == "eventdata";
        var context = new EmitContext(Backend.Dialect, diagnostics);
        var frame = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        Expr? rest = TakeLogName(expr, frame);
        if (data && rest is not null)
        {
            rest = TakeEventIds(rest, frame);
        }

        var output = new StringBuilder();
        if (rest is null)
        {
            output.Append("$true");
        }
        else
        {
            IPowerShellTests tests = new PowerShellDataTests(Backend.Dialect, context);
            if (!data)
            {
                var message = new PowerShellMessageTests(Backend.Dialect, context, Backend.OptionValues.GetValueOrDefault("form") is "published");
                context.CheckContradiction(rest, "the whole message", message.PlaceOf);
                tests = message;
            }

            new Walk(tests, context, frame.GetValueOrDefault(LogName)).Write(output, rest);
        }

        return new EmittedQuery(context.Failed ? null : output.ToString(), frame);
    }

    /// <summary>Takes <c>LogName</c> out of a conjunction; the group stays a group, as in the published queries.</summary>
    private static Expr? TakeLogName(Expr expr, Dictionary<string, IReadOnlyList<string>> frame)
    {
        if (expr is MatchExpr match && IsLogName(match))
        {
            frame[LogName] = Names(match);
            return null;
        }

        if (expr is OrExpr either && either.Operands.Select(LogNames).ToArray() is var logs && Array.TrueForAll(logs, log => log is not null))
        {
            // Each alternative keeps the test of its log; the command reads only these logs.
            frame[LogName] = [.. logs.SelectMany(log => log!).Distinct()];
            return expr;
        }

        if (expr is not AndExpr and || !and.Operands.Any(operand => operand is MatchExpr m && IsLogName(m)))
        {
            return expr;
        }

        IReadOnlyList<string> names = frame[LogName] = Names(and.Operands.OfType<MatchExpr>().First(IsLogName));
        return and with { Operands = [.. and.Operands.Where(operand => operand is not MatchExpr m || !IsLogName(m) || !Names(m).SequenceEqual(names))] };
    }

    /// <summary>The logs that an alternative asks for; null if it asks for none.</summary>
    private static IReadOnlyList<string>? LogNames(Expr expr) => expr switch
    {
        MatchExpr match when IsLogName(match) => Names(match),
        AndExpr both when both.Operands.FirstOrDefault(operand => operand is MatchExpr m && IsLogName(m)) is MatchExpr log => Names(log),
        _ => null,
    };

    /// <summary>Whether a test is one of names alone. The command reads wildcards in them, so a name with one is left to the filter.</summary>
    private static bool IsLogName(MatchExpr match) => IsLog(match.Field)
        && match.Values.All(value => value is StringValue { Cased: false, Text.Literal: { Length: > 0 } name } && name.AsSpan().IndexOfAny("*?[]`") < 0);

    /// <summary>The names, which are quoted only by the format's template.</summary>
    private static IReadOnlyList<string> Names(MatchExpr match) => [.. match.Values.Select(value => ((StringValue)value).Text.Literal!)];

    /// <summary>Whether a field is the event's log, by the name of the record's property or by that of the event's own element.</summary>
    internal static bool IsLog(string? field) => field is LogName or Channel;

    private static Expr? TakeEventIds(Expr expr, Dictionary<string, IReadOnlyList<string>> frame)
    {
        if (expr is MatchExpr match && IsEventIds(match))
        {
            frame["Id"] = Ids(match);
            return null;
        }

        if (expr is AndExpr and && and.Operands.FirstOrDefault(operand => operand is MatchExpr m && IsEventIds(m)) is MatchExpr ids)
        {
            frame["Id"] = Ids(ids);
            Expr[] others = [.. and.Operands.Where(operand => operand != ids)];
            return others.Length switch { 0 => null, 1 => others[0], _ => and with { Operands = [.. others] } };
        }

        return expr;
    }

    private static bool IsEventIds(MatchExpr match) =>
        match.Field == EventId && match.Values.Length <= MaxFilteredIds && match.Values.All(value => EventNumber(value) is not null);

    private static IReadOnlyList<string> Ids(MatchExpr match) => [.. match.Values.Select(value => EventNumber(value)!)];

    /// <summary>The value as an event id, or null.</summary>
    internal static string? EventNumber(Value value)
    {
        string? text = value switch
        {
            NumberValue number => number.Text,
            StringValue { Cased: false } s => s.Text.Literal,
            _ => null,
        };
        return text is { Length: > 0 and < 10 } && text.All(char.IsAsciiDigit) ? text : null;
    }

    /// <summary>Writes the tree: operators and brackets.</summary>
    private sealed class Walk(IPowerShellTests tests, EmitContext context, IReadOnlyList<string>? logName)
    {
        public void Write(StringBuilder output, Expr expr)
        {
            switch (expr)
            {
                case AndExpr and:
                    WriteGroup(output, [.. and.Operands.Where(operand => !IsTaken(operand))], " -and ");
                    break;
                case OrExpr or:
                    WriteGroup(output, or.Operands, " -or ");
                    break;
                case NotExpr not:
                    context.EnterNot();
                    output.Append(" -not ");
                    bool bracketed = not.Operand is AndExpr or OrExpr;
                    output.Append(bracketed ? "" : "(");
                    Write(output, not.Operand);
                    output.Append(bracketed ? "" : ")");
                    context.LeaveNot();
                    break;
                case MatchExpr match:
                    if (match.Values.All(context.CheckPlaceholders))
                    {
                        tests.Write(output, match);
                    }

                    break;
                default:
                    throw new System.Diagnostics.UnreachableException(expr.GetType().Name);
            }
        }

        /// <summary>Inside brackets, a repetition of the log that the command reads anyway.</summary>
        private bool IsTaken(Expr expr) => expr is MatchExpr match && IsLogName(match) && logName is not null && Names(match).SequenceEqual(logName);

        private void WriteGroup(StringBuilder output, IReadOnlyList<Expr> operands, string link)
        {
            output.Append('(');
            for (int i = 0; i < operands.Count; i++)
            {
                output.Append(i == 0 ? "" : link);
                Write(output, operands[i]);
            }

            output.Append(operands.Count == 0 ? "$true)" : ")");
        }
    }
}

/// <summary>Writes single tests of a PowerShell filter.</summary>
internal interface IPowerShellTests
{
    /// <summary>Writes a test; placeholders are already checked.</summary>
    void Write(StringBuilder output, MatchExpr match);
}
